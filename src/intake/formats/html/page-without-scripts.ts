/** The text that a page has for those who run no scripts, and what is missing where there is none. */
import type { Document, Element } from '../lines/page-elements.ts'
import { isProse, leastProse, sizesIn } from '../lines/page-sizes.ts'

/** A page has fewer. */
const mostPlaces = 50

const texts = 'article, main, [itemprop~="articleBody" i]'

/** Shows what stands in a `<noscript>` with nothing to read beside it, within what a page marks as its story. */
export function showWithoutScripts(document: Document): void {
  const body = document.querySelector('body')
  if (!body) return
  const sizeOf = sizesIn(body)
  for (const place of [...document.querySelectorAll('noscript')].slice(0, mostPlaces)) {
    const around = place.parentElement
    if (!around?.closest(texts) || sizeOf(around).text > 0) continue
    if (saysMuch(place)) place.replaceWith(...place.childNodes)
  }
}

/** A sentence or two say that there is nothing without scripts. Characters. */
const leastText = 4 * leastProse

function saysMuch(place: Element): boolean {
  const links = [...place.querySelectorAll('a')]
  const linked = links.reduce((sum, link) => sum + sizeOfText(link), 0)
  return sizeOfText(place) >= leastText && linked * 4 <= sizeOfText(place)
}

const sizeOfText = ({ textContent }: Element) => textContent.replace(/\s+/g, '').length

/** Whether nothing is left of what a page marks as its text: its script would have made that of something. */
export function awaitsScript(document: Document): boolean {
  const body = document.querySelector('body')
  if (!body) return false
  const sizeOf = sizesIn(body)
  const marked = [...document.querySelectorAll('[itemprop~="articleBody" i]:not(meta)')]
  return (
    marked.length > 0 &&
    marked.every((one) => sizeOf(one).text + sizeOf(one).shown === 0) &&
    marked.some((one) => one.querySelector('script, noscript, template'))
  )
}

/** Whether a story says something in a paragraph, or shows something. */
export function hasText(story: Element): boolean {
  const sizeOf = sizesIn(story)
  return isProse(sizeOf(story)) || sizeOf(story).shown > 0
}
