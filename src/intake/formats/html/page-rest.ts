/** The rest of a story that stands below its `<article>`: in further ones, and in boxes for those who pay. */
import { type Element, startOf } from '../lines/page-elements.ts'
import { isProse, outermost, type SizeOf, sizesIn } from '../lines/page-sizes.ts'
import { isNamedForOthers, namesOf } from './page-classes.ts'
import { walls } from './page-forms.ts'
import { tells } from './page-own-prose.ts'

/** A story has fewer. */
const mostParts = 200

const forPayers =
  /(?:^|[ -])(?:pay-?wall|premium|subscribers?|members?|metered|locked)(?:-[a-z]+)*(?= |$)/

/** What holds a story may be called so as well, but nothing below its article that goes on. */
const ofNews = /(?:^|[ -])(?:news|reviews?)(?:[ -]|$)/

const isOfOthers = (names: string) => isNamedForOthers(names) || ofNews.test(names)

/** In these no story ends. */
const beside = 'aside, nav, footer, form, blockquote, figure, li, table'

/** What may stand between two parts. */
const between = new Set(['aside', 'nav', 'form'])

/**
 * Moves it below the article's text.
 * @param story that the page's title heads
 */
export function joinRest(story: Element): void {
  const root = story.closest('body')
  if (story.localName !== 'article' || !root) return
  const sizeOf = sizesIn(root)
  const rest: Element[] = []
  for (let one = nextOf(story, root, sizeOf); one; one = one.nextElementSibling) {
    if (sizeOf(one).text === 0 || between.has(one.localName)) continue
    const parts = partsIn(onlyIn(one, sizeOf), sizeOf)
    if (parts.length === 0 || rest.length + parts.length > mostParts) break
    rest.push(...parts)
  }
  const last = [...story.querySelectorAll('p')].findLast((one) => endsText(one, sizeOf))
  for (const part of rest) moveInto(last?.parentElement ?? story, part)
}

/** What follows it, or the boxes around it that hold nothing else. */
function nextOf(story: Element, root: Element, sizeOf: SizeOf): Element | null {
  let outer = story
  while (!outer.nextElementSibling && outer.parentElement && outer.parentElement !== root) {
    if (sizeOf(outer.parentElement).text > sizeOf(story).text) break
    outer = outer.parentElement
  }
  return outer.nextElementSibling
}

/** The box, or the only one in it. */
function onlyIn(box: Element, sizeOf: SizeOf): Element {
  let one = box
  for (;;) {
    const { text } = sizeOf(one)
    const inner = [...one.querySelectorAll('article, div, section')].find(
      (element) => element.parentElement === one && sizeOf(element).text === text,
    )
    if (!inner || isOfOthers(namesOf(one)) || forPayers.test(namesOf(one))) return one
    one = inner
  }
}

/** Whether a text may end in a paragraph: it says something, and stands beside nothing. */
export const endsText = (paragraph: Element, sizeOf: SizeOf) =>
  isProse(sizeOf(paragraph)) && !paragraph.closest(beside)

/** Puts what is in a part below a text: of several boxes Readability takes one. */
export function moveInto(text: Element, part: Element): void {
  part.remove()
  for (const node of [...part.childNodes]) text.append(node)
}

/** The box itself, or the articles that it holds and nothing else; none where it is of something else. */
function partsIn(box: Element, sizeOf: SizeOf): Element[] {
  const names = namesOf(box)
  if (isOfOthers(names)) return []
  if (box.localName === 'article') return isPart(box, sizeOf) ? [box] : []
  if (forPayers.test(names)) return isForPayers(box, sizeOf) ? [box] : []
  const articles = outermost([...box.querySelectorAll('article')])
  const sum = articles.reduce((text, article) => text + sizeOf(article).text, 0)
  const isWhole = sum === sizeOf(box).text && articles.every((one) => isPart(one, sizeOf))
  return isWhole ? articles : []
}

const asking = 'form, input, textarea'

/** Most of it says something, and nothing in it asks to pay. */
function isForPayers(box: Element, sizeOf: SizeOf): boolean {
  const told = [...box.querySelectorAll('p')].filter((one) => tells(one, sizeOf))
  const sum = told.reduce((text, one) => text + sizeOf(one).text, 0)
  return sum * 2 > sizeOf(box).text && !box.querySelector(asking) && !walls.test(box.textContent)
}

/** What is long may have links; elsewhere they lead to another story, or to who wrote that. */
const mayLink = 'blockquote, figure, li, p, table'
const ofWriters = 'h1, button, [rel~="author"], [class*="author" i], [class*="byline" i]'
const texts = 'h2, h3, h4, p, ul, ol, blockquote, figure, table, pre'
/** What an entry of a report has besides: when it was written. */
const longestTime = 30
const clock = /(?<!\d)\d{1,2}[:.h]\d\d(?!\d)/

/** A section with a heading, or an entry of a live report: another story has a day, a writer or a link. */
function isPart(article: Element, sizeOf: SizeOf): boolean {
  if (isOfOthers(namesOf(article)) || article.closest('a')) return false
  if (article.querySelector(`${asking}, ${ofWriters}`)) return false
  const all = outermost([...article.querySelectorAll(texts)])
  const rest = all.reduce((text, one) => text - sizeOf(one).text, sizeOf(article).text)
  const isTimed = rest === 0 || clock.test(startOf(article, 10 * longestTime))
  if (rest > longestTime || !isTimed || !/^h\d$/.test(all[0]?.localName ?? '')) return false
  const paragraphs = all.filter(({ localName }) => localName === 'p')
  if (!paragraphs.some((one) => isProse(sizeOf(one)) && tells(one, sizeOf))) return false
  return [...article.querySelectorAll('a')].every((link) => {
    const holder = link.closest(mayLink)
    const isBelow = holder !== null && article.contains(holder)
    const isWords = isBelow && (holder.localName !== 'p' || isProse(sizeOf(holder)))
    return isWords || (link.getAttribute('href') ?? '#').startsWith('#')
  })
}
