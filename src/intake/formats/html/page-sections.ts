/** The sections of an article that have its text in boxes of their own. */
import type { Element } from '../lines/page-elements.ts'
import { isProse, type SizeOf, sizesIn } from '../lines/page-sizes.ts'
import { doubted } from './page-among.ts'
import { namesOf } from './page-classes.ts'

/** An article has fewer. */
const mostSections = 100

const others = 'article, form, nav, aside'

/** Takes the boxes around the paragraphs of each section away: of several such boxes Readability takes one, and of sections all. */
export function freeSections(root: Element): void {
  const sizeOf = sizesIn(root)
  const sections = [...root.querySelectorAll('article section')].slice(0, mostSections)
  const bare = new Map<Element, Element[]>()
  for (const section of sections) {
    const boxes = isOfText(section, sizeOf) ? boxesAround(section, sizeOf) : undefined
    if (boxes) bare.set(section, boxes)
  }
  for (const [section, boxes] of bare) {
    const isAlone = ![...bare.keys()].some(
      (other) => other !== section && areBeside(other, section),
    )
    if (!isAlone) for (const box of boxes) box.replaceWith(...box.childNodes)
  }
}

const headings = ':is(h2, h3, h4, h5, h6)'

/** Takes the names from boxes around a heading alone that are called a header: Readability drops these in lists. */
export function freeHeads(root: Element): void {
  const sizeOf = sizesIn(root)
  for (const heading of root.querySelectorAll(`[class*="header" i] > ${headings}`)) {
    const box = heading.parentElement
    const { text, linked } = sizeOf(heading)
    if (!box || linked > 0 || sizeOf(box).text > text) continue
    if (!doubted.test(namesOf(box).replaceAll('header', ''))) box.removeAttribute('class')
  }
}

const areBeside = (one: Element, other: Element) => one.parentElement === other.parentElement

const isOfText = (section: Element, sizeOf: SizeOf) =>
  isProse(sizeOf(section)) &&
  sizeOf(section).linked * 4 <= sizeOf(section).text &&
  !doubted.test(namesOf(section)) &&
  !section.querySelector(others)

/** The boxes that have all of its text in them, where paragraphs that say something stand in the innermost. */
function boxesAround(section: Element, sizeOf: SizeOf): Element[] | undefined {
  const paragraph = [...section.querySelectorAll('p')].find((one) => isProse(sizeOf(one)))
  const boxes: Element[] = []
  let box = paragraph?.parentElement
  for (; box && box !== section; box = box.parentElement) {
    if (box.localName !== 'div' || sizeOf(box).text < sizeOf(section).text) return undefined
    boxes.push(box)
  }
  return paragraph && boxes
}
