/** The dates that a web page states for machines, each as it is written. */
import { cleanLine } from '../../../text.ts'
import type { Document, Element } from '../lines/page-elements.ts'
import { createdNames, plainNames, publishedNames, updatedNames } from './page-date-names.ts'
import { datesOfEntities } from './page-entities.ts'
import { jsonInMeta, type Meta, type Stated, textsOf } from './page-facts.ts'
import type { Places } from './page-places.ts'

/** A date is a line; what is longer is none. */
export const longest = 200

/** In the order in which they are believed; the later ones cost more to find. */
export function* publishedDates({ stated, meta, ...page }: PageToDate) {
  yield* stated('datePublished')
  yield* publishedNames.flatMap((name) => meta(name))
  yield* textsOf(jsonInMeta(meta), 'pub_date')
  yield* datesOfEntities(page.document, ['datePublished'])
  yield* microdata(page, 'datePublished')
  yield* microformats(page, 'published')
}

/** Of the publication, or of the record of the page. */
export function* plainDates({ meta }: PageToDate) {
  yield* plainNames.flatMap((name) => meta(name))
}

/** Of the page, as it may be, or of its film. */
export function* createdDates({ stated, meta, ...page }: PageToDate) {
  yield* stated('dateCreated')
  yield* createdNames.flatMap((name) => meta(name))
  yield* datesOfEntities(page.document, ['uploadDate', 'dateCreated'])
  yield* microdata(page, '(?:uploadDate|dateCreated)')
}

/** Of the last change. */
export function* updatedDates({ stated, meta, ...page }: PageToDate) {
  yield* stated('dateModified')
  yield* updatedNames.flatMap((name) => meta(name))
  yield* datesOfEntities(page.document, ['dateModified'])
  yield* microdata(page, 'dateModified')
  yield* microformats(page, 'updated')
  yield* changesOfWikis(page.document)
}

/** What MediaWiki writes below each of its pages. */
function* changesOfWikis(document: Document) {
  const line = document.querySelector('#footer-info-lastmod, #lastmod')
  if (line) yield cleanLine(line.textContent.slice(0, 2 * longest))
}

/** Dates for machines by classes of https://microformats.org/wiki/hatom and h-entry, outside of other stories. */
function* microformats({ document, places }: PageWithPlaces, name: string) {
  const found = [...document.querySelectorAll(`.${name}[title], .dt-${name}[datetime]`)]
  if (found.length === 0) return
  const out = outOf(places().all)
  for (const element of found) {
    if (!out.has(element))
      yield* ['datetime', 'title'].flatMap((one) => element.getAttribute(one) ?? [])
  }
}

interface PageWithPlaces {
  readonly document: Document
  /** Its lines, found when first asked for. */
  readonly places: () => Places
}

/** A page of which is asked when it was published. */
export interface PageToDate extends PageWithPlaces {
  readonly stated: Stated
  readonly meta: Meta
  /** Of its text, where the page states none. */
  readonly language?: string | undefined
}

/** What is a page, or is written for one; a film or a book in it has a date of its own. https://schema.org/CreativeWork */
const writtenForPage =
  /(?:Article|Posting|Report|CreativeWork|Recipe|HowTo|(?<!Collection|Results|Profile)Page)$/

/** Whether the date of what microdata describe is the page's. */
function isOfPage(scope: Element | null, heading: Element | undefined): boolean {
  const type = scope?.getAttribute('itemtype')?.trim() ?? ''
  if (scope === null || type === '' || writtenForPage.test(type)) return true
  return /Review$/.test(type) && heading !== undefined && scope.contains(heading)
}

/** A property of schema.org in microdata, of what the page describes. */
function* microdata({ document, places }: PageWithPlaces, property: string) {
  const name = new RegExp(`(?:^|\\s)${property}(?:\\s|$)`, 'i')
  let out: ReadonlySet<Element> | undefined
  for (const element of document.querySelectorAll('[itemprop]')) {
    if (!name.test(element.getAttribute('itemprop') ?? '')) continue
    const { all, heading = -1 } = places()
    if (!isOfPage(element.closest('[itemscope]'), all[heading]?.element)) continue
    out ??= outOf(all)
    if (out.has(element)) continue
    yield* valuesOf(element)
  }
}

/** For machines first. */
export function* valuesOf(element: Element) {
  for (const attribute of ['content', 'datetime', 'title']) {
    const value = element.getAttribute(attribute)?.trim()
    if (value) yield value
  }
  yield cleanLine(element.textContent.slice(0, 2 * longest))
}

/** What belongs to the page's frame, or to other stories. */
const outOf = (all: Places['all']) =>
  new Set(all.flatMap((place) => (place.isOut ? [place.element] : [])))
