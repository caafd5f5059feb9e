/** A correction, a note or last paragraphs in a `<footer>` within a story: Readability drops each. */
import type { Element } from '../lines/page-elements.ts'
import { isProse, type SizeOf, sizesIn } from '../lines/page-sizes.ts'
import { namesOf } from './page-classes.ts'
import { isOwnProse, tells } from './page-own-prose.ts'

/** A page has fewer. */
const mostFooters = 50

/** They say who wrote, or whose the page is. */
const ofOthers =
  /author|bio|byline|comment|copyright|legal|licen[cs]e|meta|nav|newsletter|related|shar(?:e|ing)|site|social|sponsor|tags/

/** What a site says to all who read it. */
const toReaders =
  /^\s*(?:follow|join|read|see|send|share|sign|subscribe|support|tell|thanks?|write)\b|\b(?:please|commenters|commenting|terms of (?:use|service)|privacy policy|editorial (?:guidelines|policy|standards))\b/i

/** @param root of what is read, without the furniture of the page */
export function keepFooters(root: Element): void {
  const sizeOf = sizesIn(root)
  for (const footer of [...root.querySelectorAll('footer')].slice(0, mostFooters)) {
    if (ofOthers.test(namesOf(footer)) || !isBelowProse(footer, sizeOf)) continue
    const isToReaders = toReaders.test(footer.textContent)
    if (!isToReaders && isOwnProse(footer, sizeOf)) {
      footer.outerHTML = `<div>${footer.innerHTML}</div>`
      continue
    }
    const own = [...footer.querySelectorAll('p')].filter(
      (one) =>
        one.parentElement === footer && tells(one, sizeOf) && !toReaders.test(one.textContent),
    )
    if (own.length > 0) footer.replaceWith(...own)
  }
}

/** Below a paragraph, or in an `<article>` below its text: below all else it is the page's. */
function isBelowProse(footer: Element, sizeOf: SizeOf): boolean {
  if (footer.closest('blockquote')) return false
  const isInArticle = footer.closest('article') !== null
  for (let one = footer.previousElementSibling; one; one = one.previousElementSibling) {
    if (isProse(sizeOf(one)) && (isInArticle || one.localName === 'p')) return true
  }
  return false
}
