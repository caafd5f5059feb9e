/** Where the front matter of a file ends and its text begins. */
import { lineAt, RejectionError } from '../../rejection.ts'
import { fieldOf } from './front-matter-keys.ts'
import type { Source } from './front-matter-tree.ts'

export type Syntax = 'yaml' | 'toml' | 'json' | 'lines'

export interface Parts extends Source {
  readonly syntax: Syntax
  readonly body: string
  /** The line of the file that the body begins in. */
  readonly bodyLine: number
}

/** Front matter is a screen of text; what is far longer is none, and would take its time. */
const longestFrontMatter = 64 * 1024

/**
 * `---` (Jekyll, Hugo, Eleventy, Astro …), `+++` (Hugo, Zola), `;;;` (Hexo); behind them the language may be
 * named, as in `---json`.
 */
const opening = /^((-{3,20}|[—–]{2,3}|—-?)|(\+{3})|(;{3}))[ \t]*(yaml|toml|json)?[ \t]*(?:\n|$)/i

/** An object of JSON (Hugo), and not the braces of a template. */
const openingBrace = /^\{[ \t]*(?:\n|")/

/** A key as a line of its own begins with it, and what stands behind it. */
export const keyLine = /^([A-Za-z][\w.-]*(?: [\w.-]+){0,2})[ \t]*:(?:[ \t]+(.*))?$/

/** Whether a text of whatever name begins with front matter. */
export const hasFrontMatter = (text: string) => /^(?:-{3}|\+{3})[ \t]*(?:\n|$)/.test(text)

/**
 * Front matter and body of a file; blank lines may stand above, and comments of HTML, which may be front matter themselves.
 * @returns undefined where the text has no front matter
 * @throws RejectionError where it begins and does not end
 */
export function split(text: string): Parts | undefined {
  const above = aboveIt.exec(text)?.[0] ?? ''
  const linesAbove = lineAt(above, above.length) - 1
  const from = text.slice(above.length)
  const found =
    splitDelimited(from, linesAbove + 1) ??
    splitComment(from) ??
    splitJson(from, linesAbove + 1) ??
    splitMembers(from) ??
    splitLines(from)
  if (!found) return undefined
  const { syntax, start, end, after } = found
  return {
    syntax,
    source: from.slice(start, end),
    firstLine: linesAbove + lineAt(from, start),
    body: from.slice(after),
    bodyLine: linesAbove + lineAt(from, after),
  }
}

/** Blank lines, and comments directly above a mark. */
const aboveIt =
  /^(?:[ \t]*\n)*(?:(?:<!--(?:(?!-->)[\s\S]){0,2000}-->[ \t]*\n+)+(?=-{3}[ \t]*\n|\+{3}[ \t]*\n))?/

/** Where front matter begins and ends, and where what ends it does. */
interface Place {
  readonly syntax: Syntax
  readonly start: number
  readonly end: number
  readonly after: number
}

function splitDelimited(text: string, line: number): Place | undefined {
  const [all, mark = '', hyphens, pluses, , language = ''] = opening.exec(text) ?? []
  if (all === undefined) return undefined
  const marks = hyphens ? `${mark}|\\.{3}` : mark.replaceAll('+', '\\+')
  const closing = new RegExp(`^(?:${marks})[ \\t]*$`, 'gm')
  closing.lastIndex = all.length
  const end = closing.exec(text)
  if (end && end.index <= longestFrontMatter) {
    if (
      /[—–]/.test(mark) &&
      !keyLine.test(text.slice(all.length, end.index).trimStart().split('\n', 1)[0] ?? '')
    )
      return undefined
    const usual = hyphens ? 'yaml' : pluses ? 'toml' : 'json'
    const syntax = (language.toLowerCase() || usual) as Syntax
    return { syntax, start: all.length, end: end.index, after: end.index + end[0].length }
  }
  // A line of dashes is no mark but where a program has made it of hyphens.
  if (/[—–]/.test(mark)) return undefined
  // A line of hyphens may as well be a rule above the first paragraph.
  const [next = ''] = text.slice(all.length, longestFrontMatter).trimStart().split('\n', 1)
  if (hyphens && next !== '' && !keyLine.test(next)) return undefined
  const what = `a line of ${hyphens ? 'three hyphens' : pluses ? 'three plus signs' : 'three semicolons'}`
  const near = end ? undefined : nearEnd(text, all.length)
  if (near === undefined) throw withoutEnd(end, what, line)
  throw new RejectionError(
    `the line "${near.text}" does not end the front matter, since it has more than ${what.slice('a line of '.length)}`,
    `Make it ${what} and nothing else.`,
    line + near.above,
  )
}

/** The line that was meant to end front matter and has more in it: `---6---`. */
function nearEnd(text: string, start: number): { text: string; above: number } | undefined {
  const head = text.slice(0, longestFrontMatter)
  const found = /^(?:---|\+\+\+|;;;).{0,60}$/gm
  found.lastIndex = start
  const near = found.exec(head)
  return near
    ? { text: near[0], above: head.slice(0, near.index).split('\n').length - 1 }
    : undefined
}

/** Keys in a comment, which people hide from programs that show front matter. */
function splitComment(text: string): Place | undefined {
  const [all, mark = '', source = ''] =
    /^(<!--[ \t]*\n)((?:(?!-->)[\s\S]){0,4000}?\n)-->[ \t]*(?=\n|$)/.exec(text) ?? []
  const isBroken = /\n[ \t]*\n/.test(source.trim())
  if (all === undefined || isBroken || !splitLines(source.trim())) return undefined
  return { syntax: 'yaml', start: mark.length, end: mark.length + source.length, after: all.length }
}

function splitJson(text: string, line: number): Place | undefined {
  if (!openingBrace.test(text)) return undefined
  const end = /^(?:\{.*)?\}[ \t]*$/m.exec(text)
  if (!end || end.index > longestFrontMatter) throw withoutEnd(end, 'a line of one }', line)
  const after = end.index + end[0].length
  return { syntax: 'json', start: 0, end: after, after }
}

/** Members of JSON without braces, with `;;;` below them alone (Hexo). */
function splitMembers(text: string): Place | undefined {
  const end = /^"[A-Za-z]/.test(text) ? /^;;;[ \t]*$/m.exec(text) : null
  if (!end || end.index > longestFrontMatter) return undefined
  return { syntax: 'json', start: 0, end: end.index, after: end.index + end[0].length }
}

const withoutEnd = (end: unknown, what: string, line: number) =>
  new RejectionError(
    end ? 'the front matter is longer than 64 kB' : 'the front matter has no end',
    `Put ${what} under its last key, and the text of the story below that.`,
    line,
  )

/** Keys at the top without a mark (Pelican, MultiMarkdown) to the first blank line, or to `---` (Hexo). */
function splitLines(text: string): Place | undefined {
  const [block = ''] = text.slice(0, longestFrontMatter).split(/\n[ \t]*\n/, 1)
  const mark = /^-{3,}[ \t]*$/m.exec(block)
  const source = mark ? block.slice(0, mark.index) : block
  const lines = source.trimEnd().split('\n')
  const fields = lines.map((line) => fieldOf(keyLine.exec(line)?.[1] ?? ''))
  const isMore = mark ? /^(?:[ \t]|- )/ : /^[ \t]/
  const areKeys = lines.every((line) => keyLine.test(line) || isMore.test(line))
  const known = new Set(fields.filter((field) => field !== undefined))
  const isWhole = source.length < longestFrontMatter
  if (!isWhole || !areKeys || !fields[0] || !(known.has('title') || known.size > 1))
    return undefined
  const end = source.length
  return { syntax: mark ? 'yaml' : 'lines', start: 0, end, after: end + (mark?.[0].length ?? 0) }
}
