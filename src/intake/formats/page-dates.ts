/** The dates that a web page states: for machines, in its address, and last for people beside its heading. */
import { cleanLine } from '../../text.ts'
import { ambiguousDay, dateWithin, type OrderOf } from './date-in-text.ts'
import { namesOf } from './page-classes.ts'
import { dateOfAddress } from './page-date-address.ts'
import { createdNames, publishedNames, updatedNames } from './page-date-names.ts'
import { orderOfDates } from './page-date-order.ts'
import { inZoneOf, isTimeOn } from './page-date-zones.ts'
import {
  besideHeading,
  datesBesideHeading,
  isBeforePages,
  isInProse,
  shownDates,
} from './page-dates-shown.ts'
import type { Document, Element } from './page-elements.ts'
import { datesOfEntities } from './page-entities.ts'
import { jsonInMeta, type Meta, type Stated, textsOf } from './page-facts.ts'
import type { Place, Places } from './page-places.ts'
import { saysOtherEvent } from './page-when.ts'
import { dateIn } from './written-date.ts'

/** In the order in which they are believed; the later ones cost more to find. */
function* publishedDates({ stated, meta, ...page }: Asked) {
  yield* stated('datePublished')
  yield* publishedNames.flatMap((name) => meta(name))
  yield* textsOf(jsonInMeta(meta), 'pub_date')
  yield* datesOfEntities(page.document, ['datePublished'])
  yield* microdata(page, 'datePublished')
}

function* createdDates({ stated, meta, ...page }: Asked) {
  yield* stated('dateCreated')
  yield* createdNames.flatMap((name) => meta(name))
  yield* datesOfEntities(page.document, ['uploadDate', 'dateCreated'])
  yield* microdata(page, '(?:uploadDate|dateCreated)')
}

function* updatedDates({ stated, meta, ...page }: Asked) {
  yield* stated('dateModified')
  yield* updatedNames.flatMap((name) => meta(name))
  yield* datesOfEntities(page.document, ['dateModified'])
  yield* microdata(page, 'dateModified')
}

interface PageToDate {
  readonly document: Document
  /** Its lines, found when first asked for. */
  readonly places: () => Places
}

interface Asked extends PageToDate {
  readonly stated: Stated
  readonly meta: Meta
}

/** What is a page, or is written for one; a film or a book in it has a date of its own. https://schema.org/CreativeWork */
const writtenForPage =
  /(?:Article|Posting|Report|CreativeWork|Recipe|HowTo|(?<!Collection|Results|Profile)Page)$/

/** Whether the date of what microdata describe is the page's. */
function isOfPage(scope: Element | null, heading: Element | undefined): boolean {
  const type = scope?.getAttribute('itemtype')?.trim() ?? ''
  if (scope === null || type === '' || writtenForPage.test(type)) return true
  return /Review$/.test(type) && heading !== undefined && scope.contains(heading)
}

/** A property of schema.org in microdata, of what the page describes. */
function* microdata({ document, places }: PageToDate, property: string) {
  const name = new RegExp(`(?:^|\\s)${property}(?:\\s|$)`, 'i')
  let out: ReadonlySet<Element> | undefined
  for (const element of document.querySelectorAll('[itemprop]')) {
    if (!name.test(element.getAttribute('itemprop') ?? '')) continue
    const { all, heading = -1 } = places()
    if (!isOfPage(element.closest('[itemscope]'), all[heading]?.element)) continue
    out ??= new Set(all.flatMap((place) => (place.isOut ? [place.element] : [])))
    if (out.has(element)) continue
    yield* valuesOf(element)
  }
}

/** For machines first. */
function* valuesOf(element: Element) {
  for (const attribute of ['content', 'datetime', 'title']) {
    const value = element.getAttribute(attribute)?.trim()
    if (value) yield value
  }
  yield cleanLine(element.textContent.slice(0, 2 * longest))
}

/** The dates of the `<time>` elements among these places, the likeliest first. */
function* times(places: readonly Place[], mostRank = ofAny) {
  const all = places.filter(
    (place) =>
      place.element.localName === 'time' &&
      !place.isOut &&
      !isInProse(place) &&
      !saysOtherEvent(place.whole.text),
  )
  const ranked = all
    .map(({ element }) => ({ element, rank: rankOf(element) }))
    .filter(({ rank }) => rank <= mostRank)
  for (const { element } of ranked.sort((a, b) => a.rank - b.rank)) yield* valuesOf(element)
}

const ofPublication = 3
const ofAny = 6

/** Of the publication, in the article, in the main part, anywhere; last those of a change. */
function rankOf(time: Element): number {
  if (time.getAttribute('pubdate') !== null) return 0
  const isOfChange = /^(?!.*publ).*(?:updat|modif)/i.test(namesOf(time))
  const place = time.closest('article') ? 1 : time.closest('main') ? 2 : 3
  return isOfChange ? place + 3 : place
}

/** Each has one of RawArticle's shapes. */
export interface DatesOfPage {
  readonly published?: string | undefined
  readonly updated?: string | undefined
  /** The first that cannot be read, or may be two days, where none can. */
  readonly unread?: string | undefined
}

/** Programs write these where nobody wrote a date. */
const placeholder = /^(?:0|1900-01-01|1970-01-01|19[67]\d-12-31)/

/** A date is a line; what is longer is none. */
const longest = 200
/** No page states so many: where none of them can be read, none is looked for any longer. */
const mostDates = 200

const dayInMs = 24 * 60 * 60 * 1000

/** Of what people see no day to come is that of the publication; it may be tomorrow already elsewhere. */
const isPast = (date: string) =>
  date.slice(0, 10) <= new Date(Date.now() + 2 * dayInMs).toISOString().slice(0, 10)

const yearsBetween = (one: string, other: string) =>
  Math.abs(Date.parse(one.slice(0, 10)) - Date.parse(other.slice(0, 10))) / (365 * dayInMs)

/**
 * What is stated for machines is believed first, then a time beside the heading, the page's address unless what people see
 * there says another day, the file's path, and last what people see.
 * @param ofPath what the path of the file says
 */
export function dateOfPage(asked: Asked, ofPath: string | undefined): DatesOfPage {
  const { document, places, meta } = asked
  const addresses = [
    document.querySelector('link[rel~="canonical" i]')?.getAttribute('href') ?? '',
    ...meta('og:url'),
  ]
  const order = orderOfDates(document, meta, addresses, places)
  const { read, unread } = reader(order)
  const updated = read(updatedDates(asked))
  /** The time of a day that is stated without one, as the page states it elsewhere or shows it. */
  const withTimeOf = (day: string) => {
    if (day.length > 'YYYY-MM-DD'.length) return day
    const isOnDay = (date: string) => isTimeOn(date, day)
    return (
      read(publishedDates(asked), isOnDay) ??
      read(times(besideHeading(places()), ofPublication), isOnDay) ??
      read(datesBesideHeading(places(), order), isOnDay) ??
      day
    )
  }
  /** Of a page about what was long ago an address may have that day. */
  const ofAddress = () => {
    const date = addresses.map(dateOfAddress).find((one) => one !== undefined && isPast(one))
    if (date === undefined || isBeforePages(date)) return undefined
    const named = read(datesBesideHeading(places(), order), isPast)
    if (named !== undefined) return named
    const shown = read(shownDates(places(), order), isPast)
    return shown !== undefined && yearsBetween(date, shown) > 1 ? undefined : date
  }
  const statedDate = read(publishedDates(asked))
  const published =
    (statedDate && withTimeOf(statedDate)) ??
    read(times(besideHeading(places())), isPast) ??
    read(createdDates(asked)) ??
    ofAddress() ??
    ofPath ??
    read(times(places().all), isPast) ??
    read(shownDates(places(), order), isPast) ??
    updated
  const inZone = published && inZoneOf(updated, published)
  return { published: inZone, updated, unread: unread() }
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
