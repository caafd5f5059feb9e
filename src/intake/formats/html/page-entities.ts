/** Dates in a page's JSON-LD of what is no article: https://schema.org/dateCreated and its kin. */
import { attempt } from '../../../attempt.ts'
import type { Document } from '../lines/page-elements.ts'
import {
  isArticle,
  isObject,
  type Json,
  jsonLdObjects,
  jsonLdScripts,
  statesPage,
} from './page-facts.ts'

/**
 * The texts of these properties of whatever is the page itself or what it is about, and of a statement about an article that is
 * broken. The items of a list, films, comments and reviews have dates of their own.
 */
export function* datesOfEntities(document: Document, properties: readonly string[]) {
  const isOfPage = statesPage(document)
  const statements = jsonLdObjects(document)
  // A page about a product has reviews beside it.
  const [review] = statements.every(isReviewOrSite) ? statements.filter(isReview) : []
  for (const statement of statements) {
    const isOwn = statement === review || isOfPage(statement)
    if (!isPage(statement) && !isArticle(statement) && !isOwn) continue
    for (const property of properties) {
      const texts = [statement[property]]
        .flat()
        .map((value) => (isObject(value) ? value['@value'] : value))
      yield* texts.filter((text) => typeof text === 'string')
    }
  }
  const named = new RegExp(`"(?:${properties.join('|')})"\\s{0,20}:\\s{0,20}"([^"<]{8,40})"`)
  for (const text of jsonLdScripts(document)) {
    if (attempt(() => JSON.parse(text)) !== undefined) continue
    const plain = text.replace(innermost, (part) => (otherType.test(part) ? '' : part))
    const own = plain.slice(0, otherType.exec(plain)?.index)
    const found = articleType.test(own) ? named.exec(own)?.[1] : undefined
    if (found) yield found
  }
}

/** Objects with none in them, as pictures are. */
const innermost = /\{[^{}]*\}/g

const otherType =
  /"@type"\s{0,20}:\s{0,20}\[?\s{0,20}"(?:ItemList|VideoObject|ImageObject|Comment|UserComments|Review|Rating|Event)/
const articleType =
  /"@type"\s{0,20}:\s{0,20}\[?\s{0,20}"(?:\w{0,40}(?:Article|Posting|Page)|Report)"/

const isReview = (statement: Json) =>
  [statement['@type']].flat().some((type) => /Review$/.test(String(type)))

const isReviewOrSite = (statement: Json) =>
  isReview(statement) ||
  [statement['@type'] ?? 'Thing']
    .flat()
    .some((type) =>
      /(?:Page|WebSite|Organization|Person|BreadcrumbList|ImageObject|Thing)$/.test(String(type)),
    )

/** https://schema.org/WebPage and the types below it, but for lists. */
const isPage = (statement: Json) =>
  [statement['@type']]
    .flat()
    .some((type) => /(?<!Collection|Results|Profile)Page$/.test(String(type)))
