/** Tags that Obsidian's writers put into the text of a note: `#harbour`, `#harbour/cranes`. */
import type { Token } from 'markdown-it'
import { wordsOf } from './markdown-headings.ts'

const written = /(?<!\S)#(?=[/_-]*\p{L})([\p{L}\p{M}\p{N}_/-]{1,100})(?=[\s.,;:!?)]|$)/gu

/** Colours, be they words too, and what programs in C and C# begin with. */
const others =
  /^(?:[\da-f]{3,4}|[\da-f]{6}|[\da-f]{8}|include|define|undef|ifn?def|endif|pragma|(?:end)?region)$/i

/** More are no tags. */
const most = 100

/** A field of Dataview on a line of its own: `status:: #draft`. */
const field = /^[\p{L}\p{N}_ -]{1,50}::[ \t].*$/gmu

/**
 * The tags in the text of a note, whose words stay: not those in headings, code or links.
 * @param isNote whether all words may be those of a note; else only those of fields are
 */
export function tagsIn(tokens: readonly Token[], isNote: boolean): string[] {
  const found = new Set<string>()
  let isHeading = false
  for (const { type, children } of tokens) {
    if (type.startsWith('heading_')) isHeading = type === 'heading_open'
    if (isHeading || !children) continue
    const words = wordsOf(withoutLinks(children), '\n')
    const read = isNote ? words : (words.match(field) ?? []).join('\n')
    for (const [, name = ''] of read.matchAll(written)) {
      if (!others.test(name) && found.size < most) found.add(name.replace(/\/+$/, ''))
    }
  }
  return [...found]
}

/** Words that are the author's own; what stands between two of them parts them. */
function withoutLinks(tokens: readonly Token[]): Token[] {
  let depth = 0
  return tokens.filter(({ type }) => {
    if (type === 'link_open') depth += 1
    if (type === 'link_close') depth -= 1
    return depth === 0 && (type === 'text' || type.endsWith('break'))
  })
}
