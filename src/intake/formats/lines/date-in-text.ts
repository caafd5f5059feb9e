/** A date among other words, as pages show it to people: `Posted by Ann on Fri 6:45 PM, Feb 16, 2018`. */
import { Temporal } from '../../../temporal.ts'
import { dayOf } from '../../stated-date.ts'
import { inGregorian } from './local-calendars.ts'
import { asciiDigits } from './page-words.ts'
import { dateIn, zones } from './written-date.ts'

const year = '(?:19|20)\\d{2}'
// Arabic has two for each, of which some are two words, and pages may name both. That it has three letters is looked for
// by what may stand behind it: a class of all letters that is repeated from 3 to 20 times takes 20 ms more to compile.
const monthName =
  '(?:(?:(?:تشرين|كانون) )?(?=[^\\s\\d./,-]{3})[\\p{L}\\p{M}]{0,20}\\.?|آب|मई|मे|মে|મે|ਮਈ|மே|మే|ಮೇ)'
const month = `${monthName}(?: ?/ ?${monthName})?`
// No part of a number of a version or of an address in a network.
const begin = '(?<!\\d|\\d[./-])'
const end = '(?!\\d|[./-]\\d)'
const days = [
  `(?<!\\d)${year} ?[-./年년] ?\\d{1,2} ?[-./月월] ?\\d{1,2}(?!\\d)(?: ?[日일])?`,
  `(?<!\\d)\\d{1,2}(?:st|nd|rd|th|er|º|ª|\\.)?[-\\s]{1,3}(?:de |of )?${month},?[-\\s]{1,3}(?:de |del )?${year}(?!\\d)`,
  `${month} \\d{1,2}(?:st|nd|rd|th|\\.)?,? ${year}(?!\\d)`,
  `(?<!\\d)${year}\\. ${month} \\d{1,2}(?!\\d)`,
  `${begin}\\d{1,2} ?[-./] ?\\d{1,2} ?[-./] ?${year}${end}`,
  `${begin}\\d{1,2}([./])\\d{1,2}\\1[0-3]\\d${end}`,
]
const everyDay = new RegExp(days.join('|'), 'gu')

/** What a text says besides its days, of which most lines have none. */
export const withoutDates = (text: string) =>
  /\d/.test(text) ? text.replaceAll(everyDay, ' ') : text

/** The days in a text, as they are written, and where each begins. */
export const daysWithin = (text: string) =>
  [...text.matchAll(everyDay)].map(({ index, 0: written }) => ({ index, written }))

/** Directly after the day; before it stands a time mostly with the half of the day. */
const timeAfter =
  /^[\s,.|/T–—-]{0,10}(?:[(（]\p{L}{1,9}[)）]\s?)?(?:at|um|à|às|a las|alle(?: ore)?|ore|kl\.?|@|saat|pukul|jam|в|ساعت|오전|午前|上午|(?<late>오후|午後|下午))?[\s,]{0,3}(?<hours>\d{1,2}) ?(?:[:.h時时點点]|시 ?)(?<minutes>\d{2})(?::\d{2}(?:\.\d{1,9})?)?(?!\d|\.\d)(?: ?(?<half>[ap])\.?m\b\.?)?/iu
const timeBefore =
  /(?<hours>\d{1,2}):(?<minutes>\d{2})(?::\d{2})?(?: ?(?<half>[ap])\.?m\b\.?)?(?<zone>(?: [A-Z]{1,4})?)[\s,|–—-]{0,5}(?:on )?(?:\p{L}{1,20}\.?,? )?$/iu

/** `November 20 15:23 2019` */
const timeBeforeYear = new RegExp(`(${month} \\d{1,2}),? (\\d{1,2}:\\d{2}),? (${year})(?!\\d)`, 'u')

/** Where a word begins that is glued to a time, its half of the day or its zone, as pages glue parts of a line: `2:00 PMTags`. */
const gluedToTime =
  /(?<=\d:\d{2}(?: ?(?:[AP]\.?M\.?|[ap]\.?m\.?)(?: [A-Z]{2,4}(?=\p{Lu}\p{Ll}))?)?)(?=\p{Lu}\p{L})/gu

/** Longer texts are no lines. */
const longest = 200

/** With digits and days of Europe, the year before the time, and nothing glued to that. */
export const asLine = (text: string) =>
  inGregorian(asciiDigits(text.slice(0, longest)))
    .replace(timeBeforeYear, '$1, $3 $2')
    .replace(gluedToTime, ' ')

/** What `11/12/2019` begins with; undefined where nothing tells. */
export type DateOrder = 'day' | 'month' | undefined

/** Tells which it is of a day that may be two, or of one whose year has two digits. */
export type OrderOf = (dayFirst?: string, monthFirst?: string) => DateOrder

/**
 * @param order is asked where a day may be two
 * @returns a date of RawArticle's shapes
 */
export function dateWithin(words: string, order: OrderOf): string | undefined {
  const text = asLine(words)
  const { value: found } = text.matchAll(everyDay).next()
  if (!found) return undefined
  const date = dayIn(found[0], orderByWeekday(text, order))
  if (!date) return undefined
  const behind = text.slice(found.index + found[0].length)
  const after = isLength.test(behind) ? null : timeAfter.exec(behind)
  const before = after ? null : timeBefore.exec(text.slice(0, found.index))
  const time = clock(after ?? before)
  if (!time) return date
  return `${date}T${time}${offsetIn(after ? behind.slice(after[0].length) : (before?.groups?.zone ?? ''), `${date}T${time}`)}`
}

const weekdays = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun']
const weekdayIn = /(?<!\p{L})(mon|tue|wed|thu|fri|sat|sun)(?:s|rs?|nes|ur)?(?:day)?(?![\p{L}\d])/iu

/** `Sun, 05/12/2024`: of two days it is the one that falls on the day of the week that is named. */
function orderByWeekday(text: string, order: OrderOf): OrderOf {
  const [, name] = weekdayIn.exec(text) ?? []
  if (!name) return order
  const named = weekdays.indexOf(name.toLowerCase()) + 1
  return (dayFirst, monthFirst) => {
    const falls = (date?: string) =>
      date !== undefined && Temporal.PlainDate.from(date).dayOfWeek === named
    if (falls(dayFirst) === falls(monthFirst)) return order(dayFirst, monthFirst)
    return falls(dayFirst) ? 'day' : 'month'
  }
}

/** `| 01:19:54 | E117`: how long a recording is. */
const isLength = /^\s*[|•·]\s*\d{1,2}:\d{2}:\d{2}\s*[|•·]/u

/** The first day that may be two; undefined where there is none. */
export const ambiguousDay = (text: string) =>
  daysWithin(asLine(text)).find(({ written }) => readings(written).length === 2)?.written

function dayIn(text: string, order: OrderOf): string | undefined {
  const [dayFirst, monthFirst] = readings(text)
  if (dayFirst && monthFirst) {
    const which = order(dayFirst, monthFirst)
    return which && (which === 'day' ? dayFirst : monthFirst)
  }
  // Where a year may come first, 13/04/26 is in the year 13.
  if (/^\d{1,2}\/\d{1,2}\/\d{2}$/.test(text) && !order()) return undefined
  return dayFirst ?? dateIn(plainDay(text).replace(/[ºª일]| ?日$/g, ''))
}

const plainDay = (text: string) =>
  text.replace(/(?<=\d)\s*([-./年년月월])\s*(?=\d)/g, '$1').replace(/[년월]/g, '-')

/** What a day in numbers may mean, with the day first and with the month first. */
function readings(text: string): string[] {
  const [, one = '', sign, other = '', short = ''] =
    /^(\d{1,2})([-./])(\d{1,2})\2(\d{2}|\d{4})$/.exec(plainDay(text)) ?? []
  if (!sign) return []
  const full = short.length === 2 ? `20${short}` : short
  const both = [dayOf(full, other, one), sign === '.' ? undefined : dayOf(full, one, other)]
  return [...new Set(both)].filter((date) => date !== undefined)
}

function clock(found: RegExpExecArray | null): string | undefined {
  if (!found) return undefined
  const { hours = '', minutes = '', half } = found.groups ?? {}
  const isLate = found.groups?.late !== undefined || /p/i.test(half ?? '')
  const hour = half || isLate ? (Number(hours) % 12) + (isLate ? 12 : 0) : Number(hours)
  return hour < 24 && Number(minutes) < 60
    ? `${String(hour).padStart(2, '0')}:${minutes}`
    : undefined
}

const zoneBehind =
  /^ ?(?:Uhr |hrs? )?\(?(?:(?:(?:UTC|GMT) ?([+-]\d{1,2}(?::?\d{2})?)|([+-]\d{2}:?\d{2}))(?!\d)|([A-Z]{1,4})(?!\p{L}))/u

/** Names of zones that pages show and that mean one thing on them. */
const zonesOfPages: Readonly<Record<string, string>> = {
  ...zones,
  bst: '+01:00',
  wat: '+01:00',
  cat: '+02:00',
  sast: '+02:00',
  eet: '+02:00',
  eest: '+03:00',
  eat: '+03:00',
  trt: '+03:00',
  msk: '+03:00',
  pkt: '+05:00',
  hkt: '+08:00',
  jst: '+09:00',
  kst: '+09:00',
  aest: '+10:00',
  aedt: '+11:00',
  nzst: '+12:00',
  nzdt: '+13:00',
}

/** Standard or daylight time, as the day is. */
const american: Readonly<Record<string, string>> = {
  et: 'America/New_York',
  ct: 'America/Chicago',
  mt: 'America/Denver',
  pt: 'America/Los_Angeles',
}

/** The offset of the zone that a text begins with; empty where it names none that is known. */
function offsetIn(text: string, local: string): string {
  const [, behindName, alone, name = ''] = zoneBehind.exec(text) ?? []
  const written = behindName ?? alone
  if (written) {
    const [, sign, hours = '', minutes = '00'] = /^([+-])(\d{1,2}):?(\d{2})?$/.exec(written) ?? []
    return `${sign}${hours.padStart(2, '0')}:${minutes}`
  }
  const place = american[name.toLowerCase()]
  if (place) return Temporal.PlainDateTime.from(local).toZonedDateTime(place).offset
  return zonesOfPages[name.toLowerCase()] ?? ''
}
