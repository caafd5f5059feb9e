/**
 * Numbers the states of articles. Whoever opens the catalogue for writing begins a numbering with a name of its own: one that was put
 * back from a backup, or copied, goes on with other states than the one that went on without it, perhaps under the same numbers.
 */
import { randomBytes } from 'node:crypto'
import type { Statements } from './statements.ts'

export const newNumbering = (): string => randomBytes(8).toString('hex')

/** Of one refresh. */
export class Versions {
  readonly #statements: Statements
  readonly #numbering: string
  readonly #now: number
  /** The one that was given last. */
  #last: number | undefined

  /** @param now ms since 1970 */
  constructor(statements: Statements, numbering: string, now: number) {
    this.#statements = statements
    this.#numbering = numbering
    this.#now = now
  }

  next(): number {
    this.#last = (this.#last ?? this.#begin()) + 1
    return this.#last
  }

  /**
   * Whoever remembers states by their numbers, as the ledger of a build does, must not take one for another that was lost with the
   * end of a catalogue which was put back: so they go with the clock.
   * @returns after which number it begins
   */
  #begin(): number {
    const { lastVersion, lastNumbering, putNumbering } = this.#statements
    const highest = Number(lastVersion.get()?.version ?? 0)
    const isSame = lastNumbering.get()?.name === this.#numbering
    if (!isSame) putNumbering.run(highest + 1, this.#numbering)
    return Math.max(highest, this.#now - 1)
  }
}
