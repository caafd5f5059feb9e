/** Who a line beside the heading of a web page says wrote it, without "By", office and time. */
import { cleanLine } from '../../text.ts'
import { bylinesOf } from '../byline.ts'
import { withoutDates } from './date-in-text.ts'
import type { Element } from './page-elements.ts'
import { outermost } from './page-sizes.ts'
import { saysWhen } from './page-when.ts'

/** In other languages some of these are parts of names, as in Von Miller. */
const byWords: readonly (readonly [string, RegExp])[] = [
  ['by', /^/],
  ['von', /^de/i],
  ['par', /^(?!en)/i],
  ['por', /^(?!en)/i],
  ['door', /^nl/i],
  ['di', /^it/i],
  ['da', /^it/i],
  ['av', /^(?:sv|no|nb|nn)/i],
  ['af', /^(?:da|is)/i],
]

/**
 * @param language of the page, where known
 * @returns what stands behind "By"; undefined of a text that does not begin with that
 */
export function afterBy(text: string, language: string | undefined): string | undefined {
  const [, word = '', names = ''] = by.exec(text) ?? []
  const isBy = byWords.some(
    ([known, languages]) => known === word.toLowerCase() && languages.test(language ?? ''),
  )
  return isBy ? names : undefined
}

const by =
  /^(?:(?:posted|written|published|submitted|reported) )?(by|von|par|por|door|di|da|av|af)(?::\s*|\s+|$)(.*)$/isu

/** What stands behind the names: a time, and whatever is parted from them by a sign. */
const behind = /\s+(?:[-–—|•·/]|on|at|in)\s.*$|\s*[|•·].*$|(?:^|\s)\(?\d.*$/su

/** Behind a comma they are what somebody is, not who. */
const office =
  /\b(?:agency|bureau|columnist|contributor|correspondent|desk|editor|journalist|news|newspaper|press|producer|engineer|archive|photographer|reporter|staff|writer)s?\b|^(?:jr|sr|ph\.?d|m\.?d)\.?$/iu

/** A name as some state it for machines. */
export const withoutBy = (name: string) => name.replace(label, '')

const label =
  /^(?:(?:(?:analysis|opinion|reporting|story|text|words|written) )?by(?::|\s)|(?:authors?|autor(?:in|en)?|auteurs?|text[eo]?|текст|автор)\s?:)\s*/iu

/**
 * @param lines of what may say who wrote
 * @param language of the page, where known
 * @returns the names in the first line that has some, each once
 */
export function namesInByline(lines: readonly string[], language: string | undefined): string[] {
  for (const line of lines) {
    const names = namesInLine(line, language)
    if (names.length > 0) return names
  }
  return []
}

function namesInLine(text: string, language: string | undefined): string[] {
  const names = withoutDates(afterBy(text, language) ?? text)
    .replace(behind, '')
    .trim()
  // A link to something else.
  if (/[›»→]$/.test(names)) return []
  // "Stand:", and whatever other languages have before a date.
  if (names.endsWith(':') || saysWhen(names)) return []
  // Whoever put an address on a page did not give it to feeds.
  if (text.includes('@')) return bylinesOf(names).map(({ name }) => name)
  const [first = '', ...others] = names.split(/\s*,\s*(?:and\s)?|\s+(?:and|&)\s+/u)
  const more = others.filter((name) => isName(name))
  return [...new Set([first, ...more].map((name) => name.trim()))].filter((name) => name !== '')
}

const isName = (text: string) => /^\p{Lu}\S* .*\p{Lu}/u.test(text) && !office.test(text)

/** Two to five words, all but the particles with capitals, of which none is an office's, a place's or a label's. */
export const isPersonName = (text: string) =>
  text.length <= longestName && fullName.test(text) && !office.test(text) && !noFirstName.test(text)

const longestName = 60
const particles =
  '(?:(?:de[nr]?|del|della|di|da|dos|du|van|von|vom|zu|zur|la|le|el|al|bin|ibn|ben|st\\.)\\s){0,2}'
const fullName = new RegExp(
  `^\\p{Lu}[\\p{L}\\p{M}.'’-]*(?:\\s${particles}(?:[dlo]['’])?\\p{Lu}[\\p{L}\\p{M}.'’-]*){1,4}$`,
  'u',
)
const noFirstName =
  /^(?:the|new|san|los|las|buenos|hong|kuala|tel|rio|north|south|east|west|more|read|view|see|all|follow|share|photos?|about|contact)\s|\b(?:online|media|magazine|times|insider|tech|sports?|politics|news|breaking|business|university|redaktion|comments?|(?:mon|tues|wednes|thurs|fri|satur|sun)day)\b|\.(?:com|org|net|[a-z]{2})$/iu

const namedByline = /(?:^|[-_\s])(?:by-?line|submitted)(?=$|[-_\s])/i
const namedAuthor = /(?:^|[-_\s])(?:author(?:[-_]?name)?|vcard)(?=$|\s)/i

/**
 * What a line above the text says of who wrote: a part of it named for that, or for an author, or what stands behind "by".
 * @returns lines for `namesInByline`; none where nothing in it is about that
 */
export function bylineIn(element: Element): string[] {
  const all = [element, ...element.querySelectorAll('[class], [rel], [itemprop]')]
  const hasClass = (wanted: RegExp) => (one: Element) =>
    wanted.test(one.getAttribute('class') ?? '')
  const byline = all.find(hasClass(namedByline))
  const authors = outermost(
    all.filter(
      (one) =>
        hasClass(namedAuthor)(one) ||
        ['rel', 'itemprop'].some((name) =>
          /(?:^|\s)author(?:\s|$)/i.test(one.getAttribute(name) ?? ''),
        ),
    ),
  )
  const names = authors.map((author) => cleanLine(author.textContent)).join(', ')
  const behindBy = /(?:^|\s)(?:[Bb]y|BY):?\s+(?=\p{Lu}).*$/su
    .exec(linesIn(element).join(' '))?.[0]
    .trim()
  return [...(byline ? linesIn(byline) : []), names, behindBy ?? ''].filter((line) => line !== '')
}

const blocks = new Set('address,aside,br,dd,div,dt,footer,header,li,ol,p,section,ul'.split(','))

/** What an element says, a line a block. */
function linesIn(element: Element): string[] {
  let text = ''
  function add(one: Element): void {
    for (const node of one.childNodes) {
      if (node.nodeType === 3) text += node.textContent.replace(/\s+/g, ' ')
      if (node.nodeType !== 1) continue
      const inner = node as Element
      const sign = blocks.has(inner.localName) ? '\n' : ''
      text += sign
      add(inner)
      text += sign
    }
  }
  add(element)
  return text
    .split('\n')
    .map(cleanLine)
    .filter((line) => line !== '')
}
