/** Which of the files that are new or changed are wholly written, and when to look at the others again. */
import type { FoundFile } from './folder.ts'
import { openForWriting, visibleWriters } from './writers.ts'

/** A file that is a moment old may be changed again within the same tick of its clock. */
const momentMs = 30
/** Where writers cannot be seen, a file counts as written after it was left alone for so long. */
const unseenWriterMs = 2000
/** How soon a file is looked at again. To see who writes takes a look at every process: so… */
export const firstAgainMs = 60
/** …the longer it has taken, the later we look again: after this part of the time, … */
const againPart = 1 / 8
/** …and at the latest after so long. */
const longestAgainMs = 10_000
/** After so long a file that is still being written is named. */
const overdueMs = 60_000

interface Wait {
  readonly since: number
  again: number
  isNamed: boolean
}

export class Settling {
  /** By path; times on a clock that nobody sets, in ms. */
  readonly #waits = new Map<string, Wait>()

  /**
   * @param files files that are new or changed
   * @param now ms since 1970
   * @param clock a time that nobody sets, in ms
   * @returns which of them may still be written (touched just now, or open for writing), and the rest of it as
   *   a survey says it
   */
  judge(root: string, files: readonly FoundFile[], now: number, clock: number) {
    this.#forgetOld(clock)
    const due = files.filter(({ path }) => (this.#waits.get(path)?.again ?? 0) <= clock)
    const open = due.length > 0 ? openForWriting(root) : new Set<string>()
    const canSeeWriters = visibleWriters()
    for (const file of due) {
      if (isSettled(file, canSeeWriters(file.ownerId), now) && !open.has(file.path))
        this.#waits.delete(file.path)
      else this.#wait(file.path, clock)
    }
    const waiting = files.map(({ path }) => path).filter((path) => this.#waits.has(path))
    const again = waiting.reduce(
      (soonest, path) => Math.min(soonest, this.#waits.get(path)?.again ?? soonest),
      clock + longestAgainMs,
    )
    const overdue = waiting.filter((path) => this.#isToBeNamed(path, clock))
    return { waiting: new Set(waiting), againInMs: Math.max(again - clock, 0), overdue }
  }

  #wait(path: string, clock: number): void {
    const wait = this.#waits.get(path) ?? { since: clock, again: 0, isNamed: false }
    const part = (clock - wait.since) * againPart
    wait.again = clock + Math.min(Math.max(firstAgainMs, part), longestAgainMs)
    this.#waits.set(path, wait)
  }

  #isToBeNamed(path: string, clock: number): boolean {
    const wait = this.#waits.get(path)
    if (!wait || wait.isNamed || clock - wait.since < overdueMs) return false
    wait.isNamed = true
    return true
  }

  /** What has not been looked at when it was due is gone, or is as it was. */
  #forgetOld(clock: number): void {
    for (const [path, { again }] of this.#waits) {
      if (clock - again > overdueMs) this.#waits.delete(path)
    }
  }
}

function isSettled(file: FoundFile, canSeeWriter: boolean, now: number): boolean {
  const quiet = canSeeWriter ? momentMs : unseenWriterMs
  return !(Math.abs(now - changed(file)) < quiet)
}

/** Time of the last change; renaming a file changes this and not the time of modification. */
const changed = (file: FoundFile) => Number(file.signature.split(' ')[2])
