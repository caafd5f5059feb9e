/** Formulas in TeX between dollars or brackets, as MathML. */
import type { MarkdownIt, StateBlock, StateInline, Token } from 'markdown-it'
import { escapeText } from '../../../text.ts'
import { createTexReader, isFormula, longestFormula, type Tex } from '../lines/tex.ts'

/** Of one that stands alone. */
const mostLines = 200

/** As a token holds it. */
type Written = Tex & {
  /** With its signs. */
  readonly source: string
}

function push(state: StateInline | StateBlock, written: Written): Token {
  const token = state.push('formula', '', 0)
  token.content = written.source
  token.meta = written
  return token
}

/** What may not stand beside a formula: letters may, where it can be nothing else. @param sign another one */
const beside = (tex: string, sign: string) =>
  new RegExp(`[${/^\\[a-zA-Z]{2}/.test(tex) ? '' : '\\p{L}'}\\p{N}$${sign}]`, 'u')

/** From one sign to the next that is not escaped; -1 where there is none within a formula's length. */
function endOf(text: string, sign: string, from: number, most: number): number {
  let at = text.indexOf(sign, from)
  while (at > 0 && text[at - 1] === '\\' && text[at - 2] !== '\\') at = text.indexOf(sign, at + 1)
  return at === -1 || at >= most || at - from > longestFormula ? -1 : at
}

/** `$x$`: no blank within the dollars, no digit behind (pandoc's `tex_math_dollars`), and `$$x$$`. */
function readDollars(state: StateInline, isSilent: boolean): boolean {
  const { src, pos, posMax } = state
  if (src[pos] !== '$') return false
  const sign = src[pos + 1] === '$' ? '$$' : '$'
  const start = pos + sign.length
  const end = endOf(src, sign, start, posMax)
  if (end <= start) return passDollars(state, isSilent, sign)
  const tex = src.slice(start, end)
  const behind = src[end + sign.length] ?? ''
  const isMath =
    sign === '$$'
      ? tex.trim() !== ''
      : !/^\s|\s$/.test(tex) &&
        !beside(tex, '').test(behind) &&
        !beside(tex, '\\\\').test(src[pos - 1] ?? '') &&
        isFormula(tex)
  if (!isMath) return passDollars(state, isSilent, sign)
  const isBlock = sign === '$$' && standsAlone(state, pos, end + sign.length)
  if (!isSilent) push(state, { tex, isBlock, source: sign + tex + sign })
  state.pos = end + sign.length
  return true
}

/** Within a sentence kramdown means a formula of the line by two dollars, be it on a line of its own. */
function standsAlone({ src, posMax, env }: StateInline, start: number, end: number): boolean {
  if (start === 0 && /^[.,;:]?$/.test(src.slice(end, Math.min(posMax, end + 2)))) return true
  if (env.isOfJekyll) return false
  const before = src.slice(Math.max(0, start - 20), start)
  return (
    /(?:^|\n)[ \t]*$/.test(before) && /^[ \t]*[.,;:]?[ \t]*(?:\n|$)/.test(src.slice(end, end + 20))
  )
}

function passDollars(state: StateInline, isSilent: boolean, sign: string): boolean {
  if (!isSilent) state.pending += sign
  state.pos += sign.length
  return true
}

/** Who writes two strokes before a bracket does so before others, and one before signs of Markdown. */
const escaped = /\\(?=\\[{}])|\\([_*])/g

/** In scripts that have blanks between words. */
const wordEnd = /(?![\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}])\p{L}/u

/** Words in a row. */
const sentence = /\p{L}{2}\s+\p{L}{2}/u

const bracketed = /\\(\\?)(?:\((.{1,1000}?)\\\1\)|\[([\s\S]{1,2000}?)\\\1\])/y

/** `\(x\)` and `\[x\]`, also with two strokes, as some write them; other brackets are escaped ones. */
function readBrackets(state: StateInline, isSilent: boolean): boolean {
  if (state.src[state.pos] !== '\\' || !/[\\([]/.test(state.src[state.pos + 1] ?? '')) return false
  bracketed.lastIndex = state.pos
  const [source, second, inline, block] = bracketed.exec(state.src) ?? []
  const tex = inline ?? block ?? ''
  const isMath =
    /\\[a-zA-Z]|\^|[\w)}]_[\w{]/.test(tex) ||
    (inline !== undefined && /^\s*\p{L}\s*$/u.test(tex)) ||
    // Two strokes escape no bracket: who writes them means a formula, unless it is about the strokes.
    (second === '\\' && /[\p{L}\p{N}]/u.test(tex) && !sentence.test(tex) && !tex.includes('\\|'))
  if (source === undefined || !isMath || wordEnd.test(state.src[state.pos - 1] ?? '')) return false
  const meant = second === '' ? tex : tex.replace(escaped, '$1')
  if (!isSilent) push(state, { tex: meant, isBlock: block !== undefined, source })
  state.pos += source.length
  return true
}

const lineOf = (state: StateBlock, line: number) =>
  state.getLines(line, line + 1, 0, false).trimStart()

/** A block from `$$` or `\[` at the beginning of a line to the end of one. */
function readBlock(state: StateBlock, start: number, end: number, isSilent: boolean): boolean {
  const first = lineOf(state, start)
  const [sign] = /^(?:\$\$|\\\\?\[)/.exec(first) ?? []
  if (sign === undefined) return false
  const closing = sign === '$$' ? sign : sign.replace('[', ']')
  const lines = [first.slice(sign.length)]
  while (!lines.at(-1)?.trimEnd().endsWith(closing)) {
    const line = start + lines.length
    if (line >= end || lines.length > mostLines || state.isEmpty(line)) return false
    lines.push(lineOf(state, line))
  }
  const text = lines.join('\n')
  const tex = text.trimEnd().slice(0, -closing.length)
  if (tex.trim() === '' || tex.includes(closing)) return false
  if (sign !== '$$' && !/\\[a-zA-Z]|\^|_|=/.test(tex)) return false
  const after = start + lines.length
  // On a line of a paragraph it belongs to that.
  if (isSilent) return lines.length > 1
  if (lines.length === 1 && state.env.isOfJekyll && after < end && !state.isEmpty(after))
    return false
  push(state, { tex, isBlock: true, source: sign + tex + closing }).block = true
  state.line = after
  return true
}

/** Blocks of code whose language is `math`. */
function takeFences(tokens: readonly Token[]): void {
  for (const token of tokens) {
    if (token.type !== 'fence' || token.info.trim() !== 'math') continue
    const { content } = token
    Object.assign(token, {
      type: 'formula',
      meta: { tex: content, isBlock: true, source: content },
    })
  }
}

/** Those of a text, wherever they stand. */
const formulasIn = (tokens: readonly Token[]): Token[] =>
  tokens.flatMap((token) =>
    token.children ? formulasIn(token.children) : token.type === 'formula' ? [token] : [],
  )

/**
 * Makes HTML of all formulas of a text: MathML, or what is written where that is no TeX that we know.
 * @returns the first of these, as it is written
 */
export async function writeFormulas(tokens: readonly Token[]): Promise<string | undefined> {
  const formulas = formulasIn(tokens)
  if (formulas.length === 0) return undefined
  const mathMlOf = await createTexReader()
  let unread: string | undefined
  for (const token of formulas) {
    const written = token.meta as Written
    const mathMl = mathMlOf(written)
    if (mathMl === undefined) unread ??= written.source
    const html = mathMl ?? escapeText(written.source)
    token.content = token.block ? `<p>${html}</p>\n` : html
  }
  return unread
}

export function math(markdownIt: MarkdownIt): void {
  markdownIt.inline.ruler.before('escape', 'brackets', readBrackets)
  markdownIt.inline.ruler.before('escape', 'dollars', readDollars)
  markdownIt.block.ruler.before('paragraph', 'formula', readBlock, { alt: ['paragraph'] })
  markdownIt.core.ruler.push('formula_fences', ({ tokens }) => takeFences(tokens))
  markdownIt.renderer.rules.formula = (tokens, at) => tokens[at]?.content ?? ''
}
