/**
 * Times of change, in ms since 1970. They move forward, so that whoever knows an earlier one learns of the
 * change: with one exception. What lies in the future was a wrong date or a wrong clock, and comes back.
 */
import type { ArticleContent } from '../article.ts'

/** Several changes within a second run ahead of the clock, by a second each. */
const aheadMs = 60_000

const second = (time: number) => Math.floor(time / 1000) * 1000

/** Whether a time is later than changes can have made it. */
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

type Stated = Pick<ArticleContent, 'published' | 'updated'>

/** When a text changed that nobody has seen before. */
export const firstUpdated = ({ updated, published }: Stated, now: number): number =>
  Math.min(Date.parse(updated ?? published), now)

/** When a text changed that is the same as before: a date that was wrong may have been put right. */
export const keptUpdated = (last: number, content: Stated, now: number): number =>
  isFuture(last, now) ? firstUpdated(content, now) : last

/**
 * When a text changed that was another before: as it states, else when its file was modified, which is the
 * same however late we look.
 */
export const nextUpdated = (last: number, { updated }: Stated, modified: number, now: number) =>
  nextTime(last, updated ? Date.parse(updated) : modified, now)
