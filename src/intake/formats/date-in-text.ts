/** A date among other words, as pages show it to people: `Posted by Ann on Fri 6:45 PM, Feb 16, 2018`. */
import { dayOf } from '../stated-date.ts'
import { dateIn } from './written-date.ts'

const year = '(?:19|20)\\d{2}'
const month = '\\p{L}{3,}\\.?'
const days = [
  `${year} ?[-./年년] ?\\d{1,2} ?[-./月월] ?\\d{1,2}(?!\\d)`,
  `(?<!\\d)\\d{1,2}(?:st|nd|rd|th|er|º|ª|\\.)?[-\\s]+(?:de |of )?${month},?[-\\s]+(?:de |del )?${year}(?!\\d)`,
  `${month} \\d{1,2}(?:st|nd|rd|th|\\.)?,? ${year}(?!\\d)`,
  `(?<!\\d)\\d{1,2} ?[-./] ?\\d{1,2} ?[-./] ?${year}(?!\\d)`,
  `(?<!\\d)\\d{1,2}\\.\\d{1,2}\\.[0-3]\\d(?![.\\d])`,
]
const day = new RegExp(days.join('|'), 'u')

const everyDay = new RegExp(`${days.join('|')}|(?<!\\d)\\d{1,2}/\\d{1,2}/\\d{2}(?!\\d)`, 'gu')

/** What a text says besides its days. */
export const withoutDates = (text: string) => text.replaceAll(everyDay, ' ')

/** Directly after the day; before it stands a time mostly with the half of the day. */
const timeAfter =
  /^[\s,.|–—-]*(?:at|um|à|a las|kl\.?|@|saat)?[\s,]*(\d{1,2})[:.h](\d{2})(?::\d{2})?(?![\d.])(?: ?([ap])\.?m\b)?/i
const timeBefore =
  /(\d{1,2}):(\d{2})(?::\d{2})?(?: ?([ap])\.?m\b\.?)?(?: [A-Z]{2,4})?[\s,|–—-]*(?:on )?(?:\p{L}+\.?,? )?$/iu

/** `November 20 15:23 2019` */
const timeBeforeYear = new RegExp(`(${month} \\d{1,2}),? (\\d{1,2}:\\d{2}),? (${year})(?!\\d)`, 'u')

/** @param language of the page, which tells what `11/12/2019` means; @returns a date of RawArticle's shapes */
export function dateWithin(words: string, language: string): string | undefined {
  const text = words.replace(timeBeforeYear, '$1, $3 $2')
  const found = day.exec(text)
  if (!found) return undefined
  const date = dayIn(found[0], language)
  if (!date) return undefined
  const after = timeAfter.exec(text.slice(found.index + found[0].length))
  const time = clock(after ?? timeBefore.exec(text.slice(0, found.index)))
  return time ? `${date}T${time}` : date
}

function dayIn(text: string, language: string): string | undefined {
  const plain = text.replace(/(?<=\d)\s*([-./年년月월])\s*(?=\d)/g, '$1').replace(/[년월]/g, '-')
  const [, one = '', other = '', short = ''] =
    /^(\d{1,2})[-./](\d{1,2})[-./](\d{2,4})$/.exec(plain) ?? []
  if (!short) return dateIn(plain.replace(/[ºª]/g, ''))
  const full = short.length === 2 ? `20${short}` : short
  const dayFirst = dayOf(full, other, one)
  const monthFirst = dayOf(full, one, other)
  if (!dayFirst || !monthFirst || dayFirst === monthFirst || plain.includes('.'))
    return dayFirst ?? monthFirst
  // Only in America, and in the Philippines, does the month come first.
  if (/^(?:en-(?:us|ph)|fil|tl)/i.test(language)) return monthFirst
  return /^en$|^$/i.test(language) ? undefined : dayFirst
}

function clock(found: RegExpExecArray | null): string | undefined {
  if (!found) return undefined
  const [, hours = '', minutes = '', half] = found
  const hour = half ? (Number(hours) % 12) + (/p/i.test(half) ? 12 : 0) : Number(hours)
  return hour < 24 && Number(minutes) < 60
    ? `${String(hour).padStart(2, '0')}:${minutes}`
    : undefined
}
