/**
 * Pictures of the articles folder in other sizes: made when the first reader asks for one, and kept in DATA_DIR.
 * Where none can be made, the picture itself is sent.
 */
import { readdir, stat } from 'node:fs/promises'
import { join, posix } from 'node:path'
import { LRUCache } from 'lru-cache'
import type { Fitting } from '../channels/fitted-address.ts'
import type { Config } from '../config.ts'
import type { Logger } from '../log.ts'
import { PictureCache } from './picture-cache.ts'
import { PictureMaker } from './picture-maker.ts'
import type { PictureAnswer, PictureJob } from './picture-worker.ts'

/** A file of the articles folder, as it is now. */
export interface Original {
  /** Without links, relative to the folder, with slashes. */
  readonly target: string
  /** The same, absolute. */
  readonly path: string
  readonly size: number
  readonly mtimeMs: number
}

/**
 * What to send: a file below `folder`, the picture as it is, or that for now, since too many ask at once.
 */
export type Fitted = { readonly name: string } | 'as it is' | 'for now'

/** Of all that is kept. Bytes. */
const mostBytes = 500_000_000
/** So many pictures are made at once, each on one processor, at a low priority. */
const atOnce = 2
/** So many may be asked for that are not made yet. */
const mostUnderWay = 100
/** A reader waits so long for one. Milliseconds. */
const patienceMs = 10_000
/** What has no use in other sizes; it is found out once. */
const mostAsTheyAre = 5000
/** Whether what is kept is still that of the folder is looked at so often. Milliseconds. */
const sweepMs = 60 * 60 * 1000

/** To be raised when they are made otherwise; others are removed. */
const recipe = 1
/** Of whatever recipe, and half written. */
const isOurs = (name: string) =>
  /\/\d+-[\da-f]+-[\da-f]+\.\d+\.(?:avif|webp|jpeg|png)(?:\.\d+\.tmp)?$/.test(name)
const nameEnd = new RegExp(`/\\d+-([\\da-f]+-[\\da-f]+)\\.${recipe}\\.(?:avif|webp|jpeg|png)$`)

/** By which a file of the folder is told from the one that lay there before. */
export const stateOf = ({ size, mtimeMs }: Pick<Original, 'size' | 'mtimeMs'>) =>
  `${size.toString(16)}-${Math.trunc(mtimeMs).toString(16)}`

const nameOf = (original: Original, { width, format }: Fitting) =>
  `${original.target}/${width}-${stateOf(original)}.${recipe}.${format}`

/** What sends them: they may be made for several processes by one. */
export type PicturesToAsk = Pick<FittedPictures, 'folder' | 'find' | 'lose'>

export const pictureFolder = (dataDir: string): string => join(dataDir, 'pictures')

export class FittedPictures {
  readonly folder: string
  readonly #articlesDir: string
  readonly #log: Logger
  readonly #idle = Array.from({ length: atOnce }, () => new PictureMaker())
  readonly #makers: readonly PictureMaker[] = [...this.#idle]
  readonly #waiting: ((maker: PictureMaker) => void)[] = []
  readonly #underWay = new Map<string, Promise<Fitted>>()
  readonly #asTheyAre = new LRUCache<string, true>({ max: mostAsTheyAre })
  #cache: Promise<PictureCache> | undefined
  #sweeping: NodeJS.Timeout | undefined
  #isOff = false

  constructor({ articlesDir, dataDir }: Pick<Config, 'articlesDir' | 'dataDir'>, log: Logger) {
    this.folder = pictureFolder(dataDir)
    this.#articlesDir = articlesDir
    this.#log = log
  }

  async find(original: Original, fitting: Fitting): Promise<Fitted> {
    const name = nameOf(original, fitting)
    if (this.#isOff || this.#asTheyAre.has(name)) return 'as it is'
    this.#cache ??= this.#open()
    const cache = await this.#cache
    if (cache.has(name)) return { name }
    let making = this.#underWay.get(name)
    if (!making) {
      if (this.#underWay.size >= mostUnderWay) return 'for now'
      making = this.#make(cache, name, original, fitting)
      this.#underWay.set(name, making)
      void making.finally(() => this.#underWay.delete(name))
    }
    return withPatience(making)
  }

  /** Somebody else has removed it: it is made anew. */
  lose(name: string): void {
    void this.#cache?.then((cache) => cache.delete(name))
  }

  /** Removes what was made of pictures that are others now, or gone. */
  async sweep(): Promise<void> {
    const cache = await this.#cache
    for (const name of cache?.names() ?? []) {
      const [end = '', state] = nameEnd.exec(name) ?? []
      const path = join(this.#articlesDir, name.slice(0, name.length - end.length))
      const now = await stat(path).catch(() => undefined)
      if (!now || stateOf(now) !== state) cache?.delete(name)
    }
  }

  close(): void {
    this.#isOff = true
    clearInterval(this.#sweeping)
    for (const maker of this.#makers) maker.close()
  }

  async #open(): Promise<PictureCache> {
    const cache = await PictureCache.open(
      this.folder,
      { isPicture: (name) => nameEnd.test(name), isOurs },
      mostBytes,
    )
    this.#sweeping = setInterval(() => void this.sweep(), sweepMs).unref()
    setImmediate(() => void this.sweep())
    return cache
  }

  async #make(
    cache: PictureCache,
    name: string,
    original: Original,
    fitting: Fitting,
  ): Promise<Fitted> {
    const { path: from, size, mtimeMs, target } = original
    const to = join(this.folder, name)
    const answer = await this.#inTurn({ from, size, mtimeMs, to, ...fitting })
    if ('made' in answer) {
      cache.add(name, answer.made)
      await this.#removeFormer(cache, original)
      return { name }
    }
    if (this.#isOff) return 'for now'
    if ('absent' in answer) {
      this.close()
      this.#log.warn(`pictures are sent in their full size: ${answer.absent}`)
      return 'as it is'
    }
    if ('fault' in answer) {
      this.#log.warn(`${target} is sent in its full size: ${answer.fault}`)
      if (answer.isPassing) return 'for now'
    }
    this.#asTheyAre.set(name, true)
    return 'as it is'
  }

  async #inTurn(job: PictureJob): Promise<PictureAnswer> {
    const { promise, resolve } = Promise.withResolvers<PictureMaker>()
    const idle = this.#idle.pop()
    if (idle) resolve(idle)
    else this.#waiting.push(resolve)
    const maker = await promise
    try {
      return await maker.make(job)
    } finally {
      const next = this.#waiting.shift()
      if (next) next(maker)
      else this.#idle.push(maker)
    }
  }

  /** Of the file that lay there before. */
  async #removeFormer(cache: PictureCache, original: Original): Promise<void> {
    const state = stateOf(original)
    const names = await readdir(join(this.folder, original.target)).catch(() => [])
    for (const one of names) {
      const name = posix.join(original.target, one)
      const [, stated] = nameEnd.exec(name) ?? []
      if (stated !== undefined && stated !== state) cache.delete(name)
    }
  }
}

/** It is made all the same, for who asks later. */
async function withPatience(making: Promise<Fitted>): Promise<Fitted> {
  const { promise, resolve } = Promise.withResolvers<Fitted>()
  const end = setTimeout(resolve, patienceMs, 'for now').unref()
  try {
    return await Promise.race([making, promise])
  } finally {
    clearTimeout(end)
  }
}
