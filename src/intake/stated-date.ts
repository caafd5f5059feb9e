import { Temporal } from '../temporal.ts'
import { RejectionError } from './rejection.ts'

/** A date of one of the three shapes RawArticle allows. */
const shape =
  /^(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?))?\s*(Z|[+-]\d{2}:?\d{2})?$/i

export const dateRemedy = 'Write it as 2026-04-13, 2026-04-13T09:30 or 2026-04-13T09:30:00+03:00.'

/**
 * A date as written in a file into RFC 3339 in UTC, to the second. Without a time it is midnight
 * in `timeZone`; a time that a clock change skips is moved forward, one that it repeats is the first.
 * @throws RejectionError when there is no such date
 */
export function toInstant(text: string, timeZone: string): string {
  const instant = instantOf(text, timeZone)
  if (instant) return instant
  throw new RejectionError(`"${text}" is no date that exists`, dateRemedy)
}

/** Whether a date of RawArticle's shapes exists. */
export const isDate = (text: string) => instantOf(text, 'UTC') !== undefined

/** `YYYY-MM-DD` of the digits of year, month and day; undefined when there is no such day. */
export function dayOf(year = '', month = '', day = ''): string | undefined {
  const isMonth = Number(month) >= 1 && Number(month) <= 12
  const isDay = Number(day) >= 1 && (Number(day) <= 28 || Number(day) <= lastDayOf(year, month))
  if (!isMonth || !isDay || !/^[1-9]\d{3}$/.test(year)) return undefined
  return `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`
}

/** The last day of a month is day 0 of the next. */
const lastDayOf = (year: string, month: string) =>
  new Date(Date.UTC(Number(year), Number(month), 0)).getUTCDate()

/** When the days begin that files have stated, by day and time zone: to find it out takes a sixth of reading a page. */
const midnights = new Map<string, string | undefined>()
const mostMidnights = 10_000

/** @returns undefined when there is no such date, or its year does not have four digits */
function instantOf(text: string, timeZone: string): string | undefined {
  if (text.length !== 'YYYY-MM-DD'.length) return foundInstant(text, timeZone)
  const key = `${text} ${timeZone}`
  if (!midnights.has(key)) {
    if (midnights.size === mostMidnights) midnights.clear()
    midnights.set(key, foundInstant(text, timeZone))
  }
  return midnights.get(key)
}

function foundInstant(text: string, timeZone: string): string | undefined {
  const [, day, time = '00:00', offset] = shape.exec(text.trim()) ?? []
  if (!day) return undefined
  try {
    const local = Temporal.PlainDateTime.from(`${day}T${time}`, { overflow: 'reject' })
    const instant = offset
      ? Temporal.Instant.from(`${local.toString()}${offset.toUpperCase()}`)
      : local.toZonedDateTime(timeZone).toInstant()
    const utc = instant.toString({ smallestUnit: 'second', roundingMode: 'floor' })
    return /^[1-9]\d{3}-/.test(utc) ? utc : undefined
  } catch (error) {
    if (error instanceof RangeError) return undefined
    throw error
  }
}
