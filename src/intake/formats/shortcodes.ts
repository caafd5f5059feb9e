/**
 * Shortcodes of Hugo and Zola, tags of Liquid and Nunjucks (Jekyll, Eleventy), attribute lists of kramdown and
 * components of MDX, which site generators replace before they read Markdown. Code stays as it is written.
 */
import { escapeText } from '../../text.ts'
import type { Note } from '../note.ts'
import { putAttributeList } from './attribute-lists.ts'
import { createCodePlaces } from './code-places.ts'
import { putComponent, putModule } from './components.ts'
import { createRewriting } from './rewriting.ts'
import {
  addressOfTag,
  codeTags,
  fileOfTag,
  formulaTags,
  hiddenTags,
  htmlOfInclude,
  htmlOfTag,
  type Inline,
  isLanguage,
  linkOfTag,
  rawTags,
  silentTags,
} from './shortcode-kinds.ts'
import { parametersIn } from './shortcode-parameters.ts'
import { namesGiven, shownValue } from './template-values.ts'
import { createSearch } from './text-search.ts'

/** Longer tags are text. */
const longestTag = 2000
/** So many names of unknown ones are told. */
const mostTold = 10

/** What begins code, or something to replace. */
const beginning =
  /^[ \t]*(?:(?:>|[*+-][ \t]|\d{1,9}[.)][ \t])[ \t]*)*(?<fence>`{3,}|~{3,})|(?<ticks>`+)|<(?<code>!--|(?:pre|code|script|style|textarea)(?=[\s>]))|(?<hugo>\{\{[<%])|(?<value>\{\{)|(?<tag>\{%)|(?<list>\{(?=:|[.#]|[\w-]+=))|(?<component><\/?(?=[A-Z]\w*[a-z]))|^(?<module>(?:import|export)[ \t])/gm

export interface ExpandOptions {
  /** Of the file, that the text begins on. */
  readonly firstLine: number
  /** That is stated, and that the text may name. */
  readonly title?: string | undefined
  readonly inline: Inline
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
  { firstLine, title, inline }: ExpandOptions,
): Expanded {
  if (!/\{|<\/?[A-Z]|^(?:im|ex)port\s/m.test(text)) return { text, notes: [] }
  const search = createSearch(text)
  const code = createCodePlaces(text, search)
  const rewriting = createRewriting(text)
  const { put, putHtml, drop } = rewriting
  const paired = new Set(
    Array.from(text.matchAll(/\{\{[<%]\s*\/\s*([\w-]+)|\{%-?\s*end_?(\w+)/g), (end) =>
      (end[1] ?? end[2] ?? '').toLowerCase(),
    ),
  )
  const unknown = new Map<string, number>()
  let names: ReadonlySet<string> | undefined
  /** Names of tags that do not end any more. */
  const unclosed = new Set<string>()

  function tellUnknown(name: string, at: number): void {
    if (!unknown.has(name)) unknown.set(name, at)
  }

  /** Where a tag ends, or -1. */
  function endOf(at: number, end: string): number {
    const found = search.next(end, at)
    return found === -1 || found - at > longestTag ? -1 : found + end.length
  }

  /** A tag whose text has no Markdown in it. */
  function putVerbatim(name: string, at: number, end: number, closing: RegExp): number {
    closing.lastIndex = end
    const found = unclosed.has(name) ? null : closing.exec(text)
    if (!found) {
      unclosed.add(name)
      return put(at, end, '')
    }
    const inside = text.slice(end, found.index)
    const after = closing.lastIndex
    if (hiddenTags.has(name)) return put(at, after, '')
    if (rawTags.has(name)) return put(at, after, inside)
    if (formulaTags.has(name))
      return put(at, after, /\$|\\[([]/.test(inside) ? inside : `$$${inside.trim()}$$`)
    return put(at, after, `\n<pre><code>${escapeText(inside.replace(/^\s*\n/, ''))}</code></pre>\n`)
  }

  /** Whether an address is wanted there, in HTML or in a link. */
  const isInAddress = (at: number) =>
    /(?:\b(?:src|href|poster)=["']?|\]\(<?)$/.test(text.slice(Math.max(0, at - 12), at))

  function putTag(name: string, written: string, at: number, end: number): number {
    const parameters = parametersIn(written)
    const address =
      addressOfTag(name, parameters) ?? (isInAddress(at) ? fileOfTag(parameters) : undefined)
    if (address !== undefined) return put(at, end, address)
    const known = /^include(?:_relative|_cached)?$|^render$|^partial$/.test(name)
      ? htmlOfInclude(parameters, inline)
      : htmlOfTag(name, parameters, inline)
    if (known !== undefined) return putHtml(at, end, known)
    const shown = name.startsWith('include')
      ? `${name} ${parameters.inOrder[0] ?? ''}`.trim()
      : name
    tellUnknown(shown, at)
    const words = paired.has(name) ? '' : linkOfTag(parameters)
    return words === '' && !paired.has(name) ? drop(at, end) : putHtml(at, end, words)
  }

  function hugoTag(at: number): number {
    const end = endOf(at, text.charAt(at + 2) === '<' ? '>}}' : '%}}')
    if (end === -1) return at + 3
    const inside = text.slice(at + 3, end - 3)
    // Written so that it is shown.
    if (/^\s*\/\*/.test(inside)) {
      const shown = inside.replace(/^\s*\/\*|\*\/\s*$/g, '')
      return put(
        at,
        end,
        `{{${escapeText(text.charAt(at + 2) + shown)}${escapeText(text.slice(end - 3, end))}`,
      )
    }
    const [, slash, word = '', rest = ''] =
      /^(\/?)\s*([\w./-]*)([\s\S]*)$/.exec(inside.trim()) ?? []
    const name = word.toLowerCase()
    if (slash) return put(at, end, '')
    const isCode = codeTags.has(name) || (paired.has(name) && isLanguage(rest.trim()))
    if (isCode || hiddenTags.has(name) || formulaTags.has(name)) {
      return putVerbatim(
        name,
        at,
        end,
        new RegExp(`\\{\\{[<%]\\s*/\\s*${name}\\s*[>%]\\}\\}`, 'gi'),
      )
    }
    return putTag(name, rest, at, end)
  }

  function liquidTag(at: number): number {
    const end = endOf(at, '%}')
    if (end === -1) return at + 2
    const inside = text.slice(at + 2, end - 2)
    const [, word = '', rest = ''] =
      /^([a-z][\w-]*)([\s\S]*)$/i.exec(inside.replace(/^[-+]|[-+]$/g, '').trim()) ?? []
    const name = word.toLowerCase()
    if (name === '') return at + 2
    if (name.startsWith('end') || name === 'else' || silentTags.has(name)) return put(at, end, '')
    if (codeTags.has(name) || hiddenTags.has(name) || rawTags.has(name)) {
      return putVerbatim(name, at, end, new RegExp(`\\{%-?\\s*end${name}\\s*-?%\\}`, 'gi'))
    }
    return putTag(name, rest.replace(/^\s*\(|\)\s*$/g, ''), at, end)
  }

  function value(at: number): number {
    const end = endOf(at, '}}')
    if (end === -1) return at + 2
    const inside = text
      .slice(at + 2, end - 2)
      .replace(/^-|-$/g, '')
      .trim()
    const [, word = '', written = ''] = /^([a-z]\w*)\(([\s\S]*)\)$/i.exec(inside) ?? []
    const isCall = word !== '' && (/^\s*\w+\s*=/.test(written) || word.toLowerCase() === 'toc')
    if (isCall) return putTag(word.toLowerCase(), written, at, end)
    names ??= namesGiven(text)
    const shown = shownValue(inside, title, names)
    if (shown === undefined) return at + 2
    if (!shown.isUnknown) return put(at, end, shown.text)
    tellUnknown(`{{ ${inside.slice(0, 40)} }}`, at)
    return drop(at, end)
  }

  function pass({ 0: whole, index, groups = {} }: RegExpExecArray): number {
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
    if (code.isIndented(index)) return after
    if (groups.hugo) return hugoTag(index)
    if (groups.value) return value(index)
    if (groups.tag) return liquidTag(index)
    if (groups.list) return putAttributeList(text, index, rewriting)
    if (groups.module) return putModule(text, index, rewriting)
    return putComponent(text, index, rewriting, inline, (name) => tellUnknown(name, index))
  }

  beginning.lastIndex = 0
  for (let found = beginning.exec(text); found; found = beginning.exec(text)) {
    beginning.lastIndex = pass(found)
  }
  return { text: rewriting.result(), notes: notesOf(unknown, text, firstLine) }
}

function notesOf(unknown: ReadonlyMap<string, number>, text: string, firstLine: number): Note[] {
  const names = [...unknown.keys()]
  const [at] = unknown.values()
  if (at === undefined) return []
  const told = names.slice(0, mostTold).join(', ')
  const more = names.length > mostTold ? ` and ${names.length - mostTold} more` : ''
  const line = firstLine + text.slice(0, at).split('\n').length - 1
  return [
    {
      line,
      text: `what these shortcodes make is left out, only the text within them stays: ${told}${more}`,
    },
  ]
}
