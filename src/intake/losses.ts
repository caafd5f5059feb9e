/**
 * Which of the files that are gone are believed to be gone. What lies on another machine is sometimes
 * not there for a while, and a file that is moved is gone for a moment.
 */

/** What a look at the folder found. */
export interface Look {
  /** Known files that were not there. */
  readonly vanished: readonly string[]
  /** How many files are known. */
  readonly known: number
  /** How many were there. */
  readonly found: number
  /** Whether there are files that came just now, which may be the vanished ones under other names. */
  readonly hasNew: boolean
}

export interface Judgement {
  readonly gone: readonly string[]
  /** To be looked at again soon. */
  readonly again: readonly string[]
  /** How long the folder may stay empty until that is believed, in ms; only when it is empty. */
  readonly emptyForMs?: number
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

export class Losses {
  readonly #emptyMs: number
  #emptySince: number | undefined
  /** How many files were gone at the last look, since when it has been so many, and since when many. */
  #losing = { count: 0, since: 0, start: 0 }
  /** When each file was first missed. */
  #missed = new Map<string, number>()

  /** @param emptyMs how long a folder that was not empty may be empty or missing until it counts */
  constructor(emptyMs: number) {
    this.#emptyMs = emptyMs
  }

  /** @param now on a clock that nobody sets, in ms */
  judge({ vanished, known, found, hasNew }: Look, now: number): Judgement {
    // A look at some paths alone cannot tell that an empty folder has been filled, unless it finds something.
    const wasEmpty = this.#emptySince !== undefined
    const isEmpty = known > 0 && found === 0 && (wasEmpty || vanished.length === known)
    if (!isEmpty) this.#emptySince = undefined
    else {
      this.#emptySince ??= now
      const left = this.#emptySince + this.#emptyMs - now
      if (left > 0) return { gone: [], again: [], emptyForMs: left }
    }
    // A whole folder that is being deleted or goes away file by file is perhaps empty in a moment.
    if (vanished.length > manyFiles && vanished.length * manyOf > known) {
      const { count, start } = this.#losing
      if (count !== vanished.length) {
        this.#losing = { count: vanished.length, since: now, start: count === 0 ? now : start }
      }
      const isCalm = now - this.#losing.since >= calmMs
      if (!isCalm && now - this.#losing.start < restlessMs) return { gone: [], again: [''] }
    }
    this.#losing = { count: 0, since: 0, start: 0 }
    return this.#withoutMoved(vanished, hasNew, now)
  }

  #withoutMoved(vanished: readonly string[], hasNew: boolean, now: number): Judgement {
    const missed = new Map(vanished.map((path) => [path, this.#missed.get(path) ?? now]))
    const again = hasNew ? vanished.filter((path) => now - (missed.get(path) ?? 0) < moveMs) : []
    this.#missed = new Map(again.map((path) => [path, missed.get(path) ?? now]))
    const waits = new Set(again)
    return { gone: vanished.filter((path) => !waits.has(path)), again }
  }
}
