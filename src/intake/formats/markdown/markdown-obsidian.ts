/** What Obsidian adds to Markdown: links in double brackets, callouts (GitHub's too), marked words and comments. */
import type { MarkdownIt, StateBlock, StateCore, StateInline, Token } from 'markdown-it'
import { isPicture, mediaKind } from '../../../media-kinds.ts'
import { slugOfHeading } from '../../anchors.ts'
import { nameLink } from '../../file-link.ts'
import { placedAnywhere } from '../../media-places.ts'
import { cjk } from './markdown-addresses.ts'

/** Where a word is found does not depend on how long a name anybody writes. */
const wikiLink =
  /!?\[\[([^[\]|#\n]{0,200})(?:#([^[\]|\n]{1,200}))?(?:\\?\|([^[\]\n]{0,200}))?\]\](?![([])/y

const noteMark = 'wikiLinks'

/** Whether the text that was read into it has links in double brackets, as notes of Obsidian have. */
export const isNote = (env: Readonly<Record<string, unknown>>) => env[noteMark] === true

/** `[[note]]`, `[[note#heading|words]]`, `![[picture.png|300]]`. */
function readWikiLink(state: StateInline, isSilent: boolean): boolean {
  const sign = state.src[state.pos]
  if (sign !== '[' && sign !== '!') return false
  wikiLink.lastIndex = state.pos
  const [written, file = '', heading, words] = wikiLink.exec(state.src) ?? []
  const name = file.trim().replace(/\\$/, '')
  if (written === undefined || (name === '' && !heading)) return false
  if (isNoName(file, heading)) return false
  if (isReference(state, written)) return false
  state.env[noteMark] = true
  if (!isSilent) pushTarget(state, { name, heading, words: words?.trim(), isShown: sign === '!' })
  state.pos += written.length
  return true
}

/**
 * Numbers alone are marks of notes and indexes of lists; `[[Bug #12]]` is one of a list of bugs, `[[:digit:]]` are
 * characters, and `[[ -f` asks a shell.
 */
const isNoName = (file: string, heading = '') =>
  /^[\d\s.,-]*$/.test(file + heading) ||
  (/\s$/.test(file) && /^\d+$/.test(heading)) ||
  /^:\w+:$|^\s+[!"$-]/.test(file)

/** `[[#12]]` is a link in brackets where the text states its address: `[#12]: https://…`. */
function isReference({ env, md }: StateInline, written: string): boolean {
  const label = md.utils.normalizeReference(written.replace(/^!?\[\[|\]\]$/g, ''))
  return env.references !== undefined && Object.hasOwn(env.references, label)
}

interface Target {
  readonly name: string
  readonly heading: string | undefined
  readonly words: string | undefined
  /** Whether it stands in the text itself. */
  readonly isShown: boolean
}

function pushTarget(state: StateInline, { name, heading, words, isShown }: Target): void {
  if (isShown && isPicture(name)) {
    pushPicture(state, name, words)
    return
  }
  const kind = isShown ? mediaKind(name) : undefined
  if (kind === 'film' || kind === 'sound') {
    const element = kind === 'film' ? 'video' : 'audio'
    const player = state.push('player_open', element, 1)
    player.attrs = [['src', placedAnywhere(name)]]
    state.push('player_close', element, -1)
    return
  }
  const last = heading?.split('#').at(-1) ?? ''
  const anchor = last.startsWith('^') ? last : slugOfHeading(last)
  const open = state.push('link_open', 'a', 1)
  open.attrs = [['href', nameLink(name, anchor)]]
  const shown = words || [name, heading].filter((part) => !!part).join(' › ')
  if (/`|\*\*|\$/.test(shown) && !shown.includes('://')) {
    state.md.inline.parse(shown, state.md, state.env, state.tokens)
  } else state.push('text', '', 0).content = shown
  state.push('link_close', 'a', -1)
}

/** Behind the bar stands a width, or what it shows. */
function pushPicture(state: StateInline, name: string, words: string | undefined): void {
  const [, width] = /^(\d+)(?:x\d+)?$/.exec(words ?? '') ?? []
  const picture = state.push('picture', 'img', 0)
  picture.attrs = [
    ['src', placedAnywhere(name)],
    ['alt', width || !words ? '' : words],
    ...(width ? [['width', width] as [string, string]] : []),
  ]
}

/**
 * `==marked==` and `%%comments%%`, where no letter or digit stands around them and no blank within.
 * @param letters that may stand on one side all the same
 */
const pair = (sign: string, letters = '') => {
  const word = letters === '' ? '[\\p{L}\\p{N}]' : `(?![${letters}])[\\p{L}\\p{N}]`
  const within = `${sign}{2}(?![\\s${sign}])[^\\n${sign}]{1,1000}(?<!\\s)${sign}{2}(?!${sign})`
  const around = [
    [`(?<![\\p{L}\\p{N}${sign}])`, `(?!${word})`],
    [`(?<!${sign}|${word})`, '(?![\\p{L}\\p{N}])'],
  ].map(([before, after]) => before + within + after)
  const written = new RegExp(around.join('|'), 'uy')
  return (state: StateInline) => {
    if (state.src[state.pos] !== sign || state.src[state.pos + 1] !== sign) return undefined
    written.lastIndex = state.pos
    return written.exec(state.src)?.[0]
  }
}
// Words of these are parted by no blanks, or have endings.
const markedHere = pair('=', cjk)
const tightComment = pair('%')
const wideComment = /(?<!\S)%%[^%\n]{1,1000}%%(?!\S)/y

function readMarked(state: StateInline, isSilent: boolean): boolean {
  const written = markedHere(state)
  if (written === undefined) return false
  if (!isSilent) {
    state.push('mark_open', 'mark', 1)
    const end = state.posMax
    state.posMax = state.pos + written.length - 2
    state.pos += 2
    state.md.inline.tokenize(state)
    state.pos = state.posMax
    state.posMax = end
    state.push('mark_close', 'mark', -1)
    state.pos += 2
    return true
  }
  state.pos += written.length
  return true
}

function readComment(state: StateInline): boolean {
  if (state.src[state.pos] !== '%') return false
  wideComment.lastIndex = state.pos
  const written = tightComment(state) ?? wideComment.exec(state.src)?.[0]
  if (written === undefined) return false
  state.pos += written.length
  return true
}

const isCommentMark = (state: StateBlock, line: number) =>
  state.getLines(line, line + 1, 0, false).trim() === '%%'

/** Lines from one of `%%` to the next. */
function readCommentBlock(
  state: StateBlock,
  start: number,
  end: number,
  isSilent: boolean,
): boolean {
  if (!isCommentMark(state, start)) return false
  let line = start + 1
  while (line < end && !isCommentMark(state, line)) line += 1
  if (line === end) return false
  if (!isSilent) state.line = line + 1
  return true
}

/** `> [!note] Title`: the title stands alone, and is the kind where there is none. */
function titleCallouts(state: StateCore): void {
  const { tokens } = state
  tokens.forEach(({ type }, at) => {
    const children = type === 'blockquote_open' ? tokens[at + 2]?.children : undefined
    const [first] = children ?? []
    if (!children || first?.type !== 'text') return
    const [mark, kind = ''] =
      /^\[!([\p{L}\w-]{1,40})\](?:\|[^\]\s]*)?[+-]?[ \t]*/u.exec(first.content) ?? []
    if (mark === undefined) return
    first.content = first.content.slice(mark.length).replace(/^#{1,6}[ \t]+/, '')
    const end = children.findIndex((one) => one.type.endsWith('break'))
    const title = children.splice(0, end === -1 ? children.length : end)
    const hasTitle = title.some(({ content, type: part }) => content !== '' || part !== 'text')
    if (!hasTitle) first.content = kind.charAt(0).toUpperCase() + kind.slice(1).toLowerCase()
    const [line] = children
    if (line) line.type = 'hardbreak'
    const [open, close] = [
      new state.Token('strong_open', 'strong', 1),
      new state.Token('strong_close', 'strong', -1),
    ]
    children.unshift(open, ...title, close)
  })
}

/** ` ^name` at the end of a block, which links lead to. */
const blockId = /^\^((?=[\w-]*[a-z])[\w-]{4,40})$/

function nameBlocks(tokens: readonly Token[]): void {
  tokens.forEach(({ children }, at) => {
    const last = children?.at(-1)
    if (last?.type !== 'text') return
    // From the sign on: to look for blanks before it takes the square of their number.
    const sign = last.content.lastIndexOf('^')
    const [, id] = blockId.exec(last.content.slice(sign)) ?? []
    const text = last.content.slice(0, sign)
    if (sign < 0 || id === undefined || text === text.trimEnd()) return
    last.content = text.trimEnd()
    const around = tokens[at - 1]
    const block = around?.hidden ? tokens[at - 2] : around
    block?.attrSet('id', `^${id}`)
  })
}

export function obsidian(markdownIt: MarkdownIt): void {
  markdownIt.inline.ruler.before('link', 'wiki_link', readWikiLink)
  markdownIt.inline.ruler.before('emphasis', 'marked', readMarked)
  markdownIt.inline.ruler.before('emphasis', 'comment', readComment)
  markdownIt.block.ruler.before('paragraph', 'comment', readCommentBlock, { alt: ['paragraph'] })
  markdownIt.core.ruler.after('inline', 'callouts', titleCallouts)
  markdownIt.core.ruler.push('block_ids', ({ tokens }) => nameBlocks(tokens))
}
