import { parse } from 'node-cron'

/**
 * How many minutes lie between two refreshes, for RSS `ttl`: 1 to 1440. Taken from the
 * expression alone, so that it does not depend on when it is asked.
 */
export function minutesBetweenRefreshes(cron: string): number {
  const { minute, hour } = parse(cron)
  const refreshesPerDay = minute.length * hour.length
  return Math.max(1, Math.round((24 * 60) / refreshesPerDay))
}
