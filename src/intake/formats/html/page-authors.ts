/** Who wrote a web page: as it is stated for machines, and in the links beside its heading that lead to its authors. */
import { cleanLine } from '../../../text.ts'
import { isWebUrl } from '../../../uri.ts'
import { bylinesOf } from '../../byline.ts'
import {
  afterBy,
  behind,
  conjunctions,
  isLabelled,
  isNameWithoutCapitals,
  isOffice,
  isOfPicture,
  isPersonName,
  namesInByline,
  withoutBy,
} from '../lines/page-byline.ts'
import type { Document, Element } from '../lines/page-elements.ts'
import { whenIn } from '../lines/page-when.ts'
import { isTemplate } from '../lines/template-signs.ts'
import { namesOf } from './page-classes.ts'
import { besideHeading, isInProse } from './page-dates-shown.ts'
import { jsonInMeta, type Meta, type Stated, textsOf } from './page-facts.ts'
import type { Place, Places } from './page-places.ts'

/** What publishing systems call authors, besides `article:author` and `author`; in the order in which they are believed. */
const authorNames = [
  'parsely-author',
  'sailthru.author',
  'og:article:author',
  'byl',
  'byline',
  'dc.creator',
  'dcterms.creator',
  'dc:creator',
  'citation_author',
  'articleauthor',
]

/** A page of which is asked who wrote it. */
interface Asked {
  readonly document: Document
  /** Its lines, found when first asked for. */
  readonly places: () => Places
  readonly stated: Stated
  readonly meta: Meta
  /** Names of the site, which some write behind that of an author. */
  readonly publishers: readonly string[]
  /** Of the page, where known. */
  readonly language: string | undefined
}

/**
 * Who wrote a page: those whom it states for machines, if that is not merely the paper, else those whom links beside its heading lead to, else whom its lines name.
 * The page is looked at before the story is found, which uses it up.
 * @returns asks for the names, with the lines that were found around the story
 */
export function authorsOfPage(page: Asked): (bylines: readonly string[]) => readonly string[] {
  const authors = statedAuthors(page)
  const own = authors.filter((name) => !isOfSite(name, page))
  if (own.some(isPersonName)) return () => authors
  const beside = besideHeading(page.places())
  if (own.length > 0) {
    // An account, or who put the page in: a byline has the whole name.
    const signed = signedAuthors(beside, page.language).filter((name) => !isOfSite(name, page))
    return () => (signed.length > 0 ? signed : authors)
  }
  const below = authorsBelow(page)
  const isOthers = linesOfOthers(page.places())
  const linked = linkedAuthors(page, beside)
  const shown = shownAuthors(beside, page.language)
  if (authors.length > 0) {
    const people = (linked.length > 0 ? linked : shown).filter((name) => !isOfSite(name, page))
    return () => (people.length > 0 ? people : authors)
  }
  return (bylines) => {
    const lines = bylines.filter((line) => !isOthers(line))
    const named = namesInByline(lines, page.language)
    const names = named.length > 0 ? named : shown
    // A line with all of them may name others too.
    const found = linked.every((name) => names.includes(name)) ? names : linked
    return found.length > 0 ? found : below
  }
}

/** Tells a line that stands nowhere but outside the story: it names who wrote another, or a comment. */
function linesOfOthers({ all }: Places): (line: string) => boolean {
  const own = new Set(all.filter(({ isOut }) => !isOut).map(({ line }) => line))
  const others = new Set(all.filter(({ isOut }) => isOut).map(({ line }) => line))
  return (line) => others.has(line) && !own.has(line)
}

/** Who is named in lines anywhere that say it with a word, as publishing systems have them below a post; of other posts there are several. */
function authorsBelow({ places, language }: Asked): readonly string[] {
  const all = places().all.filter(({ isOut, line }) => !isOut && line.length <= longestByline)
  const found = all.flatMap((place) => {
    if (!isSigned(place.line) || isInProse(place)) return ofDrupal(place)
    const names = namesInByline([place.line], language)
    const isWho = (name: string) => isPersonsName(name) || isAccount.test(name)
    return names.length > 0 && names.every(isWho) ? [names] : []
  })
  const [first = []] = found
  return found.every((names) => names.join() === first.join()) ? first : []
}

const isSigned = (line: string) => saysDoneBy.test(line) || isLabelled(line)

const saysDoneBy = /^(?:posted|published|submitted|written) by:?\s/i
const isAccount = /^\p{L}[\p{L}\p{N}_.-]{2,30}$/u

/** Drupal has "Submitted by jo on 6 June 2006" in the site's language: a word, the name, a word and the day. */
function ofDrupal({ element, line }: Place): readonly string[][] {
  const isNamed = /(?:^|[\s_-])submitted(?=$|\s)/.test(element.getAttribute('class') ?? '')
  const name = isNamed
    ? /^\p{L}{1,8} (\S{3,30}(?: \p{Lu}\S{1,30}){0,2}) \p{Ll}{1,4} \d/u.exec(line)
    : null
  return name?.[1] ? [[name[1]]] : []
}

/** Whether an author is the paper, by its name or by that before the ending of its host in the page's title. */
function isOfSite(author: string, { publishers, document }: Asked): boolean {
  const title = cleanLine(document.querySelector('title')?.textContent.slice(0, 1000) ?? '')
  const [, host] = /\s[-–—|]\s(?:www\.)?([\p{L}\d-]+)\.\p{L}{2,}$/u.exec(title) ?? []
  const names = [...publishers, ...(host ? [host] : [])].map((name) => name.toLowerCase())
  return [author, author.split(',')[0] ?? ''].some((name) => names.includes(name.toLowerCase()))
}

/** The first that are stated; where those are merely the paper, the first besides it. */
function statedAuthors(page: Asked): readonly string[] {
  const { document, stated, meta } = page
  const lists = [
    stated('author'),
    meta('article:author'),
    meta('author'),
    stated('creator'),
    ...authorNames.map((name) => meta(name)),
    textsOf(jsonInMeta(meta), 'authors'),
    textsOf(jsonInMeta(meta), 'author'),
    // Mostly an account.
    meta('twitter:creator').filter(isPersonName),
    ofMicrodata(document),
  ]
  const named = lists
    .map((list) => list.map((text) => withoutBy(cleanLine(text))).filter(namesSomebody))
    .map((texts) => [...new Set(texts.flatMap((text) => namesIn(text, page.publishers)))])
    .filter((names) => names.length > 0)
  return named.find((names) => !names.every((name) => isOfSite(name, page))) ?? named[0] ?? []
}

/** Who wrote the only thing on a page of which microdata tell that: pictures, comments and other stories have authors too. */
function ofMicrodata(document: Document): readonly string[] {
  const [first = [], ...others] = [...document.querySelectorAll('[itemprop~="author" i]')]
    .slice(0, most)
    .filter((one) => !isOfPicture(one) && !one.closest(ofReaders))
    .map(namesWithin)
  const isOne = others.every((names) => names.join() === first.join())
  return isOne && first.every((name) => isPersonsName(name.split(betweenNames)[0] ?? ''))
    ? first
    : []
}

function namesWithin(author: Element): readonly string[] {
  const named = [...author.querySelectorAll('[itemprop~="name" i]')]
  return (named.length > 0 ? named : [author]).map((one) =>
    cleanLine(one.getAttribute('content') ?? one.textContent.slice(0, longestByline)),
  )
}

const ofReaders = '[itemprop~="comment" i], [itemtype*="Comment"], [itemprop~="review" i]'

/** Facebook made article:author the address of a profile; others write where to write to, or the number of an account. */
const namesSomebody = (text: string) =>
  !isWebUrl(text) && bylinesOf(text).some(({ name }) => /\p{L}/u.test(name) && !isOfTemplate(name))

const isOfTemplate = (name: string) => ofTemplates.test(name) || isTemplate(name)

/** What stands in the template of a page until somebody writes a name there. */
const ofTemplates =
  /^(?:(?:your|full|author(?:['’]?s)?|first|last) ?name|name|authors?|username|undefined|null|none|n\/a)$/i

const betweenNames = new RegExp(
  `\\s*[;,，、；]\\s*(?:(?:${conjunctions})\\s+)?|\\s+(${conjunctions})\\s+`,
  'u',
)

/**
 * `Ada Brandt, Jo Hale and Ola Lind, AP` → its three people. Behind a comma what is no person's name is what somebody is, or
 * works for; beside "and" it is the rest of a name, as in José Ortega y Gasset, and the text one name.
 */
function namesIn(written: string, publishers: readonly string[]): string[] {
  const text = withoutBehind(written.replace(/^\[(.*)\]$/u, '$1'))
  if (text.includes('@')) return [text]
  const parts = text.split(betweenNames)
  const first = withoutBehind(parts[0] ?? '')
  if (!isPersonsName(first)) return [text]
  const names = [first]
  for (let at = 1; at < parts.length; at += 2) {
    const and = parts[at]
    const name = withoutBehind(parts[at + 1] ?? '')
    if (isSuffix.test(name)) names.push(`${names.pop()}, ${name}`)
    else if (isPersonsName(name) && !publishers.includes(name)) names.push(name)
    else if (and) return [text]
  }
  return names
}

/** Nothing of what is no person's name. */
function withoutBehind(text: string): string {
  const [name = ''] = text.split(behind)
  return isPersonsName(name) ? name : text
}

const isSuffix = /^(?:jr|sr)\.?$/i

/** Where sites keep the pages of those who write for them. */
const pagesOfAuthors =
  /\/(?:authors?|by|people|profiles?|writers?|journalists?|staff|contributors?|columnists?|reporters?|autor(?:en|es|in)?|auteurs?)\/[^/]/i

const partsOfAuthors = ['author', 'author-name', 'authors', 'byline']
  .map((name) => `[class~="${name}" i]`)
  .join(', ')

/** The names in the links to authors: beside the heading, and in an `<address>`, which says whom to write to. */
function linkedAuthors(
  { document, publishers }: Asked,
  beside: readonly Place[],
): readonly string[] {
  const lines = beside
    .filter((place) => isLink(place.element) && !isInProse(place))
    .map(({ line }) => line)
  const contacts = [...document.querySelectorAll('article address a[rel~="author" i]')]
  const all = lines.length > 0 ? lines : contacts.slice(0, most).map((one) => one.textContent)
  const names = all.flatMap((line) => namesIn(withoutBy(cleanLine(line)), publishers))
  return [...new Set(names.filter(isPersonsName))]
}

const isPersonsName = (text: string) => isPersonName(text) || isNameWithoutCapitals(text)

/** Who is named in a line beside the heading that begins with "By". */
function signedAuthors(places: readonly Place[], language: string | undefined): readonly string[] {
  const lines = places.filter(
    ({ line }) =>
      line.length <= longestByline && (Boolean(afterBy(line, language)) || isLabelled(line)),
  )
  for (const { line, element } of lines) {
    // Around it others may be glued to the names.
    const isAround = lines.some((one) => one.element !== element && element.contains(one.element))
    const names = isAround ? [] : namesInByline([line], language).filter(isPersonsName)
    if (names.length > 0) return names
  }
  return []
}

/** Who is named beside the heading in a line that begins with "By", or in one of its own right above a date. */
function shownAuthors(places: readonly Place[], language: string | undefined): readonly string[] {
  const beside = places.filter(({ line }) => line !== '')
  const signed = signedAuthors(beside, language)
  if (signed.length > 0) return signed
  const titled = beside.flatMap(({ element }) => nameAboveOffice(element)).slice(0, 1)
  if (titled.length > 0) return titled
  for (const [at, place] of beside.entries()) {
    const name = place.line.replace(/\s*[|•·]$/, '')
    if (afterBy(name, language) !== undefined) continue
    if (!isPersonName(name) || isInProse(place) || noLine.test(place.element.localName)) continue
    if (isNamedForWriters(place.element)) return [name]
    const below = beside.slice(at + 1, at + 4)
    const date = below.find(
      ({ line }) => whenIn(line.replace(weekday, ''), () => undefined)?.isNamed === false,
    )
    if (date?.element.parentElement?.contains(place.element)) return [name]
  }
  return []
}

/** `<div>Ida Brandt<span>Editor, Holm Post</span></div>` */
function nameAboveOffice(element: Element): string[] {
  const [first, second, third] = [...element.childNodes].filter(
    ({ textContent }) => textContent.trim() !== '',
  )
  const name = cleanLine(first?.textContent.slice(0, longestByline) ?? '')
  if (first?.nodeType !== 3 || second?.nodeType !== 1 || third || !isPersonName(name)) return []
  return isOffice(cleanLine(second.textContent.slice(0, longestByline))) ? [name] : []
}

/** Whether it, or the box around its lines, is named for those who write. */
const isNamedForWriters = (element: Element) =>
  [element, element.parentElement].some((one) => one && namedForWriters.test(namesOf(one)))

const namedForWriters =
  /(?:^|[ -])(?:by-?line|author|reporter|writer|journalist|autor|auteur|autore|yazar|muhabir|penulis)(?:-(?:name|line|\d+))?(?= |$)/

const weekday = /^\p{L}{2,12},\s/u
const longestByline = 150
const noLine = /^(?:a|h[1-6]|b|strong|em|figcaption|label|button)$/

/** No story has more authors. */
const most = 20

const isLink = (element: Element) =>
  element.localName === 'a' &&
  (/(?:^|\s)author(?:\s|$)/i.test(element.getAttribute('rel') ?? '') ||
    pagesOfAuthors.test((element.getAttribute('href') ?? '').slice(0, 500)) ||
    element.closest(partsOfAuthors) !== null)
