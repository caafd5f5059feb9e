/**
 * Which of the files that are gone are believed to be gone. What lies on another machine is sometimes
 * not there for a while, and a file that is moved is gone for a moment.
 */
import { isMostlyOther } from './formats/input-formats.ts'

interface Counts {
  /** How many known files were not there. */
  readonly missing: number
  /** How many files are known. */
  readonly known: number
  /** How many were there that are not known: new ones, or the vanished ones under other names. */
  readonly fresh: number
}

/**
 * Of what is more than data that lies beside the articles. Of new files that may be data so many are counted as files by
 * such names are gone: what was renamed is there.
 * @param isData whether a known file is data
 * @param fresh files that are not known
 */
export function countsOf(
  vanished: readonly string[],
  known: Iterable<string>,
  fresh: readonly string[],
  isData: (path: string) => boolean,
): Counts {
  const missing = vanished.filter((path) => !isData(path))
  const perhaps = fresh.filter(isMostlyOther).length
  return {
    missing: missing.length,
    known: [...known].filter((path) => !isData(path)).length,
    fresh: fresh.length - perhaps + Math.min(perhaps, missing.filter(isMostlyOther).length),
  }
}

/** What a look at the folder found. */
export interface Look extends Counts {
  /** Known files that were not there. */
  readonly vanished: readonly string[]
  /** Whether there are files that came just now, which may be the vanished ones under other names. */
  readonly hasNew: boolean
}

/** Files that are gone, which is not believed yet. */
export interface Loss {
  readonly missing: number
  /** How many there would be with them. */
  readonly of: number
  /** How long they may stay away until it is believed, in ms. */
  readonly forMs: number
}

export interface Judgement {
  readonly gone: readonly string[]
  /** To be looked at again soon. */
  readonly again: readonly string[]
  readonly loss?: Loss
}

/** So long may a file be on its way to another name. */
const moveMs = 200
/** Where many files go at once, they are believed to be gone when no more went for so long… */
const calmMs = 500
/** …or have gone on going for so long. */
const restlessMs = 1500
/** At least so many files, and one of so many. */
const manyFiles = 10
const manyOf = 50
/** Of so many files or more, the loss of more than half is no editor's work, but a mount that failed. */
const fewFiles = 20

export class Losses {
  readonly #patienceMs: number
  /** The loss that waits: since when, and of how many files. */
  #loss: { since: number; of: number } | undefined
  /** How many files were gone at the last look, since when it has been so many, and since when many. */
  #losing = { count: 0, since: 0, start: 0 }
  /** When each file was first missed. */
  #missed = new Map<string, number>()

  /** @param patienceMs how long a folder that has lost most of its files may stay so until that counts */
  constructor(patienceMs: number) {
    this.#patienceMs = patienceMs
  }

  /** Whether a loss is not believed yet. Then only a look at the whole folder can tell how it stands. */
  get isWaiting(): boolean {
    return this.#loss !== undefined
  }

  /** @param now on a clock that nobody sets, in ms */
  judge(look: Look, now: number): Judgement {
    const { vanished, missing, known, fresh } = look
    const of = this.#loss?.of ?? known
    const isAll = known > 0 && missing === known && fresh === 0
    const isMost = of >= fewFiles && (missing - fresh) * 2 > of
    if (!isAll && !isMost) this.#loss = undefined
    // What goes file by file is counted when it has gone.
    else if (isAll || this.#loss || !this.#isRestless(look, now)) {
      this.#loss ??= { since: now, of: known }
      const forMs = this.#loss.since + this.#patienceMs - now
      if (forMs > 0) {
        return {
          gone: [],
          again: [],
          loss: { missing, of: known + fresh, forMs },
        }
      }
    }
    if (this.#isRestless(look, now)) return { gone: [], again: [''] }
    this.#loss = undefined
    this.#losing = { count: 0, since: 0, start: 0 }
    return this.#withoutMoved(vanished, look.hasNew, now)
  }

  /** Whether many files are gone, and more may be going. */
  #isRestless({ vanished, known }: Look, now: number): boolean {
    if (vanished.length <= manyFiles || vanished.length * manyOf <= known) return false
    const { count, start } = this.#losing
    if (count !== vanished.length) {
      this.#losing = { count: vanished.length, since: now, start: count === 0 ? now : start }
    }
    const isCalm = now - this.#losing.since >= calmMs
    return !isCalm && now - this.#losing.start < restlessMs
  }

  #withoutMoved(vanished: readonly string[], hasNew: boolean, now: number): Judgement {
    const missed = new Map(vanished.map((path) => [path, this.#missed.get(path) ?? now]))
    const again = hasNew ? vanished.filter((path) => now - (missed.get(path) ?? 0) < moveMs) : []
    this.#missed = new Map(again.map((path) => [path, missed.get(path) ?? now]))
    const waits = new Set(again)
    return { gone: vanished.filter((path) => !waits.has(path)), again }
  }
}
