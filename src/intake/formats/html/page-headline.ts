/** The headline of a web page among its titles, which mostly end in the site's name. */
import { cleanLine } from '../../../text.ts'
import type { Document, Element } from '../lines/page-elements.ts'
import type { Meta, Stated } from './page-facts.ts'
import { isWithinFrame } from './page-places.ts'

/** A title is shorter, and a page has few headings of the first order. */
const longest = 300
const mostHeadings = 20

/**
 * The titles of a page in the order in which they are believed, without the names of its site and authors: the heading of
 * its story where it has one that is said to machines too, in whole or with other words; then schema.org's, Open Graph's
 * and the `<title>`.
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
  const only = [...forMachines, ...meta('og:title')].every((one) => one === title)
    ? headingBelowOther(document, title, isName)
    : undefined
  if (only !== undefined) return [...new Set([only, ...titles])]
  // What is made for search and for sharing says the same in other words.
  const [first = ''] = titles
  const said = headings.find((heading) => isSaidOtherwise(heading, first))
  const isStated = forMachines.length > 0 || headings.includes(first)
  const found = said !== undefined && !isStated ? [said, ...titles] : titles
  const quoted = titles.find((one) => one.length > first.length && isQuotedOf(one, first))
  if (quoted !== undefined && said === undefined) found.unshift(quoted)
  return [...new Set(found.length > 0 ? found : headings.slice(0, 1))]
}

/** What names the site at the head of its pages. */
const siteNames =
  'h1, [class~="site-name" i], [class~="site-title" i], [id="site-name" i], [id="site-title" i], a[rel~="home" i], header a[href="/"]'

/** The story's heading and the site's name, where the page's title is both, whichever is first, and the page has both. */
function besideSite(
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
function headingBelowOther(
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

const startMark = /^\s*[-–—|｜ㅣ:：·•»]\s*(.+)$/u
const endMark = /^(.+?)\s*(?:\s[-–—:·•»«]|[|｜ㅣ])\s*$/u

/** The story's heading, where the first one is the site's name and the page's title both: "Site - Title". */
function headedBehind(document: Document, title: string, site: string): string | undefined {
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
function headedAtEnd(
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

const wordsOf = (text: string) => new Set(text.toLowerCase().match(/[\p{L}\p{M}]{4,}/gu))

/** Headings of sections are shorter, and share no words with the title. */
function isSaidOtherwise(heading: string, title: string): boolean {
  if (heading.length < 20 || heading.split(' ').length < 4 || heading.includes(title)) return false
  const others = wordsOf(title)
  return [...wordsOf(heading)].filter((word) => others.has(word)).length >= 2
}

const between = /(\s+[-–—|·•:»]+\s+|\s*[|｜ㅣ：]\s*|\s*--\s*)/

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

/** Tells the names of the site and of those who wrote. */
function namesAround(
  document: Document,
  stated: Stated,
  meta: Meta,
  authors: readonly string[],
): (text: string) => boolean {
  const addresses = [
    document.querySelector('link[rel~="canonical" i]')?.getAttribute('href') ?? '',
    ...meta('og:url'),
    ...stated('publisher', 'url'),
  ]
  const hosts = addresses.flatMap((url) =>
    URL.canParse(url) ? [new URL(url).hostname.replace(/^www\./, '')] : [],
  )
  const labels = hosts.map((host) => host.replace(/(?:\.(?:com?|org|net|ac|gov))?\.[a-z]+$/, ''))
  const names = [
    ...namesOfFeeds(document),
    ...stated('publisher'),
    ...meta('og:site_name'),
    ...meta('application-name'),
    ...hosts,
    ...labels,
    ...authors,
  ]
  const known = new Set(names.map(fold).filter((name) => name !== ''))
  return (text) => known.has(fold(text)) || isHostOf(document, text)
}

/** Publishing systems call a site's feed `The Paper » Feed`, and that of a story's comments `The Paper » A headline Comments Feed`. */
function namesOfFeeds(document: Document): string[] {
  const links = [...document.querySelectorAll('link[rel~="alternate" i][title]')].slice(
    0,
    mostHeadings,
  )
  return links
    .filter((link) => /rss|atom/i.test(link.getAttribute('type') ?? ''))
    .map((link) => cleanLine((link.getAttribute('title') ?? '').slice(0, longest)))
    .flatMap(
      (title) => /^(.+?)\s(?:[»›]\s.*|[-–—|]\s(?:RSS|Atom|Feed)\b.*)$/iu.exec(title)?.[1] ?? [],
    )
}

/** `paper.example`: a host that the page has links to, as every page has to its site. */
function isHostOf(document: Document, text: string): boolean {
  const [host = ''] = /^(?:[a-z\d-]{1,63}\.){1,3}[a-z]{2,24}$/i.exec(text) ?? []
  if (host === '') return false
  const name = host.toLowerCase().replace(/^www\./, '')
  const links = ['', 'www.'].flatMap((www) =>
    ['http', 'https'].flatMap((scheme) => [
      `a[href="${scheme}://${www}${name}" i]`,
      `a[href^="${scheme}://${www}${name}/" i]`,
    ]),
  )
  return document.querySelector(links.join(', ')) !== null
}

const fold = (name: string) =>
  name
    .toLowerCase()
    .replace(/^(?:the|by) /, '')
    .replace(/[^\p{L}\p{M}\p{N}]+/gu, '')
