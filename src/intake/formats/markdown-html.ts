/** The text of Markdown as HTML (CommonMark 0.31). */
import type { StateInline, Token } from 'markdown-it'
import { RejectionError } from '../rejection.ts'

/**
 * Each line and each sign of Markdown may begin another token. Short texts may be a table of short
 * cells; the longest have a sign in ten characters.
 */
const marks = /\n+|[*_`[\]!<&|\\~]/g
const mostMarks = 300_000
const marksOfShort = 20_000
const charactersPerMark = 10

/**
 * Text grows as HTML by its tags and entities. A definition that is used a thousand times, or rows of
 * a table that leave their cells out, make a small file into a huge article.
 */
const mostGrowth = 10
const freeGrowth = 100_000
/** Characters of a tag and its line end. */
const tagLength = 8

/**
 * Markdown as HTML that nobody has checked yet.
 * @throws RejectionError when it has far more markup than an article, or would be far longer as HTML
 */
export async function htmlOfMarkdown(body: string): Promise<string> {
  const count = body.match(marks)?.length ?? 0
  if (count > Math.min(mostMarks, marksOfShort + body.length / charactersPerMark)) {
    throw new RejectionError(
      `the text has ${count} signs of Markdown in ${body.length} characters, far more than an article`,
      'Take out what is no text, or split it into several articles.',
    )
  }
  parser ??= loadParser()
  const markdownIt = await parser
  const env = {}
  const tokens = markdownIt.parse(body, env)
  const length = lengthOf(tokens)
  if (length > body.length * mostGrowth + freeGrowth) {
    throw new RejectionError(
      `the text becomes ${Math.round(length / body.length)} times as long as HTML`,
      'Write long addresses where they are used once, and tables with the cells they have.',
    )
  }
  return markdownIt.renderer.render(tokens, markdownIt.options, env)
}

/** How long the HTML of these will be, about. */
function lengthOf(tokens: readonly Token[]): number {
  let length = 0
  for (const { attrs, children, content } of tokens) {
    length += tagLength + (children ? lengthOf(children) : content.length)
    for (const [, value] of attrs ?? []) length += String(value).length
  }
  return length
}

/** A reference to a C1 control character (128 to 159), of which markdown-it makes U+FFFD, or nothing. */
const c1Reference = /&#(?:0*(1(?:2[89]|[345]\d))|x0*([89][\da-f]));/i
const c1ReferenceHere = new RegExp(c1Reference, 'iy')
const c1References = new RegExp(c1Reference, 'gi')

/** Has them as the characters that they name; what is meant by those is told as for every format. */
const withC1 = (text: string) =>
  text.replace(c1References, (_, decimal?: string, hexadecimal = '') =>
    String.fromCodePoint(decimal ? Number(decimal) : Number.parseInt(hexadecimal, 16)),
  )

function readC1(state: StateInline, isSilent: boolean): boolean {
  c1ReferenceHere.lastIndex = state.pos
  const [reference] = c1ReferenceHere.exec(state.src) ?? []
  if (reference === undefined) return false
  if (!isSilent) state.push('text_special', '', 0).content = withC1(reference)
  state.pos += reference.length
  return true
}

/** Addresses and titles of links and images, which no rule for text sees. In `<https://…>` there are no references. */
function readC1InAttributes(tokens: readonly Token[]): void {
  for (const { attrs, children, markup } of tokens) {
    for (const attribute of (markup !== 'autolink' && attrs) || []) {
      attribute[1] = withC1(String(attribute[1]))
    }
    if (children) readC1InAttributes(children)
  }
}

let parser: ReturnType<typeof loadParser> | undefined

/** It takes 30 ms to load, which a folder without Markdown need not pay. */
async function loadParser() {
  const { default: Parser } = await import('markdown-it')
  const markdownIt = new Parser({ html: true, linkify: false, typographer: false })
  markdownIt.inline.ruler.before('entity', 'c1', readC1)
  markdownIt.core.ruler.push('c1', ({ tokens }) => readC1InAttributes(tokens))
  return markdownIt
}
