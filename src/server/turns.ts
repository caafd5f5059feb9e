/** Lets so many do at once what costs memory; the others wait. */
export class Turns {
  readonly #most: number
  #busy = 0
  readonly #waiting: (() => void)[] = []

  constructor(most: number) {
    this.#most = most
  }

  /**
   * @param signal ends the wait
   * @returns what is to be called once when it is done; undefined where the wait was ended
   */
  async take(signal: AbortSignal): Promise<(() => void) | undefined> {
    if (this.#busy < this.#most) this.#busy += 1
    else if (!(await this.#wait(signal))) return undefined
    return () => this.#end()
  }

  /** @returns whether a turn was handed over */
  #wait(signal: AbortSignal): Promise<boolean> {
    const { promise, resolve } = Promise.withResolvers<boolean>()
    const take = () => resolve(true)
    const leave = () => {
      const at = this.#waiting.indexOf(take)
      if (at !== -1) this.#waiting.splice(at, 1)
      resolve(false)
    }
    this.#waiting.push(take)
    if (signal.aborted) leave()
    else signal.addEventListener('abort', leave)
    return promise
  }

  #end(): void {
    const next = this.#waiting.shift()
    if (next) next()
    else this.#busy -= 1
  }
}
