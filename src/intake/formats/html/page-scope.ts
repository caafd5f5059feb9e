/** How much of a page is its story: what the page marks as its text, or where nearly all of its paragraphs are. */
import type { Element } from '../lines/page-elements.ts'
import { isProse, outermost, type Size, type SizeOf, sizesIn } from '../lines/page-sizes.ts'

/**
 * Where a story stands among menus and lists, Readability may take them all.
 * @returns what the page marks as its text, or the element whose own paragraphs are most of the sentences, if what
 * stands around it is none of it; else all
 */
export function withoutLists(content: Element): Element {
  const sizeOf = sizesIn(content)
  const [marked, another] = outermost([...content.querySelectorAll('[itemprop~="articleBody" i]')])
  if (marked && !another && hasAllProse(marked, content, sizeOf)) return marked
  const proseOf = new Map<Element, number>()
  let all = 0
  for (const paragraph of content.querySelectorAll('p')) {
    const parent = paragraph.parentElement
    const size = sizeOf(paragraph)
    if (!parent || !isProse(size)) continue
    const prose = size.text - size.linked
    all += prose
    proseOf.set(parent, (proseOf.get(parent) ?? 0) + prose)
  }
  const [[story, prose] = [content, 0], [, second] = [content, 0]] = [...proseOf].sort(
    ([, a], [, b]) => b - a,
  )
  const isMost = prose * 5 > all * 2 && prose > second * 2 && story !== content
  return isMost && isAmongLinks(story, content, sizeOf) ? story : content
}

/** What stands around it has no sentences, and is short or mostly links. */
function hasAllProse(marked: Element, content: Element, sizeOf: SizeOf): boolean {
  const [own, whole] = [sizeOf(marked), sizeOf(content)]
  const rest = { text: whole.text - own.text, linked: whole.linked - own.linked }
  const isFew = rest.text * 10 <= whole.text || rest.linked * 4 >= rest.text
  if (own.text * 2 < whole.text || own.shown < whole.shown || !isFew) return false
  return [...content.querySelectorAll('p, figure, blockquote')].every(
    (one) => marked.contains(one) || (one.localName === 'p' && !isSentence(sizeOf(one))),
  )
}

/** A dek may be short. */
const leastSentence = 40
const isSentence = ({ text, linked }: Size) => text - linked >= leastSentence

/** The rest is longer than the story, and half of it is links. */
function isAmongLinks(story: Element, content: Element, sizeOf: SizeOf): boolean {
  const [own, whole] = [sizeOf(story), sizeOf(content)]
  const rest = { text: whole.text - own.text, linked: whole.linked - own.linked }
  return rest.text > own.text && rest.linked * 3 >= rest.text
}
