/**
 * Times of change move forward, so that whoever knows an earlier one learns of the change: with one
 * exception. What lies in the future was a wrong date or a wrong clock, and comes back.
 */

/** Several changes within a second run ahead of the clock, by a second each. */
const aheadMs = 60_000

const second = (time: number) => Math.floor(time / 1000) * 1000

/** Whether a time is later than changes can have made it; both in ms since 1970. */
export const isFuture = (time: number, now: number) => time > now + aheadMs

/**
 * The next time of change after `last`: the one that is stated if it is later, else the present.
 * To the second, as feeds and HTTP dates are.
 */
export function nextTime(last: number, stated: number, now: number): number {
  const seen = second(Math.min(stated, now))
  if (isFuture(last, now) || seen > last) return seen
  return Math.max(last + 1000, second(now))
}
