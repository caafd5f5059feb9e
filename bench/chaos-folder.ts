/** The folder that the chaos happens to: where files lie, which may be changed now, and what new ones say. */
import { chmodSync, mkdirSync, renameSync, statSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { type ChaosModel, type Content, isHeldBack, type Story } from './chaos-model.ts'
import type { Random } from './random.ts'

/** Does something; false when there is nothing to do it to. */
export type Action = () => boolean | Promise<boolean>

const folders = ['', 'a/', 'b/', 'a/c/', 'ü/', 'x y/']
const endings = ['.md', '.markdown', '.MD']
const sections = ['World', 'Sport', 'Culture']
const tags = ['ferry', 'harbour', 'island']
/** Nothing is promised of what changes again before it was seen: the folder is looked through every 5 s. */
const restMs = 6000

export class ChaosFolder {
  readonly root: string
  readonly model: ChaosModel
  readonly random: Random
  readonly log: (line: string) => void
  /** Paths where something lies that is no article (yet). */
  readonly taken = new Set<string>()
  /** Titles of articles that are gone for as long as their file is something else. */
  readonly aside = new Set<string>()
  /** Folders without rights, with a slash at the end; '' is the articles folder itself. */
  readonly closed = new Set<string>()
  /** Paths that were left since the last comparison, and those left before, which may be used again. */
  #left: string[] = []
  readonly #vacant: { path: string; freeAt: number }[] = []
  #count = 0

  constructor(root: string, model: ChaosModel, random: Random, log: (line: string) => void) {
    this.root = root
    this.model = model
    this.random = random
    this.log = log
  }

  /** Logs a step. @returns true, as actions do that have done something */
  did(kind: string, what: string): true {
    this.log(`  ${kind}: ${what}`)
    return true
  }

  /** A number that was not there before. */
  next(): number {
    this.#count += 1
    return this.#count
  }

  file(path: string): string {
    return join(this.root, path)
  }

  modified(path: string): number {
    return statSync(this.file(path)).mtimeMs
  }

  /** In place, or beside and renamed. */
  write(path: string, text: string): void {
    const file = this.file(path)
    mkdirSync(dirname(file), { recursive: true })
    const isBeside = this.random.between(0, 1) === 0
    const target = isBeside ? `${dirname(file)}/.new` : file
    writeFileSync(target, text)
    if (isBeside) renameSync(target, file)
  }

  /** Writes an article. */
  put(kind: string, path: string, content: Content): true {
    this.write(path, textOf(content))
    this.model.put(path, content, this.modified(path))
    return this.did(kind, `${path} "${content.title}"`)
  }

  /** A path that is no article's any more. */
  leave(path: string): void {
    this.#left.push(path)
  }

  /** Everything done so far was seen. */
  settle(): void {
    const freeAt = Date.now() + restMs
    for (const story of this.model.all()) {
      if (story.freeAt === Number.POSITIVE_INFINITY) story.freeAt = freeAt
    }
    this.#vacant.push(...this.#left.map((path) => ({ path, freeAt })))
    this.#left = []
  }

  /** Articles that may be changed, in the order of chance. */
  free(): Story[] {
    const free = this.model
      .live()
      .filter(({ file, content }) => file === 'good' && !isHeldBack(content))
      .filter((story) => this.isFree(story))
    for (let n = free.length - 1; n > 0; n -= 1) {
      const other = this.random.between(0, n)
      const [a, b] = [free[n], free[other]]
      if (a && b) [free[n], free[other]] = [b, a]
    }
    return free
  }

  isFree({ path = '', freeAt }: Story): boolean {
    return isPast(freeAt) && !this.isClosed(path)
  }

  withFree(use: (story: Story, path: string) => boolean): boolean {
    const [story] = this.free()
    return story ? use(story, story.path ?? '') : false
  }

  /** Of a file that is gone for a while, or of one that never was. */
  freshPath(): string {
    const old = this.#vacant.findIndex(
      ({ path, freeAt }) => isPast(freeAt) && !this.isClosed(path) && !this.taken.has(path),
    )
    if (old >= 0 && this.random.between(0, 2) === 0) {
      const [place] = this.#vacant.splice(old, 1)
      if (place && !this.model.at(place.path)) return place.path
    }
    return this.newPath()
  }

  /** Of a file that never was. */
  newPath(): string {
    const open = folders.filter((folder) => !this.isClosed(folder))
    return `${this.random.pick(open)}n${this.next()}${this.random.pick(endings)}`
  }

  isClosed(path: string): boolean {
    return [...this.closed].some((folder) => path.startsWith(folder))
  }

  /** Whether nothing in a folder waits to be seen. */
  isQuiet(folder: string): boolean {
    // The articles folder hides everything alike: it is enough that nothing was changed in this round.
    if (folder === '') {
      const isPending = ({ freeAt }: Story) => freeAt === Number.POSITIVE_INFINITY
      return this.closed.size === 0 && !this.model.all().some(isPending)
    }
    const isMoving = this.inside(folder).some(({ freeAt }) => !isPast(freeAt))
    const others = [...this.taken, ...this.#left]
    return !isMoving && !others.some((path) => path.startsWith(folder)) && !this.isClosed(folder)
  }

  /** A folder of which that is so. */
  quietFolder(): string | undefined {
    const all = this.model.live().map(({ path = '' }) => path.slice(0, path.indexOf('/') + 1))
    const quiet = [...new Set(all)].filter((folder) => folder !== '' && this.isQuiet(folder))
    return quiet.length > 0 ? this.random.pick(quiet) : undefined
  }

  inside(folder: string): Story[] {
    return this.model.live().filter(({ path = '' }) => path.startsWith(folder))
  }

  close(folder: string, mode: number): void {
    chmodSync(this.file(folder), mode)
    this.closed.add(folder)
  }

  /** Gives the rights back to the folder that lost them last; which one that was. */
  openLast(): string | undefined {
    const folder = [...this.closed].at(-1)
    if (folder === undefined) return undefined
    this.closed.delete(folder)
    chmodSync(this.file(folder), 0o755)
    return folder
  }

  newText(): Pick<Content, 'title' | 'text'> {
    const number = this.next()
    const words = Array.from({ length: this.random.between(3, 60) }, () =>
      this.random.between(1000, 1e9).toString(36),
    )
    return { title: `Story ${number}`, text: `Text ${number} ${words.join(' ')} end` }
  }

  newTerms(): Pick<Content, 'section' | 'tags'> {
    return { section: this.random.pick(sections), tags: [this.random.pick(tags)] }
  }

  newDate(): string {
    const [month, day] = [this.random.between(1, 12), this.random.between(1, 28)]
    return new Date(Date.UTC(this.random.between(2010, 2024), month - 1, day))
      .toISOString()
      .slice(0, 10)
  }

  newContent(): Content {
    return { ...this.newText(), ...this.newTerms(), date: this.newDate() }
  }
}

const isPast = (time: number) => time <= Date.now()

export const textOf = ({ title, text, date, section, tags }: Content) =>
  `---\ntitle: ${title}\ndate: ${date}\nsection: ${section}\ntags: ${tags.join(', ')}\n---\n${text}\n`
