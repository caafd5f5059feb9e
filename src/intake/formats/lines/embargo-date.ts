/** Until when the line of an embargo says that it holds. */
import { isDate } from '../../stated-date.ts'
import { asLine, daysWithin } from './date-in-text.ts'
import { isEmbargoWord } from './embargo-table.ts'
import { timeSign, zoneOf } from './embargo-zone.ts'
import { dateIn } from './written-date.ts'

interface DateOf {
  /** In RawArticle's shapes. */
  readonly until: string | undefined
  /** The line without what it says of a date, in small letters. */
  readonly rest: string
  /** Whether it says something of a day or a time. */
  readonly isDated: boolean
  /** Whether it names a day, or the zone of a time, that is not known. */
  readonly isUnread: boolean
  /** Whether it says a time of day beside a day. */
  readonly isTimed: boolean
}

const none = { until: undefined, isDated: false, isUnread: false, isTimed: false }

const inIso = /\d{4}-\d\d-\d\d[T ]\d\d:\d\d(?::\d\d)?(?: ?(?:Z\b|[+-]\d\d:?\d\d))?/
/** Behind the day nothing else is a number. */
const time =
  /(?<!\d)(\d{1,2}?)(?:\s?[:.]\s?(?=\d)|h(?=\d))?(\d\d)?(?!\d)(?:\s?([ap])\.?\s?m\b\.?)?/g
const offset = /(?<=\b(?:gmt|utc)) ?([+-])(\d{1,2})(?::?(\d\d))?/

/** The one day of a line, with its time. */
export function dateOf(written: string): DateOf {
  const line = asLine(written)
  const [iso] = inIso.exec(line) ?? []
  if (iso && isDate(iso)) {
    const rest = line.replace(iso, ' ').toLowerCase()
    return { until: iso, rest, isDated: true, isUnread: false, isTimed: true }
  }
  const small = line.toLowerCase()
  const [day, another] = daysWithin(small)
  if (!day) return partOfDate(small)
  if (another) return { ...none, rest: small }
  const around = small
    .replace(day.written, ' ')
    .replace(/(?<=[\s\d])['’]\p{L}{1,4}/gu, ' ')
    .replace(/\b(?:12 )?noon\b/, '12:00')
  const [, sign, hours = '', minutes = '00'] = offset.exec(around) ?? []
  const stated = around.replace(offset, ' ')
  const [first] = stated.matchAll(time)
  const named = zoneOf(stated.replace(time, ` ${timeSign} `), isEmbargoWord)
  const rest = named.rest.replaceAll(timeSign, ' ')
  const zone = sign ? `${sign}${hours.padStart(2, '0')}:${minutes}` : named.zone
  const date = named.isUnknown && !sign ? undefined : dateIn(day.written)
  const until = date && !isVague.test(rest) ? timed(date, first, zone) : undefined
  // Of history, and no word to a newsroom.
  if (until !== undefined && until < '2000') {
    return { ...none, rest: small }
  }
  const isUnread = until === undefined
  return { until, rest, isDated: true, isUnread, isTimed: first !== undefined }
}

/** Which night it is, nobody knows. */
const isVague = /midnight|mitternacht|minuit|medianoche|mezzanotte|middernacht/

function timed(day: string, found: RegExpExecArray | undefined, zone: string) {
  if (!found) return day
  const [, hours = '', minutes = '00', half] = found
  const hour = half ? (Number(hours) % 12) + (/p/i.test(half) ? 12 : 0) : Number(hours)
  const local = `${day}T${String(hour).padStart(2, '0')}:${minutes}`
  return dateIn(zone.includes('/') ? `${local} ${zone}` : local + zone)
}

const shortDays = [
  /(?<!\d)(\d{1,2})(?:st|nd|rd|th|er|º|\.)? (?:de )?(\p{L}{3,12})\.?/u,
  /\p{L}{3,12}\.? (\d{1,2})(?:st|nd|rd|th)?(?!\d)/u,
]
const timeOfDay =
  /(?<!\d)\d{1,2}(?:[:.h]\d\d)?(?: ?(?:[ap]\.?m\b\.?|uhr\b|uur\b)|(?<=\d[:.h]\d\d))/g

/** Of a day without its year, and of a time, it is known that they are meant. */
function partOfDate(line: string): DateOf {
  const clear = line.replace(timeOfDay, ' ')
  const short = shortDays
    .map((shape) => shape.exec(clear)?.[0])
    .find((written) => written !== undefined && dateIn(`${written.replace(/\.$/, '')} 2024`))
  const rest = short === undefined ? clear : clear.replace(short, ' ')
  return { ...none, rest, isDated: rest !== line }
}
