/** The date in the address of a web page. */
import { dateIn } from '../lines/written-date.ts'

/**
 * The date in the path of an address: `/2019/11/18/`, `/2019/nov/18/`, or a part of it that is a date or begins with one, as
 * `/2019-11-18-title`. Digits within a part may be any number.
 */
const inAddress =
  /\/(?:((?:19|20)\d{2})\/(\d{1,2}|[a-z]{3})\/(\d{1,2})|((?:19|20)\d{2})([-_]?)(\d{2})\5(\d{2}))(?=[/_.-]|$)/i

/** `/23-01-2026-title`, where that can be one day only. */
const dayFirst = /\/(\d{1,2})[-_.](\d{1,2})[-_.]((?:19|20)\d{2})(?=[/_.-]|$)/

export function dateOfAddress(url: string): string | undefined {
  const path = pathOf(url)
  if (ofEvents.test(path)) return undefined
  const [, one, other, inYear] = dayFirst.exec(path) ?? []
  if (inYear) return dateIn(`${one}/${other}/${inYear}`)
  const [, year, month = '', day, ofPart, , monthOfPart, dayOfPart] = inAddress.exec(path) ?? []
  if (ofPart) return dateIn(`${ofPart}-${monthOfPart}-${dayOfPart}`)
  return year && dateIn(/\d/.test(month) ? `${year}-${month}-${day}` : `${day} ${month} ${year}`)
}

/** What takes place has the day of that in its address. */
const ofEvents =
  /\/(?:events?|calendar|agenda|kalender|termine?|veranstaltung(?:en)?|evenements?|eventos?|etkinlik(?:ler)?)\//i

const pathOf = (url: string) => url.slice(0, 2000).replace(/^\w+:\/\/[^/]*|[?#].*$/g, '')
