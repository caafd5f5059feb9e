/** The dates that a page shows to people: beside its heading, after a word that says what they are, in a part named for them. */
import { cleanLine } from '../../../text.ts'
import { type OrderOf, withoutDates } from '../lines/date-in-text.ts'
import { isBeforePages } from '../lines/opening-day.ts'
import { type Element, startOf } from '../lines/page-elements.ts'
import {
  isBare,
  isOfPost,
  labelIn,
  saysOnlyDay,
  saysPlace,
  type When,
  whenIn,
} from '../lines/page-when.ts'
import { timesAgo } from '../lines/page-words.ts'
import { daysOfTitle, isParagraph, onlyDay, openingDate, signedDate } from './page-dates-of-text.ts'
import type { Place, Places } from './page-places.ts'

/** So many elements before and after the heading are beside it. */
const fewBefore = 12
const fewAfter = 40

/** How publishing systems name the part that says when, in class and id. */
const namedForDate =
  /(?:^|[-_ ])(?:date|datum|data|fecha|tarih|tanggal|timedata|publishing-?date|authored|published|pubdate|posted|created|submitted|time|timestamp|byline|meta|dateline|info)(?=$|[-_ ])|(?:post|entry|article|pub|story|news|item|blog)(?:ed|lish(?:ed)?)?-?_?(?:date|meta|time|info)/i

/** The places beside the heading, those that follow it first, until the story has begun. */
export function besideHeading({ all, heading }: Places): Place[] {
  if (heading === undefined) return []
  const near = all.slice(heading + 1, heading + 1 + fewAfter)
  const [, second] = near.filter(isParagraph)
  const after = second ? near.slice(0, near.indexOf(second)) : near
  const before = all.slice(Math.max(0, heading - fewBefore), heading).reverse()
  return [...after, ...before].filter(({ isOut }) => !isOut)
}

interface Shown extends When {
  readonly place: Place
}

function* shownAt(some: Iterable<Place>, order: OrderOf): Generator<Shown> {
  for (const place of some) {
    if (place.isOut || isTitleLike(place)) continue
    const when = whenIn(place.line, order, isNamedForDate(place)) ?? whenInTitle(place, order)
    if (when && (isOfPost(place.line) || !isInProse(place))) yield* withLabel(when, place)
  }
}

/** `<span title="1 May 2024, 9:30">2 hours ago</span>`: what people see when they point at it. */
function whenInTitle({ element, line }: Place, order: OrderOf): When | undefined {
  const title = element.getAttribute('title') ?? ''
  if (title === '' || title.length > longestLabel || line.length > longestAgo) return undefined
  // Of anything else it may be the day of having joined.
  if (line.search(timesAgo) === -1) return undefined
  const when = whenIn(title, order)
  return when?.isNamed ? undefined : when
}

const longestAgo = 40

/** The label of a day may be the item before it in a list of facts; beside a place it is that of an event. */
function* withLabel(when: When, place: Place): Generator<Shown> {
  const before = when.isLabelled ? null : place.element.previousElementSibling
  const label = before ? cleanLine(startOf(before, longestLabel)) : ''
  const said = labelIn(label)
  if (!said) {
    if (!when.isLabelled || !saysOnlyDay(place.line) || !isOfEvent(place)) yield { ...when, place }
  } else if (!saysOnlyDay(label) || !isOfEvent(place))
    yield { ...when, isLabelled: true, isUpdate: said === 'updated', place }
}

const isOfEvent = ({ element, line }: Place) =>
  saysPlace(line) ||
  isBesidePlace(element) ||
  (element.parentElement !== null && isBesidePlace(element.parentElement))

/** So many items before and behind are of the same facts. */
const fewItems = 8

function isBesidePlace(element: Element): boolean {
  for (const next of ['previousElementSibling', 'nextElementSibling'] as const) {
    let one = element[next]
    for (let count = 0; one && count < fewItems; count += 1) {
      if (
        [one, one.querySelector('*')].some((part) => part && saysPlace(startOf(part, longestLabel)))
      )
        return true
      one = one[next]
    }
  }
  return false
}

const longestLabel = 100

/** Whether the page says that it is the day of the publication, by a word or by what the part is called. */
const isSaid = ({ isLabelled, place }: Shown) => isLabelled || isNamedForDate(place)

const published = (some: Iterable<Shown>) =>
  [...some].filter(({ isUpdate }) => !isUpdate).map(({ date }) => date)

/** The dates beside the heading of which the page says that they are those of the publication. */
export const datesBesideHeading = (places: Places, order: OrderOf) =>
  published([...shownAt(besideHeading(places), order)].filter(isSaid))

/** Those beside the heading in a line with names, as of the source: of a day that is stated they may have the time. */
export const namedDatesBesideHeading = (places: Places, order: OrderOf) =>
  published([...shownAt(besideHeading(places), order)].filter(({ isNamed }) => isNamed))

/** In the order in which they are believed: those of changes last. */
export function* shownDates(places: Places, order: OrderOf) {
  const beside = [...shownAt(besideHeading(places), order)]
  yield* published(beside.filter(isSaid))
  yield* bareDates(
    places,
    beside.filter((one) => !isSaid(one)),
  )
  const all = [...shownAt(places.all, order)].filter(({ place }) => !isOfOther(place, places))
  yield* published(all.filter(({ isLabelled }) => isLabelled))
  const named = all.filter(({ place }) => isNamedForDate(place))
  const article =
    places.heading === undefined ? null : places.all[places.heading]?.element.closest('article')
  if (article) yield* published(named.filter(({ place }) => article.contains(place.element)))
  yield* onlyDay(published(named))
  if (places.heading === undefined || !places.isTitled)
    yield* onlyDay(published(all.filter((one) => !isBeforePages(one.date) && mayBeBare(one))))
  else yield* onlyDay(published(all.filter((one) => one.date.includes(':') && mayBeBare(one))))
  yield* bylineAbove(places, order)
  yield* daysOfTitle(places, order)
  yield* openingDate(places, order)
  yield* signedDate(places, order)
  for (const { date, isUpdate } of [...beside, ...all]) if (isUpdate) yield date
}

/** `Ann Lee / 1.5.2024 / 9:30` in a part named for it in a box around the heading: tools may stand between. */
function* bylineAbove({ all, heading = -1 }: Places, order: OrderOf) {
  const own = all[heading]?.element
  if (!own) return
  for (const place of all.slice(Math.max(0, heading - fewAfter), heading).reverse()) {
    const box = place.element.parentElement
    if (place.isOut || !isNamedForDate(place) || box?.localName === 'body' || !box?.contains(own))
      continue
    const when = whenIn(place.line, order)
    if (when?.isNamed && !when.isUpdate && when.date.includes(':')) yield when.date
  }
}

/** Whether a small box around it has the heading of another story, which leads there, or an item of a list its title. */
export function isOfOther({ element }: Place, { all, heading = -1, isTitled }: Places): boolean {
  const own = all[heading]?.element
  if (!own || !isTitled) return false
  let box = element.parentElement
  for (let count = 0; box && count < fewBoxes && !box.contains(own); count += 1) {
    if (startOf(box, mostOfTeaser + 1).length > mostOfTeaser) return false
    if (box.querySelector('h2 a[href], h3 a[href], h4 a[href]')) return true
    if (box.localName === 'li' && isOfList(box)) return true
    box = box.parentElement
  }
  return false
}

/** Links with days, of stories or to who wrote a comment. */
function isOfList(item: Element): boolean {
  const links = [...item.querySelectorAll('a[href]')]
  const next = item.nextElementSibling ?? item.previousElementSibling
  const isOneOfSeveral = next?.querySelector('time') && next.querySelector('a[href]')
  return links.some(isLongLink) || (links.length > 0 && !!isOneOfSeveral)
}

/** Shorter ones lead to authors and topics. */
const isLongLink = (link: Element) =>
  (withoutDates(startOf(link, longestLabel)).match(/\p{L}+/gu)?.length ?? 0) > 3

const fewBoxes = 4
const mostOfTeaser = 1000

/** A heading that is a day is about it, unless it stands right above the story's, and what stands below a picture says when that was taken. */
const mayBeBare = ({ isNamed, place }: Shown) =>
  (!/^h[1-6]$/.test(place.element.localName) ||
    place.element.nextElementSibling?.localName === 'h1') &&
  !(isNamed && isBelowPicture(place.element))

function isBelowPicture(element: Element): boolean {
  const siblings = [...(element.parentElement?.childNodes ?? [])]
  const before = siblings
    .slice(0, siblings.indexOf(element))
    .findLast(({ nodeType, textContent }) => nodeType === 1 || textContent.trim() !== '')
  return before?.nodeType === 1 && isPicture(before as Element)
}

const isPicture = (element: Element) =>
  element.textContent.trim() === '' &&
  (element.localName === 'img' || element.querySelector('img') !== null)

/**
 * Lines with a day and nothing that says what it is. Of several days nobody knows which it is; those with names come after
 * those without.
 */
function* bareDates(places: Places, some: readonly Shown[]) {
  const masthead = mastheadOf(places)
  const bare = some.filter((one) => !isBeforePages(one.date) && mayBeBare(one))
  const alone = some.filter((one) => !one.isNamed && !masthead.has(one.place) && mayBeBare(one))
  if (new Set(alone.map(({ date }) => date.slice(0, 10))).size > 1) return
  const own = bare.filter(({ place }) => !masthead.has(place))
  yield* published(own.filter(({ isNamed }) => !isNamed))
  yield* published(own.filter(({ isNamed }) => isNamed))
}

/** Where the first heading is no title but the name of the paper, what stands between it and the next one: the day today. */
function mastheadOf(places: Places): ReadonlySet<Place> {
  if (places.isTitled) return new Set()
  const beside = besideHeading(places)
  const paragraph = beside.findIndex(isParagraph)
  const next = beside.findIndex(({ element }) => element.localName === 'h2')
  return new Set(next === -1 || (paragraph !== -1 && paragraph < next) ? [] : beside.slice(0, next))
}

const isNamedForDate = ({ element }: Place) =>
  ['class', 'id'].some((name) =>
    namedForDate.test((element.getAttribute(name) ?? '').slice(0, 200)),
  )

/** A heading or a link with a day among other words is about that day. */
const isTitleLike = ({ element, line }: Place) =>
  /^(?:h[1-6]|a|th|caption)$/.test(element.localName) &&
  (withoutDates(line).match(/\p{L}{3,}/gu)?.length ?? 0) > 3

/** Whether a place is a part of a sentence. */
export function isInProse({ line, whole: { text } }: Place): boolean {
  if (text.length <= line.length || text === line) return false
  if (text.length <= 200 && isBare(text.replace(line, ' '))) return false
  return text.length > 200 || /\p{Ll}[.!?:,;]["”’»)]?$/u.test(text) || text.split(' ').length > 20
}
