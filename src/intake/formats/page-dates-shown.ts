/** The dates that a page shows to people: beside its heading, after a word that says what they are, in a part named for them. */
import { cleanLine } from '../../text.ts'
import { dateWithin } from './date-in-text.ts'
import type { Document, Element } from './page-facts.ts'
import { isBeside, isOfOthers } from './page-furniture.ts'
import { isTitle } from './page-heading.ts'

/** So many elements before and after the heading are beside it. */
const fewBefore = 12
const fewAfter = 40

/** A line that says when is shorter. */
const longestLine = 200

const tellsUpdate = /updat|modif|aktuali|geändert|änderung|edited/i

/** How publishing systems name the part that says when, in class and id. */
const namedForDate = /date|datum|fecha|publi|posted|created|submitted|time|byline|meta/i

/**
 * @param titles of the page, in any of its forms: what heads its story has one of them
 * @param language of the page
 */
export function* shownDates(document: Document, titles: readonly string[], language: string) {
  const elements = [...document.querySelectorAll('body *')]
  const lines = elements.map(lineOf)
  const isHeading = (at: number) => titles.some((title) => isTitle(lines[at] ?? '', title))
  // The last, as a path of links to it stands before it; the innermost of nested ones comes last.
  const heading = nearestHeading(elements, isHeading)
  const dateOf = (text: string) =>
    /\d/.test(text) && !tellsUpdate.test(text) ? dateWithin(text, language) : undefined
  function* datesAt(places: Iterable<number>, isOut: (element: Element) => boolean) {
    for (const at of places) {
      const element = elements[at]
      const date = dateOf(lines[at] ?? '')
      if (date && element && !isOut(element)) yield date
    }
  }
  if (heading !== undefined) {
    const all = [...elements.keys()]
    const after = all.slice(heading + 1, heading + 1 + fewAfter)
    const before = all.slice(Math.max(0, heading - fewBefore), heading).reverse()
    yield* datesAt([...after, ...before], isOfOthers)
  }
  yield* labelledDates(document.querySelector('body')?.textContent ?? '', language)
  const isNamed = (element: Element) =>
    ['class', 'id'].some((name) => namedForDate.test(element.getAttribute(name) ?? ''))
  yield* datesAt(
    [...elements.entries()].flatMap(([at, one]) => (isNamed(one) ? [at] : [])),
    isBeside,
  )
}

/** Without its text where that is no line. */
function lineOf(element: Element): string {
  const text = element.textContent
  const line = text.length <= 2 * longestLine ? cleanLine(text) : ''
  return line.length <= longestLine ? line : ''
}

function nearestHeading(elements: readonly Element[], isHeading: (at: number) => boolean) {
  const all = [...elements.keys()]
  const headings = all.filter((at) => /^h[12]$/i.test(elements[at]?.localName ?? ''))
  return (
    headings.findLast(isHeading) ??
    all.findLast(isHeading) ??
    headings.find((at) => /^h1$/i.test(elements[at]?.localName ?? ''))
  )
}

/** What stands before a date of publication. */
const label =
  /(?:\bdatum|\bdate|published|posted|publié|publicado|pubblicato|erschienen|veröffentlicht|gepubliceerd|yayın|опубликовано|입력|发布|發佈|掲載)[^\p{L}\d]{0,20}(?:on |am |le |el |il )?(?=\d|\p{L}{3,} \d)/giu
const longestDate = 60

function* labelledDates(text: string, language: string) {
  for (const { index, 0: words } of text.matchAll(label)) {
    const start = index + words.length
    const date = dateWithin(cleanLine(text.slice(start, start + longestDate)), language)
    if (date) yield date
  }
}
