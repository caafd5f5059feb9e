/** Lists that are indented below the line they belong to, without a blank line between. */
import type { MarkdownIt, StateCore, Token } from 'markdown-it'

/** CommonMark takes it for more words of the paragraph. */
const indentedItem = /\n( {4,}|[ ]*\t[ \t]*)(?:[*+-]|1[.)])[ \t]+(?=[^\s*+-])/

/** Longer paragraphs hardly have one. Characters. */
const longest = 50_000
/** What is read once more may have others within; so often. */
const deepest = 5

/** Parts paragraphs at the first such item, and reads the rest as what it is. */
function withLists(
  tokens: readonly Token[],
  { md, env }: Pick<StateCore, 'md' | 'env'>,
  depth: number,
): Token[] {
  const parted: Token[] = []
  for (const token of tokens) {
    parted.push(token)
    const [open, inline] = token.type === 'paragraph_close' ? parted.slice(-3, -1) : []
    if (!open || inline?.type !== 'inline' || inline.content.length > longest) continue
    const found = indentedItem.exec(inline.content)
    if (!found) continue
    const rest = withoutIndent(inline.content.slice(found.index + 1), found[1] ?? '')
    inline.content = inline.content.slice(0, found.index)
    open.hidden = false
    token.hidden = false
    const read: Token[] = []
    md.block.parse(rest, md, env, read)
    for (const one of read) one.level += token.level
    parted.push(...(depth < deepest ? withLists(read, { md, env }, depth + 1) : read))
  }
  return parted
}

const withoutIndent = (text: string, indent: string) =>
  text
    .split('\n')
    .map((line) => (line.startsWith(indent) ? line.slice(indent.length) : line.trimStart()))
    .join('\n')

export function lists(markdownIt: MarkdownIt): void {
  markdownIt.core.ruler.after('block', 'indented_lists', (state) => {
    state.tokens = withLists(state.tokens, state, 1)
  })
}
