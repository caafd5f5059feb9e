/**
 * Shortcodes of Hugo and Zola, tags of Liquid and Nunjucks (Jekyll, Eleventy), attribute lists of kramdown and
 * components of MDX, which site generators replace before they read Markdown. Code stays as it is written.
 */
import type { Note } from '../note.ts'
import { putAttributeList } from './attribute-lists.ts'
import { createCodePlaces } from './code-places.ts'
import { putComponent, putModules } from './components.ts'
import { putKeptSigns } from './liquid-escapes.ts'
import { createLiquidNotes } from './liquid-notes.ts'
import { closedNames } from './markdown-placeholders.ts'
import { createRewriting } from './rewriting.ts'
import { createEnds } from './shortcode-ends.ts'
import type { Inline } from './shortcode-kinds.ts'
import { type Expansion, longestTag, putHugoTag, putLiquidTag, putValue } from './shortcode-tags.ts'
import { createScope } from './template-values.ts'
import { createSearch, type Search } from './text-search.ts'

/** So many names of unknown ones are told. */
const mostTold = 10

/** What begins code, or something to replace. */
const beginning =
  /^[ \t]*(?:(?:>|[*+-][ \t]|\d{1,9}[.)][ \t])[ \t]*)*(?<fence>`{3,}|~{3,})|(?<ticks>`+)|<(?<code>!--|(?:pre|code|script|style|textarea)(?=[\s>]))|(?<hugo>\{\{[<%])|(?<value>\{\{)|(?<tag>\{%)|(?<list>\{(?=:|[.#]|[\w-]+=))|(?<component><\/?(?=[A-Z]\w*[a-z]))/gm

export interface ExpandOptions {
  /** Of the file, that the text begins on. */
  readonly firstLine: number
  /** That is stated, and that the text may name. */
  readonly title?: string | undefined
  readonly inline: Inline
  /** Whether Liquid has read the code in the text too. */
  readonly hasLiquidCode?: boolean
}

export interface Expanded {
  readonly text: string
  readonly notes: readonly Note[]
}

/**
 * Markdown in which known shortcodes are the HTML, or the address, that they mean. Of unknown ones the text
 * within them stays, and a note names them.
 * @throws RejectionError when there are far more than in an article
 */
export function expandShortcodes(
  text: string,
  { firstLine, title, inline, hasLiquidCode = false }: ExpandOptions,
): Expanded {
  if (!/\{|<\/?[A-Z]|^(?:im|ex)port\s/m.test(text)) return { text, notes: [] }
  const search = createSearch(text)
  const rewriting = createRewriting(text)
  const unknown = new Map<string, number>()
  const expansion: Expansion = {
    text,
    search,
    rewriting,
    inline,
    title,
    scope: createScope(text),
    footnotes: createLiquidNotes(text),
    closed: closedNames(text),
    ends: createEnds(text),
    below: new Map(),
    tell(name, at) {
      if (!unknown.has(name)) unknown.set(name, at)
    },
  }
  const passCode = codePasser(text, search)
  beginning.lastIndex = putModules(text, rewriting)
  for (let found = beginning.exec(text); found; found = beginning.exec(text)) {
    const codeEnd = passCode(found)
    if (codeEnd !== undefined && hasLiquidCode) putKeptSigns(text, found.index, codeEnd, rewriting)
    beginning.lastIndex = codeEnd ?? replace(expansion, found)
  }
  return { text: rewriting.result(), notes: notesOf(unknown, text, firstLine) }
}

/** Goes on behind code. */
function codePasser(text: string, search: Search) {
  const code = createCodePlaces(text, search)
  /** @returns undefined where something to replace begins */
  return ({ 0: whole, index, groups = {} }: RegExpExecArray): number | undefined => {
    const after = index + whole.length
    const { fence, ticks, code: element } = groups
    if (fence) {
      const line = text.slice(after, after + longestTag).split('\n', 1)[0] ?? ''
      if (fence.startsWith('~') || !line.includes('`')) return code.fenceEnd(fence, after)
      return code.spanEnd(after - fence.length, fence.length)
    }
    if (ticks) return code.spanEnd(index, ticks.length)
    if (element === '!--') return Math.max(after, search.next('-->', after))
    if (element) return code.elementEnd(element, after)
    if (!code.isIndented(index)) return undefined
    const lineEnd = text.indexOf('\n', after)
    return lineEnd === -1 ? text.length : lineEnd
  }
}

/** @returns where to go on */
function replace(expansion: Expansion, { index, groups = {} }: RegExpExecArray): number {
  const { text, rewriting, inline, tell, closed } = expansion
  if (groups.hugo) return putHugoTag(expansion, index)
  if (groups.value) return putValue(expansion, index)
  if (groups.tag) return putLiquidTag(expansion, index)
  if (groups.list) return putAttributeList(text, index, rewriting)
  return putComponent(text, index, rewriting, inline, closed, (name) => tell(name, index))
}

function notesOf(unknown: ReadonlyMap<string, number>, text: string, firstLine: number): Note[] {
  const names = [...unknown.keys()]
  const [at] = unknown.values()
  if (at === undefined) return []
  const told = names
    .slice(0, mostTold)
    .map((name) => `"${name}"`)
    .join(', ')
  const more = names.length > mostTold ? ` and ${names.length - mostTold} more` : ''
  const line = firstLine + text.slice(0, at).split('\n').length - 1
  return [
    {
      line,
      text: `what these shortcodes make is left out, only the text within them stays: ${told}${more}`,
    },
  ]
}
