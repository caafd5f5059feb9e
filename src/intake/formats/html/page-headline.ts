/** The headline of a web page among its titles, which mostly end in the site's name. */
import { cleanLine } from '../../../text.ts'
import type { Document } from '../lines/page-elements.ts'
import type { Meta, Stated } from './page-facts.ts'
import { isWithinFrame } from './page-places.ts'
import { namesAround } from './page-site-names.ts'
import { besideSite, headedAtEnd, headedBehind, headingBelowOther } from './page-site-titles.ts'
import {
  between,
  longestTitle as longest,
  mostHeadings,
  startMark,
  wordsOf,
} from './page-title-words.ts'

/**
 * The titles of a page in the order in which they are believed, without the names of its site and authors: the heading of
 * its story where it has one that is said to machines too, in whole or with other words, or that Open Graph and the
 * `<title>` say both; then schema.org's, Open Graph's and the `<title>`.
 * @param authors as they are stated
 */
export function headlinesOf(
  document: Document,
  stated: Stated,
  meta: Meta,
  authors: readonly string[],
): string[] {
  const title = cleanLine(document.querySelector('title')?.textContent ?? '')
  const beside = besideSite(document, title)
  // The paper's name may be a heading too, below the story's.
  const isStory = [...stated('headline'), ...meta('og:title')].some((one) =>
    beside?.site.startsWith(one.slice(0, 20)),
  )
  const own = isStory ? undefined : beside
  const headings = storyHeadings(document).filter((one) => one !== own?.site)
  const isName = namesAround(document, stated, meta, authors)
  const forMachines = stated('headline')
  const titles = [...forMachines, ...meta('og:title')].map((one) => {
    if (own && one === title) return own.story
    const plain = withoutNames(withoutDots(one, headings), isName)
    return (
      headings.find(
        (heading) =>
          isBeginning(heading, plain) ||
          isCutFrom(plain, heading, title) ||
          (heading === title && isBeforeMark(heading, plain)),
      ) ?? plain
    )
  })
  // After any of many marks.
  const ofTitle = headings.find((heading) => title.startsWith(heading))
  const ofStory = ofTitle && headedBehind(document, title, ofTitle)
  const ofEnd = headedAtEnd(document, title, isName)
  if (title !== '')
    titles.push(own?.story ?? ofStory ?? ofEnd ?? ofTitle ?? withoutNames(title, isName))
  const [first = ''] = titles
  const agreed = forMachines.length > 0 ? agreedOn(titles.slice(forMachines.length), headings) : ''
  if (agreed.length >= leastAgreed && !isName(agreed) && !isQuotedOf(first, agreed))
    return [...new Set([agreed, ...titles])]
  const only = [...forMachines, ...meta('og:title')].every((one) => one === title)
    ? headingBelowOther(document, title, isName)
    : undefined
  if (only !== undefined) return [...new Set([only, ...titles])]
  // What is made for search and for sharing says the same in other words.
  const said = headings.find((heading) => isSaidOtherwise(heading, first))
  const isStated = forMachines.length > 0 || headings.includes(first)
  const found = said !== undefined && !isStated ? [said, ...titles] : titles
  const quoted = titles.find((one) => one.length > first.length && isQuotedOf(one, first))
  if (quoted !== undefined && said === undefined) found.unshift(quoted)
  return [...new Set(found.length > 0 ? found : headings.slice(0, 1))]
}

/** Names of sections, which every page of one may have in all places, are shorter. */
const leastAgreed = 15

/** What Open Graph and the `<title>` say as the heading does: against these JSON-LD has a line for other places. */
function agreedOn(titles: readonly string[], headings: readonly string[]): string {
  const [one = ''] = titles
  const isAgreed = titles.length > 1 && titles.every((title) => title === one)
  return isAgreed && headings.includes(one) ? one : ''
}

function storyHeadings(document: Document): string[] {
  return [...document.querySelectorAll('h1')]
    .slice(0, mostHeadings)
    .filter((heading) => !isWithinFrame(heading))
    .map((heading) => cleanLine(heading.textContent.slice(0, 2 * longest)))
    .filter((text) => text !== '' && text.length <= longest)
}

const isBeforeMark = (heading: string, title: string) =>
  title.startsWith(heading) && startMark.test(title.slice(heading.length))

/** Whether a title is a heading's beginning only, as the page's title too says more. */
const isCutFrom = (plain: string, heading: string, title: string) =>
  plain !== '' &&
  heading.startsWith(plain) &&
  /^\s*[^\s|｜ㅣ:：·•»–—-]/.test(heading.slice(plain.length)) &&
  (title.startsWith(heading) || isLongerBeginning(title, heading, plain))

/** Some write a word of the heading small in the title, and not its last one. */
const isLongerBeginning = (title: string, heading: string, plain: string) =>
  title.length > plain.length && heading.toLowerCase().startsWith(title.toLowerCase())

/** Some put three dots behind every headline that they state; where it is cut off the heading has more, and is told so. */
function withoutDots(title: string, headings: readonly string[]): string {
  const plain = title.replace(/\s*(?:\.\.\.|…)$/, '')
  if (plain === title) return title
  const starts = headings.filter((heading) => folded(heading).startsWith(folded(plain)))
  return starts.find((heading) => folded(heading) === folded(plain)) ?? starts[0] ?? title
}

const folded = (title: string) => title.replace(quotes, '').toLowerCase()

const quotes = /["'“”„‟‘’‚‛«»‹›「」『』]/g

/** Whether a title has the words of another, and quotation marks that are missing there. */
const isQuotedOf = (title: string, other: string) =>
  title.replace(quotes, '') === other.replace(quotes, '')

/** Behind a colon or a dash stands a headline's second half too, which then is no shorter. */
function isBeginning(heading: string, title: string): boolean {
  if (!title.startsWith(heading)) return false
  const rest = title.slice(heading.length)
  return /^\s*[|｜ㅣ]/.test(rest)
    ? heading.length >= 8
    : /^\s*(?:[-–—:：·•»]|$)/.test(rest) && heading.length > rest.length
}

/** Headings of sections are shorter, and share no words with the title. */
function isSaidOtherwise(heading: string, title: string): boolean {
  if (heading.length < 20 || heading.split(' ').length < 4 || heading.includes(title)) return false
  const others = wordsOf(title)
  return [...wordsOf(heading)].filter((word) => others.has(word)).length >= 2
}

/** "A headline – Section | Site" keeps what is no name. */
function withoutNames(title: string, isName: (text: string) => boolean): string {
  const parts = title.slice(0, longest).split(between)
  for (let at = 2; at < parts.length; at += 2) {
    if (isName(parts.slice(at).join(''))) {
      return withoutNames(parts.slice(0, at - 1).join(''), isName)
    }
  }
  return title
}
