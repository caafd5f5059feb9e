/**
 * The mark of a first refresh: what it has kept is committed in portions, so that one that was broken off goes on where it
 * was, and nobody is shown any of it before the mark goes.
 */
import { crc32 } from 'node:zlib'
import { DamageError } from './damage.ts'
import { filling } from './setting-names.ts'
import type { Statements } from './statements.ts'

export interface Filling {
  /** When it was begun, in ms since 1970: the time of all of it, however often it is broken off. */
  readonly since: number
  /** Stands for what it depends on besides the files: another refresh cannot go on with it. */
  readonly by: string
  /** Stands for the files that were found when it was begun: it goes on where the same are found. */
  readonly found: number
}

const textOf = ({ since, by, found }: Filling) => {
  const text = JSON.stringify([since, by, found])
  return `${crc32(text)} ${text}`
}

/**
 * @param text the setting; undefined where no first refresh is under way
 * @throws DamageError when it is another than was kept
 */
export function readFilling(text: unknown): Filling | undefined {
  if (text === undefined) return undefined
  const [, sum = '', json = ''] = /^(\d+) (.*)$/s.exec(String(text)) ?? []
  if (sum !== String(crc32(json))) throw new DamageError('the mark of a first refresh is damaged')
  const [since, by, found] = JSON.parse(json)
  return { since, by, found }
}

/** Notes that it is under way. */
export function writeFilling({ putSetting }: Statements, mark: Filling): void {
  putSetting.run(filling, textOf(mark))
}

/** A portion has at least so many files, … */
const leastFiles = 1000
/** … and this part of those that were kept before: pages that all of them share are then written few times in all. */
const part = 1 / 4

/** Says when a first refresh commits what it has kept. */
export class Portions {
  /** Of files that were committed, and that were kept since. */
  #committed: number
  #kept = 0

  constructor(committed: number) {
    this.#committed = committed
  }

  /** @returns whether to commit now */
  add(files: number): boolean {
    this.#kept += files
    return this.#kept >= Math.max(leastFiles, this.#committed * part)
  }

  begin(): void {
    this.#committed += this.#kept
    this.#kept = 0
  }
}
