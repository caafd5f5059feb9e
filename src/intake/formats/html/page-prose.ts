/** Where a page has most of its sentences, for when Readability finds far fewer of them. */
import { type Element, startOf } from '../lines/page-elements.ts'
import { isProse, outermost, type SizeOf, sizesIn } from '../lines/page-sizes.ts'
import { namesOf } from './page-classes.ts'

/** What has sentences that are none of the story. */
const beside = 'aside, nav, footer, form, dialog, noscript'
const ofOthers =
  /(?:^|[ -])(?:comments?|commentaires?|comentarios?|kommentare?|commenti|forums?|opinions?|galler(?:y|ies)|slideshow|carousel|disqus|repl(?:y|ies)|respond|discussion|footer|cookies?|gdpr|consent|sidebar(?!-(?:grid|layout|container))|related|recommended|teasers?|newsletter|subscri(?:be|ption)|paywall-box|promo|modal|popup|overlay|widget)(?:[ -]|$)/

/** In these a page may have most of its words. */
const ofPictures = /galler|slideshow|carousel|comment/

/** Of a paragraph so much is compared. */
const beginning = 100

/** An element with what its paragraphs begin with, and how much each has to read besides links. */
export interface Prose {
  readonly element: Element
  readonly sizes: ReadonlyMap<string, number>
  /** What the first paragraph of the page begins with. */
  readonly opening: string
}

/**
 * @returns a copy of the element that has most sentences, with those of its parents that have many more of them and few
 * links; undefined where there are none
 */
export function mostProse(root: Element): Prose | undefined {
  const sizeOf = sizesIn(root)
  const paragraphs = sentencesIn(root, sizeOf).filter((one) => !isBeside(one, root, sizeOf))
  const own = new Map<Element, number>()
  const all = new Map<Element, number>()
  for (const paragraph of paragraphs) {
    const parent = paragraph.parentElement
    if (!parent) continue
    const size = wordsIn(paragraph, sizeOf)
    own.set(parent, (own.get(parent) ?? 0) + size)
    for (let one: Element | null = parent; one; one = one.parentElement) {
      all.set(one, (all.get(one) ?? 0) + size)
      if (one === root) break
    }
  }
  const [[first] = []] = [...own].sort(([, a], [, b]) => b - a)
  if (!first) return undefined
  let element = first
  for (let one: Element | null = first; one && one !== root; one = one.parentElement) {
    const isMore = (all.get(one) ?? 0) * 4 >= (all.get(element) ?? 0) * 5
    if (!isMore) continue
    if (sizeOf(one).linked * 4 > sizeOf(one).text || hasHeadlines(one, sizeOf)) break
    element = one
  }
  const sizes = new Map(
    paragraphs
      .filter((one) => element.contains(one))
      .map((one) => [beginningOf(one), wordsIn(one, sizeOf)]),
  )
  const opening = paragraphs[0] ? beginningOf(paragraphs[0]) : ''
  return { element: element.cloneNode(true), sizes, opening }
}

/** More than one heading that leads to a story, or articles side by side, are a list of stories. */
function hasHeadlines(element: Element, sizeOf: SizeOf): boolean {
  const headlines = [...element.querySelectorAll('h1, h2, h3')].filter(
    (one) => sizeOf(one).text > 0 && sizeOf(one).linked * 2 > sizeOf(one).text,
  )
  const articles = [...element.querySelectorAll('article')].filter((one) => isProse(sizeOf(one)))
  return headlines.length > 1 || articles.length > 1
}

/** @returns the element with most sentences, without what is none of a story, where the found one has less than two thirds of them */
export function wholeProse(found: Element, { element, sizes, opening }: Prose): Element {
  const sizeOf = sizesIn(found)
  const total = [...sizes.values()].reduce((sum, size) => sum + size, 0)
  let [kept, others] = [0, 0]
  let hasOpening = false
  for (const one of sentencesIn(found, sizeOf)) {
    const size = sizes.get(beginningOf(one))
    hasOpening ||= beginningOf(one) === opening
    if (size === undefined) others += wordsIn(one, sizeOf)
    else kept += size
  }
  // What has a part of the same story has little else, or would lose it.
  const mostOthers = total / (kept > 0 ? 10 : 3)
  if (kept * 3 >= total * 2 || others > mostOthers) return found
  // Below a short story readers may have written more.
  if (hasOpening && !sizes.has(opening)) return found
  removeOthers(element)
  return element
}

const wordsIn = (element: Element, sizeOf: SizeOf) => sizeOf(element).text - sizeOf(element).linked

/** Items of lists may be headlines of other stories. */
const sentencesIn = (root: Element, sizeOf: SizeOf) =>
  [...root.querySelectorAll('p')].filter((one) => isProse(sizeOf(one)))

const beginningOf = (element: Element) =>
  startOf(element, 3 * beginning)
    .replaceAll(/\s+/g, '')
    .slice(0, beginning)

/** Comments and captions of galleries are items of lists. What has half of the page's words is named for what stands in it as well. */
function isBeside(element: Element, root: Element, sizeOf: SizeOf): boolean {
  if (element.closest(`${beside}, li`)) return true
  for (let one = element.parentElement; one && one !== root; one = one.parentElement) {
    const names = namesOf(one)
    if (!ofOthers.test(names)) continue
    if (ofPictures.test(names) || wordsIn(one, sizeOf) * 2 <= wordsIn(root, sizeOf)) return true
  }
  return false
}

const unread = `${beside}, script, style, template, button, input, select, textarea, [hidden], [aria-hidden="true" i]`

/** Boxes of buttons, of what a page costs, and of what is said of it. */
const named =
  /(?:^|[ -])(?:shar(?:e|es|ing)|social|toolbar|controls?|buttons?|print|sponsor(?:ed)?|affiliate|reactions?|breadcrumbs?|counter|cta|abonn?ement|paywall|subscribe|related|authors?|byline|tags)(?:[ -]|$)/

/** Boxes of links, and what is named for what readers or the site say. */
function removeOthers(element: Element): void {
  for (const one of element.querySelectorAll(unread)) one.remove()
  const sizeOf = sizesIn(element)
  const boxes = [...element.querySelectorAll('div, section, ul, ol, header')].filter((box) => {
    const { text, linked } = sizeOf(box)
    const names = namesOf(box)
    const isOther = ofOthers.test(names) || (named.test(names) && text * 4 < sizeOf(element).text)
    return text > 0 && (linked * 2 > text || isOther)
  })
  for (const box of outermost(boxes)) box.remove()
}
