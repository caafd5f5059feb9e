/** New files that state no date: a few are as old as their files; many at once have been copied. */
import type { FileState } from '../intake/file-result.ts'
import type { Rejection } from '../intake/rejection.ts'
import type { ArticleResult } from './article-writer.ts'

/** A copy, an archive or a clone gives all files of a folder the time at which it was made. */
export const mostUndated = 20
/** What comes so soon after some were rejected is the rest of them. */
const restMs = 10_000

/** A new article, and the id that it gets if it becomes one. */
interface New {
  readonly id: string
  readonly result: ArticleResult
}

/** Those of a refresh: held back until all of its files have been read. */
export class Undated {
  #held: New[] = []
  #refused: FileState[] = []
  #lastRefused = Number.NEGATIVE_INFINITY
  #isRest = false

  /** @param now when the refresh begins, in ms since 1970 */
  begin(now: number): void {
    this.#held = []
    this.#refused = []
    this.#isRest = Math.abs(now - this.#lastRefused) < restMs
  }

  add(one: New): void {
    const isOver = this.#isRest || this.#refused.length > 0
    if (!isOver && this.#held.length < mostUndated) {
      this.#held.push(one)
      return
    }
    // Without their texts, which are not needed any more.
    for (const { result } of [...this.#held, one]) this.#refused.push(stateOf(result))
    this.#held = []
  }

  /** @returns what is accepted, and what is not and why */
  end(now: number): {
    readonly accepted: readonly New[]
    readonly refused: readonly FileState[]
    readonly rejection: Rejection
  } {
    if (this.#refused.length > 0) this.#lastRefused = now
    const [accepted, refused] = [this.#held, this.#refused]
    return { accepted, refused, rejection: tooManyUndated(refused.length, this.#isRest) }
  }
}

const stateOf = ({ path, signature, modified, size }: ArticleResult): FileState => ({
  path,
  signature,
  modified,
  size,
})

export const tooManyUndated = (count: number, areRest = false): Rejection => ({
  reason:
    `${count}${areRest ? ' more' : ''} new files came at once that state no date: ` +
    'a copy or a clone gives all of them the same time',
  remedy:
    'State the date in each, in its front matter (date: 2026-01-02) or in its name (2026-01-02-title.md); ' +
    'docs/check.md has a command that writes into all of them what Git or the files know.',
})
