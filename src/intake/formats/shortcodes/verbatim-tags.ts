/** Tags whose text has no Markdown in it: code, formulas, and what is not for readers. */
import { escapeText, wordSet } from '../../../text.ts'
import { lineStart } from '../source/code-places.ts'
import { captionOfCode, withCodeCaption } from '../source/markdown-code.ts'
import type { Parameters } from './shortcode-parameters.ts'
import { plainWords } from './shortcode-words.ts'

/** What becomes of the text of a tag that has no Markdown in it. */
type Verbatim = 'code' | 'formula' | 'formula-in-line' | 'hidden' | 'raw' | 'template'

const verbatim: ReadonlyMap<string, Verbatim> = new Map(
  Object.entries({
    highlight: 'code',
    code: 'code',
    codeblock: 'code',
    prettify: 'code',
    mermaid: 'code',
    katex: 'formula',
    math: 'formula',
    latex: 'formula',
    mathjax: 'formula',
    tex: 'formula',
    m: 'formula-in-line',
    im: 'formula-in-line',
    dm: 'formula',
    imath: 'formula-in-line',
    dmath: 'formula',
    eq: 'formula',
    equation: 'formula',
    formula: 'formula',
    comment: 'hidden',
    raw: 'raw',
    verbatim: 'raw',
  } as const),
)

/** Names that sites give to tags for code and nothing else: `high`, `code-rust`. A terminal or a source may be in any story. */
const codeName =
  /^(?:code[-_][\w-]+|code-block|high|hl|listing|prism|pygments|source-?code|syntaxhighlight)$/

const languages = wordSet(
  'c++ c# clojure cpp csharp css dockerfile erlang golang graphql haskell hs html ini javascript js json jsx kotlin lua makefile objc ' +
    'ocaml php plaintext powershell ps1 py rb rs sass scss sh sql svg toml ts tsx txt typescript vim xml yaml yml zsh',
)
/** These are ordinary words too: only what is stated as a language is one of them. */
const languagesAndWords = wordSet(
  'bash c diff elixir elm go java julia latex lisp markdown md nix perl python r ruby rust scala shell swift terraform vue zig',
)

/** Fences or tags, which hold the code themselves; or words that are strong, or a link. */
const isMarkdown = (text: string) =>
  /^[ \t>]*(?:`{3}|~{3})|\{\{[<%]|\{%/m.test(text) ||
  /(?<![\w*])\*\*\p{L}[^*\n]{0,200}[\p{L}\p{N}.!?]\*\*(?!\w)|(?<![\w)\]])\[[^[\]\n]{1,200}\]\([^()\s]{1,200}\)/u.test(
    text,
  )

/**
 * What a tag, its text and its end become, as Markdown, where that text has none in it: by the tag's name; or where a language comes
 * first, since only code has one.
 * @param name in small letters, of no tag whose meaning is known
 * @param inside what stands between the tag and its end
 * @returns undefined where there may be Markdown in it
 */
export function verbatimText(
  name: string,
  parameters: Parameters,
  inside: string,
  place: Place,
): string | undefined {
  const kind = verbatim.get(name) ?? guessed(name, parameters, inside)
  return kind && written[kind](inside, place, captionOf(name, parameters, place.rest))
}

/** What Octopress and Hexo tell a program within the tag: `lang:js`, `start:5`. */
const told = /(?<!\S)[a-z_]+:(?!\/\/)(?:"[^"]*"|'[^']*'|\S+)/g
const parts = /^((?:(?!https?:\/\/)[^\n])*)(?:(https?:\/\/\S+)([^\n]*))?$/

/**
 * What names the code, as HTML; Octopress and Hexo have it before an address and words for that, in a tag of one name.
 * @param rest what is written behind the name of the tag
 */
function captionOf(name: string, { named }: Parameters, rest: string): string {
  const stated = named('title', 'caption', 'filename', 'file_name', 'file')
  if (stated === undefined && name === 'code') return captionOfCode(plainWords(rest))
  if (stated !== undefined || name !== 'codeblock') return captionOfCode(stated ?? '')
  const [, title = '', address, words = ''] = parts.exec(rest.replace(told, ' ').trim()) ?? []
  return captionOfCode(title.trim().replace(/\s+/g, ' '), address, words.trim())
}

function guessed(
  name: string,
  { inOrder, named }: Parameters,
  inside: string,
): Verbatim | undefined {
  // Hugo runs what is within.
  if (name.endsWith('.inline')) return 'template'
  const stated = named('lang', 'language')?.toLowerCase()
  const language = stated ?? inOrder[0]?.toLowerCase().replace(/^lang:/, '') ?? ''
  const isLanguage = languages.has(language) || languagesAndWords.has(stated ?? '')
  const isCode = isLanguage || codeName.test(name)
  if (isCode) return isMarkdown(inside) ? undefined : 'code'
  return isTex(inside) ? 'formula' : undefined
}

/** Longer ones have words in them. */
const longestTex = 500

/** Whether it is a formula without its signs, by commands of TeX and no words but in these. */
function isTex(text: string): boolean {
  if (text.length > longestTex || !/\\[a-zA-Z]{2}/.test(text) || /\$|\\[([]|\{[{%]/.test(text))
    return false
  const words = text.replace(/\\[a-zA-Z]+(?:\{[\p{L} ]*\})?/gu, ' ')
  return !isMarkdown(text) && !/\p{L}{3}/u.test(words)
}

const written: Readonly<
  Record<Verbatim, (inside: string, place: Place, caption: string) => string>
> = {
  hidden: () => '',
  raw: (inside) => inside,
  template: (inside) => inside.replace(/\{\{(?:(?!\}\}).)*\}\}/g, ''),
  formula: (inside) => inSigns(inside),
  'formula-in-line': (inside) =>
    inside.includes('\n') ? inSigns(inside) : inSigns(inside, ['\\\\(', '\\\\)']),
  code: codeHtml,
}

/** A blank line would end the paragraph, and the formula with it. */
function inSigns(inside: string, [open, close] = ['$$', '$$']): string {
  const hasOwn = /\$|\\[([]/.test(inside)
  return hasOwn ? inside : open + inside.trim().replace(/\n\s*\n/g, '\n') + close
}

/** Where a tag with its text and its end stands. */
interface Place {
  readonly text: string
  readonly start: number
  readonly end: number
  /** What is written behind the name of the tag. */
  readonly rest: string
}

/** What stands before a block in a list or a quotation. */
const containers = /^(?:[ \t>]|[*+-][ \t]|\d{1,9}[.)][ \t])*/

/**
 * Code within a line, or a block on a line of its own, which goes on with the list or quotation that it stands in: its line ends are
 * written as references, so that nothing in it is Markdown.
 */
function codeHtml(inside: string, { text, start, end }: Place, caption: string): string {
  const line = text.slice(lineStart(text, start), start)
  const [before = ''] = containers.exec(line) ?? []
  const isFirst = before.length === line.length
  const isLast = /^[ \t]*(?:\n|$)/.test(text.slice(end, end + 100))
  if (!inside.includes('\n') && !(isFirst && isLast)) return `<code>${asReferences(inside)}</code>`
  const indent = before.replace(/[^>\s]/g, ' ')
  const code = withoutIndent(inside, indent)
    .replace(/^(?:[ \t]*\n)+/, '')
    .trimEnd()
  const block = `<pre><code>${escapeText(`${code}\n`).replaceAll('\n', '&#10;')}</code></pre>`
  const html = withCodeCaption(block, caption).trimEnd()
  const above = isFirst && before === '' && isLast ? indentOfItem(text, start) : ''
  return `${isFirst ? above : `\n${indent}`}${html}${isLast ? '' : `\n${indent}`}`
}

/** Lines that begin further left than what is around them are as far in as their code says. */
function withoutIndent(code: string, indent: string): string {
  const lines = code.split('\n')
  const isBlank = (line: string) => line.trimEnd() === indent.trimEnd() || line.trim() === ''
  // The first is the rest of the tag's own.
  const isIndented = lines.slice(1).every((line) => isBlank(line) || line.startsWith(indent))
  if (!isIndented) return code
  const without = (line: string) => (line.startsWith(indent) ? line.slice(indent.length) : '')
  return lines.map((line, at) => (at === 0 ? line : without(line))).join('\n')
}

/** An item of a list, of which nothing goes on in the line below. */
const itemAbove = /(?:^|\n)([ \t]{0,20}(?:[*+-]|\d{1,9}[.)])[ \t]{1,4})\S[^\n]*\n$/

/** Longer lines are not looked at. */
const longestItem = 2000

/** What stands before code on the far left that it may belong to the item directly above it, and not end the list. */
const indentOfItem = (text: string, start: number): string =>
  itemAbove.exec(text.slice(Math.max(0, start - longestItem), start))?.[1]?.replace(/\S/g, ' ') ??
  ''

/** All signs, which might be Markdown. */
const asReferences = (text: string) =>
  text.replace(/[^\p{L}\p{N}\s]/gu, (sign) => `&#${sign.codePointAt(0)};`)
