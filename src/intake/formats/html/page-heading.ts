/** What heads the story of a web page. */
import { cleanLine } from '../../../text.ts'
import type { Document, Element } from '../lines/page-elements.ts'
import { isProse, sizesIn } from '../lines/page-sizes.ts'

/** A title is shorter. */
const longestTitle = 1000

/**
 * The headings that have one of the page's titles: lists of stories may repeat that of this one.
 * @param titles of the page, in any of its forms
 */
export function headingsOf(document: Document | Element, titles: readonly string[]): Element[] {
  return [...document.querySelectorAll('h1, h2')].filter((element) => {
    const text = element.textContent
    return text.length <= longestTitle && titles.some((title) => isTitle(cleanLine(text), title))
  })
}

/** A `<title>` begins with the story's and ends in the site's. */
export const isTitle = (line: string, title: string) =>
  line !== '' && (line === title || (line.length > 20 && title.startsWith(line)))

/**
 * Takes out the headings that say the title once more: those above the text that have it, or a whole part of it, or nearly
 * its words. Further down one has words in common with the title and heads a part of the story, unless it is the only
 * one with the title.
 */
export function removeTitleHeadings(root: Element, titles: readonly string[]): void {
  const sizeOf = sizesIn(root)
  const all = [...root.querySelectorAll('h1, h2, p')]
  const isText = (element: Element) => element.localName === 'p' && isProse(sizeOf(element))
  const text = all.findIndex(isText)
  const above = (text === -1 ? all : all.slice(0, text)).filter(
    (one) => one.localName !== 'p' && titles.some((title) => saysTitle(lineOf(one), title)),
  )
  const [below] = headingsOf(root, titles)
  const found = above.length > 0 || !below ? above : [below]
  for (const heading of found) heading.remove()
}

const lineOf = (heading: Element) => cleanLine(heading.textContent.slice(0, longestTitle))

function saysTitle(heading: string, title: string): boolean {
  if (isTitle(heading, title)) return true
  const [line, whole] = [lettersOf(heading), lettersOf(title)]
  if (line.length >= leastPart && (whole.startsWith(line) || whole.endsWith(line))) return true
  if (line.endsWith(whole) && whole.length * 2 > line.length) return true
  const [words, others] = [wordsOf(heading), wordsOf(title)]
  const shared = words.filter((word) => others.includes(word)).join('').length
  return shared > line.length * 0.75 && shared > whole.length / 2
}

/** What is shorter may be a word that title and heading have in common. */
const leastPart = 15

const wordsOf = (text: string) => [...new Set(text.toLowerCase().match(/[\p{L}\p{M}\p{N}]+/gu))]

/** What two texts have in common that differ in quotation marks, blanks and capitals alone. */
export const lettersOf = (text: string) => text.toLowerCase().replace(/[^\p{L}\p{M}\p{N}]+/gu, '')
