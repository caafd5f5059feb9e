/** The dates in addresses of pages, as generators of sites write them. */
import { Temporal } from '../temporal.ts'

/** A year among folders, with month and day behind it, or the day of the year. */
export interface FoldersDate {
  readonly at: number
  readonly length: number
  readonly isDay: boolean
  readonly year: number
  readonly month: number | undefined
  readonly day: number | undefined
  readonly dayOfYear: number | undefined
}

/** @param parts the folders of an address */
export function dateIn(parts: readonly string[]): FoldersDate | undefined {
  const at = parts.findIndex((part) => /^(?:19|20)\d\d$/.test(part))
  if (at === -1) return undefined
  const [year, next = '', afterNext = ''] = parts.slice(at)
  const isOrdinal = /^\d{3}$/.test(next)
  const hasMonth = /^\d{1,2}$/.test(next)
  const hasDay = hasMonth && /^\d{1,2}$/.test(afterNext)
  return {
    at,
    length: 1 + Number(isOrdinal || hasMonth) + Number(hasDay),
    isDay: isOrdinal || hasDay,
    year: Number(year),
    month: hasMonth ? Number(next) : undefined,
    day: hasDay ? Number(afterNext) : undefined,
    dayOfYear: isOrdinal ? Number(next) : undefined,
  }
}

/** Whether a day is what folders say. @param on `YYYY-MM-DD` */
export function isOn({ year, month, day, dayOfYear }: FoldersDate, on: string): boolean {
  const date = Temporal.PlainDate.from(on)
  return (
    year === date.year &&
    (dayOfYear ?? date.dayOfYear) === date.dayOfYear &&
    (month ?? date.month) === date.month &&
    (day ?? date.day) === date.day
  )
}

/** The days that an address says. @param inName before its name, `YYYY-MM-DD` @param date of its folders */
export function daysIn(
  inName: string | undefined,
  date: FoldersDate | undefined,
): { first: Temporal.PlainDate; last: Temporal.PlainDate } | undefined {
  if (inName !== undefined) {
    const day = Temporal.PlainDate.from(inName)
    return { first: day, last: day }
  }
  if (!date) return undefined
  const { year, month, day, dayOfYear = 1 } = date
  // No month or day is none, and such as there are not are brought to the next that is.
  const start = Temporal.PlainDate.from({ year, month: month || 1, day: day || 1 })
  const first = start.add({ days: dayOfYear - 1 })
  if (date.isDay) return { first, last: first }
  return { first, last: first.add(month ? { months: 1 } : { years: 1 }) }
}
