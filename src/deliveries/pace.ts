import { LRUCache } from 'lru-cache'

/** Who has not come for longest is forgotten, and begins anew; a name and a number take about 200 bytes. */
const mostNames = 50_000

export interface Rate {
  /** So often without a pause; */
  readonly atOnce: number
  /** what was used of that comes back so fast. */
  readonly perSecond: number
}

/** @returns after how many ms this one may go on; 0 where it may at once, which then counts */
export type Pace = (name: string) => number

/**
 * How fast each of many may go on (the generic cell rate algorithm: one number for each).
 * @param clock ms since whenever; one that is never set back, which would keep everybody waiting for as long
 */
export function createPace(
  { atOnce, perSecond }: Rate,
  clock: () => number = () => performance.now(),
): Pace {
  const everyMs = 1000 / perSecond
  /** When each would have done what it did without going faster at first. */
  const evenly = new LRUCache<string, number>({ max: mostNames })
  return (name) => {
    const now = clock()
    const next = Math.max(now, evenly.get(name) ?? now) + everyMs
    const tooEarlyMs = next - now - atOnce * everyMs
    if (tooEarlyMs > 0) return Math.ceil(tooEarlyMs)
    evenly.set(name, next)
    return 0
  }
}
