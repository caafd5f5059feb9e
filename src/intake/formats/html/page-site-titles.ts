/** The headline of a web page whose title or first heading is its site's name too, by the headings that it has besides. */
import { cleanLine } from '../../../text.ts'
import type { Document, Element } from '../lines/page-elements.ts'
import { isWithinFrame } from './page-places.ts'
import {
  between,
  longestTitle as longest,
  mostHeadings,
  startMark,
  wordsOf,
} from './page-title-words.ts'

/** What names the site at the head of its pages. */
const siteNames =
  'h1, [class~="site-name" i], [class~="site-title" i], [id="site-name" i], [id="site-title" i], a[rel~="home" i], header a[href="/"]'

/** The story's heading and the site's name, where the page's title is both, whichever is first, and the page has both. */
export function besideSite(
  document: Document,
  title: string,
): { story: string; site: string } | undefined {
  const textsOf = (selector: string, isAsked = (_: Element) => true) =>
    [...document.querySelectorAll(selector)]
      .slice(0, mostHeadings)
      .filter(isAsked)
      .map((one) => cleanLine(one.textContent.slice(0, 2 * longest)))
      .filter((text) => text !== '')
  const headings = textsOf('h1, h2, h3, h4', (one) => !isWithinFrame(one))
  for (const site of new Set(textsOf(siteNames))) {
    const rest = title.startsWith(site)
      ? startMark.exec(title.slice(site.length))
      : title.endsWith(site) && endMark.exec(title.slice(0, -site.length))
    const story = rest ? (rest[1] ?? '') : ''
    if (story !== '' && headings.includes(story)) return { story, site }
  }
  return undefined
}

/** What programs and templates write where nobody has written a title. */
const stockTitle =
  /^(?:home(?: ?page)?|start(?:seite)?|accueil|inicio|untitled(?: (?:document|page))?|new page(?: \d+)?|page title|react app|document\d*|microsoft word - .*|index|articles?|news|blog|posts?|(?:[\w-]+\.)+[a-z]{2,})$/i

/** The only heading of an `<article>` whose page is called as the site is, or as nothing: they have no word in common. */
export function headingBelowOther(
  document: Document,
  title: string,
  isName: (text: string) => boolean,
): string | undefined {
  const [heading, another] = [...document.querySelectorAll('article h1, main h1')].map((one) =>
    cleanLine(one.textContent.slice(0, 2 * longest)),
  )
  if (!heading || another !== undefined || heading.length > longest) return undefined
  const others = wordsOf(title)
  if ([...wordsOf(heading)].some((word) => others.has(word))) return undefined
  const isOfSite =
    stockTitle.test(title) || isName(title) || title.split(between).every((part) => isShort(part))
  return isOfSite && (stockTitle.test(title) || !isShort(heading)) ? heading : undefined
}

const isShort = (text: string) => text.split(/\s+/).length <= 3

const endMark = /^(.+?)\s*(?:\s[-–—:·•»«]|[|｜ㅣ])\s*$/u

/** The story's heading, where the first one is the site's name and the page's title both: "Site - Title". */
export function headedBehind(document: Document, title: string, site: string): string | undefined {
  const rest = startMark.exec(title.slice(site.length))?.[1]
  if (!rest || rest.length < 8) return undefined
  const others = [...document.querySelectorAll('h2, h3')].slice(0, mostHeadings)
  const isHeaded = others.some((one) => {
    const text = cleanLine(one.textContent.slice(0, 2 * longest))
    return text.endsWith(rest) && !/\p{L}/u.test(text.slice(0, -rest.length))
  })
  return isHeaded ? rest : undefined
}

/** What stands in boxes that are named for a story. */
const boxOfStory =
  'article, main, [class*="article" i], [class*="post" i], [class*="entry" i], [class*="story" i], [class*="content" i], [id*="content" i]'

const siteMark = /.(?:\s[-–—·•»«]|\s?[:|｜ㅣ])\s*$/u

/** The first heading of the story, where the page's title ends in it: "Site - Title", of a site that no heading names. */
export function headedAtEnd(
  document: Document,
  title: string,
  isName: (text: string) => boolean,
): string | undefined {
  const first = document.querySelector('h1')
  const text = cleanLine(first?.textContent.slice(0, 2 * longest) ?? '')
  if (!first?.closest(boxOfStory) || isWithinFrame(first) || first.querySelector('a[href="/"]'))
    return undefined
  const site = text !== '' && title.endsWith(text) ? title.slice(0, -text.length) : ''
  return siteMark.test(site) && !isName(text) ? text : undefined
}
