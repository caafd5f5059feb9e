/** Lists of other stories within a story, told by what stands above them and by their links, whatever they are named. */
import { cleanLine } from '../../../text.ts'
import type { Element } from '../lines/page-elements.ts'
import { isProse, outermost, type Size, type SizeOf, sizesIn } from '../lines/page-sizes.ts'
import { isOnlyAboveOthers } from './story-words.ts'

const labels = 'h2, h3, h4, h5, h6, p, div, span, strong'
const longestLabel = 60
/** A page has fewer. */
const mostBoxes = 300

/** Boxes beside a story have no more of the page's text together. */
const most = 1 / 2

/** @param headings that may be the story's, which no list of others has in it */
export function removeTeasers(root: Element, headings: readonly Element[]): void {
  const sizeOf = sizesIn(root)
  const boxes = [...root.querySelectorAll('article')].filter(
    (article) => isLinks(sizeOf(article)) && !hasProse(article, sizeOf),
  )
  for (const label of root.querySelectorAll(labels)) {
    const { text } = sizeOf(label)
    if (text === 0 || text > longestLabel || !isOnlyAboveOthers(cleanLine(label.textContent)))
      continue
    boxes.push(...belowLabel(label, root, sizeOf))
  }
  const found = boxes
    .slice(0, mostBoxes)
    .filter((box) => headings.every((heading) => !box.contains(heading)))
  const sum = outermost(found).reduce((text, box) => text + sizeOf(box).text, 0)
  if (sum <= most * sizeOf(root).text) for (const box of found) box.remove()
}

/** The label and the list of links that comes next, or the box that both are in. */
function belowLabel(label: Element, root: Element, sizeOf: SizeOf): Element[] {
  let top = label
  while (top.parentElement && top.parentElement !== root && isAll(top, top.parentElement, sizeOf)) {
    top = top.parentElement
  }
  const next = nextWithText(top, sizeOf)
  if (!next || next.localName === 'p' || !isOfLinks(next, sizeOf)) return []
  return [top, next]
}

const isAll = (inner: Element, outer: Element, sizeOf: SizeOf) =>
  sizeOf(inner).text === sizeOf(outer).text

function nextWithText(element: Element, sizeOf: SizeOf): Element | undefined {
  let next = element.nextElementSibling
  while (next && sizeOf(next).text === 0) next = next.nextElementSibling
  return next ?? undefined
}

/** Each of its links has the headline of another story; a date or a word stands beside it. */
const isOfLinks = (element: Element, sizeOf: SizeOf) =>
  isLinks(sizeOf(element)) && !hasProse(element, sizeOf)

const isLinks = ({ text, linked }: Size) => linked > 0 && linked * 2 >= text

const hasProse = (element: Element, sizeOf: SizeOf) =>
  [...element.querySelectorAll('p')].some((one) => isProse(sizeOf(one)))
