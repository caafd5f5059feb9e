/** The lines of a web page in their order, and which of them are its story's own. */
import { cleanLine } from '../../../text.ts'
import type { Document, Element } from '../lines/page-elements.ts'
import { isOfPost } from '../lines/page-when.ts'
import { classesOf, namesOf, ofOthers } from './page-classes.ts'
import { headingsOf, isTitle } from './page-heading.ts'
import { isDayAbove, saysWhen } from './page-time-box.ts'

/** Where something may be read: an element, or the line below a break in it. */
export interface Place {
  readonly element: Element
  /** What it says; empty where that is longer than a line. */
  line: string
  /** What is on the line that it begins on: of an element within a paragraph, the paragraph. */
  readonly whole: { text: string }
  /** Whether it belongs to the page's frame, to other stories or to comments. */
  readonly isOut: boolean
}

/** The places of a page. */
export interface Places {
  readonly all: readonly Place[]
  /** Where in them the story's heading is. */
  readonly heading: number | undefined
  /** Whether that is a title of the page, and not merely its first heading. */
  readonly isTitled: boolean
}

/** What is longer is no line. */
const longest = 200
/** No more of a text is kept. */
const most = 2 * longest

const inline = new Set(
  'a abbr acronym b bdi bdo big cite code del dfn em font i img ins kbd label mark meta nobr q s samp small span strike strong sub sup time tt u var wbr'.split(
    ' ',
  ),
)
const unread = new Set(
  'script style noscript template svg math iframe object select button textarea head title'.split(
    ' ',
  ),
)
const outside = new Set(['aside', 'nav', 'blockquote', 'figure', 'figcaption', 'dialog'])

/** Names of class and id, whole ones and the ends of some. */
const frame =
  /(?:^| )(?:(?:site-|page-|main-|global-|top-)(?:footer)|(?:site-|page-|main-|global-|top-)?(?:masthead|navigation|navbar|nav|menu|breadcrumbs?)|(?:site|global|top)-header|top-?bar|ticker|(?:current-|todays?-)(?:date|time)|today|copyright|teasers?|more|(?:sidebar-)?widget(?:-area)?)(?= |$)/
const others = new RegExp(
  `(?:^|[- ])(?:related|recent|popular|trending|recommended|latest|${ofOthers}|top-stories|comments?(?!-(?:link|count))|commentlist|disqus|respond|repl(?:y|ies)|(?:web-?)?mentions|webmention|(?:ping|track)backs?|h-cite|tweets?|twitter-tweet|sidebar|side-(?:bar|rail)|newsletter)(?:-(?:articles?|content|entries|items?|list|news|posts?|stor(?:y|ies)|widget|wrapper|wrap|area|section|thread|body|meta|metadata|author|date|text|box))*(?= |$)`,
)

/** Blogger calls the box of the posts so too. */
const postsOfBlogger = /(?:^| )widget blog(?= |$)/

/** A widget that is named so is the story's own. */
const bylineOfStory = /(?:^| )(?:article|entry|post|story)-(?:authors?|by-?lines?)(?= |$)/

/** A post, as microformats mark it (https://microformats.org/wiki/h-entry). */
const entry = '[class~="h-entry"]'

/** They have days of their own. */
const occasions =
  /(?:^| )(?:weather|forecast|events?|calendar|countdown|agenda|kalender|termine?|fixtures?)(?:-(?:box|card|details?|items?|list|widget))*(?= |$)/

const otherWorks = /(?:Movie|Book|Event|Series|Album|Recording|Product|Game|Episode)$/

/** Found when first asked for: a page that states its date and its authors needs none. @param titles of the page, in any of its forms */
export function placesOnce(document: Document, titles: readonly string[]): () => Places {
  let found: Places | undefined
  return () => {
    found ??= placesIn(document, titles)
    return found
  }
}

function placesIn(document: Document, titles: readonly string[]): Places {
  const body = document.querySelector('body') ?? document.querySelector('html')
  if (!body) return { all: [], heading: undefined, isTitled: false }
  const story =
    wholeHeading(document, titles) ??
    storyHeading(document, titles) ??
    titleElement(
      placesOf(body, () => false),
      titles,
    )
  const above = new Set<Element>()
  for (let one: Element | null = story ?? null; one; one = one.parentElement) above.add(one)
  const isInArticle = story?.closest('article') != null
  const isInEntry = story?.closest(entry) != null
  // Of a list's item or an article's part, not of the page.
  const isBesideStory = ({ parentElement }: Element) =>
    parentElement !== null &&
    above.has(parentElement) &&
    parentElement !== body &&
    parentElement.parentElement !== body
  const all = placesOf(body, (element) => {
    if (above.has(element)) return false
    if (isInArticle && element.localName === 'article') return true
    if (isInEntry && classesOf(element).includes('h-entry')) return true
    const isBeside = isPartOf(above, element) || above.has(element.closest('article') ?? element)
    if (isBeside && !others.test(namesOf(element)) && saysWhen(element)) return false
    if (isDayAbove(element, above)) return false
    return isFrame(element) || (isFooter(element) && !isBesideStory(element))
  })
  const heading = all.findIndex(({ element }) => element === story)
  const line = all[heading]?.line ?? ''
  const isTitled = titles.some((title) => isTitle(line, title))
  return { all, heading: heading === -1 ? undefined : heading, isTitled }
}

function placesOf(body: Element, isOutside: (element: Element) => boolean): Place[] {
  const all: Place[] = []
  walk(body, { all, isOutside }, { whole: { text: '' } }, false)
  for (const place of all) {
    place.line = lineOf(place.line)
    place.whole.text = cleanLine(place.whole.text)
  }
  return all
}

function isFrame(element: Element): boolean {
  const { localName } = element
  if (outside.has(localName)) return true
  // Within an article it is its own.
  if (localName === 'header') return element.closest('article, main') === null
  if (localName === 'body' || localName === 'main') return false
  if (otherWorks.test(element.getAttribute('itemtype')?.trim() ?? '')) return true
  const named = namesOf(element).replace(postsOfBlogger, ' ')
  const names = bylineOfStory.test(named) ? named.replace(/(?<![^ ])widget(?= |$)/, '') : named
  return names !== '' && (frame.test(names) || others.test(names) || occasions.test(names))
}

const isPartOf = (above: ReadonlySet<Element>, { parentElement }: Element) =>
  parentElement !== null && above.has(parentElement) && parentElement.localName !== 'body'

/** Within an article it is its own. */
const isFooter = (element: Element) =>
  (element.localName === 'footer' || /(?:^| )footer(?= |$)/.test(namesOf(element))) &&
  element.closest('article, main') === null

/** So many headings are looked at: a page has few that are its title. */
const mostHeadings = 20

/** A heading that is the title, where there are several not that of a list of stories. */
function storyHeading(document: Document, titles: readonly string[]): Element | undefined {
  const headings = headingsOf(document, titles).slice(0, mostHeadings)
  const own = headings.filter((heading) => !isWithinFrame(heading))
  const isFirst = ({ localName }: Element) => localName === 'h1'
  return own.find(isFirst) ?? own[0] ?? headings.find(isFirst) ?? headings[0]
}

/** A lower heading that is the title whole, where one above is only its beginning, as the name of a site is. */
function wholeHeading(document: Document, [title = '']: readonly string[]): Element | undefined {
  const [first] = headingsOf(document, [title]).filter((one) => !isWithinFrame(one))
  if (title === '' || first) return undefined
  return [...document.querySelectorAll('h3, h4')]
    .slice(0, mostHeadings)
    .find((one) => cleanLine(one.textContent) === title && !isWithinFrame(one))
}

/** Whether a heading is the frame's, or that of a list of other stories. */
export function isWithinFrame(heading: Element): boolean {
  for (let one: Element | null = heading; one; one = one.parentElement) {
    if (one.localName !== 'header' && isFrame(one)) return true
  }
  return false
}

/** Where no heading is the title: another element that is, the innermost; else the first heading. */
function titleElement(all: readonly Place[], titles: readonly string[]): Element | undefined {
  const isTitled = ({ line, element }: Place) =>
    element.localName !== 'time' && titles.some((title) => isTitle(line, title))
  const found =
    all.find((place) => /^h[3-6]$/.test(place.element.localName) && isTitled(place)) ??
    // The last, as a path of links to it stands before it.
    all.findLast(isTitled) ??
    all.find(({ element }) => element.localName === 'h1')
  return found?.element
}

interface Walk {
  readonly all: Place[]
  readonly isOutside: (element: Element) => boolean
}

/** What stands beside each other until an element or a break begins another line. */
interface Run {
  whole: { text: string }
}

/**
 * Elements are 250 deep at most: who reads a page refuses what is deeper.
 * @returns the text of the element, of which `most` characters are enough
 */
function walk(element: Element, into: Walk, around: Run, isOut: boolean): string {
  const isInline = inline.has(element.localName)
  const run = isInline ? around : { whole: { text: '' } }
  const place: Place = { element, line: '', whole: run.whole, isOut }
  into.all.push(place)
  let hasBreak = false
  const endLine = () => {
    if (hasBreak && run.whole.text.length <= most)
      into.all.push({ element, line: run.whole.text, whole: run.whole, isOut })
    run.whole = { text: '' }
  }
  let text = ''
  const add = (words: string) => {
    if (text.length <= most) text += words
  }
  for (const node of element.childNodes) {
    if (node.nodeType === 3) {
      const words = node.textContent.slice(0, most + 1)
      add(words)
      if (run.whole.text.length <= most) run.whole.text += words
    }
    if (node.nodeType !== 1) continue
    const inner = node as Element
    const written = inner.localName === 'script' ? dateWrittenBy(inner) : ''
    if (written !== '') {
      add(written)
      if (run.whole.text.length <= most) run.whole.text += written
    }
    if (unread.has(inner.localName)) continue
    if (inner.localName === 'br') {
      add('\n')
      hasBreak = true
      endLine()
      continue
    }
    const isPart = inline.has(inner.localName)
    // Words with nothing around them are a line above what follows.
    if (!isPart && /\d/.test(run.whole.text)) {
      hasBreak = true
      endLine()
    }
    const isInnerOut = isOut || into.isOutside(inner)
    const words = walk(inner, into, run, isInnerOut)
    // What is out of the story says nothing of what it stands in.
    if (isOut || !isInnerOut) add(isPart ? words : ` ${words} `)
    if (!isPart) run.whole = { text: '' }
  }
  if (!isInline) endLine()
  place.line = text
  return text.slice(0, most + 1)
}

/** `showDate("2024-05-01 09:30")`: of a script that does nothing else people see that day where it stands. */
function dateWrittenBy(script: Element): string {
  const [, , date] = callWithDate.exec(script.textContent.slice(0, longest)) ?? []
  return date ? ` ${date} ` : ''
}

const callWithDate =
  /^\s*(?:document\.write|\w{0,20}(?:date|time)\w{0,20})\(\s*(["'])((?:19|20)\d{2}[-/.]\d{1,2}[-/.]\d{1,2}[\d :T]{0,30})\1\s*\);?\s*$/i

function lineOf(text: string): string {
  const line = text.length <= most ? cleanLine(text) : ''
  if (line.length <= longest) return line
  return isOfPost(line) ? line.slice(0, longest) : ''
}
