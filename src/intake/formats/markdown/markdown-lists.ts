/** Lists that are indented below the line they belong to, without a blank line between. */
import type { MarkdownIt, StateCore, Token } from 'markdown-it'

/** Behind the mark stand words: it may be a minus, a dash or a sign of multiplication. CommonMark takes all for more words of the paragraph. */
const item =
  /^(?: {4,}|[ ]*\t[ \t]*)(?:[*+-]|(\d{1,3})[.)])[ \t]+(?:\[[ x]\][ \t]+)?(?:`|[*_"'“„«([]{0,3}\p{L})/iu

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
    const at = listStart(inline.content, depth > 1)
    if (at === -1 || isWithinInline(inline.content, at, md, env)) continue
    const indent = /^\s*/.exec(inline.content.slice(at))?.[0] ?? ''
    const rest = withoutIndent(inline.content.slice(at), indent)
    inline.content = inline.content.slice(0, at - 1)
    open.hidden = false
    token.hidden = false
    const read: Token[] = []
    md.block.parse(rest, md, env, read)
    for (const one of read) one.level += token.level
    parted.push(...(depth < deepest ? withLists(read, { md, env }, depth + 1) : read))
  }
  return parted
}

/**
 * Where a list begins in a paragraph, or -1: at the first of two items, which may be wrapped, or at one below a colon.
 * @param isAlone whether one item will do
 */
function listStart(content: string, isAlone: boolean): number {
  const lines = content.split('\n')
  let at = 0
  for (const [number, line] of lines.entries()) {
    const [found, ordinal = '1'] = (number > 0 && item.exec(line)) || []
    const above = lines[number - 1] ?? ''
    const isFirst = found !== undefined && Number(ordinal) === 1
    if (isFirst && (isAlone || /[:：][*_]*\s*$/.test(above) || hasSecond(lines, number))) return at
    at += line.length + 1
  }
  return -1
}

function hasSecond(lines: readonly string[], first: number): boolean {
  const indent = indentOf(lines[first] ?? '')
  for (let number = first + 1; number < lines.length; number += 1) {
    const line = lines[number] ?? ''
    if (indentOf(line) < indent) return false
    if (item.test(line)) return true
  }
  return false
}

const indentOf = (line: string) => (/^[ \t]*/.exec(line)?.[0] ?? '').replaceAll('\t', '    ').length

/** Marks places while it is found out what they are within. */
const mark = '\u{E000}'

/** Whether code, a link, strong words or the like go on across the beginning of an item. */
function isWithinInline(
  content: string,
  at: number,
  md: MarkdownIt,
  { references = {} }: StateCore['env'],
): boolean {
  const lines = content.slice(at).split('\n')
  const marked = lines.map((line) => (item.test(line) ? mark + line : line)).join('\n')
  const read: Token[] = []
  // Notes and the like are counted when the text is read for good.
  md.inline.parse(content.slice(0, at) + marked, md, { references }, read)
  const words = read.filter(({ type, level }) => type === 'text' && level === 0)
  return marksIn(words.map((token) => token.content).join('')) < marksIn(marked)
}

const marksIn = (text: string) => text.split(mark).length - 1

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
