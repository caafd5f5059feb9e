/** Blocks of HTML where authors mean Markdown, the other way round, and marks that end blocks. */
import type { MarkdownIt, StateBlock } from 'markdown-it'
import { voidElements } from '../../../html.ts'

const blockNames =
  'address|article|aside|blockquote|body|caption|center|col|colgroup|dd|details|dialog|dir|div|dl|dt|fieldset|figcaption|figure|footer|form|frame|h[1-6]|header|hr|iframe|legend|li|main|menu|nav|ol|p|section|source|summary|table|tbody|td|tfoot|th|thead|tr|ul'
/** What begins a block of HTML that a blank line ends (CommonMark 4.6, the sixth and seventh kind). */
const beginning = new RegExp(
  `^(?:</?(?:${blockNames})(?:[\\s/>]|$)|</?(?!pre|script|style|textarea)[a-z][\\w-]*(?:\\s[^<>]*)?/?>[ \\t]*$)`,
  'i',
)
const tag = /<(\/?)([a-z][\w-]*)(?:\s[^<>]*?)?(\/?)>/gi
/** A comment, or a tag that does not end on its line. */
const unended = /<!--|<\/?[a-z][^<>]*$/i
/** Lines that can be nothing but Markdown. */
const markdownLine =
  /^ {0,3}(?:#{1,6}[ \t]+\S|#{2,6}\p{L}|`{3,}|~{3,}|!\[[^\]]*\]\(|[*+-][ \t]+\S|\d{1,3}[.)][ \t]+\S|>[ \t]|\*{1,2}[^\s*])/u

/** Words with emphasis, code or a link of Markdown in them. */
const markedWords =
  /^ {0,3}(?!<)(?=.*(?:(?<![\p{L}\p{N}*])\*(?:\*[^\s*]|[^\s*][^*]*\*(?![\p{L}\p{N}]))|(?<![\p{L}\p{N}_])_[^\s_][^_]*_(?![\p{L}\p{N}])|`[^`]+`|\[[^[\]]+\]\([^\s()]+\)))/u

/** How much further in a line begins than the block around it. */
const indentOf = ({ sCount, blkIndent }: StateBlock, line: number) =>
  (sCount[line] ?? 0) - blkIndent

/** Of a line, as far in as the block around it. */
const lineOf = (state: StateBlock, line: number) =>
  state.getLines(line, line + 1, state.blkIndent, false)

/** Opens and closes the elements of a line. @returns false where what is open cannot be told from it */
function followTags(line: string, open: string[]): boolean {
  for (const [, slash, written = '', alone] of line.matchAll(tag)) {
    const name = written.toLowerCase()
    if (alone || voidElements.has(name)) continue
    if (!slash) open.push(name)
    else if (open.at(-1) === name) open.pop()
    else if (open.length > 0) return false
  }
  return !unended.test(line)
}

function pushHtml(state: StateBlock, start: number, end: number): true {
  const token = state.push('html_block', '', 0)
  token.map = [start, end]
  token.content = state.getLines(start, end, state.blkIndent, true)
  state.line = end
  return true
}

/**
 * HTML that directly above Markdown has closed all its elements, as in `<br>` above `## Heading`: to
 * CommonMark the lines down to the next blank one are HTML too, and readers would see their signs.
 */
function readClosedHtml(state: StateBlock, start: number, end: number, isSilent: boolean): boolean {
  if (isSilent || indentOf(state, start) >= 4) return false
  if (!beginning.test(lineOf(state, start).trimStart())) return false
  const open: string[] = []
  for (let line = start; line + 1 < end && !state.isEmpty(line + 1); line += 1) {
    if (!followTags(lineOf(state, line), open) || indentOf(state, line + 1) < 0) return false
    const below = lineOf(state, line + 1)
    const isEnd = open.length === 0 && (markdownLine.test(below) || markedWords.test(below))
    if (isEnd) return pushHtml(state, start, line + 1)
  }
  return false
}

/** `<div markdown="1">` (kramdown, PHP Markdown Extra), alone on its line. */
const withMarkdown = /^<[a-z]\w*\s[^<>]*\bmarkdown=["']?(?:1|block|span)["']?[^<>]*>[ \t]*$/i

function readMarkdownWithin(
  state: StateBlock,
  start: number,
  _end: number,
  isSilent: boolean,
): boolean {
  if (indentOf(state, start) >= 4) return false
  if (!withMarkdown.test(lineOf(state, start).trimStart())) return false
  return isSilent || pushHtml(state, start, start + 1)
}

/** Elements that hold others, and whose end is always written. */
const container =
  /<(\/?)(?:article|aside|blockquote|center|details|div|dl|figure|main|nav|ol|section|table|tbody|tfoot|thead|tr|ul)\b[^<>]*>/gi
const indentedTag = new RegExp(
  `^\\s*</?(?:${blockNames}|a|b|br|em|font|i|img|span|strong|video)[\\s/>]`,
  'i',
)

const endTag = new RegExp(`</(?:${blockNames})>`, 'i')
/** Words as nobody writes them in code. */
const plainWords = /^[^<>{}=;]*$/

interface Reading {
  /** Tokens looked at. */
  at: number
  /** Open elements of these, and of the HTML directly above. */
  open: number
  openDirectly: number
}
const readings = new WeakMap<StateBlock, Reading>()

/** What is open so far: below a paragraph within an element code is code, and not what ends the element. */
function openHtml(state: StateBlock): Reading {
  const reading = readings.get(state) ?? { at: 0, open: 0, openDirectly: 0 }
  readings.set(state, reading)
  for (; reading.at < state.tokens.length; reading.at += 1) {
    const { type, content = '' } = state.tokens[reading.at] ?? {}
    if (type !== 'html_block') reading.openDirectly = 0
    for (const [, slash] of type === 'html_block' ? content.matchAll(container) : []) {
      const step = slash ? -1 : 1
      reading.open = Math.max(0, reading.open + step)
      reading.openDirectly = Math.max(0, reading.openDirectly + step)
    }
  }
  return reading
}

/** Whether lines are HTML and nothing else, or words above the end of the element around them. */
function areHtml(lines: readonly string[]): boolean {
  const open: string[] = []
  const areSound = lines.every((line) => followTags(line, open))
  // What holds others may end further below.
  if (!areSound || open.some((name) => !`<${name}>`.match(container))) return false
  if (lines.some((line) => line.replace(tag, '').includes('<'))) return false
  if (lines.every((line) => indentedTag.test(line) || endTag.test(line))) return true
  const firstEnd = lines.findIndex((line) => /^ {0,3}<\//.test(line))
  return lines.every((line, at) => (at < firstEnd ? plainWords : endTag).test(line))
}

/** What is indented below a blank line directly within an element, and is tags, which would be code. */
function readIndentedHtml(
  state: StateBlock,
  start: number,
  end: number,
  isSilent: boolean,
): boolean {
  if (isSilent || indentOf(state, start) < 4) return false
  const { open, openDirectly } = openHtml(state)
  const isEnd = open > 0 && /^\s*<\//.test(lineOf(state, start))
  if (openDirectly === 0 && !isEnd) return false
  let line = start
  const lines: string[] = []
  for (; line < end && !state.isEmpty(line) && indentOf(state, line) >= 0; line += 1) {
    lines.push(lineOf(state, line))
  }
  return areHtml(lines) && pushHtml(state, start, line)
}

/** A line of `^`, by which kramdown ends a list where another is to begin. */
function readEndMark(state: StateBlock, start: number, _end: number, isSilent: boolean): boolean {
  if (indentOf(state, start) > 3 || lineOf(state, start).trim() !== '^') return false
  if (!isSilent) state.line = start + 1
  return true
}

/** `##Heading` and `##- Q1 -`, as Redcarpet and old Jekyll have them; `#word` is a tag. */
const closeHeading = /^(#{2,6})(?=[^\s#\d!][^\p{L}]{0,3}\p{L}|\p{L})(.+?)(?:[ \t]+#+)?[ \t]*$/u

function readCloseHeading(
  state: StateBlock,
  start: number,
  _end: number,
  isSilent: boolean,
): boolean {
  if (indentOf(state, start) > 3) return false
  const [, signs = '', words = ''] = closeHeading.exec(lineOf(state, start).trim()) ?? []
  if (signs === '') return false
  if (isSilent) return true
  const name = `h${signs.length}`
  state.line = start + 1
  const open = state.push('heading_open', name, 1)
  const inline = state.push('inline', '', 0)
  const close = state.push('heading_close', name, -1)
  for (const token of [open, inline, close]) token.map = [start, start + 1]
  open.markup = signs
  close.markup = signs
  inline.content = words
  inline.children = []
  return true
}

const moreLine = /^ {0,3}(<!--\s*more\b[^<>]{0,200}-->)[ \t]*(?=\S)/i

/** Words behind `<!--more-->` on its line: to CommonMark all of the line is HTML. */
function readMoreLine(state: StateBlock, start: number, end: number, isSilent: boolean): boolean {
  if (isSilent) return false
  const [written, mark] = moreLine.exec(lineOf(state, start)) ?? []
  if (written === undefined || mark === undefined) return false
  let line = start + 1
  while (line < end && !state.isEmpty(line) && indentOf(state, line) >= 0) line += 1
  state.push('html_block', '', 0).content = `${mark}\n`
  const open = state.push('paragraph_open', 'p', 1)
  open.map = [start, line]
  const inline = state.push('inline', '', 0)
  inline.content = state.getLines(start, line, state.blkIndent, false).slice(written.length).trim()
  inline.map = [start, line]
  inline.children = []
  state.push('paragraph_close', 'p', -1)
  state.line = line
  return true
}

/** A table below a quotation, whose lines without a mark would else belong to that. */
function endsAtTable(state: StateBlock, start: number, end: number, isSilent: boolean): boolean {
  // Rows of a table are asked for too.
  if (!isSilent || state.parentType !== 'blockquote' || start + 1 >= end) return false
  if (!lineOf(state, start).includes('|')) return false
  return /^\s*\|?\s*:?-+:?\s*\|[-|:\s]*$/.test(lineOf(state, start + 1).slice(0, 1000))
}

const plainLine = /^(?:\p{L}|\p{N}|[<[]|\*\*)/u
/** So many terms may stand above what they mean. */
const mostTerms = 3

/** Terms of kramdown on lines of their own: all but the last are a paragraph, since a list of definitions takes one. */
function readTerms(state: StateBlock, start: number, end: number, isSilent: boolean): boolean {
  if (isSilent || !state.env.isOfJekyll || indentOf(state, start) >= 4) return false
  let line = start
  while (line < end && line - start <= mostTerms && plainLine.test(lineOf(state, line).trimStart()))
    line += 1
  if (line - start < 2 || line >= end || !/^ {0,3}:[ \t]+\S/.test(lineOf(state, line))) return false
  const last = line - 1
  const open = state.push('paragraph_open', 'p', 1)
  open.map = [start, last]
  const inline = state.push('inline', '', 0)
  inline.content = state.getLines(start, last, state.blkIndent, false).trim()
  inline.map = [start, last]
  inline.children = []
  state.push('paragraph_close', 'p', -1)
  state.line = last
  return true
}

export function blocks(markdownIt: MarkdownIt): void {
  const { ruler } = markdownIt.block
  const above = ['paragraph', 'reference', 'blockquote']
  ruler.before('code', 'indented_html', readIndentedHtml)
  ruler.before('table', 'table_below', endsAtTable, { alt: ['blockquote'] })
  ruler.before('deflist', 'terms', readTerms)
  ruler.before('html_block', 'more_line', readMoreLine)
  ruler.before('html_block', 'markdown_within', readMarkdownWithin, { alt: above })
  ruler.before('html_block', 'closed_html', readClosedHtml)
  ruler.before('heading', 'close_heading', readCloseHeading, { alt: above })
  ruler.before('list', 'end_mark', readEndMark, { alt: [...above, 'list'] })
}
