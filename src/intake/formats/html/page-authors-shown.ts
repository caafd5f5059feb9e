/** Who is named beside the heading of a web page: in links that lead to its authors, and in lines that say it. */
import { cleanLine } from '../../../text.ts'
import {
  afterBy,
  isLabelled,
  isOffice,
  isPersonName,
  namesInByline,
  withoutBy,
} from '../lines/page-byline.ts'
import type { Element } from '../lines/page-elements.ts'
import { whenIn } from '../lines/page-when.ts'
import { isPersonsName, longestByline, mostAuthors, namesIn } from './page-author-names.ts'
import { namesOf } from './page-classes.ts'
import { isInProse } from './page-dates-shown.ts'
import type { Place } from './page-places.ts'
import type { PageWithAuthors } from './page-with-authors.ts'

/** Where sites keep the pages of those who write for them; `licenses/by` is what Creative Commons has of pictures. */
const pagesOfAuthors =
  /(?<!\/licen[cs]es)\/(?:authors?|by|people|profiles?|writers?|journalists?|staff|contributors?|columnists?|reporters?|autor(?:en|es|in)?|auteurs?)\/[^/]/i

const partsOfAuthors = ['author', 'author-name', 'authors', 'byline']
  .map((name) => `[class~="${name}" i]`)
  .join(', ')

/** Whether it is a link to the page of who wrote, as its address or its name says. */
export function leadsToAuthor(element: Element): boolean {
  const relations = (element.getAttribute('rel') ?? '').toLowerCase().split(/\s+/)
  if (element.localName !== 'a' || relations.includes('license')) return false
  return (
    relations.includes('author') ||
    pagesOfAuthors.test((element.getAttribute('href') ?? '').slice(0, 500)) ||
    element.closest(partsOfAuthors) !== null
  )
}

/** The names in the links to authors: beside the heading, and in an `<address>`, which says whom to write to. */
export function linkedAuthors(
  { document, publishers }: PageWithAuthors,
  beside: readonly Place[],
): readonly string[] {
  const lines = withoutHelpers(beside)
    .filter((place) => leadsToAuthor(place.element) && !isInProse(place))
    .map(({ line }) => line)
  const contacts = [...document.querySelectorAll('article address a[rel~="author" i]')]
  const all =
    lines.length > 0 ? lines : contacts.slice(0, mostAuthors).map((one) => one.textContent)
  const names = all.flatMap((line) => namesIn(withoutBy(cleanLine(line)), publishers))
  return [...new Set(names.filter(isPersonsName))]
}

/** Without those behind a word for what others did, in a line of its own above them or in theirs. */
function withoutHelpers(beside: readonly Place[]): Place[] {
  let isOfHelper = false
  return beside.filter(({ line, whole }) => {
    if (ofHelper.test(line)) isOfHelper = true
    else if (/^by:?$/i.test(line) || isLabelled(line)) isOfHelper = false
    return !isOfHelper && !(whole.text !== line && ofHelper.test(whole.text.split(line)[0] ?? ''))
  })
}

const ofHelper =
  /^(?:(?:medically )?reviewed|fact[- ]checked|translated|edited|approved|checked) by:?\s?$/i

/** Who is named in a line beside the heading that begins with "By". */
export function signedAuthors(
  places: readonly Place[],
  language: string | undefined,
): readonly string[] {
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
export function shownAuthors(
  places: readonly Place[],
  language: string | undefined,
): readonly string[] {
  const beside = places.filter(({ line }) => line !== '')
  const signed = signedAuthors(beside, language)
  if (signed.length > 0) return signed
  const titled = beside.flatMap(({ element }) => nameAboveOffice(element)).slice(0, 1)
  if (titled.length > 0) return titled
  for (const [at, place] of beside.entries()) {
    const name = place.line.replace(placeBehind, '').replace(/\s*[|•·]$/, '')
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
export const isNamedForWriters = (element: Element) =>
  [element, element.parentElement].some((one) => one && namedForWriters.test(namesOf(one)))

const namedForWriters =
  /(?:^|[ -])(?:by-?line|author|reporter|writer|journalist|autor|auteur|autore|yazar|muhabir|penulis)(?:-(?:name|line|\d+))?(?= |$)/

/** `Ada Berg, in Kiel` */
const placeBehind = /,\s(?:in|à|en|i|w|v)\s\p{Lu}[\p{L} -]{1,30}$/u
const weekday = /^\p{L}{2,12},\s/u
const noLine = /^(?:a|h[1-6]|b|strong|em|figcaption|label|button)$/
