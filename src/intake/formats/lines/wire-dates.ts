/** Dates as agencies' formats have them. */
import { lineAt, type Rejection } from '../../rejection.ts'
import { isDate, toInstant } from '../../stated-date.ts'
import { dateIn } from './written-date.ts'

/** ISO 8601 as NITF writes it (`20260413T093000+0300`), or with its separators. */
const normShape =
  /^(\d{4})-?(\d\d)-?(\d\d)(?:[T ]?(\d\d):?(\d\d)(?::?(\d\d))?(?:[.,]\d{1,9})? ?(Z|[+-]\d\d(?::?\d\d)?)?)?$/i

/**
 * A date in one of RawArticle's shapes: ISO 8601 in all its looks, or written otherwise where it can mean one day only.
 * @returns undefined when there is no such date
 */
export function wireDate(text: string): string | undefined {
  const found = normShape.exec(text)
  if (!found) return dateIn(text)
  const [, year, month, day, hour, minute, second = '00', zone = ''] = found
  const minutes = zone.slice(3).replace(':', '') || '00'
  const offset = zone.length > 1 ? `${zone.slice(0, 3)}:${minutes}` : zone
  const time = hour ? `T${hour}:${minute}:${second}${offset}` : ''
  const iso = `${year}-${month}-${day}${time}`
  return isDate(iso) ? iso : undefined
}

/**
 * A date that a file states; undefined where there is no such date, which is added to the faults.
 * @param text gives that of the file, for the line
 */
export function existingDate(
  written: string,
  text: () => string,
  remedy: string,
  faults: Rejection[],
): string | undefined {
  const date = wireDate(written)
  if (date) return date
  const reason = `"${written}" is no date that exists`
  const all = text()
  const line = lineAt(all, Math.max(all.indexOf(written), 0))
  // One date may be read for several purposes.
  if (faults.every((fault) => fault.reason !== reason)) faults.push({ line, reason, remedy })
  return undefined
}

/** The later of two dates that exist. One without an offset is taken as UTC here. */
export function laterOf(one: string, other: string | undefined): string {
  return other && toInstant(other, 'UTC') > toInstant(one, 'UTC') ? other : one
}

/** What programs put around a value that they fill in, and the letters of a date that nobody has. */
const unfilled =
  /^(?:\$\{[^}]*\}|%%[^%]*%%|%[\w.]+%|\{\{[^}]*\}\}|\[\[[^\]]*\]\]|<%[^%]*%>|#[\w.]+#|@[\w.]+@|Y{2,4}[-/.]?MM.*|0000-?00-?00.*)$/i

/** Whether a template was to put something in place of this value, and did not. */
export const isUnfilled = (value: string) => value.length <= 100 && unfilled.test(value)
