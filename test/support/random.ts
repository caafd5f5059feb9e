/** Chance that repeats: the same seed gives the same numbers on every machine. */
export interface Random {
  /** A whole number from low to high, both included. */
  between(low: number, high: number): number
  pick<T>(list: readonly T[]): T
  /** The same things in another order. */
  shuffled<T>(list: readonly T[]): T[]
}

/** mulberry32: small, fast, and good enough for words. */
export function randomFrom(seed: number): Random {
  let state = Math.imul(seed + 1, 0x9e3779b1)
  const next = (): number => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
  const between = (low: number, high: number): number => low + Math.floor(next() * (high - low + 1))
  return {
    between,
    pick<T>(list: readonly T[]): T {
      const picked = list[between(0, list.length - 1)]
      if (picked === undefined) throw new Error('nothing to pick from')
      return picked
    },
    shuffled<T>(list: readonly T[]): T[] {
      const left = [...list]
      return list.flatMap(() => left.splice(between(0, left.length - 1), 1))
    },
  }
}
