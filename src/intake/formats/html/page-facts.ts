/** What an HTML page states of itself: schema.org JSON-LD, and meta elements. */
import { attempt } from '../../../attempt.ts'
import { cleanLine } from '../../../text.ts'
import type { Document } from '../lines/page-elements.ts'
import { isTitle } from './page-heading.ts'

/** An object of JSON. */
export type Json = Readonly<Record<string, unknown>>

/** Whether it is an object, or a list. */
export const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null

/**
 * Asks for the texts of a member of the article in JSON-LD. Where objects stand instead of texts,
 * it is the texts of that member of theirs; a text stands for the name or the address of an object.
 */
export type Stated = (name: string, member?: string) => string[]

const standsForText = new Set(['name', 'alternateName', 'url', '@id'])

/** Of several articles, what the one says that is the page's. */
export function jsonLd(document: Document): Stated {
  const statements = jsonLdObjects(document)
  const articles = statements.filter(isArticle)
  const ofPage = articles.length > 1 ? articles.find(statesPage(document)) : undefined
  const article: Json = ofPage ?? articles.find((one) => one.headline) ?? articles[0] ?? {}
  // Of what is no article only who made it is asked: its name may be that of what it is about.
  const isOfPage = statesPage(document)
  const work =
    articles.length > 0 ? article : statements.find((one) => isWork(one) && isOfPage(one))
  const byId = new Map<unknown, Json>()
  for (const one of statements) if (one['@id']) byId.set(one['@id'], one)
  return (name, member = 'name') => {
    const values = [(name === 'author' ? work : article)?.[name]].flat().flatMap((value) => {
      if (!isObject(value)) return standsForText.has(member) ? [value] : []
      // In a graph an object may be a mere reference to another.
      return [
        memberOf(value, member) ?? value['@value'] ?? memberOf(byId.get(value['@id']), member),
      ].flat()
    })
    const texts = values.filter((value) => typeof value === 'string')
    return texts.map((value) => plainText(value, document)).filter((value) => value !== '')
  }
}

/** Of somebody without a name those that it is made of stand for it: https://schema.org/givenName */
function memberOf(value: Json | undefined, member: string): unknown {
  if (value?.[member] || member !== 'name') return value?.[member]
  const names = [value?.givenName, value?.familyName].filter((name) => typeof name === 'string')
  return names.length > 0 ? names.join(' ') : undefined
}

/** Tells whether an object is what the page is about: its name is the page's title or heading, or its address the page's. */
export function statesPage(document: Document): (statement: Json) => boolean {
  const textOf = (selector: string) =>
    cleanLine(document.querySelector(selector)?.textContent ?? '')
  const attributeOf = (selector: string, name: string) =>
    document.querySelector(selector)?.getAttribute(name) ?? ''
  const titles = [
    textOf('title'),
    textOf('h1'),
    cleanLine(attributeOf('meta[property="og:title"]', 'content')),
  ]
  const addresses = [
    attributeOf('link[rel~="canonical" i]', 'href'),
    attributeOf('meta[property="og:url"]', 'content'),
  ].map(addressOf)
  return (statement) => {
    const names = [statement.headline, statement.name].filter((name) => typeof name === 'string')
    if (names.some((name) => titles.some((title) => isTitle(cleanLine(name), title)))) return true
    const { mainEntityOfPage: page, url, '@id': id } = statement
    const itsPages = isObject(page) ? [page['@id'], page.url] : [page]
    return [url, id, ...itsPages].some(
      (address) =>
        typeof address === 'string' && address !== '' && addresses.includes(addressOf(address)),
    )
  }
}

/** Without what differs between two addresses of one page. */
const addressOf = (url: string) =>
  url
    .trim()
    .replace(/^https?:|[?#].*$/g, '')
    .replace(/\/$/, '')

/** The texts of the page's JSON-LD, as they are written. */
export const jsonLdScripts = (document: Document): string[] =>
  [...document.querySelectorAll('script[type="application/ld+json" i]')].map(
    (script) => script.textContent,
  )

/** Every object in the page's JSON-LD that is at the top, in a list or in a graph. */
export function jsonLdObjects(document: Document): Json[] {
  // What is broken says nothing; the rest of the page still may.
  const queue: unknown[] = jsonLdScripts(document).map((text) =>
    attempt(() => JSON.parse(withoutMarks(text))),
  )
  const found: Json[] = []
  // The queue grows while it is walked, so lists in lists need no recursion.
  for (const value of queue) {
    if (Array.isArray(value)) for (const one of value) queue.push(one)
    else if (isObject(value)) {
      found.push(value)
      queue.push(value['@graph'], value.mainEntity)
    }
  }
  return found
}

/** What XHTML has around a script, mostly within a comment of the script's language. */
const withoutMarks = (text: string) =>
  text
    .replace(/^\s*(?:\/\/|\/\*)?\s*<!\[CDATA\[\s*(?:\*\/)?/, '')
    .replace(/(?:\/\/|\/\*)?\s*\]\]>\s*(?:\*\/)?\s*$/, '')

/** Article and the types below it, as names or addresses: https://schema.org/Article */
export function isArticle(statement: Json): boolean {
  return [statement['@type']].flat().some((type) => {
    const name = String(type).split('/').at(-1) ?? ''
    return name.endsWith('Article') || name.endsWith('Posting') || name === 'Report'
  })
}

/** What is written or recorded for a page, and has authors as an article has. A book or a film is only written about. */
const isWork = (statement: Json) =>
  [statement['@type']].flat().some((type) => works.test(String(type)))

const works =
  /(?:Review|Recipe|Interview|HowTo|PodcastEpisode|ImageGallery|CreativeWork|(?:FAQ|QA|Web)Page)$/

/** JSON-LD is no HTML, but many publishers escape its texts as if it were. */
function plainText(text: string, document: Document): string {
  if (!text.includes('&')) return text.trim()
  const element = document.createElement('p')
  element.innerHTML = text.replaceAll('<', '&lt;')
  return element.textContent.trim()
}

/** Gives the contents of meta elements: of the first of these names that has some. */
export type Meta = (...names: string[]) => string[]

/** Names are compared in lower case. */
export function metaElements(document: Document): Meta {
  const byName = Map.groupBy(document.querySelectorAll('meta'), (element) => {
    const name = element.getAttribute('property') ?? element.getAttribute('name') ?? ''
    return name.trim().toLowerCase()
  })
  const contents = (name: string) =>
    (byName.get(name) ?? []).map((element) => element.getAttribute('content') ?? '')
  return (...names) => firstList(names.map(contents))
}

/** The first of the lists that has anything in it. */
export function firstList(lists: readonly string[][]): string[] {
  const named = lists.map((list) => list.map(cleanLine).filter((text) => text !== ''))
  return named.find((list) => list.length > 0) ?? []
}

/** JSON in meta elements, as Parse.ly had it before JSON-LD; an empty list where there is none. */
export function jsonInMeta(meta: Meta): Json[] {
  const texts = [...meta('parsely-page'), ...meta('parsely-metadata')]
  return texts.map((text) => attempt((): unknown => JSON.parse(text))).filter(isObject)
}

/** The texts of a member of these objects. */
export const textsOf = (objects: readonly Json[], member: string): string[] =>
  objects.flatMap((one) => [one[member]].flat()).filter((value) => typeof value === 'string')
