/** Who a line beside the heading of a web page says wrote it, without "By", office and time. */
import { cleanLine } from '../../../text.ts'
import { bylinesOf } from '../../byline.ts'
import { done, forWhom, isBody, label, onlyWriters } from './byline-roles.ts'
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
  const [, word = '', names = ''] = by.exec(onlyWriters(text)) ?? []
  const isBy = byWords.some(
    ([known, languages]) => known === word.toLowerCase() && languages.test(language ?? ''),
  )
  return isBy ? names : undefined
}

const by = new RegExp(`^${done}(by|von|par|por|door|di|da|av|af)(?::\\s*|\\s+|$)(.*)$`, 'isu')

/** What stands behind the names: a time, an office, and whatever is parted from them by a sign. */
export const behind =
  /\s+(?:[-–—|•·/]|on|at|in)(?:\s.*|$)|\s*[|•·(].*|(?:^|\s)\d.*|\s+T\d\d:.*|\s+(?:envoyée?s? spéci|correspondante?s? (?:à|en|au)).*/isu

/** Behind a comma they are what somebody is, not who. */
const office =
  /\b(?:agency|bureau|columnist|contributor|correspondent|desk|editor|journalist|news|newspaper|press|producer|engineer|archive|president|manager|director|officer|founder|photographer|reporter|staff|writer)s?\b|^(?:jr|sr|ph\.?d|m\.?d)\.?$/iu

/** Whether a line says what somebody is. */
export const isOffice = (line: string) => line.split(' ').length <= 8 && office.test(line)

/** A name as some state it for machines. */
export const withoutBy = (name: string) => name.replace(label, '')

/** Whether a line begins with a word for who wrote, and a colon. */
export const isLabelled = (line: string) => label.test(line) && /^[^:：]{1,30}[:：]/u.test(line)

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

function namesInLine(line: string, language: string | undefined): string[] {
  const text = onlyWriters(line.replace(brackets, '$1'))
  const names = withoutForWhom(withoutDates(afterBy(text, language) ?? withoutBy(text)))
    .replace(behind, '')
    .trim()
  // A link to something else, or who was in charge.
  if (/[›»→]$/.test(names) || ofEditor.test(line)) return []
  // "Stand:", and whatever other languages have before a date.
  if (names.endsWith(':') || saysWhen(names) || isSentence(text)) return []
  // Whoever put an address on a page did not give it to feeds.
  if (text.includes('@')) return bylinesOf(names).map(({ name }) => name)
  const [first = '', ...others] = names
    .split(/\s*[,，]\s*(?:and\s)?|\s+(?:and|&)\s+/u)
    .flatMap(atConjunction)
  // What stands behind an office is its place.
  const until = others.findIndex((name) => office.test(name))
  const more = (until === -1 ? others : others.slice(0, until)).filter(
    (name) => isName(name) || (isNameWithoutCapitals(name) && !houseWithoutCapitals.test(name)),
  )
  return [...new Set([first, ...more].map((name) => name.trim()))].filter((name) => name !== '')
}

/** Around a whole byline. */
const brackets = /^[[（【](.*)[\]）】]$/u

/** What the names of papers and agencies end in. */
const houseWithoutCapitals = /(?:社|[報报]|新[聞闻]|[網网]|部|局)$/u

/** What stands between two names, in the languages of pages; within one it has a mere surname behind it, as in José Ortega y Gasset. */
export const conjunctions = 'and|&|und|et|y|e|i|en|ve|og|och|ja|és|și|dan|và|ir|un|dhe|a|и|і|та'

/** Before somebody who helped. */
const withWords = 'with|mit|avec|con|com|met|med'

const parted = new RegExp(`\\s+(?:${conjunctions}|${withWords})\\s+`, 'u')

function atConjunction(text: string): string[] {
  const names = text.split(parted)
  return names.every(isPersonName) ? names : [text]
}

/** `Mira Onal for Quay Times` → `Mira Onal` */
function withoutForWhom(names: string): string {
  const [writers = '', rest] = names.split(forWhom, 2)
  const isWho = atConjunction(writers).every(isPersonName) && !isBody.test(writers)
  return rest !== undefined && isWho ? writers : names
}

/** "责任编辑：" and the like name who put it on the page, or where it is from. */
const ofEditor =
  /^(?:责任编辑|責任編輯|责编|責編|编辑|編輯|校对|审核|来源|來源|출처|редактор|edited by|editor|redakteur|redacteur)\s?[:：]/iu

/** What somebody says, or what is said of somebody. */
export const isSentence = (text: string) =>
  /\p{Ll}{2}[.!?…]["”’»)]?$/u.test(text) &&
  (text.match(/(?<![\p{L}\p{M}])\p{Ll}/gu)?.length ?? 0) > 2

const isName = (text: string) =>
  /^\p{Lu}[^\s:]* [^:]*\p{Lu}[^:]*$/u.test(text) && !office.test(text)

/** Two to five words, all but the particles with capitals, of which none is an office's, a place's or a label's. */
export const isPersonName = (text: string) =>
  text.length <= longestName && fullName.test(text) && !office.test(text) && !noFirstName.test(text)

/** In letters without capitals: a word of Chinese or Korean, two to four words of others. */
export const isNameWithoutCapitals = (text: string) =>
  /^(?:[\p{Script=Han}\p{Script=Katakana}\p{Script=Hiragana}]{2,6}|\p{Script=Hangul}{2,4}|(?![\p{Script=Han}\p{Script=Hangul}])[\p{Lo}\p{M}\u200c]+(?: [\p{Lo}\p{M}\u200c]+){1,3})$/u.test(
    text,
  )

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

/** Whether it is in a picture with its caption, of which schema.org has an author too: who took it. */
export const isOfPicture = (element: Element) => element.closest(pictures) !== null

const pictures = 'figure, [itemtype*="ImageObject" i], [itemprop~="image" i], [itemprop~="photo" i]'

/**
 * What a line above the text says of who wrote: a part of it named for that, or for an author, or what stands behind "by".
 * @returns lines for `namesInByline`; none where nothing in it is about that
 */
export function bylineIn(element: Element): string[] {
  const all = [element, ...element.querySelectorAll('[class], [rel], [itemprop]')].filter(
    (one) => !isOfPicture(one),
  )
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
