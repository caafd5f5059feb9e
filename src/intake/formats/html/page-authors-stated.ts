/** Who wrote a web page, as it is stated for machines: in JSON-LD, meta elements and microdata. */
import { cleanLine } from '../../../text.ts'
import { isWebUrl } from '../../../uri.ts'
import { bylinesOf } from '../../byline.ts'
import { isOfPicture, isPersonName, withoutBy } from '../lines/page-byline.ts'
import type { Document, Element } from '../lines/page-elements.ts'
import { isTemplate } from '../lines/template-signs.ts'
import {
  betweenNames,
  isPersonsName,
  longestByline,
  mostAuthors,
  namesIn,
} from './page-author-names.ts'
import { jsonInMeta, textsOf } from './page-facts.ts'
import { isOfSite, type PageWithAuthors } from './page-with-authors.ts'

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

/** The first that are stated; where those are merely the paper, or accounts, the first besides these. */
export function statedAuthors(page: PageWithAuthors): readonly string[] {
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
  const own = named.filter((names) => !names.every((name) => isOfSite(name, page)))
  return (
    own.find((names) => !names.every((name) => isAccount.test(name))) ?? own[0] ?? named[0] ?? []
  )
}

/** Who wrote the only thing on a page of which microdata tell that: pictures, comments and other stories have authors too. */
function ofMicrodata(document: Document): readonly string[] {
  const [first = [], ...others] = [...document.querySelectorAll('[itemprop~="author" i]')]
    .slice(0, mostAuthors)
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
  !isWebUrl(text) &&
  !isPath.test(text) &&
  bylinesOf(text).some(({ name }) => /\p{L}/u.test(name) && !isOfTemplate(name))

/** Of the page's own site, or an address without its scheme. */
const isPath = /^(?:[\w-]+(?:\.[\w-]+)+)?\/\S*$/

const isAccount = /^@\S+$/

const isOfTemplate = (name: string) => ofTemplates.test(name) || isTemplate(name)

/** What stands in the template of a page until somebody writes a name there. */
const ofTemplates =
  /^(?:(?:your|full|author(?:['’]?s)?|first|last) ?name|name|authors?|username|undefined|null|none|n\/a)$/i
