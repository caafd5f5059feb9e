/** Embargoes in lines of a text, which leave it. */
import { plainTextOf } from '../../../html-text.ts'
import { cleanLine, escapeText } from '../../../text.ts'
import { dateOfPath } from '../../file-path.ts'
import type { RawArticle } from '../../raw-article.ts'
import { isDate } from '../../stated-date.ts'
import {
  type Embargo,
  embargoLine,
  firstLines,
  headOf,
  heldNotes,
  longestOf,
  type Place,
} from './embargo-line.ts'
import { mayHold } from './embargo-table.ts'
import { withoutEmbargoIn } from './embargo-words.ts'
import { isHeldAbove } from './stop-line.ts'
import { laterOf } from './wire-dates.ts'

/** A block that has no other in it. */
const ownBlock = /<(p|div|h[1-6])\b[^<>]{0,200}>((?:(?!<\/?(?:p|div|h\d)\b).){0,2000})<\/\1>\s*/gis
const lineBreak = /<br\b[^<>]{0,20}>/i
/** Characters in which first lines and a last one are. */
const headLength = 20_000
const endLength = 5000

/**
 * A story without the lines that say until when nobody may show it, and the embargo that holds longest. Its headings
 * are none, but for the one that it begins with.
 */
export function withoutEmbargo(
  html: string,
  place: Place = 'newsroom',
): { readonly html: string; readonly embargo: Embargo | undefined } {
  const [head, end] = [html.slice(0, headLength), html.slice(-endLength)]
  if (!mayHold(head) && !mayHold(end)) return { html, embargo: undefined }
  const blocks = [...head.matchAll(ownBlock).take(firstLines)]
  const near = headOf(blocks, ([, , content = '']) => lineIn(content))
  const last = [...end.matchAll(ownBlock)]
    .filter(([, , content = '']) => /\p{L}/u.test(content))
    .slice(-1)
  const found: Embargo[] = []
  let text = html
  for (const block of new Set([...near, ...last])) {
    const [written, name = '', content = ''] = block
    const isHeading = /^h/i.test(name)
    if ((isHeading && block !== blocks[0]) || isShownIn(block)) continue
    const read = isHeading ? ofHeading(content) : ofBlock(content, place)
    if (!read.embargo) continue
    found.push(read.embargo)
    const kept = read.content && written.replace(content, () => read.content)
    text = text.replace(written, () => kept)
  }
  return { html: text, embargo: longestOf(found) }
}

/** Whether a block has a link, a list or code in it, or is in a list, a table or a quotation. */
function isShownIn({ 2: content = '', index, input }: RegExpExecArray): boolean {
  const opened = input
    .slice(0, index)
    .match(/<\/?(?:blockquote|li|t[dh]|pre|nav|aside)\b/gi)
    ?.at(-1)
  return /<(?:a|li|t[dh]|code|pre)\b/i.test(content) || opened?.startsWith('</') === false
}

const lineIn = (content: string) => cleanLine(plainTextOf(content.replace(lineBreak, ' ')))

function ofHeading(content: string) {
  const { words, embargo } = withoutEmbargoIn(lineIn(content))
  return { content: escapeText(words), embargo }
}

/** The whole of it, or its first line. */
function ofBlock(content: string, place: Place) {
  const whole = embargoLine(lineIn(content), place)
  if (whole) return { content: whole.isOpening ? behind(content, whole) : '', embargo: whole }
  const [written] = lineBreak.exec(content) ?? []
  const at = written === undefined ? 0 : content.indexOf(written)
  const first = at > 0 ? embargoLine(lineIn(content.slice(0, at)), place) : undefined
  return { content: content.slice(at + (written?.length ?? 0)), embargo: first }
}

/** What a text goes on with, where its first sentence is the embargo alone. */
function behind(content: string, { written }: Embargo): string {
  const [text, sentence] = [content.trimStart(), escapeText(written)]
  return text.startsWith(sentence) ? text.slice(sentence.length).trimStart() : content
}

const headingSign = /^ {0,3}#{1,6}[ \t]+(?=\S)/
const subheading = /^ {0,3}(#{2,6})[ \t]/
const underline = /^ {0,3}(?:=+|-+)[ \t]*$/
const fence = /^ {0,3}(?:`{3}|~{3})/
/** Code, quotations, items of lists and rows of tables are about embargoes. */
const isShown = /^(?: {4}|\t|\s*(?:[`>|]|[-+] |\d+[.)] |\* (?!.*\*\s*$)))/

/** Before the words that a box of Obsidian or GitHub begins with. */
const callout = /^ {0,3}> ?\[!\w+\][+-]?[ \t]+/

/** Where a text has its title: in its first line, or its first heading, or above. */
export type Titled = 'line' | 'heading' | 'above'

/** The same of a text in Markdown, or of plain text, whose other lines keep their places. */
export function withoutEmbargoLines(
  text: string,
  titledBy: Titled,
): { readonly text: string; readonly embargo: Embargo | undefined } {
  if (!mayHold(text.slice(0, headLength)) && !mayHold(text.slice(-endLength)) && !isHeld(text)) {
    return { text, embargo: undefined }
  }
  const lines = text.split('\n')
  const at = (number: number) => (lines[number] ?? '').replace(callout, '')
  const isBlank = (number: number) => at(number).trim() === ''
  const isHeading = (number: number) =>
    headingSign.test(at(number)) || (!isBlank(number) && underline.test(at(number + 1)))
  // Below a title that stands above, a heading with others of its level is that of a part.
  const levels = lines.map((line) =>
    titledBy === 'above' ? subheading.exec(line)?.[1] : undefined,
  )
  const isOfPart = (number: number) =>
    levels[number] !== undefined && levels.lastIndexOf(levels[number]) > number
  const written: number[] = []
  for (let number = 0; number < lines.length && written.length < firstLines; number += 1) {
    if (fence.test(at(number))) break
    if (!isBlank(number)) written.push(number)
  }
  const near = headOf(written, at)
  const heading = near.find((number) => isHeading(number) && !isOfPart(number))
  const isTyped = titledBy === 'line' && heading === undefined
  const typed = isTyped ? titleOf(near.map(at), at(written[1] ?? -1)) : -1
  const titled = heading ?? near[typed] ?? -1
  const isAbove = titledBy === 'above' || titled > (near[0] ?? 0)
  const last = lines.findLastIndex((line) => line.trim() !== '')
  const found: Embargo[] = []
  for (const number of new Set([...near, last])) {
    const isTitle = number === titled
    if (isShown.test(at(number)) || (isHeading(number) && !isTitle)) continue
    const goesOn = !isBlank(number + 1) && /^\p{Ll}/u.test(at(number + 1))
    const isFirst = isAbove && number === near[0]
    const said = isFirst ? inFirstLine(at(number), at(titled)) : inLine(at(number))
    const embargo = goesOn ? undefined : said
    const rest = embargo?.isOpening ? at(number).slice(embargo.written.length).trimStart() : ''
    const read = isTitle ? ofTitle(at(number)) : { line: rest, embargo }
    if (!read.embargo) continue
    found.push(read.embargo)
    if (read.line === '' && underline.test(at(number + 1))) lines[number + 1] = ''
    lines[number] = read.line
  }
  return { text: lines.join('\n'), embargo: longestOf(found) }
}

const inLine = (line: string) => embargoLine(line, 'text')

/** Above a headline stands what a newsroom has put there. */
function inFirstLine(line: string, headline: string): Embargo | undefined {
  if (!isHeldAbove(line, headline)) return inLine(line)
  return inLine(line) ?? { written: line.trim(), until: undefined, stop: 'hold' }
}

/** Whether its first line may hold it back where it stands above a headline. */
const isHeld = (text: string) => isHeldAbove(/\S[^\n]{0,200}/.exec(text)?.[0] ?? '')

/**
 * Which of the first lines of a typed text is its title: below the line of an embargo the next, where that is none of
 * the text.
 */
function titleOf([first = '', second]: readonly string[], next: string): number {
  const isTitle = (line = '') => line !== '' && !/[.!?]$/.test(line)
  if (inLine(first)) return isTitle(second) ? 1 : next === '' ? 0 : -1
  return isHeldAbove(first) && isTitle(second) ? 1 : 0
}

function ofTitle(line: string) {
  const [sign = ''] = headingSign.exec(line) ?? []
  const { words, embargo } = withoutEmbargoIn(line.slice(sign.length).trim())
  return { line: words === '' ? '' : sign + words, embargo }
}

type Held = Pick<RawArticle, 'published' | 'draft' | 'notes'>

/** What an embargo makes of an article that a person has written. @param path of its file */
export function heldBy(
  embargo: Embargo,
  { published, draft, notes = [] }: Held,
  path: string,
): Held {
  const dated = published !== undefined && isDate(published) ? published : dateOfPath(path)
  const until = embargo.until
  const held = heldNotes(embargo)
  return {
    published: until === undefined ? published : dated ? laterOf(dated, until) : until,
    draft: draft || held.length > 0,
    notes: [...notes, ...held],
  }
}
