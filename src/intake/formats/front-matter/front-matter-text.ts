/** Text of front matter that programs have written as HTML, for people to read. */
import { readHtml } from '../../../html.ts'
import { inOneLine } from '../../../html-text.ts'
import { cleanText } from '../../../text.ts'

/** Tags within a line, and code of Markdown, in which tags are words. */
const tagOrCode =
  /`[^`]*`|<(\/?)(a|abbr|b|cite|code|em|i|mark|p|small|span|strong|sub|sup|u)(?:\s[^<>]*)?>/gi

/** Between blanks it is a word: "What does <br> do?" */
const lineBreak = /<br *\/>|(?<!\s)<br>|<br>(?!\s)/gi

const reference = /&(?:#\d{1,7}|#x[\da-f]{1,6}|[a-z][a-z\d]{1,30});/gi

/** A link of Markdown, which many sites render in their summaries. */
const link =
  /!?\[([^[\]\n]{1,300})\]\((?:https?:\/\/|mailto:|\/|#)[^()\s]{0,1000}(?: "[^"\n]{0,300}")?\)/g

/**
 * What HTML, and a link of Markdown, shows of it: the words of elements that belong in a line and have both of their tags, and signs in
 * place of references, once. All else stays, since somebody may be writing of it: "Vec<T> and <p>".
 */
export function plainText(text: string): string {
  const bare = text.includes('](') ? text.replace(link, '$1') : text
  const words = bare.includes('</') ? withoutPairs(bare) : bare
  return words.replace(lineBreak, ' ').replace(reference, (written, at: number, all: string) => {
    const sign = signOf(written)
    const isBlank = sign.trim() === ''
    return isBlank && isWord(all, at, at + written.length) ? written : sign
  })
}

/** "Nobody sees a &nbsp;": behind a blank, and not before what it would part from that. */
const isWord = (text: string, start: number, end: number) =>
  /\s/.test(text[start - 1] ?? '') && /^(?:\s|$)/.test(text.slice(end, end + 1))

function withoutPairs(text: string): string {
  let words = ''
  const pieces = inOneLine({
    open: () => {},
    close: () => {},
    text: (more) => {
      words += more
    },
  })
  let at = 0
  for (const { index, 0: tag, 1: slash, 2: written = '' } of pairedTags(text)) {
    const name = written.toLowerCase()
    pieces.text(text.slice(at, index))
    at = index + tag.length
    if (name === 'p') pieces.text(' ')
    else if (slash) pieces.close(name)
    else pieces.open(name, {})
  }
  return words + text.slice(at)
}

/** Those of elements that have both, in their order. */
function pairedTags(text: string): RegExpExecArray[] {
  /** Start tags without an end so far, by the names of their elements. */
  const open = new Map<string, RegExpExecArray[]>()
  const paired: RegExpExecArray[] = []
  for (const found of text.matchAll(tagOrCode)) {
    const [, slash, written = ''] = found
    const name = written.toLowerCase()
    const begun = open.get(name) ?? []
    open.set(name, begun)
    const start = slash ? begun.pop() : undefined
    if (start) paired.push(start, found)
    else if (slash === '') begun.push(found)
  }
  return paired.sort((one, other) => one.index - other.index)
}

/**
 * The sign that is meant. What no text may have stays as it is written, and so do words of which only the
 * beginning is a name of a sign: of these there is more than two characters.
 */
function signOf(written: string): string {
  let sign = ''
  const text = (more: string) => {
    sign += more
  }
  readHtml(written, { open: () => {}, close: () => {}, text })
  const isNone = cleanText(sign) === '' || sign === '\ufffd' || sign.length > 2
  return isNone ? written : sign
}
