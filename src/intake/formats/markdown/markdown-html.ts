/** The text of Markdown as HTML (CommonMark 0.31). */
import type { MarkdownIt, StateInline, Token } from 'markdown-it'
import type { Note } from '../../note.ts'
import { RejectionError } from '../../rejection.ts'
import { expandShortcodes } from '../shortcodes/shortcodes.ts'
import { noSite, type Site } from '../shortcodes/site-parts.ts'
import { code, withWholeEnds } from '../source/markdown-code.ts'
import { placeholders } from '../source/markdown-placeholders.ts'
import { addresses } from './markdown-addresses.ts'
import { anchors } from './markdown-anchors.ts'
import { blocks } from './markdown-blocks.ts'
import { bullets } from './markdown-bullets.ts'
import { contents } from './markdown-contents.ts'
import { directives } from './markdown-directives.ts'
import { writeEmoji } from './markdown-emoji.ts'
import { headings } from './markdown-headings.ts'
import { inHtml } from './markdown-in-html.ts'
import { lists } from './markdown-lists.ts'
import { math, writeFormulas } from './markdown-math.ts'
import { lengthOfNote, notes, refuseManyNotes } from './markdown-notes.ts'
import { isNote, obsidian } from './markdown-obsidian.ts'
import { tagsIn } from './markdown-tags.ts'
import { takeTitle } from './markdown-title.ts'
import { unended } from './markdown-unended.ts'

/**
 * Each line and each sign of Markdown may begin another token. Short texts may be a table of short
 * cells; the longest have a sign in ten characters.
 */
const marks = /\n+|[*_`[\]!<&|\\~{$]/g
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

interface MarkdownText {
  /** Nobody has checked it yet. */
  readonly html: string
  /** What stands above `<!--more-->`, as plain text. */
  readonly summary?: string
  /** The heading that can serve as title, which is no longer in the text where none was stated. */
  readonly firstHeading?: string
  /** In the words of a note of Obsidian. */
  readonly tags: readonly string[]
  readonly notes: readonly Note[]
}

interface MarkdownOptions {
  /** The title that is stated elsewhere. Where there is none, or the first heading says the same, that leaves the text. */
  readonly title?: string | undefined
  /** What its name makes a title. */
  readonly fileTitle?: string | undefined
  /** The line of the file that the text begins on. */
  readonly firstLine?: number
  /** Whether the end of a line is shown as one. */
  readonly breaksLines?: boolean
  /** Whether the site is one of Jekyll, to which code is text like any other. */
  readonly isOfJekyll?: boolean
  /** Whether Liquid, or what is like it, has read the text, so that whatever looks like a value is one. */
  readonly hasLiquidValues?: boolean
  /** Whose parts the text may name. */
  readonly site?: Site
  /** What the root of that is, as its templates put it before a path; '' for the root of the host. */
  readonly root?: string | undefined
  /** What the front matter states, by its keys in small letters. */
  readonly matter?: ReadonlyMap<string, string>
}

/**
 * What the text of a Markdown file becomes.
 * @throws RejectionError when it has far more markup than an article, or would be far longer as HTML
 */
export async function htmlOfMarkdown(
  body: string,
  {
    title,
    fileTitle,
    firstLine = 1,
    breaksLines = false,
    isOfJekyll = false,
    hasLiquidValues = false,
    site = noSite,
    root,
    matter = new Map(),
  }: MarkdownOptions = {},
): Promise<MarkdownText> {
  refuseManyMarks(body)
  parser ??= loadParser()
  const markdownIt = await parser
  const {
    text,
    lacksDefinitions,
    notes: told,
  } = expandShortcodes(withWholeEnds(body), {
    firstLine,
    title,
    hasLiquidCode: isOfJekyll,
    hasLiquidValues,
    site,
    root,
    matter,
    inline: (line) => markdownIt.renderInline(line, {}),
  })
  // What is included has signs too.
  refuseManyMarks(text)
  refuseManyNotes(text)
  const env: Record<string, unknown> = { isOfJekyll, hasUnmetReferences: lacksDefinitions }
  const tokens = markdownIt.parse(text, env)
  await writeEmoji(tokens)
  const firstHeading = takeTitle(tokens, { title, fileTitle, isNote: isNote(env) })
  const unread = await writeFormulas(tokens)
  const length = lengthOf(tokens)
  if (length > body.length * mostGrowth + freeGrowth) {
    throw new RejectionError(
      `the text becomes ${Math.round(length / body.length)} times as long as HTML`,
      'Write long addresses where they are used once, and tables with the cells they have.',
    )
  }
  const { renderer } = markdownIt
  const options = { ...markdownIt.options, breaks: breaksLines }
  const above = renderAbove(tokens, { renderer, options }, env)
  const summary = above === undefined ? '' : await summaryOf(above)
  return {
    html: renderer.render(tokens, options, env),
    ...(firstHeading !== undefined && { firstHeading }),
    ...(summary !== '' && { summary }),
    tags: tagsIn(tokens, isNote(env)),
    notes: unread === undefined ? told : [...told, noteOfFormula(unread, body, firstLine)],
  }
}

/** So much of a formula is shown. Characters. */
const shownOfFormula = 40

/** @param source the first that cannot be read */
function noteOfFormula(source: string, body: string, firstLine: number): Note {
  const at = body.indexOf(source)
  const shown = source.replace(/\s+/g, ' ').slice(0, shownOfFormula).toWellFormed()
  const text = `a formula stays as it is written, since it is no TeX that can be read: "${shown}"`
  return at === -1 ? { text } : { line: firstLine + body.slice(0, at).split('\n').length - 1, text }
}

/** @throws RejectionError where there are far more than in an article */
function refuseManyMarks(text: string): void {
  const count = text.match(marks)?.length ?? 0
  if (count <= Math.min(mostMarks, marksOfShort + text.length / charactersPerMark)) return
  throw new RejectionError(
    `the text has ${count} signs of Markdown in ${text.length} characters, far more than an article`,
    'Take out what is no text, or split it into several articles.',
  )
}

const moreMark = /<!--\s*more\b[^>]{0,200}-->/i

/** The HTML above `<!--more-->`, or undefined where there is no such mark. */
function renderAbove(
  tokens: readonly Token[],
  { renderer, options }: Pick<MarkdownIt, 'renderer' | 'options'>,
  env: Record<string, unknown>,
): string | undefined {
  const isMark = (token: Token) => token.type.startsWith('html_') && moreMark.test(token.content)
  const at = tokens.findIndex((token) => isMark(token) || token.children?.some(isMark))
  const marked = tokens[at]
  if (marked === undefined) return undefined
  const { content, children } = marked
  const above = renderer.render(tokens.slice(0, at), options, env)
  if (!children) return above + content.slice(0, content.search(moreMark))
  const before = children.slice(0, children.findIndex(isMark))
  return above + renderer.renderInline(before, options, env)
}

/** More is no summary, and would be refused as one. Characters. */
const longestSummary = 5000

async function summaryOf(html: string): Promise<string> {
  const { plainTextOf } = await import('../../../html-text.ts')
  const text = plainTextOf(html)
  return text.length > longestSummary ? '' : text
}

/** How long the HTML of these will be, about. */
function lengthOf(tokens: readonly Token[]): number {
  let length = 0
  for (const { attrs, children, content, type } of tokens) {
    length += type.startsWith('footnote') ? lengthOfNote : tagLength
    // Formulas have a measure of their own.
    if (type !== 'formula') length += children ? lengthOf(children) : content.length
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
async function loadParser(): Promise<MarkdownIt> {
  const [{ default: Parser }, { default: definitions }, { default: footnotes }, { default: cjk }] =
    await Promise.all([
      import('markdown-it'),
      import('markdown-it-deflist'),
      import('markdown-it-footnote'),
      import('markdown-it-cjk-friendly'),
    ])
  const markdownIt = new Parser({ html: true, linkify: true, typographer: false })
  markdownIt.inline.ruler.before('entity', 'c1', readC1)
  markdownIt.core.ruler.push('c1', ({ tokens }) => readC1InAttributes(tokens))
  markdownIt
    .use(definitions)
    .use(cjk)
    .use(notes, footnotes)
    .use(math)
    .use(obsidian)
    .use(headings)
    .use(contents)
    .use(anchors)
    .use(blocks)
    .use(code)
    .use(lists)
    .use(bullets)
    .use(inHtml)
    .use(addresses)
    .use(placeholders)
    .use(unended)
    .use(directives)
  return markdownIt
}
