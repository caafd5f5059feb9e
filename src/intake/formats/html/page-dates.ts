/** The dates that a web page states: for machines, in its address, and last for people beside its heading. */
import { cleanLine } from '../../../text.ts'
import { ambiguousDay, dateWithin, type OrderOf } from '../lines/date-in-text.ts'
import { isBeforePages } from '../lines/opening-day.ts'
import type { Element } from '../lines/page-elements.ts'
import { labelIn, saysOtherEvent, whenIn } from '../lines/page-when.ts'
import { dateIn } from '../lines/written-date.ts'
import { namesOf } from './page-classes.ts'
import { dateOfAddress } from './page-date-address.ts'
import { orderOfDates } from './page-date-order.ts'
import { hasZone, inZoneOf, isTimeOn, mostOffset } from './page-date-zones.ts'
import {
  besideHeading,
  datesBesideHeading,
  isInProse,
  isOfOther,
  namedDatesBesideHeading,
  shownDates,
} from './page-dates-shown.ts'
import {
  createdDates,
  longest,
  type PageToDate,
  plainDates,
  publishedDates,
  updatedDates,
  valuesOf,
} from './page-dates-stated.ts'
import type { Place, Places } from './page-places.ts'

/** The dates of the `<time>` elements among these places, the likeliest first. */
function* times(some: readonly Place[], mostRank = ofAny, isOther = (_place: Place) => false) {
  const all = some.filter(
    (place) =>
      place.element.localName === 'time' &&
      !place.isOut &&
      !isInProse(place) &&
      !saysOtherEvent(place.whole.text),
  )
  const ranked = all
    .map((place) => ({ place, rank: rankOf(place) }))
    .filter(({ rank }) => rank <= mostRank)
    .sort((a, b) => a.rank - b.rank)
  for (const { place } of ranked.slice(0, mostTimes))
    if (!isOther(place)) yield* valuesOfTime(place.element)
}

/** People may see another day, which is said to be that of the publication: for machines there is that of the change. */
function* valuesOfTime(element: Element) {
  const shown = whenIn(cleanLine(element.textContent.slice(0, longest)), () => undefined)
  const stated = dateIn(element.getAttribute('datetime') ?? '')
  const isOther = shown && stated && daysBetween(shown.date, stated) > 1
  if (isOther && shown.isLabelled && !shown.isUpdate) yield shown.date
  yield* valuesOf(element)
}

const ofPublication = 3
const ofAny = 6

/** Of the publication, in the article, in the main part, anywhere; last those of a change. */
function rankOf({ element: time, whole, line }: Place): number {
  if (time.getAttribute('pubdate') !== null) return 0
  const [before = ''] = whole.text.split(line)
  const isOfChange =
    /^(?!.*publ).*(?:updat|modif)/i.test(namesOf(time)) ||
    labelIn(before.replace(/^.*\d/su, '').trim()) === 'updated'
  const place = time.closest('article') ? 1 : time.closest('main') ? 2 : 3
  return isOfChange ? place + 3 : place
}

/** The only time in a box of the frame, or at the side, that says the title once more, as no link: the story's head stands there. */
function* timesBesideTitle({ all, heading = -1, isTitled }: Places) {
  const own = all[heading]
  const titles = all.filter(
    ({ element, whole }) =>
      isTitled &&
      element !== own?.element &&
      whole.text === own?.line &&
      /^(?:h[1-3]|p)$/.test(element.localName) &&
      [...element.querySelectorAll('a')].every(({ parentElement }) => parentElement !== element),
  )
  if (titles.length === 0) return
  const outside = all.filter(({ element, isOut }) => element.localName === 'time' && isOut)
  for (const { element, whole } of outside.slice(0, mostTimes)) {
    if (saysOtherEvent(whole.text)) continue
    let box = element.parentElement
    for (let count = 0; box && count < fewBoxes; count += 1) {
      if ((own && box.contains(own.element)) || [...box.querySelectorAll('time')].length > 1) break
      if (titles.some((one) => box?.contains(one.element))) yield* valuesOf(element)
      box = box.parentElement
    }
  }
}

const fewBoxes = 4
/** A page with more is a list. */
const mostTimes = 100

/** Each has one of RawArticle's shapes. */
export interface DatesOfPage {
  readonly published?: string | undefined
  readonly updated?: string | undefined
  /** The first that cannot be read, or may be two days, where none can. */
  readonly unread?: string | undefined
}

/** Programs write these where nobody wrote a date. */
const placeholder = /^(?:0|1900-01-01|1970-01-01|19[67]\d-12-31)/

/** No page states so many: where none of them can be read, none is looked for any longer. */
const mostDates = 200

const dayInMs = 24 * 60 * 60 * 1000

/** Of what people see no day to come is that of the publication; it may be tomorrow already elsewhere. */
const isPast = (date: string) =>
  date.slice(0, 10) <= new Date(Date.now() + 2 * dayInMs).toISOString().slice(0, 10)

const daysBetween = (one: string, other: string) =>
  Math.abs(Date.parse(one.slice(0, 10)) - Date.parse(other.slice(0, 10))) / dayInMs

/**
 * What is stated for machines is believed first, then a time beside the heading, the page's address unless what people see
 * there says another day, the file's path, and last what people see.
 * @param ofPath what the path of the file says
 */
export function dateOfPage(asked: PageToDate, ofPath: string | undefined): DatesOfPage {
  const { document, places, meta } = asked
  const addresses = [
    document.querySelector('link[rel~="canonical" i]')?.getAttribute('href') ?? '',
    ...meta('og:url'),
  ]
  const order = orderOfDates(asked, addresses)
  const { read, unread } = reader(order)
  const updated = read(updatedDates(asked))
  /** The time of a day that is stated without one, as the page states it elsewhere or shows it. */
  const withTimeOf = (day: string) => {
    if (day.length > 'YYYY-MM-DD'.length) return day
    const isOnDay = (date: string) => isTimeOn(date, day)
    return (
      read(publishedDates(asked), isOnDay) ??
      read(plainDates(asked), isOnDay) ??
      read(times(besideHeading(places()), ofPublication), isOnDay) ??
      read(datesBesideHeading(places(), order), isOnDay) ??
      read(namedDatesBesideHeading(places(), order), isOnDay) ??
      day
    )
  }
  /** Programs state the day of a page's record so, too: one that is said beside the heading to be its day comes before that. */
  const ofPlain = (stated: string) => {
    const shown =
      read(times(besideHeading(places()), ofPublication), isPast) ??
      read(datesBesideHeading(places(), order), isPast)
    // In another zone it is the day before or behind.
    return withTimeOf(shown && daysBetween(shown, stated) > 1 ? shown : stated)
  }
  /** Of a page about what was long ago an address may have that day. */
  const ofAddress = () => {
    const date = addresses.map(dateOfAddress).find((one) => one !== undefined && isPast(one))
    if (date === undefined || isBeforePages(date)) return undefined
    const named = read(datesBesideHeading(places(), order), isPast)
    if (named !== undefined) return named
    const shown = read(shownDates(places(), order), isPast)
    return shown !== undefined && daysBetween(date, shown) > 365 ? undefined : date
  }
  const statedDate = withZone(read(publishedDates(asked)), (counts) =>
    read(publishedDates(asked), counts),
  )
  const plain = statedDate ? undefined : read(plainDates(asked))
  const published =
    (statedDate && withTimeOf(statedDate)) ??
    (plain && ofPlain(plain)) ??
    read(times(besideHeading(places())), isPast) ??
    read(createdDates(asked)) ??
    ofAddress() ??
    ofPath ??
    read(
      times(places().all, ofAny, (place) => isOfOther(place, places())),
      isPast,
    ) ??
    read(shownDates(places(), order), isPast) ??
    read(timesBesideTitle(places()), isPast) ??
    updated
  const inZone = published && inZoneOf(updated, published)
  return { published: inZone, updated, unread: unread() }
}

/** A time of which nobody knows where it is gives way to one of about then that says so. */
function withZone(
  stated: string | undefined,
  readOther: (counts: (date: string) => boolean) => string | undefined,
): string | undefined {
  if (!stated?.includes(':') || hasZone.test(stated)) return stated
  const isNear = (date: string) =>
    date.includes(':') &&
    hasZone.test(date) &&
    Math.abs(Date.parse(date) - Date.parse(`${stated.replace(' ', 'T')}Z`)) <= mostOffset
  return readOther(isNear) ?? stated
}

/** Reads the first date that counts of those that are stated, and knows the first of all that could not be read. */
function reader(order: OrderOf) {
  let unread: string | undefined
  const read = (dates: Iterable<string>, counts = (_date: string) => true) => {
    let count = 0
    for (const written of dates) {
      const text = written.slice(0, longest)
      const date = dateIn(text) ?? dateWithin(text, order)
      if (date && !placeholder.test(date) && counts(date)) return date
      if (!date) unread ??= ambiguousDay(text) ?? text
      count += 1
      if (count === mostDates) break
    }
    return undefined
  }
  return { read, unread: () => unread }
}
