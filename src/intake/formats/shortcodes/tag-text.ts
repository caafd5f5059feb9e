/** The text between a tag and its end, and what stands above and below it. */
import { lineStart } from '../source/code-places.ts'
import { isPictureTag, withWords } from './picture-tags.ts'
import type { End } from './shortcode-ends.ts'
import { creditOfQuote, isQuote, plainWords, titlesOf, wordsBelow } from './shortcode-words.ts'
import { type Expansion, longestTag, type Tag } from './tag-expansion.ts'

/** The titles of a tag above its text, or before it on its line; nothing where it stands in a sentence, or the text says them. */
export function aboveText(expansion: Expansion, tag: Tag): string {
  const { text, rewriting, inline } = expansion
  if (!hasOwnLines(expansion, tag)) return ''
  const isAlone = rewriting.isAlone(tag.start, tag.end)
  const [, first = ''] =
    /^\s*(?:#{1,6}[ \t]+)?(.{0,300})/.exec(text.slice(tag.end, tag.end + 320)) ?? []
  const caption = isPictureTag(tag.name) ? plainWords(tag.rest) : ''
  return (caption === '' ? titlesOf(tag.name, tag.parameters) : [caption])
    .filter((title) => lettersOf(title) !== lettersOf(first))
    .map((title) => `<strong>${inline(title)}</strong>`)
    .map((title) => (isAlone ? `<p>${title}</p>\n` : `${title} `))
    .join('')
}

const lettersOf = (text: string) => text.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '')

/** Whether nothing else stands on the lines of a tag, its text and its end. */
function hasOwnLines(expansion: Expansion, tag: Tag): boolean {
  const last = expansion.ends.of(tag.start)
  return expansion.rewriting.isAlone(tag.start, last?.end ?? tag.end)
}

/** Who says the text of a tag. */
export const creditOf = ({ inline }: Expansion, { name, rest, parameters }: Tag) =>
  name === 'blockquote' && !/^\s*["']|=/.test(rest.replace(/https?:\S+/g, ''))
    ? creditOfQuote(rest, inline)
    : wordsBelow(name, parameters, inline)

/** Whether it is all that stands in an item of a list, and not in a sentence. */
const isWholeItem = (text: string, start: number, end: number) =>
  /\n(?:[ \t>]|[*+-][ \t]|\d{1,9}[.)][ \t])*$/.test(
    (start < 100 ? '\n' : '') + text.slice(Math.max(0, start - 100), start),
  ) && /^[ \t]*(?:\n|$)/.test(text.slice(end, end + 100))

/** A tag with what stands above and below its text. */
export function putQuote(expansion: Expansion, tag: Tag, above: string, below: string): number {
  const { text, rewriting } = expansion
  const { name, start, end } = tag
  const last = below === '' ? undefined : expansion.ends.of(tag.start)
  const isOwn = hasOwnLines(expansion, tag)
  if (!last || !(isOwn || isWholeItem(text, start, last.end)))
    return rewriting.putHtml(start, end, above)
  const areLines = rewriting.isAlone(start, end) && rewriting.isAlone(last.start, last.end)
  // In a list or quotation other lines would not belong to that.
  if (!isOwn || !areLines || lineStart(text, start) !== start) {
    expansion.below.set(last.start, ` — ${below}`)
    return rewriting.putHtml(start, end, above)
  }
  const [open, close] = isQuote(name) ? ['<blockquote>\n', '\n</blockquote>'] : ['', '']
  expansion.below.set(last.start, `\n<p>— ${below}</p>${close}\n`)
  return rewriting.put(start, end, `${open}${above}\n`)
}

/** What stands between the tag of a picture and its end, if that is a line or two. */
const wordsOfPicture = /^(?!\s*$)(?:(?!\n\s*\n|!\[|[{][{%]|<)[\s\S]){1,500}$/

/** The tag of a picture with the words within it, which would stand there as a paragraph. */
export function withinPicture(expansion: Expansion, tag: Tag): Tag {
  const { text } = expansion
  const { name, parameters, end } = tag
  const found = isPictureTag(name) ? endOfText(expansion, tag) : undefined
  const inside = found && found.start - end <= longestTag ? text.slice(end, found.start).trim() : ''
  if (!found || !wordsOfPicture.test(inside)) return tag
  const words = withWords(name, parameters, inside)
  return { ...tag, parameters: words, end: found.end }
}

/** The nearest of what may end it, since what looks like tags within it may be its text. */
export const endOfText = ({ ends }: Expansion, { closings, end }: Tag): End | undefined =>
  closings.flatMap((closing) => ends.next(closing, end) ?? []).sort((a, b) => a.start - b.start)[0]
