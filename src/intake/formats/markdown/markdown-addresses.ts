/** Addresses in Markdown that people write otherwise than CommonMark wants them. */
import type { MarkdownIt, StateBlock, StateInline, Token } from 'markdown-it'

/** The rest of a name with blanks, up to its extension; a title would be in quotation marks. */
const restOfName = /[ ]+[^\n()<>"']*\.[a-z\d]{2,8}(?:#[^\s()]*)?(?= *\)| +["'])/iy

const webAddress = /https?:\/\/[^\s<>"']{1,2000}\)/y

/** `[words](https://example.org/a_(b\)#c)`: one that opens a bracket and escapes what closes it ends at the last one. */
function withStrayBracket<Found extends { ok: boolean; pos: number; str: string }>(
  text: string,
  start: number,
  max: number,
  found: Found,
): Found {
  if (text[start - 1] !== '(' || !text.startsWith('http', start)) return found
  if (found.ok && (text[found.pos - 1] !== ')' || text[found.pos] === ')')) return found
  webAddress.lastIndex = start
  const [address] = webAddress.exec(text) ?? []
  const end = start + (address?.length ?? 0) - 1
  if (!address?.includes('\\)') || end >= max) return found
  return { ...found, ok: true, pos: end, str: address.slice(0, -1).replace(/\\(?=[()])/g, '') }
}

/** `![Cat](my cat.png)`: CommonMark wants such an address in angle brackets, which people who name files do not know. */
function allowBlanksInNames(markdownIt: MarkdownIt): void {
  const { parseLinkDestination } = markdownIt.helpers
  markdownIt.helpers.parseLinkDestination = (text, start, max) => {
    const found = withStrayBracket(text, start, max, parseLinkDestination(text, start, max))
    restOfName.lastIndex = found.pos
    const [rest] = (found.ok && text[start] !== '<' && restOfName.exec(text)) || []
    return rest === undefined
      ? found
      : { ...found, pos: found.pos + rest.length, str: found.str + rest }
  }
}

const definition =
  /^\[(?!\^)((?:[^[\]\\]|\\.){1,999})\]:[ \t]+<?(https?:\/\/[^\s<>]{1,2000}?)\)[.,;]?[ \t]*$/

/** Names in brackets that are no definitions. */
const namesInUse = /\[([^[\]]{1,999})\](?!:)/g
const inUse = new WeakMap<object, ReadonlySet<string>>()

/** Whether anything in the text refers to it; the marks of tasks do not. */
function isInUse({ src, env, md }: StateBlock, name: string): boolean {
  let names = inUse.get(env)
  if (!names) {
    const found = Array.from(src.matchAll(namesInUse), ([, label = '']) => label)
    names = new Set(found.map((label) => md.utils.normalizeReference(label)))
    inUse.set(env, names)
  }
  return name !== 'X' && names.has(name)
}

const isClosed = (address: string) => address.split('(').length > address.split(')').length

/** `[words]: https://example.org)`: to CommonMark a stray bracket makes text of this definition and of those below. */
function readDefinition(
  state: StateBlock,
  start: number,
  _end: number,
  isSilent: boolean,
): boolean {
  if (isSilent || (state.sCount[start] ?? 0) - state.blkIndent >= 4) return false
  const line = state.getLines(start, start + 1, state.blkIndent, false).trim()
  const [, label, address = ''] = (line.startsWith('[') && definition.exec(line)) || []
  if (label === undefined || isClosed(address)) return false
  const name = state.md.utils.normalizeReference(label)
  if (!isInUse(state, name)) return false
  state.env.references ??= {}
  state.env.references[name] ??= { title: '', href: state.md.normalizeLink(address) }
  state.line = start + 1
  return true
}

const unmetReference = /^\[((?:[^[\]\\\n]|\\.|\n(?!\s*\n)){1,300})\]\[([^[\]]{0,200})\]/

/** `[words][name]` where a program of the site defines what is named: the words. */
function readUnmet(state: StateInline, isSilent: boolean): boolean {
  if (!state.env.hasUnmetReferences || state.src[state.pos] !== '[') return false
  // `rows[a][b]` is a program's.
  if (/[\w\])]/.test(state.src[state.pos - 1] ?? '')) return false
  const [written, words = ''] =
    unmetReference.exec(state.src.slice(state.pos, state.pos + 600)) ?? []
  if (written === undefined || state.pos + written.length > state.posMax) return false
  if (!isSilent) {
    const { pos, posMax } = state
    state.pos = pos + 1
    state.posMax = pos + 1 + words.length
    state.md.inline.tokenize(state)
    state.posMax = posMax
    state.pos = pos
  }
  state.pos += written.length
  return true
}

const escapedName = /\\__(?=\w{1,50}?__(?!\w))(\w+)/y

/** `\__main__`: who escapes the first sign means all four. */
function readEscapedName(state: StateInline, isSilent: boolean): boolean {
  if (state.src[state.pos] !== '\\') return false
  escapedName.lastIndex = state.pos
  const [written, name] = escapedName.exec(state.src) ?? []
  if (written === undefined) return false
  if (!isSilent) state.pending += `__${name}`
  state.pos += written.length
  return true
}

/** Programs that make Markdown of HTML escape signs in addresses too, as in `https://example.org/a\_b`. */
function unescapeAddresses(tokens: readonly Token[]): void {
  for (const { children } of tokens) {
    children?.forEach(({ type, markup, attrs }, at) => {
      if (type !== 'link_open' || markup !== 'linkify') return
      for (const attribute of attrs ?? []) {
        attribute[1] = String(attribute[1]).replace(/%5C(?=[_*~#&])/g, '')
      }
      const shown = children[at + 1]
      if (shown) shown.content = shown.content.replace(/\\(?=[_*~#&])/g, '')
    })
  }
}

/** Letters of languages that part their words without blanks, or add endings to the words of others. */
export const cjk = String.raw`\p{scx=Han}\p{scx=Hiragana}\p{scx=Katakana}\p{sc=Hangul}`
/** A host, whole before these begin. */
const hostBefore = new RegExp(
  String.raw`//(?:[a-z\d-]+(?:\.[a-z\d-]+)*\.(?:[a-z]{2,}|\d{1,3})(?::\d{1,5})?|[a-z\d.-]+:\d{1,5}|localhost)(?=[${cjk}])`,
  'iuy',
)
/** The rest of a name such as `abc東京.example`. */
const restOfHost = /[^\s/?#:.]{1,60}(?:\.[^\s/?#:.]{1,60}){0,5}\.[a-z]{2,}(?=[\s/?#:]|$)/iuy

/** Where a host ends that the sentence goes on behind: `https://example.orgにある`. @returns -1 where none does */
function hostEnd(text: string, start: number): number {
  hostBefore.lastIndex = start
  if (!hostBefore.test(text)) return -1
  restOfHost.lastIndex = hostBefore.lastIndex
  return restOfHost.test(text) ? -1 : hostBefore.lastIndex
}

/**
 * Signs of a sentence or of emphasis at the end are no part of an address (GFM 6.9), but for one that a program has
 * escaped.
 * @returns how many these are
 */
function endLength(address: string): number {
  let end = address.length
  while ('?!.,:*_~'.includes(address.charAt(end - 1) || '-') && address[end - 2] !== '\\') end -= 1
  return address.length - end
}

/** In a path there may be letters of any script. */
function endHosts({ linkify }: MarkdownIt): void {
  for (const schema of ['http:', 'https:']) {
    linkify.add(schema, {
      validate(text, start, { re }) {
        const end = hostEnd(text, start)
        const address = re.get_http_validator()
        address.lastIndex = start
        const [found = ''] = address.exec(end === -1 ? text : text.slice(0, end)) ?? []
        return found.length - endLength(found)
      },
    })
  }
}

export function addresses(markdownIt: MarkdownIt): void {
  // Addresses alone are links for GitHub, Hugo and Obsidian; names of hosts may be those of files.
  markdownIt.linkify.set({ fuzzyLink: false, fuzzyEmail: false, fuzzyIP: false })

  endHosts(markdownIt)
  allowBlanksInNames(markdownIt)
  markdownIt.block.ruler.before('reference', 'stray_bracket', readDefinition)
  markdownIt.inline.ruler.before('escape', 'escaped_name', readEscapedName)
  markdownIt.inline.ruler.after('link', 'unmet_reference', readUnmet)
  markdownIt.core.ruler.push('unescape', ({ tokens }) => unescapeAddresses(tokens))
}
