/** Blocks of code: the name of what they show, and marks that do not quite end them. */
import type { MarkdownIt, Token } from 'markdown-it'
import { escapeText } from '../../text.ts'

/** Longer ones are no name. Characters. */
const longest = 200

const stated =
  /(?:^|[\s{,:])(?:title|caption|file_?name|file|label)[ \t]*=[ \t]*(?:"([^"]+)"|'([^']+)'|([^\s"'{},]+))/i
/** `js:app.js`, as Qiita and its kin have it. */
const behindLanguage = /^[\w+#-]{1,20}:([^\s:={}]*\.\w{1,10})(?=\s|$)/
const isFileName = (word: string) =>
  /^~?[\w./@-]+$/.test(word) &&
  !word.endsWith('/') &&
  (word.includes('/') || /\.[A-Za-z][\w-]*$/.test(word))

/** Octopress and Hexo have words, an address and words for it behind the language. */
function wordsBeforeAddress(info: string): string | undefined {
  const [, ...words] = info
    .slice(0, Math.max(0, info.search(/https?:\/\//)))
    .trim()
    .split(/\s+/)
  return words.length > 0 && !/[{}="]/.test(words.join('')) ? words.join(' ') : undefined
}

/** What stands behind the opening of a block of code and names what it shows; undefined where it is a program's. */
function titleOfCode(info: string): string | undefined {
  if (info.length > longest) return undefined
  const [, double, single, bare] = stated.exec(info) ?? []
  const [, behind] = behindLanguage.exec(info) ?? []
  const second = info.split(/\s+/)[1] ?? ''
  const file = isFileName(second) ? second : undefined
  return double ?? single ?? bare ?? behind ?? wordsBeforeAddress(info) ?? file
}

/** With the name above the code. @param html of the block */
export const withCodeTitle = (html: string, title: string | undefined): string =>
  title ? `<figure><figcaption>${escapeText(title)}</figcaption>${html.trimEnd()}</figure>\n` : html

/** What a site runs where it stands, as a component that it shows: nobody is to read the call. */
const isCall = ({ type, info, content }: Token) =>
  type === 'fence' && /^\w+[ \t]+eval$/.test(info.trim()) && /^\s*<[a-z]/i.test(content)

const halfEnd = /^ {0,3}``[ \t]*$/m

/** Two ticks alone on a line end a block of code that three have begun, where another one begins below, or none. */
export function withWholeEnds(text: string): string {
  if (!halfEnd.test(text)) return text
  const lines = text.split('\n')
  let isOpen = false
  let half: number | undefined
  for (const [at, line] of lines.entries()) {
    const [, info] = /^ {0,3}```(?!`)([^`]*)$/.exec(line) ?? []
    if (isOpen && half === undefined && halfEnd.test(line)) half = at
    if (info === undefined) continue
    const begins = info.trim() !== ''
    if (half !== undefined && begins) lines[half] = '```'
    isOpen = begins || !isOpen
    half = undefined
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

export function code(markdownIt: MarkdownIt): void {
  const { fence } = markdownIt.renderer.rules
  markdownIt.core.ruler.push('code_language', ({ tokens }) => takeLanguages(tokens))
  markdownIt.renderer.rules.fence = (tokens, at, options, env, renderer) => {
    const token = tokens[at] as Token
    if (isCall(token)) return ''
    const info = token.info.trim()
    return withCodeTitle(fence?.(tokens, at, options, env, renderer) ?? '', titleOfCode(info))
  }
}
