/** Directives, as remark, Docusaurus, VitePress, MyST and Pandoc have them: `:name[words]{…}`, `::name[words]{…}` and `:::name[Title]`. */
import type { MarkdownIt, StateBlock, StateInline } from 'markdown-it'
import { wordSet } from '../../../text.ts'
import { htmlOfTag } from '../shortcodes/shortcode-kinds.ts'
import { type Parameters, parametersIn } from '../shortcodes/shortcode-parameters.ts'

/** Longer ones are text. */
const longest = 1000

const opening =
  /^:{3,}[ \t]*(?:\{([^{}\n]*)\}|[a-z][\w-]{0,40})[ \t]*(?:\[([^\n]*)\])?[ \t]*(?:\{([^{}\n]*)\})?[ \t]*([^\n:]*)$/i
const closing = /^:{3,}$/
const lastClosing = /^[ \t>]*:{3,}[ \t]*$/gm

/** A line of the text, as far in as the block around it; '' where it may be code. */
function lineOf(state: StateBlock, line: number): string {
  if ((state.sCount[line] ?? 0) - state.blkIndent >= 4) return ''
  const text = state.getLines(line, line + 1, state.blkIndent, false).trim()
  return text.startsWith('::') && text.length <= longest ? text : ''
}

/** What is known of the blocks of a text. */
interface Blocks {
  open: number
  /** Where the last of them ends in the text. */
  readonly last: number
}

function blocksOf({ env, src }: StateBlock): Blocks {
  const last = () => Array.from(src.matchAll(lastClosing), ({ index }) => index).at(-1) ?? -1
  const blocks = (env.directives as Blocks | undefined) ?? { open: 0, last: last() }
  env.directives = blocks
  return blocks
}

/** The lines around a block, of which readers see the title. */
function readBlock(state: StateBlock, start: number, _end: number, isSilent: boolean): boolean {
  const line = lineOf(state, start)
  if (!line.startsWith(':::')) return false
  const blocks = blocksOf(state)
  if (closing.test(line)) {
    if (blocks.open === 0) return false
    if (isSilent) return true
    blocks.open -= 1
    state.line = start + 1
    return true
  }
  const found = opening.exec(line)
  if (!found || (state.bMarks[start] ?? 0) > blocks.last) return false
  if (isSilent) return true
  blocks.open += 1
  state.line = start + 1
  const [, before = '', title = '', behind = '', words = ''] = found
  const shown = title || (parametersIn(`${before} ${behind}`).named('title') ?? words.trim())
  if (shown !== '') pushParagraph(state, start, `**${shown}**`)
  return true
}

function pushParagraph(state: StateBlock, line: number, words: string): void {
  state.push('paragraph_open', 'p', 1).map = [line, line + 1]
  const inline = state.push('inline', '', 0)
  inline.content = words
  inline.map = [line, line + 1]
  inline.children = []
  state.push('paragraph_close', 'p', -1)
}

const leaf = /^::([a-z][\w-]{0,40})(?=[[{])(?:\[([^\n]*)\])?(?:\{([^{}\n]*)\})?$/i

/** One that stands alone on its line, such as a film; of unknown ones the words stay. */
function readLeaf(state: StateBlock, start: number, _end: number, isSilent: boolean): boolean {
  const [, name, words = '', attributes = ''] = leaf.exec(lineOf(state, start)) ?? []
  if (name === undefined) return false
  if (isSilent) return true
  const parameters = withTitle(parametersOf(attributes), words)
  const html = htmlOfTag(name.toLowerCase(), parameters, (line) => state.md.renderInline(line, {}))
  if (html !== undefined) state.push('html_block', '', 0).content = `${html}\n`
  else if (words !== '') pushParagraph(state, start, words)
  state.line = start + 1
  return true
}

/** `{#id .class key="value"}`. */
const parametersOf = (written: string): Parameters =>
  parametersIn(written.replace(/(^|\s)#([\w-]+)/g, '$1id="$2"').replace(/(^|\s)\.[\w-]+/g, '$1'))

const withTitle = ({ named, inOrder }: Parameters, title: string): Parameters => ({
  inOrder,
  named: (...names) => named(...names) ?? (names.includes('title') && title ? title : undefined),
})

const inlineStart = /:([a-z][\w-]{0,40})\[/iy
const inlineEnd = /\](?:\{([^{}\n]{0,300})\})?(?![[(:])/y
/** Of one word without attributes: else it may be a program's. */
const wordNames = wordSet('abbr badge cite del icon ins kbd link mark quote ref sub sup term')

/** Where the words in brackets end, or -1: nothing is looked at that is further away than they may be long. */
function endOfWords(state: StateInline, start: number): number {
  const { src, posMax } = state
  if (!src.slice(start, start + longest).includes(']')) return -1
  state.posMax = Math.min(posMax, start + longest)
  const end = state.md.helpers.parseLinkLabel(state, start - 1)
  state.posMax = posMax
  return end
}

/** One within words: these stay, and are a link where it states an address. */
function readInline(state: StateInline, isSilent: boolean): boolean {
  const { src, pos, posMax } = state
  if (src[pos] !== ':' || !/^$|[\s([*_"'“‘「>—]/.test(src[pos - 1] ?? '')) return false
  inlineStart.lastIndex = pos
  const [start, name = ''] = inlineStart.exec(src) ?? []
  if (start === undefined) return false
  const first = pos + start.length
  const end = endOfWords(state, first)
  inlineEnd.lastIndex = end
  const [close, attributes] = (end > first && inlineEnd.exec(src)) || []
  const words = src.slice(first, end)
  if (close === undefined || end + close.length > posMax || !/\p{L}/u.test(words)) return false
  if (attributes === undefined && !/\s/.test(words) && !wordNames.has(name.toLowerCase()))
    return false
  if (!isSilent) {
    const address = parametersOf(attributes ?? '').named('href', 'url', 'to')
    if (address) state.push('link_open', 'a', 1).attrs = [['href', address]]
    state.pos = first
    state.posMax = end
    state.md.inline.tokenize(state)
    state.posMax = posMax
    if (address) state.push('link_close', 'a', -1)
  }
  state.pos = end + close.length
  return true
}

export function directives(markdownIt: MarkdownIt): void {
  const alt = ['paragraph', 'reference', 'blockquote', 'list']
  markdownIt.block.ruler.before('fence', 'directive', readBlock, { alt })
  markdownIt.block.ruler.before('fence', 'leaf_directive', readLeaf, { alt })
  markdownIt.inline.ruler.before('link', 'directive', readInline)
}
