/** Embargoes in lines of a text, which leave it. */
import { plainTextOf } from '../../../html-text.ts'
import { cleanLine, escapeText } from '../../../text.ts'
import { dateOfPath } from '../../file-path.ts'
import type { RawArticle } from '../../raw-article.ts'
import { isDate } from '../../stated-date.ts'
import { type Embargo, embargoLine, firstLines, heldNotes, longestOf } from './embargo-line.ts'
import { mayHold, withoutEmbargoIn } from './embargo-words.ts'
import { laterOf } from './wire-dates.ts'

/** A block that has no other in it, or its first line. */
const ownLine =
  /(<(p|div|h[1-6])\b[^<>]{0,200}>)((?:(?!<\/?(?:p|div|h\d|br)\b).){0,600})(?:<\/\2>|(<br\b[^<>]{0,20}>))\s*/gis
/** Characters in which first lines and a last one are. */
const headLength = 20_000
const endLength = 5000

/**
 * A story without the lines that say until when nobody may show it, and the embargo that holds longest.
 * @param isOfNewsroom else a line such as "Embargo: how it came" is one of the text
 */
export function withoutEmbargo(
  html: string,
  isOfNewsroom = true,
): { readonly html: string; readonly embargo: Embargo | undefined } {
  const [head, end] = [html.slice(0, headLength), html.slice(-endLength)]
  if (!mayHold(head) && !mayHold(end)) return { html, embargo: undefined }
  const found = new Map<string, Embargo>()
  const first = head.matchAll(ownLine).take(firstLines)
  const last = [...end.matchAll(ownLine)]
    .filter(([, , , words = '']) => /\p{L}/u.test(words))
    .slice(-1)
  let text = html
  for (const [written, tag = '', name = '', content = '', isGoingOn] of [...first, ...last]) {
    const line = cleanLine(plainTextOf(content))
    const isHeading = /^h/i.test(name)
    const { embargo, words } = isHeading
      ? withoutEmbargoIn(line)
      : { embargo: embargoLine(line, !isOfNewsroom), words: '' }
    if (!embargo) continue
    found.set(written, embargo)
    const kept = words === '' ? '' : `${tag}${escapeText(words)}</${name}>`
    text = text.replace(written, () => (isGoingOn ? tag : kept))
  }
  return { html: text, embargo: longestOf([...found.values()]) }
}

const headingSign = /^ {0,3}#{1,6}[ \t]+(?=\S)/
const underline = /^ {0,3}(?:=+|-+)[ \t]*$/
const fence = /^ {0,3}(?:`{3}|~{3})/
/** Below these another line of the head begins: "By Jo Lind", "Date: 4 March". */
const endsLine = /(?: {2}|\\|<br ?\/?>)$|^[\s>*_-]*[\p{L} ]{2,20}:.{0,80}$/u
/** So far down a heading is looked for. */
const mostLines = 60
/** So many lines of typed text stand alone, without blank ones between them. */
const mostTyped = 3

/**
 * The same of a text in Markdown, or of plain text, whose other lines keep their places.
 * @param hasTitleLine whether its first line is its title
 */
export function withoutEmbargoLines(
  text: string,
  hasTitleLine = false,
): { readonly text: string; readonly embargo: Embargo | undefined } {
  if (!mayHold(text.slice(0, headLength)) && !mayHold(text.slice(-endLength))) {
    return { text, embargo: undefined }
  }
  const lines = text.split('\n')
  const at = (number: number) => lines[number] ?? ''
  const isBlank = (number: number) => at(number).trim() === ''
  const isHeading = (number: number) =>
    headingSign.test(at(number)) || (!isBlank(number) && underline.test(at(number + 1)))
  const title = lines.slice(0, mostLines).findIndex((_, number) => isHeading(number))
  const near: number[] = []
  for (let number = 0; number < lines.length && near.length < firstLines; number += 1) {
    if (fence.test(at(number))) break
    if (!isBlank(number)) near.push(number)
  }
  const last = lines.findLastIndex((line) => line.trim() !== '')
  const isTyped = hasTitleLine && title === -1
  const begins = (number: number) =>
    isBlank(number - 1) ||
    (isTyped && near.indexOf(number) <= mostTyped) ||
    isHeading(number - 1) ||
    underline.test(at(number - 1)) ||
    endsLine.test(at(number - 1))
  const found: Embargo[] = []
  for (const number of new Set([...near, last].filter(begins))) {
    const isTitle = isHeading(number) || (isTyped && number === near[0])
    const ends = isBlank(number + 1) || isHeading(number + 1)
    const read = isTitle
      ? ofTitle(at(number))
      : ofLine(at(number), { ends, isBelow: number > title })
    if (!read.embargo) continue
    found.push(read.embargo)
    if (read.line === '' && underline.test(at(number + 1))) lines[number + 1] = ''
    lines[number] = read.line
  }
  return { text: lines.join('\n'), embargo: longestOf(found) }
}

function ofTitle(line: string) {
  const [sign = ''] = headingSign.exec(line) ?? []
  const { words, embargo } = withoutEmbargoIn(line.slice(sign.length).trim())
  return { line: words === '' ? '' : sign + words, embargo }
}

/** What goes on in the next line is hardly one, unless it is a date up to its end. */
function ofLine(line: string, { ends, isBelow }: { ends: boolean; isBelow: boolean }) {
  const embargo = embargoLine(line, isBelow)
  return { line: '', embargo: ends || embargo?.until !== undefined ? embargo : undefined }
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
