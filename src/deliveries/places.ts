/**
 * How many tries may be under way, to one host and to all. One that takes long keeps others waiting no longer: it moves to a place where only
 * such ones are. Without that, the few that never answer would soon have all places.
 */

/** So many answer quickly, or have only just begun: to one host, and in all. */
const quick = { ofHost: 4, ofAll: 256 }
/** So many more have not answered for a while. Beyond these they count among the quick ones again. */
const slow = { ofHost: 4, ofAll: 512 }
/** More are never under way to a host: several processes keep to that together. */
export const mostOfHost = quick.ofHost + slow.ofHost
/** From then on one is slow: what 500 of 10,000 take that never answer is then a fifteenth of the time of all. */
const slowMs = 100

interface Taken {
  quick: number
  slow: number
}

const freeOf = (taken: Taken, bound: 'ofHost' | 'ofAll'): number =>
  quick[bound] - taken.quick - Math.max(0, taken.slow - slow[bound])

export class Places {
  readonly #all: Taken = { quick: 0, slow: 0 }
  readonly #hosts = new Map<string, Taken>()
  readonly #busy = new Set<string>()

  /** How many more may begin now. */
  get free(): number {
    return Math.max(0, freeOf(this.#all, 'ofAll'))
  }

  /** Those at which no more may begin now. */
  busyHosts(): string[] {
    return [...this.#busy]
  }

  /**
   * @param onSlow is told when it has become slow, and there may be room for another
   * @returns to be called when it is over
   */
  take(host: string, onSlow: () => void): () => void {
    const taken = this.#hosts.get(host) ?? { quick: 0, slow: 0 }
    this.#hosts.set(host, taken)
    let lane: keyof Taken = 'quick'
    const add = (n: number) => {
      this.#all[lane] += n
      taken[lane] += n
    }
    add(1)
    this.#look(host, taken)
    const timer = setTimeout(() => {
      add(-1)
      lane = 'slow'
      add(1)
      this.#look(host, taken)
      onSlow()
    }, slowMs)
    return () => {
      clearTimeout(timer)
      add(-1)
      this.#look(host, taken)
    }
  }

  #look(host: string, taken: Taken): void {
    if (freeOf(taken, 'ofHost') > 0) this.#busy.delete(host)
    else this.#busy.add(host)
    if (taken.quick + taken.slow === 0) this.#hosts.delete(host)
  }
}
