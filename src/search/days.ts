import { Temporal } from '../temporal.ts'

/**
 * When a day begins somewhere, in ms since 1970: at midnight, or where a clock change skips that, right after it.
 * So it does for articles that state a day and no time (src/intake/stated-date.ts).
 * @param day as YYYY-MM-DD
 */
export const startOfDay = (day: string, timeZone: string): number =>
  Temporal.PlainDate.from(day).toZonedDateTime(timeZone).epochMilliseconds
