/** Signs beside headings and code in a page: links to a heading itself, numbers of lines, buttons to copy. */
import { cleanLine, escapeText } from '../../../text.ts'
import type { Element } from '../lines/page-elements.ts'
import { type SizeOf, sizesIn } from '../lines/page-sizes.ts'
import { classesOf } from './page-classes.ts'

/** A page has fewer. */
const mostSigns = 20_000
const mostTables = 500

/** What is longer is no sign. */
const longestSign = 30

/** Takes out what stands in headings and beside code for those who click, and who count lines. */
export function removeSigns(root: Element): void {
  for (const table of [...root.querySelectorAll('table')].slice(0, mostTables)) unfold(table)
  const sizeOf = sizesIn(root)
  const some = (selector: string) => [...root.querySelectorAll(selector)].slice(0, mostSigns)
  for (const edit of some(editors)) edit.remove()
  for (const link of some(inHeadings)) removeAnchor(link, sizeOf)
  for (const part of some(inCode)) if (isBesideCode(part, sizeOf)) part.remove()
}

const headings = 'h1, h2, h3, h4, h5, h6'
/** What is longer is no heading. */
const longestHeading = 1000
/** Links to where one edits what is below. */
const editors = `:is(${headings}) [class*="editsection" i]`
const inHeadings = `:is(${headings}) a[href]`
const namedAnchor =
  /(?:^|-)(?:anchor(?:js)?|(?:header|heading|hash|self)-?(?:link|anchor)|headerlink|permalink)(?:-|$)/
/** A star or a dagger leads to a footnote. */
const sign = /^[^\p{L}\p{N}*⁎†‡]*$/u
const wordOfAnchor =
  /^(?:(?:perma|direct |copy )?link(?: to (?:this )?(?:heading|section))?|anchor)$/i
const saysLink = /^(?:perma|direct |copy |permanent )?link\b/i

/** Takes a link to its own heading out of that. An id that it has is from now on its heading's, to which links lead. */
function removeAnchor(link: Element, sizeOf: SizeOf): void {
  const heading = link.closest(headings)
  const { text: size, shown } = sizeOf(link)
  if (!heading || size > longestSign || shown > 0) return
  if (sizeOf(heading).text > longestHeading || !link.getAttribute('href')?.includes('#')) return
  const isNamed = classesOf(link).some((name) => namedAnchor.test(name))
  const text = cleanLine(link.textContent)
  if (!(sign.test(text) || wordOfAnchor.test(text) || (isNamed && saysLink.test(text)))) return
  if (cleanLine(heading.textContent) === text) return
  const id = link.getAttribute('id') ?? link.getAttribute('name')
  if (id && heading.getAttribute('id') === null) heading.setAttribute('id', id)
  link.remove()
}

const elementsIn = (element: Element) =>
  [...element.childNodes].filter((node): node is Element => node.nodeType === 1)

/** Code that a table has beside the numbers of its lines. */
function unfold(table: Element): void {
  if (table.querySelector('table')) return
  const rows = [...table.querySelectorAll('tr')].map(elementsIn)
  if (rows.length === 0 || !rows.every((row) => row.length === 2 && isOfNumbers(row[0]))) return
  const cells = rows.flatMap((row) => row.slice(1))
  const around = table.closest('pre') ?? table.closest('code')
  if (!around && !cells.every(isOfCode)) return
  const whole = rows.length === 1 ? cells[0]?.querySelector('pre') : undefined
  if (whole && !around) table.replaceWith(whole)
  else (around ?? table).replaceWith(blockOf(whole?.innerHTML ?? codeOf(cells), table))
}

/** A cell with code, as a cell with the number of a bus has none. */
const isOfCode = (cell: Element) =>
  cell.querySelector('pre, code') !== null ||
  classesOf(cell).some((name) => /(?:^|-)code(?:-|$)/.test(name))

/** Each cell is a line, or has lines in it. */
const codeOf = (cells: readonly Element[]) => escapeText(cells.flatMap(linesIn).join('\n'))

function blockOf(code: string, { ownerDocument }: Element): Element {
  const block = ownerDocument.createElement('pre')
  block.innerHTML = `<code>${code}</code>`
  return block
}

function linesIn(cell: Element): string[] {
  const lines = [...cell.querySelectorAll('div[class*="line" i]')]
  const all = lines.length > 1 ? lines : [cell]
  return all.map(({ textContent }) => textContent.replace(/\r?\n$/, ''))
}

const namedNumbers = /gutter|blob-num|^hljs-ln|^lnt|(?:^|-)line-?n|(?:^|-)nums(?:-|$)/

/** Where a script writes the numbers the cell is empty. */
function isOfNumbers(cell: Element | undefined): boolean {
  if (!cell || !/^[\d\s]*$/.test(cell.textContent)) return false
  return (
    cell.getAttribute('data-line-number') !== null ||
    cell.querySelector('pre') !== null ||
    classesOf(cell).some((name) => namedNumbers.test(name))
  )
}

const inCode =
  'pre :is(a, button, div), :is([class~="ln"], [class~="lnt"], [class*="line" i], [class*="copy" i], [class*="clipboard" i], [class~="toolbar"], [class~="lang"]), pre span[style*="user-select" i]'
const codeBlocks = 'pre, code, [class*="highlight" i]'
const namedNumber = /^(?:hljs-)?(?:ln|lnt|line-?nos?|line-?num(?:ber)?s?(?:-rows|-wrapper)?)$/
const copies = /^(?:copy|copied)(?: (?:code|snippet|to clipboard))?!?$/i

/** The number of a line, a button, or the name of the language in a box of its own. */
function isBesideCode(part: Element, sizeOf: SizeOf): boolean {
  const { text: size, shown } = sizeOf(part)
  const names = classesOf(part)
  if (shown > 0 || size === 0) return false
  const mayBeNumber = part.getAttribute('style') ? part.closest('pre') : undefined
  if (mayBeNumber || names.some((name) => namedNumber.test(name))) {
    return (
      /^[\d\s]+$/.test(part.textContent) && (part.closest(codeBlocks) !== null || isBesidePre(part))
    )
  }
  if (size > longestSign || part.localName === 'code') return false
  if (copies.test(cleanLine(part.textContent))) return isWithCode(part)
  return names.includes('toolbar') || names.includes('lang') ? isBesidePre(part) : false
}

const isWithCode = (part: Element) =>
  part.closest('pre') !== null ||
  isBesidePre(part) ||
  (part.parentElement !== null && isBesidePre(part.parentElement))

const isBesidePre = ({ previousElementSibling: before, nextElementSibling: next }: Element) =>
  before?.localName === 'pre' || next?.localName === 'pre'
