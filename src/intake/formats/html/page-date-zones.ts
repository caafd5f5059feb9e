/** The dates of a web page beside each other: in which zone they are, and which of them are of one day. */
import { toInstant } from '../../stated-date.ts'

/** Whether a date has a time on this day, there or in UTC. */
export function isTimeOn(date: string, day: string): boolean {
  if (!date.includes(':')) return false
  return date.startsWith(day) || (hasZone.test(date) && toInstant(date, 'UTC').startsWith(day))
}

export const hasZone = /(?:Z|[+-]\d{2}:?\d{2})$/i

/**
 * A time without a zone that would be later than the change is told in the zone of that, or in one that is whole hours
 * before it.
 */
export function inZoneOf(updated: string | undefined, published: string): string {
  if (!updated || !/[T ]\d[\d:.]+$/.test(published)) return published
  const [, zone] = /T.*?(Z|[+-]\d{2}:\d{2})$/.exec(updated) ?? []
  if (!zone) return published
  const before = Date.parse(`${published}Z`) - Date.parse(updated)
  if (!(before > 0) || before > mostOffset) return published
  const hours = String(Math.ceil(before / hourInMs)).padStart(2, '0')
  return `${published.replace(' ', 'T')}${/^Z|00:00$/.test(zone) ? `+${hours}:00` : zone}`
}

const hourInMs = 60 * 60 * 1000
/** No zone is further ahead of UTC. */
export const mostOffset = 14 * hourInMs
