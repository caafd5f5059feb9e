/** Dates as people and programs write them, where they can mean one day only. */
import { attempt } from '../../../attempt.ts'
import { Temporal } from '../../../temporal.ts'
import { dateRemedy, dayOf, isDate } from '../../stated-date.ts'
import { readDateLine } from './date-line.ts'
import { isTemplate } from './template-signs.ts'

/** From UTC, by names in lower case: those of mail (RFC 5322 §4.3), and those of Europe that nobody else uses. */
export const zones: Readonly<Record<string, string>> = {
  z: 'Z',
  ut: 'Z',
  utc: 'Z',
  gmt: 'Z',
  est: '-05:00',
  edt: '-04:00',
  cst: '-06:00',
  cdt: '-05:00',
  mst: '-07:00',
  mdt: '-06:00',
  pst: '-08:00',
  pdt: '-07:00',
  cet: '+01:00',
  cest: '+02:00',
}

/** A date is a line; what is longer is none. */
const longest = 80

/** A time of day, half of the day, zone by name and by number, and its name in brackets; in dates of git the year before it. */
const clock =
  /(?:(?<=\d)T|[\s,]) ?(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,]\d{1,9})?)?(?: ?([ap])\.?m\b\.?)?(?: ?([a-z]{1,4})(?![a-z]))?(?: (?<year>\d{4})(?= [+-]))? ?([+-]\d{1,2}(?:[:.]?\d{2})?)?(?: \([\w ]+\))?(?= |$)/i

/**
 * A written date in one of RawArticle's shapes: ISO 8601 in all its looks, that of mail and of JavaScript, a month by its
 * name in any language that date-line.ts knows, seconds or milliseconds since 1970.
 * @returns undefined when it is none that exists, or may be two
 */
export function dateIn(text: string): string | undefined {
  if (text.length > longest) return undefined
  const line = text.replace(/\s+/g, ' ').trim()
  return plainDateIn(line) ?? inZone(line) ?? plainDateIn(plainly(line))
}

function plainDateIn(line: string): string | undefined {
  const date = isDate(line) ? line : (secondsIn(line) ?? digitsIn(line) ?? dayAndTimeIn(line))
  return date && isDate(date) ? date : undefined
}

/** `2026-04-13 09:30 Europe/Berlin`; in brackets behind an offset (RFC 9557) that counts. */
function inZone(line: string): string | undefined {
  const [written, zone = ''] = /\s?\[?\b([A-Z][A-Za-z]+\/[A-Z][\w/+-]+)\]?$/.exec(line) ?? []
  const date = written && plainDateIn(line.slice(0, -written.length))
  if (!date || !/T\d\d:\d\d/.test(date.replace(' ', 'T')) || /(?:Z|[+-]\d\d:?\d\d)$/i.test(date)) {
    return date || undefined
  }
  const local = date.replace(' ', 'T')
  const offset = attempt(() => Temporal.PlainDateTime.from(local).toZonedDateTime(zone).offset)
  return offset && local + offset
}

/** Without quotation marks and brackets around it, and with the time of day as 9:30. */
const plainly = (line: string) =>
  line
    .replace(/^(?:“(.*)”|„(.*)[“”]|«(.*)»|‘(.*)’|<(.*)>|\[\[(.*)\]\])$/, '$1$2$3$4$5$6')
    .replace(/^(?:le|el|il|am|on|den) (?=\p{L}|\d)/iu, '')
    .replace(
      /(?:,? (?:à|a las|alle(?: ore)?|às|um|at|om|kl\.?|saat)|,) (?=\d{1,2}(?:[:.h]\d\d| ?[ap]\.?m| Uhr))/i,
      ' ',
    )
    .replace(
      / (\d{1,2})(?: ?h|[.:](?=\d\d\b))(\d\d)?(?: Uhr)?(?=$| ?[ap]\.?m)/i,
      (_, hours, minutes = '00') => ` ${hours}:${minutes}`,
    )
    .replace(/ (\d{1,2})( Uhr$|(?= ?[ap]\.?m\b))/i, ' $1:00')

/** In this century, as no year and no day is written. */
function secondsIn(line: string): string | undefined {
  if (!/^1\d{9}(?:\d{3}|\.\d{1,9})?$/.test(line)) return undefined
  const isInSeconds = line.length === 10 || line.includes('.')
  return new Date(isInSeconds ? Math.floor(Number(line)) * 1000 : Number(line)).toISOString()
}

/** `20260413093000`, `202604130930+0300` */
function digitsIn(line: string): string | undefined {
  const [, year, month, day, hour, minute, second = '00', zone = ''] =
    /^((?:19|20)\d{2})(\d{2})(\d{2})T?(\d{2})(\d{2})(\d{2})?(Z|[+-]\d{2}:?\d{2})?$/.exec(line) ?? []
  return year && `${year}-${month}-${day}T${hour}:${minute}:${second}${zone}`
}

function dayAndTimeIn(line: string): string | undefined {
  const found = clock.exec(line)
  if (!found) return dayIn(line)
  const before = line.slice(0, found.index)
  const after = line.slice(found.index + found[0].length)
  const year = found.groups?.year ?? ''
  const isRepeated = year !== '' && before.startsWith(`${year}-`)
  const day = dayIn(`${before} ${isRepeated ? '' : year} ${after}`)
  const time = timeIn(found)
  return day && time && `${day}T${time}`
}

function timeIn([, hours = '', minutes, seconds, half, name, , offset]: RegExpExecArray) {
  if (half && !(Number(hours) >= 1 && Number(hours) <= 12)) return undefined
  const hour = half ? (Number(hours) % 12) + (/p/i.test(half) ? 12 : 0) : Number(hours)
  const zone = name && zones[name.toLowerCase()]
  if (name && (!zone || (offset && zone !== 'Z'))) return undefined
  return `${String(hour).padStart(2, '0')}:${minutes}${seconds ? `:${seconds}` : ''}${offset ? offsetOf(offset) : (zone ?? '')}`
}

function offsetOf(written: string): string {
  const [, sign, hours = '', minutes = '00'] = /^([+-])(\d{1,2})[:.]?(\d{2})?$/.exec(written) ?? []
  return `${sign}${hours.padStart(2, '0')}:${minutes}`
}

function dayIn(text: string): string | undefined {
  const line = text
    .replace(/\s+/g, ' ')
    .replace(/(?:[,\s]| at| um| à)+$/i, '')
    .trim()
  const [, year, month, day] =
    /^(\d{4}) ?[-/.年] ?(\d{1,2}) ?[-/.月] ?(\d{1,2})日?$/.exec(line) ??
    /^((?:19|20)\d{2})(\d{2})(\d{2})$/.exec(line) ??
    []
  if (year) return dayOf(year, month, day)
  // 13. 4. 2026, as Czechs write it.
  const parts = dayMonthYear(line.replace(/(?<=\d\.) (?=\d)/g, ''))
  if (parts) return parts.readings.length === 1 ? parts.readings[0] : undefined
  // 02-Jan-2026; "Sept" is not what Intl calls it, and in Hebrew "in" is a letter before the month.
  const words = line
    .replace(/(?<=[\p{L}\d])-(?=[\p{L}\d])/gu, ' ')
    .replace(/\bsept\b/i, 'Sep')
    .replace(/(?<=\d )ב(?=\p{Script=Hebrew}{3})/u, '')
  return readDateLine(/^\d{4}-\d/.test(line) ? line : words)?.date
}

/** `13/04/2026`, and the days that may be meant by it; with full stops the day comes first. */
function dayMonthYear(line: string) {
  const [, one = '', sign, other = '', year = ''] =
    /^(\d{1,2})([-/.])(\d{1,2})\2(\d{4})$/.exec(line) ?? []
  if (!sign) return undefined
  const days = [dayOf(year, other, one), sign === '.' ? undefined : dayOf(year, one, other)]
  return { readings: [...new Set(days)].filter((day) => day !== undefined) }
}

/** Eleventy looks these up in the file system and in git. */
export const isLookedUp = (text: string) => /^(?:git )?(?:created|last modified)$/i.test(text)

/** In words of English; "3 days ago" and "now" alike. */
const isRelative =
  /^(?:now|today|tonight|yesterday|tomorrow|(?:last|next|this) \w+|(?:\d{1,3}|an?) \w+ ago|in (?:\d{1,3}|an?) \w+|[+-]\d{1,3} ?\w+)$/i
const shortYear =
  /^\s*(?:\d{1,2}([-/.])\d{1,2}\1\d{2}|\d{1,2}[- ]\p{L}{3,12}[- ]'?\d{2})(?:[\sT,]|$)/u
const withoutDay = /^(?:\d{4}(?:[-/.]\d{1,2})?|\d{1,2}[-/.]\d{4}|\p{L}{3,12}\.?,? \d{4})$/u

/** What is wrong with a text that `dateIn` cannot read: the rest of a reason, and its remedy. */
export function dateFault(text: string): { reason: string; remedy: string } {
  if (isTemplate(text)) {
    return { reason: 'is a template that was not filled in', remedy: dateRemedy }
  }
  if (isRelative.test(text.trim())) {
    return {
      reason: 'is no date: it means another day each time it is read',
      remedy: 'Write the day itself, as in 2026-04-13.',
    }
  }
  if (!/\p{N}/u.test(text)) return { reason: 'is no date', remedy: dateRemedy }
  if (shortYear.test(text)) {
    return { reason: 'has a year of two digits', remedy: 'Write all four, as in 2026-04-13.' }
  }
  if (withoutDay.test(text.trim())) {
    return { reason: 'says no day', remedy: 'Write the day too, as in 2026-04-13.' }
  }
  const [dayFirst, monthFirst] = dayMonthYear(text.trim().replace(/[T\s,].*$/s, ''))?.readings ?? []
  if (!dayFirst || !monthFirst) return { reason: 'is no date that exists', remedy: dateRemedy }
  const british = inWords(dayFirst, 'en-GB')
  const american = inWords(monthFirst, 'en-US')
  return {
    reason: `may be ${british} or ${american}`,
    remedy: `Write ${dayFirst} for ${british}, or ${monthFirst} for ${american}.`,
  }
}

const inWords = (date: string, locale: string) =>
  new Date(date).toLocaleDateString(locale, { dateStyle: 'long', timeZone: 'UTC' })
