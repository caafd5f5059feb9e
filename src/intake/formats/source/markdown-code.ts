/** Blocks of code: the name of what they show, and marks that do not quite end them. */
import type { MarkdownIt, Token } from 'markdown-it'
import { escapeAttribute, escapeText } from '../../../text.ts'

/** Longer ones are no name. Characters. */
const longest = 200

const stated =
  /(?:^|[\s{,])(?:title|caption|file_?name|file)[ \t]*=[ \t]*(?:"((?:[^"\\]|\\.)+)"|'((?:[^'\\]|\\.)+)'|([^\s"'{},]+))/i
/** `js:app.js`, as Qiita and its kin have it. */
const behindLanguage = /^[\w+#-]{1,20}:([^\s:={}]+)(?=\s|$)/
/** Of Octopress: the language, the name of a file, and an address with words for it. */
const octopress = /^[\w+#-]{1,20}[ \t]+([^\s={}"']+)(?:[ \t]+(https?:\/\/\S+)(?:[ \t]+(.+))?)?$/

/** `app.rb`, `.bashrc` and `/etc/hosts`; neither a class (`.numberLines`) nor a version (`v1.2.x`). */
const isFileName = (word: string) =>
  /^(?:~?\/|\.\.?\/)?[\w@-][\w./@+-]*\.[A-Za-z][\w-]{0,9}$|^\.[a-z]+$|^~?\/[\w./@+-]*\w$/.test(
    word,
  ) && !/^v?\d+(?:\.[\dx]+)+$/i.test(word)

/** What stands in quotation marks as the name of code, if it is one and no program's switch. */
const isName = (text: string) =>
  /\p{L}/u.test(text) && !/^(?:true|false|none|null|auto|yes|no|on|off)$/i.test(text.trim())

/** What names code. @param address of where it is from @param words for that @returns HTML */
export function captionOfCode(name: string, address?: string, words?: string): string {
  if (!address) return isName(name) ? escapeText(name) : ''
  const link = `<a href="${escapeAttribute(address)}">${escapeText(words || name || address)}</a>`
  return words && name ? `${escapeText(name)} ${link}` : link
}

/** What stands behind the opening of a block of code and names what it shows, as HTML; '' where it is a program's. */
function captionIn(info: string): string {
  if (info.length > longest) return ''
  const [, double, single, bare = ''] = stated.exec(info) ?? []
  const quoted = double ?? single
  if (quoted !== undefined) return captionOfCode(quoted.replace(/\\(?=["'\\])/g, ''))
  const [, behind = ''] = behindLanguage.exec(info) ?? []
  const [, second = '', address, words] = octopress.exec(info) ?? []
  if (isFileName(second)) return captionOfCode(second, address, words)
  return escapeText([bare, behind].find(isFileName) ?? '')
}

/** With the name above the code. @param html of the block @param caption HTML */
export const withCodeCaption = (html: string, caption: string): string =>
  caption ? `<figure><figcaption>${caption}</figcaption>${html.trimEnd()}</figure>\n` : html

const halfEnd = /^ {0,3}``[ \t]*$/m
/** What may stand before a block in a list or a quotation, and the signs that begin code. */
const opening = /^((?:[ \t>]|[*+-][ \t]|\d{1,9}[.)][ \t])*)(?:(`{3,})[^`]*|(~{3,}).*)$/
/** HTML that ends at a mark of its own, whatever stands in it. */
const verbatimHtml = /^ {0,3}<(?:(!--)|(pre|script|style|textarea)\b)/i

/** A block of code as its lines are followed. */
interface Open {
  readonly fence: string
  /** Whether two ticks may end it: it has begun with three, in no list and no quotation. */
  readonly isPlain: boolean
}

/**
 * Two ticks alone on a line end a block of code that three have begun, where another one begins below, or none. What is not
 * followed here, such as a block that ends with its list, leaves the text as it is.
 */
export function withWholeEnds(text: string): string {
  if (!halfEnd.test(text)) return text
  const lines = text.split('\n')
  let open: Open | undefined
  let endOfHtml: string | undefined
  let half: number | undefined
  for (const [at, line] of lines.entries()) {
    if (endOfHtml !== undefined) {
      if (line.toLowerCase().includes(endOfHtml)) endOfHtml = undefined
      continue
    }
    const begun = openingIn(line)
    if (open) {
      if (isEnd(line, open.fence)) {
        open = undefined
        half = undefined
      } else if (open.isPlain && half === undefined && halfEnd.test(line)) half = at
      else if (half !== undefined && begun?.isPlain && !line.trim().endsWith('`')) {
        lines[half] = '```'
        open = begun
        half = undefined
      }
      continue
    }
    open = begun
    if (!open) endOfHtml = endOfHtmlIn(line)
  }
  if (half !== undefined) lines[half] = '```'
  return lines.join('\n')
}

/** As Python-Markdown has it in the first line of code: `:::python`, or `#!python` for code with numbers of lines. */
const languageLine =
  /^(?::{2,3}|#!)([A-Za-z][\w#.+-]{0,30})(?:[ \t]+hl_lines=(?:"[^"\n]{0,100}"|'[^'\n]{0,100}'|\S{0,100}))?[ \t]*\n/

/** The language that stands in the code itself. */
function takeLanguages(tokens: readonly Token[]): void {
  for (const token of tokens) {
    const isUnnamed = token.type === 'code_block' || (token.type === 'fence' && token.info === '')
    const [line, language = ''] = (isUnnamed && languageLine.exec(token.content)) || []
    if (line === undefined) continue
    Object.assign(token, {
      type: 'fence',
      info: language,
      content: token.content.slice(line.length),
    })
  }
}

function openingIn(line: string): Open | undefined {
  const [, before = '', ticks, tildes] = opening.exec(line) ?? []
  const fence = ticks ?? tildes
  return fence === undefined
    ? undefined
    : { fence, isPlain: fence === '```' && /^ {0,3}$/.test(before) }
}

const isEnd = (line: string, fence: string) => {
  const signs = line.replace(/^[ \t>]+/, '').trimEnd()
  return signs.length >= fence.length && signs === fence.charAt(0).repeat(signs.length)
}

function endOfHtmlIn(line: string): string | undefined {
  const [begun, comment, name] = verbatimHtml.exec(line) ?? []
  if (begun === undefined) return undefined
  const end = comment ? '-->' : `</${name?.toLowerCase()}`
  return line.toLowerCase().includes(end, begun.length) ? undefined : end
}

export function code(markdownIt: MarkdownIt): void {
  const { fence } = markdownIt.renderer.rules
  markdownIt.core.ruler.push('code_language', ({ tokens }) => takeLanguages(tokens))
  markdownIt.renderer.rules.fence = (tokens, at, options, env, renderer) => {
    const token = tokens[at] as Token
    const { info, markup } = token
    // Who shows how a block begins leaves it empty: to others its words would be a program's.
    const caption = captionIn(info.trim())
    if (
      caption === '' &&
      /\S\s+\S/.test(info) &&
      /^[^\p{L}\p{N}]*[^\p{L}\p{N}\s][^\p{L}\p{N}]*$/u.test(token.content)
    ) {
      const shown = `${markup}${info}\n${token.content}${markup}\n`
      return `<pre><code>${escapeText(shown)}</code></pre>\n`
    }
    return withCodeCaption(fence?.(tokens, at, options, env, renderer) ?? '', caption)
  }
}
