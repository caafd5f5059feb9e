/** How long caches may keep an answer (RFC 9111 §5.2, RFC 5861, RFC 8246). */
import { minutesBetweenRefreshes } from '../channels/schedule.ts'
import type { Config } from '../config.ts'

/** Seconds. */
const anHour = 60 * 60
const aDay = 24 * anHour
const aYear = 365 * aDay

/** What a refresh may change. */
export function untilRefresh({ refreshCron }: Config): string {
  const seconds = Math.min(minutesBetweenRefreshes(refreshCron) * 60, anHour)
  return `public, max-age=${seconds}, stale-while-revalidate=${seconds}, stale-if-error=${aDay}`
}

export const forAnHour = `public, max-age=${anHour}`
export const forADay = `public, max-age=${aDay}`
/** What never changes. */
export const forEver = `public, max-age=${aYear}, immutable`
