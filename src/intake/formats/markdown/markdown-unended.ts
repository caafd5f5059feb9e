/** Elements without Markdown in them that begin within words and never end: to browsers all that follows is part of them. */
import type { MarkdownIt, StateBlock, StateCore } from 'markdown-it'

const names = 'script|style|textarea|title|xmp|plaintext'
const opening = new RegExp(`^<(${names})(?:\\s[^<>]*)?>$`, 'i')
const closings = new RegExp(`</(${names})(?=[\\s>])`, 'gi')
const scriptLine = /^<script(?:\s[^<>]*)?>/i

/** Their tags become words, but for those that show nothing of their own. */
function showUnended({ tokens }: StateCore): void {
  const ended = new Set<string>()
  const pieces = tokens.flatMap((token) => token.children ?? [token])
  for (const piece of pieces.toReversed()) {
    if (!piece.type.startsWith('html_')) continue
    for (const [, name = ''] of piece.content.matchAll(closings)) ended.add(name.toLowerCase())
    const [, name] = (piece.type === 'html_inline' && opening.exec(piece.content)) || []
    if (name === undefined || ended.has(name.toLowerCase())) continue
    if (/\ssrc=|\/>$/i.test(piece.content)) piece.content = ''
    else piece.type = 'text'
  }
}

/** Where the last script of a text ends, looked for once. */
const lastEnds = new WeakMap<StateBlock, number>()

function isUnended(state: StateBlock, at: number): boolean {
  const last = lastEnds.get(state) ?? state.src.toLowerCase().lastIndexOf('</script')
  lastEnds.set(state, last)
  return last < at
}

/** A line that begins with the name of the element is a paragraph like any other. */
function readUnended(state: StateBlock, start: number, end: number, isSilent: boolean): boolean {
  if (isSilent || (state.sCount[start] ?? 0) - state.blkIndent >= 4) return false
  const first = state.getLines(start, start + 1, state.blkIndent, false).trimStart()
  if (!scriptLine.test(first) || !isUnended(state, state.bMarks[start] ?? 0)) return false
  let line = start + 1
  while (line < end && !state.isEmpty(line) && (state.sCount[line] ?? 0) >= state.blkIndent) {
    line += 1
  }
  state.push('paragraph_open', 'p', 1).map = [start, line]
  const inline = state.push('inline', '', 0)
  inline.content = state.getLines(start, line, state.blkIndent, false).trim()
  inline.map = [start, line]
  inline.children = []
  state.push('paragraph_close', 'p', -1)
  state.line = line
  return true
}

export function unended(markdownIt: MarkdownIt): void {
  markdownIt.block.ruler.before('html_block', 'unended', readUnended)
  markdownIt.core.ruler.after('inline', 'unended', showUnended)
}
