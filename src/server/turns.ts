/** Lets so many do at once what costs memory; the others wait, and then whoever has taken long makes room. */
export class Turns {
  readonly #most: number
  readonly #patience: number
  #busy = 0
  readonly #waiting: (() => void)[] = []
  /** What ends those that have taken long, the longest first. */
  readonly #slow = new Set<() => void>()
  /** So many were told to end and have not yet. */
  #leaving = 0

  /** @param patience for how long a turn is nobody else's, in milliseconds */
  constructor(most: number, patience: number) {
    this.#most = most
    this.#patience = patience
  }

  /**
   * @param signal ends the wait
   * @param leave ends what is done in the turn; called where that has taken long and another waits
   * @returns what is to be called once when it is done; undefined where the wait was ended
   */
  async take(signal: AbortSignal, leave: () => void): Promise<(() => void) | undefined> {
    if (this.#busy < this.#most) this.#busy += 1
    else if (!(await this.#wait(signal))) return undefined
    let isLeaving = false
    const askToLeave = () => {
      isLeaving = true
      this.#leaving += 1
      leave()
    }
    const timer = setTimeout(() => {
      if (this.#isShort) askToLeave()
      else this.#slow.add(askToLeave)
    }, this.#patience)
    return () => {
      clearTimeout(timer)
      this.#slow.delete(askToLeave)
      if (isLeaving) this.#leaving -= 1
      this.#end()
    }
  }

  /** @returns whether a turn was handed over */
  #wait(signal: AbortSignal): Promise<boolean> {
    const { promise, resolve } = Promise.withResolvers<boolean>()
    const take = () => resolve(true)
    const giveUp = () => {
      const at = this.#waiting.indexOf(take)
      if (at !== -1) this.#waiting.splice(at, 1)
      resolve(false)
    }
    this.#waiting.push(take)
    if (signal.aborted) giveUp()
    else signal.addEventListener('abort', giveUp)
    const [slowest] = this.#slow
    // It is told once, though it may take a while to end.
    if (slowest && !signal.aborted && this.#isShort && this.#slow.delete(slowest)) slowest()
    return promise
  }

  /** Whether more wait than were told to make room. */
  get #isShort(): boolean {
    return this.#waiting.length > this.#leaving
  }

  #end(): void {
    const next = this.#waiting.shift()
    if (next) next()
    else this.#busy -= 1
  }
}
