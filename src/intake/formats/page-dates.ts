/** The dates that a web page states: for machines, in its address, and last for people beside its heading. */
import { cleanLine } from '../../text.ts'
import { dateWithin } from './date-in-text.ts'
import { shownDates } from './page-dates-shown.ts'
import type { Document, Element, Meta, Stated } from './page-facts.ts'
import { isBeside } from './page-furniture.ts'
import { dateIn } from './written-date.ts'

/** What those who publish call it in meta elements; in lower case. */
const publishedNames = [
  'article:published_time',
  'article:published',
  'article:published_date',
  'og:article:published_time',
  'og:published_time',
  'og:pubdate',
  'og:publish_date',
  'og:regdate',
  'published_time',
  'datepublished',
  'date_published',
  'dateposted',
  'datecreated',
  'date_created',
  'publishdate',
  'publish_date',
  'publish-date',
  'publish_time',
  'published-date',
  'published_date',
  'publisheddate',
  'publication_date',
  'originalpublicationdate',
  'article.published',
  'article.created',
  'article_date_original',
  'displaydate',
  'pubdate',
  'pdate',
  'ptime',
  'rbpubdate',
  'bt:pubdate',
  'vr:published_time',
  'parsely-pub-date',
  'sailthru.date',
  'shareaholic:article_published_time',
  'cxenseparse:recs:publishtime',
  'mediator_published_time',
  'rnews:datepublished',
  'citation_publication_date',
  'citation_date',
  'dc.date.issued',
  'dc.date.published',
  'dc.date.publication',
  'dc.date.created',
  'dc.date',
  'dc.created',
  'dc:date',
  'dc:created',
  'dcterms.issued',
  'dcterms.created',
  'dcterms.date',
  'date',
  'created',
  'release_date',
  'video:release_date',
]

const updatedNames = [
  'article:modified_time',
  'article:modified',
  'article:modified_date',
  'og:article:modified_time',
  'og:modified_time',
  'og:updated_time',
  'datemodified',
  'dc.modified',
  'dcterms.modified',
  'bt:moddate',
  'lastmod',
  'last-modified',
  'lastmodified',
]

/** In the order in which they are believed; the later ones cost more to find. */
function* publishedDates(document: Document, stated: Stated, meta: Meta) {
  yield* stated('datePublished')
  yield* publishedNames.flatMap((name) => meta(name))
  yield* elsewhere(document, 'datePublished')
  yield* stated('dateCreated')
  yield* elsewhere(document, '(?:uploadDate|dateCreated)')
  yield* times(document)
}

function* updatedDates(document: Document, stated: Stated, meta: Meta) {
  yield* stated('dateModified')
  yield* updatedNames.flatMap((name) => meta(name))
  yield* elsewhere(document, 'dateModified')
}

/** A property of schema.org of whatever the page describes: in JSON-LD, even where that is broken, and in microdata. */
function* elsewhere(document: Document, property: string) {
  const statement = new RegExp(`"${property}"\\s*:\\s*"([^"<]{8,40})"`)
  for (const script of document.querySelectorAll('script[type="application/ld+json" i]')) {
    const found = statement.exec(script.textContent)?.[1]
    if (found) yield found
  }
  const name = new RegExp(`(?:^|\\s)${property}(?:\\s|$)`, 'i')
  for (const element of document.querySelectorAll('[itemprop]')) {
    if (name.test(element.getAttribute('itemprop') ?? '')) yield* valuesOf(element)
  }
}

/** For machines first. */
function* valuesOf(element: Element) {
  for (const attribute of ['content', 'datetime', 'title']) {
    const value = element.getAttribute(attribute)?.trim()
    if (value) yield value
  }
  yield cleanLine(element.textContent)
}

/** The dates of `<time>` elements, the likeliest first. */
function* times(document: Document) {
  for (const selector of ['time[pubdate]', 'article time', 'main time', 'time']) {
    for (const time of document.querySelectorAll(selector)) {
      if (!isBeside(time)) yield* valuesOf(time)
    }
  }
}

/** `2019/11/18`, `2019-11-18`, `2019/nov/18` within an address. */
const inAddress = /(?<!\d)((?:19|20)\d{2})([-/_]?)(\d{2}|[a-z]{3})\2(\d{2})(?!\d)/i

function dateOfAddress(url: string): string | undefined {
  const [, year, , month = '', day] = inAddress.exec(url) ?? []
  return year && dateIn(/\d/.test(month) ? `${year}-${month}-${day}` : `${day} ${month} ${year}`)
}

export interface DatesOfPage {
  readonly published?: string | undefined
  readonly updated?: string | undefined
  /** The first that cannot be read, where none can. */
  readonly unread?: string | undefined
}

/** Programs write these where nobody wrote a date. */
const placeholder = /^(?:0|1900-01-01|1970-01-01|19[67]\d-12-31)/

export function dateOfPage(
  document: Document,
  stated: Stated,
  meta: Meta,
  titles: readonly string[],
): DatesOfPage {
  const language = document.querySelector('html')?.getAttribute('lang') ?? ''
  let unread: string | undefined
  const read = (dates: Iterable<string>) => {
    for (const text of dates) {
      const date = dateIn(text) ?? dateWithin(text, language)
      if (date && !placeholder.test(date)) return date
      unread ??= text
    }
    return undefined
  }
  const addresses = [
    document.querySelector('link[rel~="canonical" i]')?.getAttribute('href') ?? '',
    ...meta('og:url'),
  ]
  const updated = read(updatedDates(document, stated, meta))
  const published =
    read(publishedDates(document, stated, meta)) ??
    addresses.map(dateOfAddress).find((date) => date !== undefined) ??
    read(shownDates(document, titles, language)) ??
    updated
  return { published, updated, unread }
}
