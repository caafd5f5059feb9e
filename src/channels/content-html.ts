/** What is made of an article's HTML for feeds and pages alike. */
import type { Article } from '../article.ts'
import { type Attributes, type Change, type Pieces, readHtml } from '../html.ts'
import { inOneLine, withinWords } from '../html-text.ts'
import { readAuthorLink, readFileLink } from '../intake/file-link.ts'
import { mediaRoot } from '../media-kinds.ts'
import { escapeText } from '../text.ts'
import { articlePath, channelPath } from './channel.ts'

/** What addresses in an article begin with where it is shown. */
interface Bases {
  /** BASE_URL, or its path. */
  readonly base: string
  /** The same without a path; '' for links that stay root-relative. */
  readonly host: string
  /** The article's own page, before a fragment; '' where it is that page. */
  readonly page: string
}

/**
 * Addresses without a host are kept root-relative until now, so that BASE_URL may change. Those of media and of articles
 * are ours, and below BASE_URL; any other was written by an author, and starts at the host. Of a link to an
 * article that is not out its words stay; one to a page of the site that is no article leads to the page.
 */
export const absoluteLinks =
  ({ links }: Pick<Article, 'links'>, { base, host, page }: Bases): Change =>
  (next) => {
    /** Of each link that is open, whether it leads anywhere. */
    const open: boolean[] = []

    function absolute(url: string): string {
      if (url.startsWith('#')) return page + url
      return isOurs(url) ? (url.startsWith(mediaRoot) ? base : host) + url : url
    }

    /** @returns undefined where the article is not out */
    function ofLink(url: string): string | undefined {
      const author = readAuthorLink(url)
      if (author) return base + channelPath({ kind: 'author', slug: author })
      const file = readFileLink(url)
      if (!file) return absolute(url)
      const slug = links?.get(file.path)
      if (!slug) return file.address === '' ? undefined : host + file.address
      return base + articlePath({ slug }) + (file.fragment && `#${file.fragment}`)
    }

    function openLink({ href, ...others }: Attributes): void {
      const url = href === undefined ? undefined : ofLink(href)
      // One without an address may be the place that others lead to.
      const stays = url !== undefined || others.id !== undefined
      open.push(stays)
      if (stays) next.open('a', { ...(url !== undefined && { href: url }), ...others })
    }

    return {
      open(name, attributes) {
        if (name === 'a') return openLink(attributes)
        const changed = Object.entries(attributes).map(([key, value]) => [
          key,
          addresses.has(key) ? absolute(value) : value,
        ])
        next.open(name, Object.fromEntries(changed))
      },
      close(name) {
        if (name !== 'a' || open.pop()) next.close(name)
      },
      text: (text) => next.text(text),
    }
  }

const addresses = new Set(['src', 'poster'])

/** Whether an address in safe HTML leads to this site. */
export const isOurs = (url: string) => url.startsWith('/') && !url.startsWith('//')

const longestExcerpt = 300

/** In so many tags and texts a paragraph is looked for: whoever answers does not read a book of stars. */
const mostPieces = 5000

/**
 * How safe HTML begins, as plain text: its first paragraph with words that are no link, or all of it where there is none, or
 * what a picture is said to show where there is no text.
 */
export function excerptOf(html: string): string {
  let all = ''
  let paragraph: string | undefined
  let picture = ''
  /** Whether the paragraph has words that are no link, as one that leads to a film has not. */
  let isText = false
  let isWhole = false
  let links = 0
  let pieces = 0
  const isFull = (text: string) => text.length > longestExcerpt + 1
  const isKnown = () => isWhole || (paragraph !== undefined && isFull(paragraph))
  function add(text: string): void {
    if (isKnown()) return
    if (paragraph !== undefined) paragraph = joined(paragraph, text)
    else if (!isFull(all)) all = joined(all, text)
  }
  const space = (name: string) => withinWords.has(name) || add(' ')
  /** One that held a picture, or what is not shown in feeds, is none to begin with. */
  function endParagraph(): void {
    if (isWhole) return
    const text = paragraph ?? ''
    isWhole = isText && hasWords(text)
    isText = false
    if (isWhole) return
    paragraph = undefined
    add(` ${text} `)
  }
  const words = inOneLine({
    open(name, { alt, title }) {
      if (name === 'img' && picture === '') picture = joined('', alt || title || '')
      if (name === 'p' && paragraph === undefined) paragraph = ''
      else space(name)
    },
    close(name) {
      if (name === 'p') endParagraph()
      else space(name)
    },
    text: add,
  })
  const counted: Pieces = {
    open(name, attributes) {
      pieces += 1
      if (name === 'a') links += 1
      words.open(name, attributes)
    },
    close(name) {
      if (name === 'a') links -= 1
      words.close(name)
    },
    text(text) {
      pieces += 1
      isText ||= links === 0 && hasWords(text)
      words.text(text)
    },
  }
  readHtml(html, counted, () => isKnown() || pieces > mostPieces)
  return shortened((paragraph ?? all).trimEnd() || picture.trimEnd())
}

const hasWords = (text: string) => /[\p{L}\p{N}]/u.test(text)

/** What stands at the end of a text that was cut out of a longer one. */
const ending = /(?<=[\p{L}\p{M}\p{N}])[^\p{L}\p{M}\p{N}]+$/u

/**
 * Whether this plain text is how safe HTML begins, or how it goes on from its first paragraph. Tags are
 * found as text: a parser would take a quarter of the time of an item, and nothing is written from it.
 */
export function beginsWith(html: string, text: string): boolean {
  // Raised signs of a plain text are digits here, as they are in HTML.
  const line = joined('', text).normalize('NFKC')
  const start = escapeText(line.replace(ending, ''))
  // Beside the text there are tags and blanks, and perhaps a picture with its caption.
  const beginning = html.slice(0, 2 * start.length + 2000)
  const paragraph = beginning.search(/<p[ >]/)
  const isIn = (part: string) => {
    const words = withoutTags(part).trimStart()
    return joined('', words.slice(0, 2 * start.length))
      .normalize('NFKC')
      .startsWith(start)
  }
  return isIn(beginning) || (paragraph > 0 && isIn(beginning.slice(paragraph)))
}

const noteMark = /<sup[^>]*><a [^>]*href="#[^>]*>[^<]*<\/a><\/sup>/g

const withoutTags = (html: string) =>
  html
    .replace(noteMark, '')
    .replace(/<\/?(\w+)[^>]*>/g, (_, name) => (isWithinWord(name) ? '' : ' '))

const isWithinWord = (name: string) => withinWords.has(name) || name === 'sup' || name === 'sub'

const joined = (text: string, more: string) => (text + more).replace(/\s+/g, ' ').trimStart()

function shortened(text: string): string {
  if (text.length <= longestExcerpt) return text
  const space = text.lastIndexOf(' ', longestExcerpt)
  // Where no space separates words, no character may be cut in two.
  const start = text.slice(0, space > 0 ? space : longestExcerpt)
  return `${start.replace(/[\uD800-\uDBFF]$/, '')}…`
}
