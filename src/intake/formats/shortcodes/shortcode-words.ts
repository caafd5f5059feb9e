/** Words that the tag of a site's own template states beside its text, and that the template shows with it. */
import { escapeAttribute, escapeText } from '../../../text.ts'
import type { Parameters } from './shortcode-parameters.ts'
import type { Inline } from './tag-kind.ts'

const above = ['title', 'heading', 'header', 'subtitle', 'question', 'term']
const alone = [
  'text',
  'content',
  'quote',
  'message',
  'caption',
  'alt',
  'description',
  'desc',
  'summary',
]
const below = [
  ...['author', 'contact', 'person', 'speaker', 'footer', 'name', 'role'],
  ...[
    'organisation',
    'organization',
    'company',
    'cite',
    'source',
    'credit',
    'attribution',
    'caption',
  ],
]
/** What says who has said a quotation, and elsewhere how a program is to show something. */
const belowQuote = ['by', ...below, 'position']

/** By these a name is that of somebody, and not of what the text is about. */
const personal = below.filter((name) => name !== 'name' && name !== 'caption')

const isAddress = (text: string) => /^https?:\/\/\S+$/i.test(text)

/** Classes such as `d-none d-md-block` and `col-md-6 wide`. */
const isForProgram = (text: string) => {
  const words = text.trim().split(/\s+/)
  return (
    words.every((word) => /^[a-z]+-[a-z\d-]+$/.test(word)) ||
    words.some((word) => /^[a-z]+(?:-[a-z]+)*-(?:\d+|xs|sm|md|lg|xl)(?:-|$)/.test(word))
  )
}

/** Keys whose words begin with a capital; in small letters they are a place or a style. */
const inCapitals = new Set(['header', ...belowQuote])

/** Not the name of a style or of an icon: several words, or one with a capital or in another script. */
export const isWords = (text: string, name = '') =>
  /\p{L}/u.test(text) &&
  ((/\S\s+\S/.test(text) && !inCapitals.has(name)) || /\P{ASCII}|^[^\p{L}]*\p{Lu}/u.test(text)) &&
  !isForProgram(text) &&
  !/[{}<>]|\/\S*\//.test(withoutTargets(text))

/** Of links of Markdown the words. */
const withoutTargets = (text: string) => text.replace(/\]\([^()\s]{1,1000}\)/g, ']')

const wordsOf = ({ named }: Parameters, names: readonly string[]) => [
  ...new Set(names.flatMap((name) => [named(name) ?? ''].filter((text) => isWords(text, name)))),
]

/** Whether a name is that of somebody, and not of what the text is about. */
const isOfPerson = (tag: string, { named }: Parameters) => isQuote(tag) || !!named(...personal)

/** The titles that stand above the text of a tag, as Markdown. @param tag its name, in small letters */
export function titlesOf(tag: string, parameters: Parameters): string[] {
  const isTitle = (one: string) => /^[^a-z].*\s/.test(one) && isWords(one)
  const first = isQuote(tag) ? undefined : parameters.inOrder.find(isTitle)
  const names = isOfPerson(tag, parameters) ? above : [...above, 'name']
  const titles = wordsOf(parameters, names)
  return titles.length === 0 && first ? [first] : titles
}

/** Who says the text of a tag, and what else is said of it, as HTML; '' where nothing is. */
export function wordsBelow(tag: string, parameters: Parameters, inline: Inline): string {
  const names = isQuote(tag)
    ? belowQuote
    : isOfPerson(tag, parameters)
      ? below
      : ['caption', 'figcaption']
  const named = wordsOf(parameters, names)
  // Of a quotation nothing but who says it, and where, is stated without a name.
  const inOrder = isQuote(tag) ? parameters.inOrder : []
  const words = [...named, ...inOrder.filter((one) => isWords(one))].map(inline).join(', ')
  const address = ['source', 'cite', 'url', 'link', 'href']
    .map((name) => parameters.named(name) ?? '')
    .concat(inOrder)
    .find(isAddress)
  if (!address) return words
  const shown = words || escapeText(address.replace(/^https?:\/\/(?:www\.)?/, ''))
  return shown.includes('<a ') ? shown : `<a href="${escapeAttribute(address)}">${shown}</a>`
}

/** `{% blockquote Jo Lind, Tides https://example.org The words %}` of Octopress and Hexo. @param written behind the name */
export function creditOfQuote(written: string, inline: Inline): string {
  const [, who = '', address, title = ''] =
    /^((?:(?!https?:\/\/)[^\n])*)(?:(https?:\/\/\S+)([^\n]*))?$/.exec(written.trim()) ?? []
  const words = who.trim().replace(/,$/, '')
  if (!address) return inline(words)
  const link = `<a href="${escapeAttribute(address)}">${inline(title.trim() || words || address)}</a>`
  return title.trim() && words ? `${inline(words)}, ${link}` : link
}

/** So many questions one tag may ask. */
const mostQuestions = 30

/** `q0="…" a0="…" a0link="…"`: questions with their answers. */
function questionsOf({ named }: Parameters, inline: Inline): string[] {
  const found: string[] = []
  for (let at = 0; at < mostQuestions; at += 1) {
    const question = named(`q${at}`, `question${at}`)
    const answer = named(`a${at}`, `answer${at}`)
    const address = named(`a${at}link`, `q${at}link`) ?? ''
    if (question) found.push(`<p><strong>${inline(question.trim())}</strong></p>`)
    const source = isAddress(address)
      ? ` <a href="${escapeAttribute(address)}">${escapeText(address.replace(/^https?:\/\//, ''))}</a>`
      : ''
    if (answer) found.push(`<p>${inline(answer.trim())}${source}</p>`)
  }
  return found
}

/**
 * `{% code Count the gulls lang:js %}`: words without quotes, as tags of Hexo have them, or the name of a file.
 * @param rest what stands behind the name of the tag
 * @returns '' where it states values in another way
 */
export function plainWords(rest: string): string {
  if (/["=<>{}]/.test(rest)) return ''
  const words = rest.replace(/(?:^|\s)(?:https?:|[a-z_]+:(?=\S))\S*/g, ' ').trim()
  return /\S\s+\S|\.\w/.test(words) ? words.replace(/\s+/g, ' ') : ''
}

/** What a tag without a text says within a line, as HTML; '' where that is nothing. */
export const wordsInLine = (parameters: Parameters, inline: Inline): string =>
  wordsOf(parameters, ['text']).map(inline).join('')

/** What a tag without a text says on a line of its own, as HTML; '' where that is nothing. */
export const wordsAlone = (parameters: Parameters, inline: Inline): string =>
  [
    ...wordsOf(parameters, above).map((one) => `<p><strong>${inline(one)}</strong></p>`),
    ...wordsOf(parameters, alone)
      .filter((one) => /\s/.test(one))
      .map((one) => `<p>${inline(one)}</p>`),
    ...questionsOf(parameters, inline),
  ].join('\n')

/** What a tag states in quotation marks, or without them. */
const values = /"([^"]*)"|'([^']*)'|`([^`]*)`|[^\s"'`=]+/g

/** More are not looked for one by one. */
const mostValues = 30

/**
 * Whether a tag whose text stays states words, a file or an address that nobody is shown.
 * @param rest what is written behind its name
 * @param shown beside its text, as HTML
 */
export function losesWords(rest: string, shown: string, inline: Inline): boolean {
  const stated = Array.from(
    rest.matchAll(values),
    ([whole, ...parts]) => parts.find((part) => part) ?? whole,
  )
  const isShown = (value: string) =>
    shown.includes(inline(value)) || shown.includes(escapeAttribute(value))
  const content = stated.filter(isContent)
  return content.length > mostValues || content.some((value) => !isShown(value))
}

const isContent = (value: string) =>
  isAddress(value) || /\w\.[a-z]\w{1,3}$/i.test(value) || (/\s/.test(value) && isWords(value))

/** A tag whose text somebody else has said. */
export const isQuote = (name: string) => /quot|testimonial|^(?:cite|epigraph)$/.test(name)

/** Within a sentence, what names a book. */
const isReference = (name: string) => name === 'cite'

/**
 * A quotation that is wholly stated within its tag, as HTML: its words come first, or are named.
 * @param isAlone on its lines, and not in a sentence
 * @returns '' where that states none
 */
export function wholeQuote(
  tag: string,
  parameters: Parameters,
  inline: Inline,
  isAlone: boolean,
): string {
  const { named, inOrder } = parameters
  const stated = named('text', 'content', 'quote', 'body', 'message')
  const words = stated ?? inOrder[0] ?? ''
  const isStated = isReference(tag)
    ? isAlone && /\S\s+\S/.test(words)
    : /\S\s+\S/.test(words) || isWords(words)
  if (!isStated) return ''
  const rest = { named, inOrder: stated === undefined ? inOrder.slice(1) : inOrder }
  const credit = wordsBelow(tag, rest, inline)
  if (!isAlone) return `<q>${inline(words)}</q>${credit === '' ? '' : ` (${credit})`}`
  const source = credit === '' ? '' : `<p>— ${credit}</p>`
  return `<blockquote><p>${inline(words)}</p>${source}</blockquote>`
}
