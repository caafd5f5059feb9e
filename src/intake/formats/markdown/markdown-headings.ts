/** Ids of headings, as GitHub, Hugo, kramdown and pandoc give them, and lists of tasks. */
import type { MarkdownIt, Token } from 'markdown-it'
import { slugOfHeading } from '../../anchors.ts'

const attributesAtEnd = /^\{(?:[#.][^{}]{0,200}|-)\}[ \t]*$/

/** `## Heading {#id .class}`: its words, and what is stated of it, if anything is. */
export function withoutAttributes(text: string): { words: string; attributes?: string } {
  // From the brace on: to look for blanks before it takes the square of their number.
  const at = text.lastIndexOf('{')
  const attributes = text.slice(at)
  if (at === -1 || !attributesAtEnd.test(attributes)) return { words: text }
  return { words: text.slice(0, at).trimEnd(), attributes }
}

/** Longer ones nobody links to. */
const longest = 150

/** The words of inline tokens. @param lineEnd what stands for the end of a line */
export const wordsOf = (tokens: readonly Token[], lineEnd = ' '): string =>
  tokens
    .map(({ type, content, children }) => {
      if (type.endsWith('break')) return lineEnd
      return type === 'html_inline' ? '' : children ? wordsOf(children, lineEnd) : content
    })
    .join('')

function nameHeadings(tokens: readonly Token[]): void {
  const times = new Map<string, number>()
  tokens.forEach((heading, at) => {
    const children = heading.type === 'heading_open' ? tokens[at + 1]?.children : undefined
    if (!children) return
    const last = children.at(-1)
    const { words = '', attributes = '' } =
      last?.type === 'text' ? withoutAttributes(last.content) : {}
    if (last && attributes !== '') last.content = words
    const [, stated] = /#([^\s{}]+)/.exec(attributes) ?? []
    const slug = slugOfHeading(wordsOf(children))
    if (!stated && (slug === '' || slug.length > longest)) return
    const before = times.get(slug) ?? 0
    times.set(slug, before + 1)
    heading.attrSet('id', stated ?? (before === 0 ? slug : `${slug}-${before}`))
  })
}

/** `- [x] Done`. */
function tickTasks(tokens: readonly Token[]): void {
  tokens.forEach(({ type }, at) => {
    const first = type === 'list_item_open' ? tokens[at + 2]?.children?.[0] : undefined
    if (first?.type !== 'text') return
    first.content = first.content.replace(/^\[([ xX])\](?=\s)/, (_, mark) =>
      mark === ' ' ? '☐' : '☑',
    )
  })
}

export function headings(markdownIt: MarkdownIt): void {
  markdownIt.core.ruler.push('tasks', ({ tokens }) => tickTasks(tokens))
  markdownIt.core.ruler.push('heading_ids', ({ tokens }) => nameHeadings(tokens))
}
