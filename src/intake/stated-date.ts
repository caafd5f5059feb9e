import '../temporal.ts'
import { RejectionError } from './rejection.ts'

/** A date of one of the three shapes RawArticle allows. */
const shape =
  /^(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?))?\s*(Z|[+-]\d{2}:?\d{2})?$/i

export const dateRemedy = 'Write it as 2026-04-13, 2026-04-13T09:30 or 2026-04-13T09:30:00+03:00.'

const midnights = new Map<string, string>()

/**
 * A date as written in a file into RFC 3339 in UTC, to the second. Without a time it is midnight
 * in `timeZone`; a time that a clock change skips is moved forward, one that it repeats is the first.
 * @throws RejectionError when there is no such date
 */
export function toInstant(text: string, timeZone: string): string {
  const key = `${timeZone} ${text}`
  const known = midnights.get(key)
  if (known) return known
  const [, day, time, offset] = shape.exec(text.trim()) ?? []
  try {
    if (!day) throw new RangeError('not a date')
    const local = Temporal.PlainDateTime.from(`${day}T${time ?? '00:00'}`, { overflow: 'reject' })
    const instant = offset
      ? Temporal.Instant.from(`${local.toString()}${offset.toUpperCase()}`)
      : local.toZonedDateTime(timeZone).toInstant()
    const utc = instant.toString({ smallestUnit: 'second', roundingMode: 'floor' })
    if (!/^[1-9]\d{3}-/.test(utc)) throw new RangeError('the year must have four digits')
    if (!time) remember(key, utc)
    return utc
  } catch (error) {
    if (!(error instanceof RangeError)) throw error
    throw new RejectionError(`"${text}" is no date that exists`, dateRemedy)
  }
}

/** Whether a date of RawArticle's shapes exists. */
export function isDate(text: string): boolean {
  try {
    toInstant(text, 'UTC')
    return true
  } catch (error) {
    if (error instanceof RejectionError) return false
    throw error
  }
}

/** Thousands of articles share a few thousand days. */
function remember(key: string, utc: string): void {
  if (midnights.size > 20_000) midnights.clear()
  midnights.set(key, utc)
}
