/** What front matter says, whatever it is written in: keys and values with their lines. */
import { RejectionError } from '../../rejection.ts'

/** Nothing is said by an empty one: those are left out. Numbers and dates are the text that was written. */
export type Value =
  | { readonly line: number; readonly text: string }
  | { readonly line: number; readonly list: readonly Value[] }
  | { readonly line: number; readonly table: readonly Entry[] }

export interface Entry {
  readonly key: string
  /** In the file, 1-based. */
  readonly line: number
  readonly value: Value
}

/** Where front matter lies in its file. */
export interface Source {
  readonly source: string
  /** The line of the file that it begins in. */
  readonly firstLine: number
}

/** Front matter is a screen of text; with aliases or dotted keys a small one might become huge, or deep. */
const mostValues = 5000
export const deepest = 20

/** Counts what is read; one for each front matter. */
export class Bounds {
  #values = 0

  /** @throws RejectionError where the front matter has grown beyond use */
  check(depth: number, line: number): void {
    this.#values += 1
    if (depth <= deepest && this.#values <= mostValues) return
    throw new RejectionError(
      depth > deepest
        ? 'the front matter is nested too deep'
        : `the front matter has more than ${mostValues} values`,
      'Write each key as a line of its own, such as title: The headline.',
      line,
    )
  }
}

/** What is told of a line that cannot be read since it has one. */
export const unfilled = {
  reason: 'the front matter has a template that was not filled in',
  remedy: 'Write the value itself in place of it.',
}
