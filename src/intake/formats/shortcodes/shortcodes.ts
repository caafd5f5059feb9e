/**
 * Shortcodes of Hugo and Zola, tags of Liquid and Nunjucks (Jekyll, Eleventy), attribute lists of kramdown and
 * components of MDX, which site generators replace before they read Markdown. Code stays as it is written.
 */
import type { Note } from '../../note.ts'
import { createSearch, type Search } from '../lines/text-search.ts'
import { putAttributeList } from '../source/attribute-lists.ts'
import { createCodePlaces } from '../source/code-places.ts'
import { closedNames } from '../source/markdown-placeholders.ts'
import { createRewriting } from '../source/rewriting.ts'
import { putComponent, putModules } from './components.ts'
import { putKeptSigns } from './liquid-escapes.ts'
import { createLiquidNotes } from './liquid-notes.ts'
import { createEnds } from './shortcode-ends.ts'
import type { Parameters } from './shortcode-parameters.ts'
import { deepest, partOf } from './shortcode-parts.ts'
import { putHugoTag, putLiquidTag } from './shortcode-tags.ts'
import { noSite, type Site } from './site-parts.ts'
import { type Expansion, longestTag } from './tag-expansion.ts'
import type { Inline } from './tag-kind.ts'
import { createScope } from './template-values.ts'
import { putValue } from './value-tags.ts'

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
  /** Whether whatever looks like a value is one, as in the posts of Jekyll, which shows nothing of those that it does not know. */
  readonly hasLiquidValues?: boolean
  readonly site?: Site
  /** What the root of that is, as its templates put it before a path. */
  readonly root?: string | undefined
  /** What the front matter states, by its keys in small letters. */
  readonly matter?: ReadonlyMap<string, string>
}

export interface Expanded {
  readonly text: string
  /** Whether something that is left out may define links. */
  readonly lacksDefinitions: boolean
  readonly notes: readonly Note[]
}

/**
 * Markdown in which known shortcodes are the HTML, or the address, that they mean. Of unknown ones the text
 * within them stays, and a note names them.
 * @throws RejectionError when there are far more than in an article
 */
export function expandShortcodes(
  text: string,
  options: ExpandOptions,
  within: Within = { depth: 0, parameters: undefined, definitions: new Set() },
): Expanded {
  const { firstLine, title, inline, hasLiquidCode = false } = options
  if (!/\{|<\/?[A-Z]|^(?:im|ex)port\s/m.test(text))
    return { text, lacksDefinitions: false, notes: [] }
  const search = createSearch(text)
  const rewriting = createRewriting(text)
  const unknown = new Map<string, number>()
  const expansion: Expansion = {
    text,
    search,
    rewriting,
    inline,
    title,
    hasLiquidValues: options.hasLiquidValues ?? false,
    scope: createScope(
      text,
      (expression) => statedValue(expression, options, within),
      options.root,
    ),
    putPart: (tag, parameters) => expandPart(tag, parameters, options, within),
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
  const definitions = within.depth === 0 ? [...within.definitions] : []
  return {
    text: [rewriting.result(), ...definitions].join('\n\n'),
    lacksDefinitions:
      [...unknown.keys()].some((name) => /^include/.test(name)) || definitions.length > 0,
    notes: notesOf(unknown, text, firstLine),
  }
}

/** Where a part of the site stands, that the article names or another part does. */
interface Within {
  readonly depth: number
  /** Of the tag that names it. */
  readonly parameters: Parameters | undefined
  /** Of links, which stand at the end of the article. */
  readonly definitions: Set<string>
}

/** What the part of the site that a tag names becomes, as Markdown or HTML; undefined where there is none. */
function expandPart(
  tag: string,
  parameters: Parameters,
  options: ExpandOptions,
  within: Within,
): string | undefined {
  const { site = noSite } = options
  if (within.depth === deepest) return undefined
  const inner = { ...within, depth: within.depth + 1, parameters }
  const scope = createScope(
    '',
    (expression) => statedValue(expression, options, inner),
    options.root,
  )
  const part = partOf(site, tag, parameters, scope)
  if (!part) return undefined
  if (part.definitions !== '') within.definitions.add(part.definitions)
  const { text } = expandShortcodes(part.text, options, inner)
  return part.isHtml || !text.includes('\n') ? text : `\n${text}\n`
}

/** What an expression of Liquid, Hugo or Zola stands for, if no program is needed to know. */
function statedValue(
  expression: string,
  { site = noSite, matter }: ExpandOptions,
  { parameters }: Within,
): string | undefined {
  const [, get, number] = /^\.Get\s+(?:["'](\w+)["']|(\d+))$/.exec(expression) ?? []
  if (get) return parameters?.named(get) ?? ''
  if (number) return parameters?.inOrder[Number(number)] ?? ''
  const [, owner = '', name = ''] =
    /^\$?\.?([a-z]+)\.([\w.]+)$/i.exec(expression.toLowerCase()) ?? []
  if (owner === 'include' && parameters) {
    const [file] = parameters.inOrder
    return parameters.named(name) ?? (file ? '' : undefined)
  }
  if (owner === 'page' || owner === 'params') return matter?.get(name)
  if (owner === 'site') return site.value(name) ?? site.value(`params.${name}`)
  if (owner === 'config') return site.value(name)
  return owner === '' ? parameters?.named(expression) : undefined
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

/** Whether `{…}` stands behind `:name[words]` or `::name`, and belongs to that. */
function isOfDirective(text: string, at: number): boolean {
  const before = text.slice(Math.max(0, at - 300), at)
  const name = before.endsWith(']') ? before.slice(0, before.lastIndexOf('[')) : before
  return /(?:^|[^\w:]):{1,2}[a-z][\w-]{0,40}$/i.test(name.slice(-50))
}

/** @returns where to go on */
function replace(expansion: Expansion, { index, groups = {} }: RegExpExecArray): number {
  const { text, rewriting, inline, tell, closed } = expansion
  if (groups.hugo) return putHugoTag(expansion, index)
  if (groups.value) return putValue(expansion, index)
  if (groups.tag) return putLiquidTag(expansion, index)
  if (groups.list && isOfDirective(text, index)) return index + 1
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
