/** Lists whose items begin with the bullet of a word processor, of which CommonMark makes one paragraph. */
import type { MarkdownIt, StateCore, Token } from 'markdown-it'

const item = /^[ \t]*([•●▪◦‣])[ \t\u00A0]+(?=\S)/
/** What parts words of a line is no bullet. */
const between = /\S[ \t\u00A0]+[•●▪◦‣][ \t\u00A0]+\S/

/** How lines of an item go on: further in, or with a small letter. */
const goingOn = /^(?:[ \t]|\p{Ll})/u

/** A paragraph as lines that stand above its list, the items of that, and the lines below it. */
interface Parted {
  readonly above: string
  readonly items: readonly string[]
  readonly below: string
}

function partedAt(content: string): Parted | undefined {
  const lines = content.split('\n')
  const first = lines.findIndex((line) => item.test(line))
  if (first === -1 || lines.some((line) => between.test(line))) return undefined
  let end = lines.findLastIndex((line) => item.test(line)) + 1
  while (goingOn.test(lines[end] ?? '')) end += 1
  const items: string[] = []
  for (const line of lines.slice(first, end)) {
    if (item.test(line)) items.push(line.replace(item, ''))
    else items.push(`${items.pop()}\n${line}`)
  }
  const [above = '', below = ''] = [lines.slice(0, first), lines.slice(end)].map((some) =>
    some.join('\n'),
  )
  return { above, items, below }
}

/** The tokens with lists in place of such paragraphs, which may have blank lines between them. */
function withLists({ tokens, Token: Created }: StateCore): Token[] {
  const written: Token[] = []
  for (let at = 0; at < tokens.length; ) {
    const run = runAt(tokens, at)
    const paragraph = tokens.slice(at, at + 3)
    const items = run.flatMap((parted) => parted.items)
    const [, inline] = paragraph
    if (!inline || items.length < 2) {
      written.push(tokens[at] as Token)
      at += 1
      continue
    }
    const { level } = inline
    const last = tokens.slice(at + 3 * (run.length - 1), at + 3 * run.length)
    const parts = [
      withContent(paragraph, run[0]?.above, Created),
      listOf(items, level - 1, Created),
      withContent(last, run.at(-1)?.below, Created),
    ]
    // A list of very many items is more than one call takes.
    for (const token of parts.flat()) written.push(token)
    at += 3 * run.length
  }
  return written
}

/** Paragraphs in a row whose items are one list. */
function runAt(tokens: readonly Token[], at: number): Parted[] {
  const run: Parted[] = []
  for (;;) {
    const parted = paragraphAt(tokens, at + 3 * run.length)
    if (!parted || (run.length > 0 && parted.above !== '')) return run
    run.push(parted)
    if (parted.below !== '') return run
  }
}

/** A paragraph with other words; nothing where these are none. */
function withContent(
  paragraph: readonly Token[],
  content: string | undefined,
  Created: StateCore['Token'],
): Token[] {
  if (!content) return []
  return paragraph.map((token) => {
    const copy: Token = Object.assign(new Created(token.type, token.tag, token.nesting), token)
    if (copy.type === 'inline') Object.assign(copy, { content, children: [] })
    return copy
  })
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
