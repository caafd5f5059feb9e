/** Lists whose items begin with the bullet of a word processor, of which CommonMark makes one paragraph. */
import type { MarkdownIt, StateCore, Token } from 'markdown-it'

const item = /^[ \t]*([•●▪◦‣])[ \t\u00A0]+(?=\S)/
/** What parts words of a line is no bullet. */
const between = /\S[ \t\u00A0]+[•●▪◦‣][ \t\u00A0]+\S/

/** A paragraph as lines that stand above its list, and the items of that. */
interface Parted {
  readonly above: string
  readonly items: readonly string[]
}

function partedAt(content: string): Parted | undefined {
  const lines = content.split('\n')
  const first = lines.findIndex((line) => item.test(line))
  if (first === -1 || lines.some((line) => between.test(line))) return undefined
  const items: string[] = []
  for (const line of lines.slice(first)) {
    if (item.test(line)) items.push(line.replace(item, ''))
    else items.push(`${items.pop()}\n${line}`)
  }
  return { above: lines.slice(0, first).join('\n'), items }
}

/** The tokens with lists in place of such paragraphs, which may have blank lines between them. */
function withLists({ tokens, Token: Created }: StateCore): Token[] {
  const written: Token[] = []
  let at = 0
  while (at < tokens.length) {
    const parted = paragraphAt(tokens, at)
    if (!parted) {
      written.push(tokens[at] as Token)
      at += 1
      continue
    }
    const items = [...parted.items]
    let next = at + 3
    for (
      let more = paragraphAt(tokens, next);
      more?.above === '';
      more = paragraphAt(tokens, next)
    ) {
      items.push(...more.items)
      next += 3
    }
    const paragraph = tokens.slice(at, at + 3)
    const [, inline] = paragraph
    if (items.length > 1 && inline) {
      if (parted.above !== '') {
        inline.content = parted.above
        written.push(...paragraph)
      }
      written.push(...listOf(items, inline.level - 1, Created))
    } else written.push(...tokens.slice(at, next))
    at = next
  }
  return written
}

function paragraphAt(tokens: readonly Token[], at: number): Parted | undefined {
  const [open, inline] = [tokens[at], tokens[at + 1]]
  return open?.type === 'paragraph_open' && !open.hidden && inline?.type === 'inline'
    ? partedAt(inline.content)
    : undefined
}

function listOf(items: readonly string[], level: number, Created: StateCore['Token']): Token[] {
  const tokens: Token[] = []
  let depth = level
  const push = (type: string, tag: string, nesting: -1 | 0 | 1) => {
    const token = new Created(type, tag, nesting)
    if (nesting === -1) depth -= 1
    Object.assign(token, { level: depth, block: true })
    if (nesting === 1) depth += 1
    tokens.push(token)
    return token
  }
  push('bullet_list_open', 'ul', 1)
  for (const content of items) {
    push('list_item_open', 'li', 1)
    push('paragraph_open', 'p', 1).hidden = true
    Object.assign(push('inline', '', 0), { content, children: [] })
    push('paragraph_close', 'p', -1).hidden = true
    push('list_item_close', 'li', -1)
  }
  push('bullet_list_close', 'ul', -1)
  return tokens
}

export function bullets(markdownIt: MarkdownIt): void {
  markdownIt.core.ruler.after('block', 'bullets', (state) => {
    if (/^[ \t>]*[•●▪◦‣][ \t\u00A0]/m.test(state.src)) state.tokens = withLists(state)
  })
}
