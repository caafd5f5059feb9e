/** Lists of other stories within a story, told by what stands above them and by their links, whatever they are named. */
import { cleanLine } from '../../../text.ts'
import { type Element, startOf } from '../lines/page-elements.ts'
import { isProse, outermost, type Size, type SizeOf, sizesIn } from '../lines/page-sizes.ts'
import { isDay, isMoment } from './story-lines.ts'
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
  const isOfOthers = (box: Element) => headings.every((heading) => !box.contains(heading))
  for (const some of [boxes, headlinesIn(root, sizeOf)]) {
    const found = some.slice(0, mostBoxes).filter(isOfOthers)
    const sum = outermost(found).reduce((text, box) => text + sizeOf(box).text, 0)
    if (sum <= most * sizeOf(root).text) for (const box of found) box.remove()
  }
}

/** Fewer may be what a story leads to. */
const leastHeadlines = 3
const shortestHeadline = 25
const longestBeside = 30

/** Boxes side by side that each have the headline of another story and its day. */
function headlinesIn(root: Element, sizeOf: SizeOf): Element[] {
  const some = [...root.querySelectorAll('li, div, article, section')].filter((box) => {
    const { text, linked } = sizeOf(box)
    return linked >= shortestHeadline && text - linked <= longestBeside
  })
  return [...Map.groupBy(some, ({ parentElement }) => parentElement).values()].flatMap((all) => {
    const boxes = all.filter(leadsToOne)
    const dated = boxes.filter(hasDay)
    return dated.length >= leastHeadlines && dated.length * 5 >= boxes.length * 4 ? boxes : []
  })
}

function leadsToOne(box: Element): boolean {
  const addresses = [...box.querySelectorAll('a[href]')].map((link) => link.getAttribute('href'))
  const first = addresses[0] ?? '#'
  return !first.startsWith('#') && addresses.every((one) => one === first)
}

/** In an element of its own. */
const hasDay = (box: Element) =>
  [...box.querySelectorAll('time, span, p, div, small, em')].slice(0, mostLines).some((line) => {
    const text = cleanLine(startOf(line, 2 * longestBeside))
    return text.length <= longestBeside && (isDay(text) || isMoment(text))
  })

const mostLines = 20

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
