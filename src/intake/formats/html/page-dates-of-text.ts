/** The dates that the text of a web page says of itself: before its first words, below its last, in a sentence about its title. */
import { cleanLine } from '../../../text.ts'
import { asLine, daysWithin, type OrderOf } from '../lines/date-in-text.ts'
import { isBeforePages, openingDay } from '../lines/opening-day.ts'
import { isBare, isOfPost, whenIn } from '../lines/page-when.ts'
import type { Place, Places } from './page-places.ts'

/** Of the story, in which days are what it tells of. */
export const isParagraph = ({ element, whole: { text } }: Place) =>
  element.localName === 'p' && text.length > 120

/** Of several days, lists of other stories have them. */
export function onlyDay(dates: readonly string[]): readonly string[] {
  const days = new Set(dates.map((date) => date.slice(0, 'YYYY-MM-DD'.length)))
  return days.size === 1 ? dates : []
}

/** What is shorter is no paragraph. */
const shortest = 100

/** `Kiel, 1 May 2024 – The ferry …`: before the first words of the text; of a list of days every paragraph begins so. */
export function* openingDate({ all, heading = -1 }: Places, order: OrderOf) {
  const below = all.slice(heading + 1).filter(({ isOut }) => !isOut)
  const textsIn = (name: RegExp) =>
    below
      .filter(({ element, whole }) => name.test(element.localName) && whole.text.length > shortest)
      .map(({ whole }) => whole.text)
  const ofParagraphs = textsIn(/^p$/)
  const paragraphs = ofParagraphs.length > 0 ? ofParagraphs : textsIn(/^(?:div|td)$/)
  const days = paragraphs.slice(0, fewParagraphs).map((text) => openingDay(text, order))
  // A summary may stand before the text.
  const first = days[0] ?? days[1]
  if (first && !isBeforePages(first)) yield* onlyDay(days.filter((date) => date !== undefined))
}

const fewParagraphs = 5

/** `The mill was posted on 1 May 2024 at 9:30`: what names the title is about this page, wherever it stands. A book has no time. */
export function* daysOfTitle({ all, heading = -1 }: Places, order: OrderOf) {
  const title = all[heading]?.line ?? ''
  if (title === '') return
  for (const { whole } of all) {
    const said = whole.text.replace(/^[“„«"]/u, '')
    if (!said.startsWith(title)) continue
    const sentence = `This post ${said.slice(title.length).replace(/^[”“»"]/u, '')}`
    const when = isOfPost(sentence) ? whenIn(cleanLine(sentence).slice(0, 200), order) : undefined
    if (when && !when.isUpdate && when.date.includes(':')) yield when.date
  }
}

/** `Ann` and below it `1 May 2024`: the last words of the box that the heading stands in, where they have its only day. */
export function* signedDate({ all, heading = -1 }: Places, order: OrderOf) {
  const box = all[heading]?.element.parentElement
  if (!box || box.localName === 'body') return
  const [last] = all
    .map(({ element }) => element)
    .filter((one) => one.parentElement === box && one.textContent.trim() !== '')
    .slice(-1)
  if (last?.localName !== 'p' || last.previousElementSibling?.localName !== 'p') return
  const inside = all.filter(({ element, isOut }) => !isOut && box.contains(element))
  if (inside.filter(isParagraph).length < 2) return
  const line = inside.findLast(({ element }) => element === last)?.line ?? ''
  const when = isBare(cleanLine(last.textContent)) ? whenIn(line, order) : undefined
  const days = new Set(
    inside.flatMap((place) => daysWithin(asLine(place.whole.text))).map(({ written }) => written),
  )
  if (when && !when.isLabelled && days.size === 1 && !isBeforePages(when.date)) yield when.date
}
