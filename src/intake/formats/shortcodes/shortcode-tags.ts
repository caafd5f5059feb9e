/** What single tags of Hugo, Zola, Liquid and Nunjucks become, where they stand. */
import { escapeText, wordSet } from '../../../text.ts'
import type { Search } from '../lines/text-search.ts'
import { lineStart } from '../source/code-places.ts'
import { destinationAround } from '../source/link-destinations.ts'
import type { Rewriting } from '../source/rewriting.ts'
import type { LiquidNotes } from './liquid-notes.ts'
import { htmlOfData } from './shortcode-data.ts'
import type { End, Ends } from './shortcode-ends.ts'
import {
  addressOfTag,
  fileOfTag,
  htmlOfInclude,
  htmlOfTag,
  type Inline,
  includedTag,
  isKnownTag,
  isPictureTag,
  linkOfTag,
  pictureInOrder,
  withWords,
} from './shortcode-kinds.ts'
import { type Parameters, parametersIn } from './shortcode-parameters.ts'
import {
  creditOfQuote,
  isQuote,
  losesWords,
  plainWords,
  titlesOf,
  wholeQuote,
  wordsAlone,
  wordsBelow,
  wordsInLine,
} from './shortcode-words.ts'
import { type Scope, shownValue } from './template-values.ts'
import { verbatimText } from './verbatim-tags.ts'

/** What is known while the tags of a text are replaced, from its beginning to its end. */
export interface Expansion {
  readonly text: string
  readonly search: Search
  readonly rewriting: Rewriting
  readonly inline: Inline
  /** Of the article. */
  readonly title: string | undefined
  readonly scope: Scope
  readonly footnotes: LiquidNotes
  /** Names of elements of HTML and of components that end anywhere in the text, in small letters. */
  readonly closed: ReadonlySet<string>
  readonly ends: Ends
  /** What stands below the text of a tag, by where its end begins. HTML. */
  readonly below: Map<number, string>
  /** What the site's own file of a tag becomes; undefined where it has none that can be read. */
  putPart(tag: string, parameters: Parameters): string | undefined
  /** Takes the name of what is not known for a note. */
  tell(name: string, at: number): void
}

/** A tag as it stands in the text. */
interface Tag {
  /** In small letters. */
  readonly name: string
  readonly parameters: Parameters
  /** These, as they are written. */
  readonly rest: string
  readonly start: number
  readonly end: number
  /** What may end it, if it has a text. */
  readonly closings: readonly string[]
}

/** Longer lines, values and texts of tags are text. */
export const longestTag = 2000
/** What is included may be given whole paragraphs. */
const longestCall = 20_000

/** Where a tag ends, or -1. */
function endOf({ search }: Expansion, at: number, mark: string): number {
  const found = search.next(mark, at)
  const longest = mark === '}}' ? longestTag : longestCall
  return found === -1 || found - at > longest ? -1 : found + mark.length
}

/** `{{< name … >}}` and `{{% name … %}}`. @returns where to go on */
export function putHugoTag(expansion: Expansion, at: number): number {
  const { text, rewriting } = expansion
  const end = endOf(expansion, at, text.charAt(at + 2) === '<' ? '>}}' : '%}}')
  if (end === -1) return at + 3
  const inside = text.slice(at + 3, end - 3).trim()
  // Written so that it is shown.
  if (inside.startsWith('/*')) {
    const shown = text.slice(at + 3, end - 3).replace(/^\s*\/\*|\*\/\s*$/g, '')
    const [open, close] = [text.charAt(at + 2), text.slice(end - 3, end)]
    return rewriting.put(at, end, `{{${escapeText(open + shown)}${escapeText(close)}`)
  }
  const [, slash, word = '', rest = ''] = /^(\/?)\s*([\w./-]*)([\s\S]*)$/.exec(inside) ?? []
  if (slash) return putEnd(expansion, at, end)
  const name = word.toLowerCase()
  const closings = [`/${name}`]
  return putTag(expansion, { name, parameters: parametersIn(rest), rest, start: at, end, closings })
}

/** Tags of templates, which show nothing of their own. */
const silentTags = wordSet(
  'break capture case continue cycle decrement else elsif elseif for if increment unless when',
)

/** `{% name … %}`. @returns where to go on */
export function putLiquidTag(expansion: Expansion, at: number): number {
  const { text, rewriting, scope } = expansion
  const end = endOf(expansion, at, '%}')
  if (end === -1) return at + 2
  const inside = text.slice(at + 2, end - 2).replace(/^[-+]|[-+]$/g, '')
  const [, word = '', rest = ''] = /^([a-z][\w-]*)([\s\S]*)$/i.exec(inside.trim()) ?? []
  const name = word.toLowerCase()
  if (name === '') return at + 2
  if (name === 'assign' || name === 'set') scope.give(rest)
  if (name.startsWith('end')) return putEnd(expansion, at, end)
  if (name === 'assign' || name === 'set' || silentTags.has(name)) return rewriting.put(at, end, '')
  const note = expansion.footnotes.markdownOf(name, rest)
  if (note !== undefined) return rewriting.put(at, end, note)
  // A call, as in Zola, ends without its name.
  const closings = /^\s*\(/.test(rest) ? [`end${name}`, 'end'] : [`end${name}`]
  const stated = parametersIn(rest.replace(/^\s*\(|\)\s*$/g, ''), scope.meaning)
  // What is included sees all values of the text.
  const parameters: Parameters = isInclude(name)
    ? { ...stated, named: (...names) => stated.named(...names) ?? scope.named(...names) }
    : stated
  return putTag(expansion, { name, parameters, rest, start: at, end, closings })
}

const isInclude = (name: string) => /^(?:include(?:_relative|_cached)?|render|partial)$/.test(name)

/** `{{ value }}`, and calls as Zola has them: `{{ youtube(id="…") }}`. @returns where to go on */
export function putValue(expansion: Expansion, at: number): number {
  const { text, rewriting, scope, title } = expansion
  const end = endOf(expansion, at, '}}')
  if (end === -1) return at + 2
  const inside = text
    .slice(at + 2, end - 2)
    .replace(/^-|-$/g, '')
    .trim()
  const [, word = '', rest = ''] = /^([a-z]\w*)\(([\s\S]*)\)$/i.exec(inside) ?? []
  if (word !== '' && (/^\s*\w+\s*=/.test(rest) || word.toLowerCase() === 'toc')) {
    const parameters = parametersIn(rest)
    return putTag(expansion, {
      name: word.toLowerCase(),
      parameters,
      rest,
      start: at,
      end,
      closings: [],
    })
  }
  const shown = shownValue(inside, title, scope)
  const address = destinationAround(text, at, rewriting.done())
  if (!shown && !address?.isLink) return at + 2
  if (address?.isLink && isUnknown(text.slice(address.start, address.end), expansion)) {
    expansion.tell(`{{ ${inside.slice(0, 40)} }}`, at)
    return rewriting.put(address.start, address.end, address.nowhere)
  }
  if (shown && !shown.isUnknown) {
    if (address) return rewriting.put(at, end, shown.text.replace(/\s/g, '%20'))
    return shown.text.startsWith('<')
      ? rewriting.putHtml(at, end, shown.text)
      : rewriting.put(at, end, shown.text)
  }
  expansion.tell(`{{ ${inside.slice(0, 40)} }}`, at)
  const [open] =
    /<(?:https?:\/\/[^\s<>]*)?$/.exec(text.slice(Math.max(rewriting.done(), at - 300), at)) ?? []
  const close = open ? /^[^\s<>]{0,300}>/.exec(text.slice(end, end + 301))?.[0] : undefined
  // An address in angle brackets has no words but itself.
  if (open && close) return rewriting.drop(at - open.length, end + close.length)
  // At the end of a line nobody is named by it any more.
  const isLast = /^[ \t]*(?:\n|$)/.test(text.slice(end, end + 100))
  const [by = ''] =
    (isLast && hangingBy.exec(text.slice(Math.max(rewriting.done(), at - 10), at))) || []
  return rewriting.drop(at - by.length, end)
}

const hangingBy = /[ \t]+by[ \t]+$/i

/** Whether an address has a value in it that only the site knows. */
const isUnknown = (address: string, { title, scope }: Expansion) =>
  Array.from(address.matchAll(/\{\{-?((?:(?!\}\}).)*?)-?\}\}/g), ([, inside = '']) =>
    shownValue(inside.trim(), title, scope),
  ).some((shown) => shown === undefined || shown.isUnknown)

function putTag(expansion: Expansion, tag: Tag): number {
  const { text, rewriting, ends, inline } = expansion
  const { name, parameters, start, end } = withinPicture(expansion, tag)
  const after = putVerbatim(expansion, tag)
  if (after !== undefined) return after
  const address = addressOfTag(name, parameters)
  if (address !== undefined) return rewriting.put(start, end, address)
  const known = isInclude(name)
    ? htmlOfInclude(parameters, inline)
    : (htmlOfTag(name, parameters, inline) ?? pictureInOrder(name, parameters, inline))
  const destination = destinationAround(text, start, rewriting.done())
  const value = name === 'param' ? valueOfSite(expansion, parameters) : undefined
  if (value !== undefined) return rewriting.put(start, end, value)
  const file = destination && fileOfTag(parameters)
  if (file !== undefined) return rewriting.put(start, end, file)
  const hasEnd = ends.of(start) !== undefined
  const mayBePart = known === undefined || (known === '' && isInclude(name))
  const part = mayBePart && !hasEnd ? expansion.putPart(name, parameters) : undefined
  if (part !== undefined) {
    return destination && !/\s/.test(part)
      ? rewriting.put(start, end, part)
      : rewriting.putHtml(start, end, part)
  }
  const [quote, stated] = isInclude(name) ? includedTag(parameters) : [name, parameters]
  const quotation =
    isQuote(quote) && !hasEnd && !destination
      ? wholeQuote(quote, stated, inline, rewriting.isAlone(start, end))
      : ''
  if (quotation !== '') return rewriting.putHtml(start, end, quotation)
  if (known !== undefined) {
    const below = isQuote(name) ? creditOf(expansion, tag) : ''
    return below === ''
      ? rewriting.putHtml(start, end, known)
      : putQuote(expansion, tag, known, below)
  }
  const included = isInclude(name) ? ` ${parameters.inOrder[0] ?? ''}` : ''
  const tellLoss = () => expansion.tell(`${name}${included}`.trim(), start)
  if (destination?.isLink) {
    tellLoss()
    return rewriting.put(destination.start, destination.end, destination.nowhere)
  }
  if (hasEnd) {
    const above = aboveText(expansion, tag)
    const below = creditOf(expansion, tag)
    if (losesWords(tag.rest, above + below, inline)) tellLoss()
    return putQuote(expansion, tag, above, below)
  }
  const link = linkOfTag(parameters)
  if (link !== '') return rewriting.putHtml(start, end, link)
  tellLoss()
  const said = rewriting.isAlone(start, end) ? wordsAlone : wordsInLine
  const words = said(parameters, inline)
  return words === '' ? rewriting.drop(start, end) : rewriting.putHtml(start, end, words)
}

/** `{{< param phone >}}`: of the front matter, or else of the site's configuration. */
const valueOfSite = ({ scope }: Expansion, { inOrder: [name = ''] }: Parameters) =>
  scope.value(`params.${name}`) ?? scope.value(`site.${name}`)

/** The titles of a tag above its text, or before it on its line; nothing where it stands in a sentence, or the text says them. */
function aboveText(expansion: Expansion, tag: Tag): string {
  const { text, rewriting, inline } = expansion
  if (!hasOwnLines(expansion, tag)) return ''
  const isAlone = rewriting.isAlone(tag.start, tag.end)
  const [, first = ''] =
    /^\s*(?:#{1,6}[ \t]+)?(.{0,300})/.exec(text.slice(tag.end, tag.end + 320)) ?? []
  const caption = isPictureTag(tag.name) ? plainWords(tag.rest) : ''
  return (caption === '' ? titlesOf(tag.name, tag.parameters) : [caption])
    .filter((title) => lettersOf(title) !== lettersOf(first))
    .map((title) => `<strong>${inline(title)}</strong>`)
    .map((title) => (isAlone ? `<p>${title}</p>\n` : `${title} `))
    .join('')
}

const lettersOf = (text: string) => text.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '')

/** Whether nothing else stands on the lines of a tag, its text and its end. */
function hasOwnLines(expansion: Expansion, tag: Tag): boolean {
  const last = expansion.ends.of(tag.start)
  return expansion.rewriting.isAlone(tag.start, last?.end ?? tag.end)
}

/** Who says the text of a tag. */
const creditOf = ({ inline }: Expansion, { name, rest, parameters }: Tag) =>
  name === 'blockquote' && !/^\s*["']|=/.test(rest.replace(/https?:\S+/g, ''))
    ? creditOfQuote(rest, inline)
    : wordsBelow(name, parameters, inline)

/** Whether it is all that stands in an item of a list, and not in a sentence. */
const isWholeItem = (text: string, start: number, end: number) =>
  /\n(?:[ \t>]|[*+-][ \t]|\d{1,9}[.)][ \t])*$/.test(
    (start < 100 ? '\n' : '') + text.slice(Math.max(0, start - 100), start),
  ) && /^[ \t]*(?:\n|$)/.test(text.slice(end, end + 100))

/** A tag with what stands above and below its text. */
function putQuote(expansion: Expansion, tag: Tag, above: string, below: string): number {
  const { text, rewriting } = expansion
  const { name, start, end } = tag
  const last = below === '' ? undefined : expansion.ends.of(tag.start)
  const isOwn = hasOwnLines(expansion, tag)
  if (!last || !(isOwn || isWholeItem(text, start, last.end)))
    return rewriting.putHtml(start, end, above)
  const areLines = rewriting.isAlone(start, end) && rewriting.isAlone(last.start, last.end)
  // In a list or quotation other lines would not belong to that.
  if (!isOwn || !areLines || lineStart(text, start) !== start) {
    expansion.below.set(last.start, ` — ${below}`)
    return rewriting.putHtml(start, end, above)
  }
  const [open, close] = isQuote(name) ? ['<blockquote>\n', '\n</blockquote>'] : ['', '']
  expansion.below.set(last.start, `\n<p>— ${below}</p>${close}\n`)
  return rewriting.put(start, end, `${open}${above}\n`)
}

/** The end of a tag. @returns where to go on */
const putEnd = ({ rewriting, below }: Expansion, start: number, end: number) =>
  rewriting.put(start, end, below.get(start) ?? '')

/** What stands between the tag of a picture and its end, if that is a line or two. */
const wordsOfPicture = /^(?!\s*$)(?:(?!\n\s*\n|!\[|[{][{%]|<)[\s\S]){1,500}$/

/** The tag of a picture with the words within it, which would stand there as a paragraph. */
function withinPicture(expansion: Expansion, tag: Tag): Tag {
  const { text } = expansion
  const { name, parameters, end } = tag
  const found = isPictureTag(name) ? endOfText(expansion, tag) : undefined
  const inside = found && found.start - end <= longestTag ? text.slice(end, found.start).trim() : ''
  if (!found || !wordsOfPicture.test(inside)) return tag
  const words = withWords(name, parameters, inside)
  return { ...tag, parameters: words, end: found.end }
}

/** A tag whose text has no Markdown in it. @returns undefined where it is none */
function putVerbatim(expansion: Expansion, tag: Tag): number | undefined {
  const { text, rewriting } = expansion
  const { name, parameters, rest, start } = tag
  const found = isKnownTag(name) ? undefined : endOfText(expansion, tag)
  if (!found) return undefined
  const { end } = found
  const inside = text.slice(tag.end, found.start)
  const place = { text, start, end, rest }
  const verbatim = verbatimText(name, parameters, inside, place)
  if (verbatim !== undefined) return rewriting.put(start, end, verbatim)
  const html = htmlOfData(name, inside, expansion.inline)
  if (html === undefined) return undefined
  if (html !== '') return rewriting.putHtml(start, end, html)
  expansion.tell(name, start)
  return rewriting.drop(start, end)
}

/** The nearest of what may end it, since what looks like tags within it may be its text. */
const endOfText = ({ ends }: Expansion, { closings, end }: Tag): End | undefined =>
  closings.flatMap((closing) => ends.next(closing, end) ?? []).sort((a, b) => a.start - b.start)[0]
