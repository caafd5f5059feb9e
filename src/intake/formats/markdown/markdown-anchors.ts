/** Links within a text to headings, by ids that only the program of another site gave them. */
import type { MarkdownIt, Token } from 'markdown-it'
import { attempt } from '../../../attempt.ts'
import { wordsOf } from './markdown-headings.ts'

/** What is left of words in which programs replace, drop or encode different signs. */
const folded = (text: string) =>
  text
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '')

/** kramdown's of headings without a letter of English, `section`, `section-1` …, and Python-Markdown's, `_1`, `_2` …. */
function numberedIds(headings: readonly string[]): string[][] {
  let [sections, numbers] = [0, 0]
  return headings.map((words) => {
    const ids: string[] = []
    if (!/[a-z]/i.test(words)) ids.push(sections === 0 ? 'section' : `section-${sections}`)
    if (ids.length > 0) sections += 1
    if (!/[a-z\d]/i.test(words.normalize('NFKD'))) {
      numbers += 1
      ids.push(`_${numbers}`)
    }
    return ids
  })
}

/** Ids that headings, blocks and HTML have. */
function idsIn(tokens: readonly Token[], ids = new Set<string>()): Set<string> {
  for (const { type, content, attrs, children } of tokens) {
    for (const [name, value] of attrs ?? []) if (name === 'id') ids.add(String(value))
    if (children) idsIn(children, ids)
    else if (type.startsWith('html_')) {
      for (const [, id = ''] of content.matchAll(/\s(?:id|name)=["']?([^"'\s>]{1,200})/gi))
        ids.add(id)
    }
  }
  return ids
}

/** Of several headings that have it none is meant. */
function byUnique(entries: readonly (readonly [string, string])[]): Map<string, string> {
  const found = new Map<string, string>()
  for (const [key, id] of entries) found.set(key, (found.get(key) ?? id) === id ? id : '')
  found.delete('')
  return found
}

/** What stands in the link that begins there. */
function linked(tokens: readonly Token[], at: number): Token[] {
  let end = at + 1
  while (end < tokens.length && tokens[end]?.type !== 'link_close') end += 1
  return tokens.slice(at + 1, end)
}

/** Leads links that lead to no id of the text to the heading of the same letters, of their words, or of that number. */
function leadToHeadings(tokens: readonly Token[]): void {
  const links = tokens.flatMap(({ children }) =>
    (children ?? []).flatMap((token, at) => {
      const href = token.type === 'link_open' ? String(token.attrGet('href') ?? '') : ''
      return href.startsWith('#') && href.length > 1 ? [{ token, at, href, children }] : []
    }),
  )
  if (links.length === 0) return
  const headings = tokens.flatMap((token, at) => {
    const id = token.type === 'heading_open' ? token.attrGet('id') : undefined
    const { children, content = '' } = tokens[at + 1] ?? {}
    return id ? [{ id: String(id), words: wordsOf(children ?? []), written: content }] : []
  })
  const ids = idsIn(tokens)
  const byWords = byUnique(headings.map(({ id, words }) => [folded(words), id]))
  const bySlug = byUnique(
    headings.flatMap(({ id, written }) => [
      [folded(id), id],
      [folded(written), id],
    ]),
  )
  const numbered = numberedIds(headings.map(({ words }) => words))
  const byNumber = new Map(
    numbered.flatMap((some, at) => some.map((one) => [one, headings[at]?.id ?? ''] as const)),
  )
  const read = links.map(({ token, at, href, children }) => {
    const stated = attempt(() => decodeURIComponent(href.slice(1))) ?? href.slice(1)
    return { token, stated, named: byWords.get(folded(wordsOf(linked(children ?? [], at)))) }
  })
  // Where words lead elsewhere than their number, another program has counted otherwise.
  const areCounted = read.every(({ stated, named }) => {
    const counted = byNumber.get(stated)
    return !named || counted === undefined || counted === named
  })
  for (const { token, stated, named } of read) {
    if (ids.has(stated)) continue
    const counted = areCounted ? byNumber.get(stated) : undefined
    const id = bySlug.get(folded(stated)) || named || counted
    if (id) token.attrSet('href', `#${encodeURIComponent(id)}`)
  }
}

export function anchors(markdownIt: MarkdownIt): void {
  markdownIt.core.ruler.push('lead_to_headings', ({ tokens }) => leadToHeadings(tokens))
}
