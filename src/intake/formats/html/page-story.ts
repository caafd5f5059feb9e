/** The story among the elements of a web page, in a time that is bounded. */
import { randomUUID } from 'node:crypto'
import { Readability } from '@mozilla/readability'
import { parseHTML } from 'linkedom'
import { cleanLine, escapeAttribute } from '../../../text.ts'
import { withPlainMedia } from '../../plain-media.ts'
import { type Document, type Element, filmOrSound } from '../lines/page-elements.ts'
import { outermost, sizesIn } from '../lines/page-sizes.ts'
import { freeBoxes, joinParts } from './page-boxes.ts'
import { keepPosts, markCaptions } from './page-captions.ts'
import { removeComments } from './page-comments.ts'
import { depths } from './page-document.ts'
import {
  freeFigures,
  hideFormulas,
  removeEmpty,
  removeSame,
  showFormulaPictures,
} from './page-figures.ts'
import { keepFooters } from './page-footers.ts'
import { removeDek, removeFurniture } from './page-furniture.ts'
import { headingsOf, removeTitleHeadings } from './page-heading.ts'
import { removeHiddenWords } from './page-hidden-words.ts'
import { joinEntries } from './page-live.ts'
import { isAllOf, markNamedBody, namedBodyOf } from './page-named-body.ts'
import { listNotes } from './page-notes.ts'
import { keepPictures } from './page-pictures.ts'
import { mostProse, type Prose, wholeProse } from './page-prose.ts'
import { joinRest } from './page-rest.ts'
import { withoutLists } from './page-scope.ts'
import { freeHeads, freeSections } from './page-sections.ts'
import { keepSpeakers } from './page-speakers.ts'
import { removeTeasers } from './page-teasers.ts'
import { removeWalls } from './page-walls.ts'

/** Readability looks up to four times for a story of so many characters; among many tags once. */
const leastCharacters = 500
const mostDepthsToRetry = 20_000
const depthsToRetryInShort = 5000

/** Longer attributes are data, and cost Readability the square of their length. */
const longestAttribute = 2000

/**
 * The part of a page that is read, with what Readability finds around it; the page is used up.
 * @param titles of the page in any of its forms, its title first
 */
export function findStory(document: Document, titles: readonly string[], dek: string) {
  const [title = ''] = titles
  const { html, bylines } = pageOfStory(document, titles, dek)
  const page: Document = parseHTML(html).document
  const body = page.querySelector('body')
  const text = body?.textContent.trim() ?? ''
  const hasFilm = body?.querySelector(filmOrSound)
  // Without a word, or with the title alone, Readability would look four times in vain.
  if (body && hasFilm && (text === '' || cleanLine(text) === cleanLine(title))) {
    return { content: body, bylines: [] }
  }
  const named = body ? namedBodyOf(body) : undefined
  if (text === '') return named && { content: named, bylines }
  for (const element of page.querySelectorAll('*')) removeLongAttributes(element)
  const mayRetry = depths(page) <= Math.min(mostDepthsToRetry, depthsToRetryInShort + text.length)
  const prose = body ? mostProse(body) : undefined
  const found = new Readability<Element>(page, {
    disableJSONLD: true,
    charThreshold: mayRetry ? leastCharacters : 1,
    // Which frames are an article's is told when they become links.
    allowedVideoRegex: /./,
    serializer: (node: Element) => node,
  }).parse()
  const whole = wholeOf(found?.content, named, prose)
  if (!whole) return undefined
  for (const caption of whole.querySelectorAll('figcaption')) {
    const paragraphs = [...caption.querySelectorAll('p')]
    if (paragraphs.length === 1) paragraphs[0]?.replaceWith(...paragraphs[0].childNodes)
  }
  showIds(whole)
  showFormulaPictures(whole)
  removeSame(whole)
  removeEmpty(whole)
  const content = whole === found?.content && !named ? withoutLists(whole) : whole
  return { content, bylines: [...bylines, cleanLine(found?.byline ?? '')] }
}

/** What is named for the text comes first, then what has most sentences. */
function wholeOf(found: Element | null | undefined, named?: Element, prose?: Prose) {
  if (named && !(found && isAllOf(found, named))) return named
  return found && prose && !named ? wholeProse(found, prose) : found
}

/** Readability takes a heading like the title out of the text, told by Latin words alone; of a short title it reads the h1. */
const untitled = '—'.repeat(20)

/**
 * The page for Readability, which wants an html and a body element that pages need not write. It needs
 * nothing else that is in a head.
 */
function pageOfStory(document: Document, titles: readonly string[], dek: string) {
  removeComments(document)
  const headings = headingsOf(document, titles)
  joinEntries(document, headings)
  const story = onlyStory(document, headings)
  if (story) joinRest(story)
  const root = story ?? document.querySelector('body') ?? document.querySelector('html')
  let bylines: string[] = []
  if (root) {
    removeHiddenWords(root, headings)
    markNamedBody(root, headings)
    keepPosts(root)
    markCaptions(root)
    keepSpeakers(root)
    bylines = removeFurniture(root, headings)
    removeWalls(root, headings)
    removeTeasers(root, headings)
    removeDek(root, dek)
    joinParts(root)
    freeSections(root)
    freeHeads(root)
    freeBoxes(root, headings)
    keepFooters(root)
    keepPictures(root)
    freeFigures(root)
    listNotes(root)
    hideFormulas(root)
    hideNames(root)
    removeTitleHeadings(root, titles)
  }
  // Readability drops every footer, also the one that says who is quoted.
  for (const who of document.querySelectorAll('blockquote footer')) {
    who.outerHTML = `<p>${who.innerHTML}</p>`
  }
  const base = document.querySelector('base')?.getAttribute('href')
  const head = `<title>${untitled}</title>${base ? `<base href="${escapeAttribute(base)}">` : ''}`
  for (const element of document.querySelectorAll('title, meta, link, base')) element.remove()
  // Readability reads neither lists of sizes nor elements that are made by scripts.
  const body = withPlainMedia(root?.innerHTML ?? document.toString())
  return { html: `<!doctype html><html><head>${head}</head><body>${body}</body></html>`, bylines }
}

/**
 * The `<article>` that the page's title heads; else the only one, or else the only `<main>`, with a heading and text:
 * of a short story in it Readability would prefer the comments or the footer. Where the page has text nowhere, that
 * with a film. It has a fair share of the page's text, as lists of other stories may repeat the title with a line of this one.
 */
function onlyStory(document: Document, headings: readonly Element[]): Element | undefined {
  const isFilm = [...document.querySelectorAll('p')].every((one) => one.closest('footer, nav'))
  const text = isFilm ? `p, li, ${filmOrSound}` : 'p, li'
  const first = headings.filter((heading) => heading.localName === 'h1')
  // Each once: a page may repeat its heading, and to take the length of an article is to go through it.
  const headed = new Set(
    (first.length > 0 ? first : headings).map((heading) => heading.closest('article')),
  )
  const [longest] = [...headed]
    .filter((article) => article?.querySelector(text))
    .map((article) => ({ article, length: article?.textContent.length ?? 0 }))
    .sort((a, b) => b.length - a.length)
  // One with a heading of its own below the title is the next story.
  const mayHead = (element: Element) =>
    first.length === 0 || first.some((heading) => element.contains(heading))
  const stories: (Element | null | undefined)[] = [longest?.article]
  for (const name of ['article', 'main']) {
    const some = [...document.querySelectorAll(name)].filter(
      (element) => element.querySelector('h1') && element.querySelector(text) && mayHead(element),
    )
    if (some.length === 1) stories.push(some[0])
  }
  const fair = stories.find((story) => story && (isFilm || hasFairShare(story, document)))
  return fair ?? undefined
}

/** What has text besides the story. */
const beside = 'aside, nav, footer, form, article:has(h1, h2, h3)'

/** Whether it has a fifth of what can be read in the page besides links, footers, and other stories. */
function hasFairShare(story: Element, document: Document): boolean {
  const root = document.querySelector('body') ?? document.querySelector('html')
  if (!root) return true
  const sizeOf = sizesIn(root)
  const wordsIn = (element: Element) => sizeOf(element).text - sizeOf(element).linked
  // The heading may have an article of its own, above that of the text.
  const isText = (one: Element) =>
    one.localName === 'article' && !one.querySelector('h1') && wordsIn(one) > 3 * wordsIn(story)
  const others = outermost(
    [...root.querySelectorAll(beside)].filter(
      (one) => !one.contains(story) && !story.contains(one) && !isText(one),
    ),
  )
  const rest = others.reduce((words, other) => words - wordsIn(other), wordsIn(root))
  return wordsIn(story) * 5 >= rest
}

/** Headings, cells and the like are called after what they say, and Readability would go by that; by the class of a picture it tells formulas. */
const called = 'h1, h2, h3, h4, h5, h6, dt, dd, li, td, th, tr, pre, figure, b, strong, em, i'
/** No page has it. */
const hiddenId = `data-id-${randomUUID()}`

function hideNames(root: Element): void {
  for (const element of root.querySelectorAll(called)) element.removeAttribute('class')
  for (const image of root.querySelectorAll('figure img')) {
    if (!/math|tex/i.test(image.getAttribute('class') ?? '')) image.removeAttribute('class')
  }
  for (const element of root.querySelectorAll(`:is(${called}, section)[id]`)) {
    element.setAttribute(hiddenId, element.getAttribute('id') ?? '')
    element.removeAttribute('id')
  }
}

function showIds(root: Element): void {
  for (const element of root.querySelectorAll(`[${hiddenId}]`)) {
    element.setAttribute('id', element.getAttribute(hiddenId) ?? '')
    element.removeAttribute(hiddenId)
  }
}

/** Takes out what Readability is slow with: long values, and lists of images in many sizes. */
function removeLongAttributes(element: Element): void {
  for (const name of element.getAttributeNames()) {
    const value = element.getAttribute(name) ?? ''
    const isList = name === 'srcset' || /\.(?:jpe?g|png|webp)\s+\d/.test(value)
    if (isList || value.length > longestAttribute) element.removeAttribute(name)
  }
}
