/** The heading of a Markdown text that is the title of its article. */
import type { Token } from 'markdown-it'
import { cleanLine } from '../../../text.ts'
import { bare, isDayAlone } from './markdown-fact-lines.ts'
import { wordsOf } from './markdown-headings.ts'

/** What the file says besides its text. */
interface Stated {
  readonly title?: string | undefined
  /** What its name makes a title. */
  readonly fileTitle?: string | undefined
  /** Whether it is a note as Obsidian has them, whose title is the name of its file. */
  readonly isNote?: boolean
}

/**
 * The heading that is the title of the text: the first, where no words stand above it but a day and its place, or above
 * the only one of the first level a line such as a kicker. One of several in its level
 * heads a part, unless it is of the first level; in notes, whose title is the name of their file, it has to say that name too.
 * It leaves the text where no other title is stated, or the same one.
 */
export function takeTitle(
  tokens: Token[],
  { title, fileTitle, isNote }: Stated,
): string | undefined {
  const isHeading = ({ type, level }: Token) => type === 'heading_open' && level === 0
  const at = tokens.findIndex(isHeading)
  const heading = at === -1 ? '' : cleanLine(wordsOf(tokens[at + 1]?.children ?? []))
  if (heading === '') return undefined
  const tag = tokens[at]?.tag ?? ''
  const isOfPart = tokens.some((token, n) => n > at && isHeading(token) && token.tag <= tag)
  const above = tokens.slice(0, at)
  if (above.some(saysWords) && !(tag === 'h1' && !isOfPart && isLineAlone(above))) return undefined
  const mayBeTitle = tag === 'h1' && (!isNote || saysName(heading, fileTitle))
  if (title === undefined && isOfPart && !mayBeTitle) return undefined
  if (title === undefined || cleanLine(title) === heading) tokens.splice(at, 3)
  return heading
}

/** Whether all its words are in the name of the file: names leave out signs, and some small words are too many. */
function saysName(heading: string, fileTitle = ''): boolean {
  const words = (text: string) => text.toLowerCase().match(/[\p{L}\p{M}\p{N}]+/gu) ?? []
  const ofFile = new Set(words(fileTitle))
  const ofHeading = words(heading)
  return ofHeading.length > 0 && ofHeading.every((word) => ofFile.has(word))
}

/** Characters of a kicker, a byline, tags, a path of links. */
const longestAbove = 120
const ofLine = new Set(['paragraph', 'blockquote', 'hr', 'html_block', 'inline'])

/** Whether all words are one short line; what ends as a sentence is text, unless it is set apart by emphasis or as a quotation. */
function isLineAlone(above: readonly Token[]): boolean {
  const [line, ...others] = above.filter(saysWords)
  if (!line?.children || others.length > 0) return false
  const words = wordsOf(line.children).trim()
  const isApart =
    above.some(({ type }) => type === 'blockquote_open') || /^[*_].*[*_]$/.test(line.content)
  return (
    above.every(({ type }) => ofLine.has(type.replace(/_(?:open|close)$/, ''))) &&
    !line.content.includes('\n') &&
    words.length <= longestAbove &&
    (isApart || !/[.!?…:]["'”’»)]*$/.test(words))
  )
}

/** Whether there is more than pictures, comments and a day. */
const saysWords = ({ children, content }: Token) => {
  if (!children) return !/^\s*(?:<[^>]*>\s*)*$/.test(content)
  const words = wordsOf(children.filter(({ type }) => type !== 'image')).trim()
  return words !== '' && !isDayAlone(bare(words))
}
