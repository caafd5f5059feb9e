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

/** When a text changed that nobody has seen before. */
export const firstUpdated = (
  { updated, published }: Pick<ArticleContent, 'published' | 'updated'>,
  now: number,
): number => Math.min(Date.parse(updated ?? published), now)

/**
 * The time of a commit. What was out by the last one stays so where the clock lags a little behind that.
 * @param last the time of the last one
 */
export const commitTime = (last: number, now: number): number =>
  isFuture(last, now) ? now : Math.max(last, now)

/**
 * When a text changed last. If it is the same as before, a date that was wrong may have been put right. Else it
 * is as the text states, or when its file was modified, which is the same however late we look.
 */
export function updatedAfter(
  last: number,
  { content, modified }: { readonly content: ArticleContent; readonly modified: number },
  isSameText: boolean,
  now: number,
): number {
  if (isSameText) return isFuture(last, now) ? firstUpdated(content, now) : last
  const stated = content.updated ? Date.parse(content.updated) : modified
  const isSameMoment = second(stated) <= last && stated > last - aheadMs
  return isSameMoment && !isFuture(last, now) ? last + 1000 : nextTime(last, stated, now)
}

/**
 * The date of publication of a text that states none: the one it has had, else that of its file, which may be ahead
 * of our clock. RFC 3339.
 */
export function timeKept(known: number | undefined, ofFile: string, now: number): string {
  const time = known ?? Math.min(Date.parse(ofFile), now)
  return `${new Date(second(time)).toISOString().slice(0, -'.000Z'.length)}Z`
}
