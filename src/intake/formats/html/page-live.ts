/** The entries of a live report, each with its time: short ones stay as long ones do. */
import { cleanLine } from '../../../text.ts'
import { type Document, type Element, startOf } from '../lines/page-elements.ts'
import { isProse, type SizeOf, sizesIn } from '../lines/page-sizes.ts'
import { namesOf } from './page-classes.ts'
import { endsText, moveInto } from './page-rest.ts'
import { sharingIn } from './page-sharing.ts'
import { isMoment } from './story-lines.ts'

/** Fewer are no series; a report has no more. */
const leastEntries = 3
const mostEntries = 500

const beside = 'aside, nav, footer, form, blockquote, figure, table'
const boxes = 'article, div, header, section'
const headingNames = 'h2, h3, h4, h5, h6'
const lines = 'time, h2, h3, h4, h5, h6, p, div, span, a, b, strong'
/** Within so many of the first lines stands the time. */
const mostLines = 8
const longestTime = 60
const longestHeading = 300

/**
 * Makes plain blocks of the entries, as Readability takes some of several boxes, and puts them into the article that
 * has the heading alone.
 * @param headings that may be the story's
 */
export function joinEntries(document: Document, headings: readonly Element[]): void {
  const root = document.querySelector('body')
  if (!root) return
  const sizeOf = sizesIn(root)
  const isOfPage = (entry: Element) => headings.some((heading) => entry.contains(heading))
  const series = seriesIn(root, sizeOf).filter((entries) => !entries.some(isOfPage))
  const story = headings.map((one) => one.closest('article')).find((one) => one !== null)
  const last = [...(story?.querySelectorAll('p') ?? [])].findLast((one) => endsText(one, sizeOf))
  for (const entries of series) {
    const box = entries[0]?.parentElement
    const isBelow = box && story && !story.contains(box)
    // A story of its own goes on there, or does not.
    if (!box || (isBelow && sizeOf(story).text >= sizeOf(box).text)) continue
    for (const entry of entries) flatten(entry, sizeOf)
    const plain = box.localName === 'ol' || box.localName === 'ul' ? makePlain(box) : box
    if (isBelow) moveInto(last?.parentElement ?? story, plain)
  }
}

/** Elements of one name side by side, of which half begin with a time and one says something. */
function seriesIn(root: Element, sizeOf: SizeOf): Element[][] {
  const all = [...root.querySelectorAll('article, div, li, section')].filter(
    (one) => sizeOf(one).text > sizeOf(one).linked,
  )
  const groups = Map.groupBy(all, (one) => one.parentElement)
  const found: Element[][] = []
  for (const group of groups.values()) {
    const names = Map.groupBy(group, nameOf)
    for (const entries of names.values()) {
      if (entries.length < leastEntries || entries.length > mostEntries) continue
      if (entries[0]?.closest(beside) || !entries.some((one) => isProse(sizeOf(one)))) continue
      const timed = entries.filter((one) => beginsWithTime(one))
      if (timed.length < leastEntries || timed.length * 2 < entries.length) continue
      if (leadElsewhere(entries, sizeOf)) continue
      found.push(entries)
    }
  }
  // What holds several series is none itself.
  const above = new Set<Element>()
  for (const [entry] of found) {
    for (let one = entry?.parentElement; one && !above.has(one); one = one.parentElement)
      above.add(one)
  }
  return found.filter((entries) => !entries.some((one) => above.has(one)))
}

/** Classes beside the first say what an entry is besides: a key moment, or pinned. */
const nameOf = (entry: Element) => `${entry.localName} ${namesOf(entry).split(' ')[0] ?? ''}`

/** Whether the time is its first line, or stands below its heading. */
function beginsWithTime(entry: Element): boolean {
  const start = fold(startOf(entry, 2 * longestHeading))
  const [heading = ''] = [...entry.querySelectorAll(headingNames)].map((one) =>
    fold(startOf(one, longestHeading)),
  )
  return [...entry.querySelectorAll(lines)].slice(0, mostLines).some((line) => {
    const text = cleanLine(startOf(line, 2 * longestTime))
    if (text === '' || text.length > longestTime) return false
    const isFirst = start.startsWith(fold(text)) || start.startsWith(heading + fold(text))
    return isFirst && isTime(line, text)
  })
}

const isTime = (line: Element, text: string) =>
  (line.localName === 'time' && /T\d\d:\d\d/.test(line.getAttribute('datetime') ?? '')) ||
  isMoment(text)

const fold = (text: string) => text.replaceAll(/\s+/g, '')

/** What is shorter names who wrote, or what can be done with an entry. */
const shortestHeadline = 25

/** Whether most have a headline that leads to a page of its own: then they are other stories. */
function leadElsewhere(entries: readonly Element[], sizeOf: SizeOf): boolean {
  const pages = new Set<string>()
  for (const entry of entries) {
    const link = [...entry.querySelectorAll('a[href]')].find((one) => isHeadline(one, sizeOf))
    const page = link?.getAttribute('href')?.replace(/[?#].*$/, '')
    if (page) pages.add(page)
  }
  return pages.size * 2 > entries.length
}

function isHeadline(link: Element, sizeOf: SizeOf): boolean {
  if (link.closest(headingNames) || link.querySelector(headingNames)) return true
  const paragraph = link.closest('p')
  const isInText = paragraph !== null && isProse(sizeOf(paragraph))
  return sizeOf(link).text >= shortestHeadline && !isInText
}

const blockNames = new Set(
  'p,h1,h2,h3,h4,h5,h6,ul,ol,dl,figure,blockquote,table,pre,hr,aside,nav,footer,form'.split(','),
)
const blocks = [...blockNames].join()

/** Takes away its own box and those in it. */
function flatten(entry: Element, sizeOf: SizeOf): void {
  for (const box of sharingIn(entry, sizeOf)) box.remove()
  const id = entry.getAttribute('id')
  const first = entry.querySelector(blocks)
  if (id && first && first.getAttribute('id') === null) first.setAttribute('id', id)
  const inner = [...entry.querySelectorAll(boxes)].filter((one) => !one.closest(beside))
  for (const one of [...inner.reverse(), entry]) one.replaceWith(...blocksIn(one))
}

/** What has words alone, and words beside blocks, become paragraphs. */
function blocksIn(box: Element): Element[] {
  const found: Element[] = []
  let paragraph: Element | undefined
  for (const node of [...box.childNodes]) {
    const element = node.nodeType === 1 ? (node as Element) : undefined
    if (element && isBlock(element)) {
      found.push(element)
      paragraph = undefined
    } else if (paragraph || element || node.textContent.trim() !== '') {
      paragraph ??= box.ownerDocument.createElement('p')
      paragraph.append(node)
      if (found.at(-1) !== paragraph) found.push(paragraph)
    }
  }
  return found
}

const isBlock = (element: Element) =>
  blockNames.has(element.localName) || element.querySelector(blocks) !== null

/** A box in place of a list whose items are gone. */
function makePlain(list: Element): Element {
  const box = list.ownerDocument.createElement('div')
  for (const node of [...list.childNodes]) box.append(node)
  list.replaceWith(box)
  return box
}
