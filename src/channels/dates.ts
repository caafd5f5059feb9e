/** The dates of an article as feeds give them. */
import { LRUCache } from 'lru-cache'
import type { Article } from '../article.ts'
import type { Config } from '../config.ts'

type Dated = Pick<Article, 'id' | 'published' | 'updated'>
type Dates = Pick<Article, 'published' | 'updated'>

/**
 * When an article was published and updated; RFC 3339, with three digits of a second at most, since some
 * readers take more for milliseconds. A date without a time is midnight: it gets a moment of
 * that day's first minute, made from the id, so that readers, which sort by date, have the stories of a
 * day in the order of the feed.
 */
export function datesOf({ id, published, updated }: Dated, config: Config): Dates {
  const withinFirstMinute = (time: string) =>
    beginsDay(time, config) ? later(time, placeOf(id), 60) : time
  const first = withinFirstMinute(published)
  const last = updated === published ? first : withinFirstMinute(updated)
  return { published: first, updated: Date.parse(last) < Date.parse(first) ? first : last }
}

/**
 * When an article was updated, with milliseconds made from its id where it would have none: readers that
 * sort by `updated` (RFC 4287 §4.2.15), and validators, want no two entries to have the same one.
 */
export const distinctUpdate = ({ id }: Dated, { updated }: Dates): string =>
  updated.includes('.') ? updated : later(updated, placeOf(id), 1)

/** Hexadecimal digits of the id that order articles of the same date. */
const orderDigits = 8

/** Where an article stands among those of its date: below 1, and the higher the earlier it is listed. */
function placeOf(id: string): number {
  const start = Number.parseInt(id.slice('urn:uuid:'.length).slice(0, orderDigits), 16)
  return 1 - (start + 1) / 16 ** orderDigits
}

/** Some readers round to seconds: half of one is left free. */
const stepsInSecond = 500

/** @param place below 1; the higher, the later within so many seconds */
function later(time: string, place: number, seconds: number): string {
  const step = Math.floor(place * seconds * stepsInSecond)
  const ms = Math.floor(step / stepsInSecond) * 1000 + (step % stepsInSecond)
  return new Date(Date.parse(time) + ms).toISOString()
}

/** Whether a time is the first moment of a day, which is not midnight where a clock change skips that. */
const beginsDay = (time: string, { timeZone }: Config) =>
  time.endsWith(':00Z') && wholeMinutes.memo(`${time} ${timeZone}`)

/** That of whole minutes, by time and zone: a feed that changes has the same ones each time. */
const wholeMinutes = new LRUCache<string, boolean>({
  max: 5000,
  memoMethod(name) {
    const [time = '', timeZone = ''] = name.split(' ')
    const format = dayFormats.memo(timeZone)
    const start = Date.parse(time)
    return format.format(start) !== format.format(start - 1)
  },
})

/** By zone. Making one takes longer than using it for a whole feed. */
const dayFormats = new LRUCache<string, Intl.DateTimeFormat>({
  max: 100,
  memoMethod: (timeZone) => new Intl.DateTimeFormat('en', { dateStyle: 'short', timeZone }),
})
