/** The dates that a page shows to people: beside its heading, after a word that says what they are, in a part named for them. */
import { type DateOrder, withoutDates } from './date-in-text.ts'
import type { Place, Places } from './page-places.ts'
import { isBare, type When, whenIn } from './page-when.ts'

/** So many elements before and after the heading are beside it. */
const fewBefore = 12
const fewAfter = 40

/** How publishing systems name the part that says when, in class and id. */
const namedForDate =
  /(?:^|[-_ ])(?:date|datum|data|fecha|published|pubdate|posted|created|submitted|time|timestamp|byline|meta|dateline|info)(?=$|[-_ ])|(?:post|entry|article|pub|story|news|item|blog)(?:ed|lish(?:ed)?)?-?_?(?:date|meta|time|info)/i

/** Of the story, in which days are what it tells of. */
const isParagraph = ({ element, whole: { text } }: Place) =>
  element.localName === 'p' && text.length > 120

/** The places beside the heading, those that follow it first, until the story has begun. */
export function besideHeading({ all, heading }: Places): Place[] {
  if (heading === undefined) return []
  const near = all.slice(heading + 1, heading + 1 + fewAfter)
  const [, second] = near.filter(isParagraph)
  const after = second ? near.slice(0, near.indexOf(second)) : near
  const before = all.slice(Math.max(0, heading - fewBefore), heading).reverse()
  return [...after, ...before].filter(({ isOut }) => !isOut)
}

/** In the order in which they are believed: those of changes last. */
export function* shownDates(places: Places, order: () => DateOrder) {
  const updates: When[] = []
  function* datesAt(some: Iterable<Place>, counts: (when: When, place: Place) => boolean) {
    for (const place of some) {
      if (place.isOut || !/\p{N}/u.test(place.line) || isTitleLike(place)) continue
      const when = whenIn(place.line, order, isNamedForDate(place))
      if (!when || !counts(when, place) || isInProse(place)) continue
      if (when.isUpdate) updates.push(when)
      else yield when.date
    }
  }
  yield* datesAt(besideHeading(places), () => true)
  yield* datesAt(places.all, (when) => when.isLabelled)
  const named = places.all.filter(isNamedForDate)
  const article =
    places.heading === undefined ? null : places.all[places.heading]?.element.closest('article')
  if (article)
    yield* datesAt(
      named.filter(({ element }) => article.contains(element)),
      () => true,
    )
  yield* onlyDay([...datesAt(named, () => true)])
  if (places.heading === undefined) yield* onlyDay([...datesAt(places.all, () => true)])
  for (const { date } of updates) yield date
}

/** Of several days, lists of other stories have them. */
function onlyDay(dates: readonly string[]): readonly string[] {
  const days = new Set(dates.map((date) => date.slice(0, 'YYYY-MM-DD'.length)))
  return days.size === 1 ? dates : []
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
