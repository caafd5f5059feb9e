/** Tags that Obsidian's writers put into the text of a note: `#harbour`, `#harbour/cranes`. */
import type { Token } from 'markdown-it'
import { wordsOf } from './markdown-headings.ts'

const written = /(?<!\S)#(?=[/_-]*\p{L})([\p{L}\p{M}\p{N}_/-]{1,100})(?=[\s.,;:!?)]|$)/gu

/** Colours, be they words too, and what programs in C and C# begin with. */
const others =
  /^(?:[\da-f]{3,4}|[\da-f]{6}|[\da-f]{8}|include|define|undef|ifn?def|endif|pragma|(?:end)?region)$/i

/** More are no tags. */
const most = 100

/** A field of Dataview on a line of its own that has tags and nothing else: `topics:: #harbour, #cranes`. */
const field =
  /^(?:tags?|topics?|keywords?|categor(?:y|ies)|status|themen?|schlagw[oö]rter|schlagworte|stichw[oö]rter|stichworte|etiquetas?|temas?|categor[ií]as?|estado|th[eè]mes?|sujets?|étiquettes?|mots-clés|statut|argoment[oi]|тег[и]?|темы?|статус|etiketler|konu(?:lar)?|durum|标签|標籤|主题|主題|状态|タグ|状態|태그|الحالة|النوع|الوسوم|وسوم|الموضوع|المواضيع|التصنيف)::[ \t]+(?:#[^\s#,;]+[ \t,;]*)+$/gimu

/**
 * The tags in the text of a note, whose words stay: not those in headings, code or links.
 * @param isNote whether all words may be those of a note; else only those of fields are, which nobody but writers of notes has
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
