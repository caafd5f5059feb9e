/** Who is quoted in a story, or spoken of, in parts of a web page that are named like those of who wrote it. */
import { cleanLine } from '../../../text.ts'
import { afterBy, isSentence } from '../lines/page-byline.ts'
import { type Element, startOf } from '../lines/page-elements.ts'
import { classesOf } from './page-classes.ts'

const ofWriters = /author|byline|dateline|writtenby/i
const naming = ['class', 'id', 'rel', 'itemprop']

/** Whose words stand beside the name. */
const ofQuotations =
  /(?:^|-)(?:(?:block|pull)?-?quot(?:e|ed|ation)|citation|testimonial|statement|zitat|alinti)(?:-|$)/

/** More is no line for Readability either. */
const longestLine = 200

/**
 * Whoever speaks did not write the page, and stays with the words, as a sentence does that is no byline: Readability takes
 * what is named so for the author and out of the text.
 */
export function keepSpeakers(root: Element): void {
  const named = [...root.querySelectorAll(':is([class], [id], [rel], [itemprop])')].filter((who) =>
    naming.some((name) => ofWriters.test(who.getAttribute(name) ?? '')),
  )
  const inTalks = new Set(
    [...Map.groupBy(named, (who) => who.parentElement).values()].filter(isTalk).flat(),
  )
  for (const who of named) {
    if (!inTalks.has(who) && !isSpeakers(who)) continue
    for (const name of naming) {
      if (ofWriters.test(who.getAttribute(name) ?? '')) who.removeAttribute(name)
    }
  }
}

/** Those who talk take turns, in elements of one name with their words between these. */
function isTalk(names: readonly Element[]): boolean {
  const [first] = names
  const said = names.map((one) => startOf(one, longestLine))
  const isTurn = names.every(
    (one, at) =>
      one.getAttribute('class') === first?.getAttribute('class') &&
      one.nextElementSibling !== names[at + 1] &&
      said[at] !== said[at + 1],
  )
  return isTurn && new Set(said).size < names.length
}

/** Whether it is a part of a quotation, as its box or its name says. */
export const isOfQuotation = (who: Element): boolean =>
  who.closest('blockquote') !== null ||
  [who, who.parentElement].some(
    (one) => one && classesOf(one).some((name) => ofQuotations.test(name)),
  )

function isSpeakers(who: Element): boolean {
  if (isOfQuotation(who)) return true
  const text = startOf(who, longestLine + 1)
  if (text.length > longestLine) return false
  const line = cleanLine(text)
  return isSentence(line) && !ofLife.test(line) && afterBy(line, undefined) === undefined
}

/** `Jo Lind is a reporter in Kiel.` */
const ofLife =
  /^(?:\p{Lu}[\p{L}\p{M}.'’-]*\s){1,4}(?:is|was|has|covers|lives|reports|works|writes|ist|war|arbeitet|lebt|schreibt|est|es|è|é)(?!\p{L})/u
