/** Dates, attribution, tags and safe HTML: the same for every format. */
import {
  type ArticleContent,
  type Audio,
  type Author,
  type Image,
  mostContentBytes,
  type Term,
} from '../article.ts'
import { readableName, slugOf } from '../names.ts'
import { cleanLine, cleanText, escapeText, isVisible } from '../text.ts'
import { uriOf } from '../uri.ts'
import { bylinesOf } from './byline.ts'
import { toInstant } from './dates.ts'
import type { Media } from './media.ts'
import type { RawArticle, TextBlock } from './raw-article.ts'
import { RejectionError } from './rejection.ts'

/** What normalising depends on besides the file. */
export interface NormaliseSettings {
  /** The articles folder: absolute, without symbolic links. */
  readonly root: string
  readonly language: string
  readonly timeZone: string
  readonly publisher: { readonly name: string; readonly url: string }
  readonly findTopics: (title: string, summary: string | undefined) => string[]
}

/**
 * @param path of the file, relative to the root, with `/`
 * @throws RejectionError when what the file says cannot be published
 */
export async function normalise(
  raw: RawArticle,
  path: string,
  settings: NormaliseSettings,
): Promise<ArticleContent> {
  refuseLong(raw)
  const title = cleanLine(raw.title)
  if (title === '') throw new RejectionError('the title is empty', 'Give the article a title.')
  const summary = cleanLine(raw.summary ?? '') || undefined
  const language = raw.language ?? settings.language
  const canonicalUrl = webUrl(raw.canonicalUrl)
  const place = { path, canonicalUrl, root: settings.root }
  const content = await contentOf(raw.body, place)
  refuseHuge(content)
  if (!saysSomething(content)) {
    throw new RejectionError('the article has no text', 'Write the story into the file.')
  }
  const published = toInstant(raw.published, settings.timeZone)
  const nameOf = (text: string) =>
    raw.isPageText ? readableName(cleanLine(text), language) : tidyName(text)
  const section = nameOf(raw.section ?? '')
  const topics = settings.findTopics(title, summary)
  const image = await imageOf(raw.image, place)
  const audio = await audioOf(raw.audio, place)
  const publisher = publisherOf(raw, canonicalUrl, settings)
  return {
    title,
    ...(summary && { summary }),
    content,
    published,
    ...(raw.updated && { updated: toInstant(raw.updated, settings.timeZone) }),
    ...(raw.expires && { expires: toInstant(raw.expires, settings.timeZone) }),
    language,
    ...(section && { section: term(section) }),
    tags: terms([...raw.tags.map(nameOf), ...topics]),
    authors: authorsOf(raw),
    ...(image && { image }),
    ...(audio && { audio }),
    sources: raw.sources.map(cleanLine).filter((name) => name !== ''),
    ...(publisher && { publisher }),
    ...(canonicalUrl && { canonicalUrl }),
    ...(raw.readingTime && { readingTime: raw.readingTime }),
  }
}

/** Characters of a title, dek or name, and names of a kind: far beyond those of any article. */
const longestTitle = 1000
const longestSummary = 10_000
const longestName = 1000
const mostNames = 1000
/** Characters of all names together. A feed shows them with every article, also where there is no room for its text. */
const longestNames = 50_000

/**
 * Titles and names are looked at more closely than the text: for topics, and to make addresses of them.
 * @throws RejectionError
 */
function refuseLong({
  title,
  summary = '',
  section = '',
  tags,
  authors,
  sources,
}: RawArticle): void {
  refuseLonger('title', [title], longestTitle)
  refuseLonger('dek', [summary], longestSummary)
  refuseLonger('section', [section], longestName)
  for (const [what, names] of [
    ['tag', tags],
    ['author', authors],
    ['source', sources],
  ] as const) {
    refuseLonger(what, names, longestName)
    if (names.length <= mostNames) continue
    throw new RejectionError(
      `the article has ${names.length} ${what}s; it may have ${mostNames}`,
      'Keep those that readers would look for.',
    )
  }
  const length = [...tags, ...authors, ...sources].join('').length
  if (length <= longestNames) return
  throw new RejectionError(
    `the tags, authors and sources have ${length} characters together; they may have ${longestNames}`,
    'Keep those that readers would look for.',
  )
}

function refuseLonger(what: string, texts: readonly string[], longest: number): void {
  const long = texts.find((text) => text.length > longest)
  if (long === undefined) return
  throw new RejectionError(
    `the ${what} has ${long.length} characters; it may have ${longest}`,
    'Shorten it, and write what it says into the text.',
  )
}

/** Every feed with the article bears all of it. @throws RejectionError */
function refuseHuge(content: string): void {
  const bytes = Buffer.byteLength(content)
  if (bytes <= mostContentBytes) return
  throw new RejectionError(
    `the text has ${(bytes / 1024 / 1024).toFixed(1)} MB as HTML; an article has 2 at most`,
    'Split it into several articles, or take out what is no text.',
  )
}

/** A name as it was written. */
const tidyName = (text: string) => cleanLine(text).normalize('NFC')

const term = (name: string): Term => ({ name, slug: slugOf(name) })

/** Names with the same slug are one term: the first spelling stays. */
function terms(names: readonly string[]): Term[] {
  const bySlug = new Map<string, Term>()
  for (const name of names) {
    if (name === '') continue
    const one = term(name)
    if (!bySlug.has(one.slug)) bySlug.set(one.slug, one)
  }
  return [...bySlug.values()]
}

/** Who is named with an address alone is not named. */
function authorsOf({ authors, isPageText }: RawArticle): Author[] {
  const bylines = authors.flatMap((text) => bylinesOf(tidyName(text)))
  return terms(bylines.map(({ name }) => name)).map((author) => {
    const { email } = bylines.find(({ name }) => name === author.name) ?? {}
    return email && !isPageText ? { ...author, email } : author
  })
}

/** Where an article lies, for its relative links. */
interface Place {
  readonly root: string
  readonly path: string
  readonly canonicalUrl: string | undefined
}

async function contentOf(body: RawArticle['body'], place: Place): Promise<string> {
  if (!('html' in body)) return cleanText(body.map(blockHtml).join('\n'))
  // Sanitising and measuring take 80 ms to load, which a folder of plain text need not pay.
  const { safeHtml } = await import('./safe-html.ts')
  const { findMedia } = await import('./media.ts')
  /** Addresses of media by what is written: looking into the folder takes its time. */
  const known = new Map<string, string | undefined>()
  function mediaUrl(url: string): string | undefined {
    // What is not in the folder has no address of ours.
    return findMedia(place.root, place.path, url)?.url ?? webUrl(linkUrl(url, place))
  }
  return safeHtml(cleanText(body.html), (url, kind) => {
    if (kind === 'link' && !isBesideArticle(url, place)) return linkUrl(url, place)
    if (!known.has(url)) known.set(url, mediaUrl(url))
    return known.get(url)
  }).trim()
}

/** Whether safe HTML has words, or something to see or hear. */
const saysSomething = (html: string) =>
  /<(?:img|audio|video)\s/.test(html) || isVisible(html.replace(/<[^>]*>/g, ''))

/** Text is safe HTML once escaped. */
function blockHtml({ kind, text }: TextBlock): string {
  const html = escapeText(text)
  if (kind === 'heading') return `<h2>${html}</h2>`
  return kind === 'quote' ? `<blockquote><p>${html}</p></blockquote>` : `<p>${html}</p>`
}

/** An absolute http(s) address, or undefined. */
function webUrl(url: string | undefined): string | undefined {
  if (!url || !URL.canParse(url)) return undefined
  const parsed = new URL(url)
  // Parsing lets some signs pass that no name of a host can have.
  const isWeb = /^https?:$/.test(parsed.protocol) && /^[\w.:[\]-]+$/.test(parsed.host)
  return isWeb ? plainHref(parsed) : undefined
}

/**
 * The address as a URI without a user name and password: `https://trtworld.com@evil.example/` looks like
 * another host's. Parsing has already made other scripts punycode and backslashes slashes.
 */
function plainHref(url: URL): string {
  url.username = ''
  url.password = ''
  return uriOf(url)
}

/** Stands for this site, whose address is only known when a feed is rendered. */
const ourselves = 'https://newsstand.invalid'

/** Whether a link leads to a file in the folder: relative, of an article that has no other page. */
const isBesideArticle = (url: string, { canonicalUrl }: Place) =>
  !canonicalUrl && !url.startsWith('/') && !URL.canParse(url)

/** Relative links mean what they mean on the original's page, else on ours. */
function linkUrl(url: string, { canonicalUrl }: Place): string | undefined {
  const base = canonicalUrl ?? `${ourselves}/articles/`
  if (!URL.canParse(url, base)) return undefined
  const href = plainHref(new URL(url, base))
  // A path that begins with two slashes would be another host's.
  return href.startsWith(`${ourselves}/`) ? href.slice(ourselves.length).replace(/^\/+/, '/') : href
}

async function imageOf(raw: RawArticle['image'], place: Place): Promise<Image | undefined> {
  if (!raw) return undefined
  const media = raw.url ? await describeMedia(raw.url, place, /^image\//) : undefined
  const [alt, caption, credit] = [raw.alt, raw.caption, raw.credit].map((text) =>
    cleanLine(text ?? ''),
  )
  const image = {
    ...media,
    ...(alt && { alt }),
    ...(caption && { caption }),
    ...(credit && { credit }),
  }
  return Object.keys(image).length > 0 ? image : undefined
}

/** Without a known type no player knows what to do with it. */
async function audioOf(url: string | undefined, place: Place): Promise<Audio | undefined> {
  const media = url ? await describeMedia(url, place, /^(?:audio|video)\//) : undefined
  if (!media?.url || !media.type) return undefined
  return { url: media.url, type: media.type, ...(media.length && { length: media.length }) }
}

/**
 * What is known of a media address: much of a file of ours, the type at most of another's.
 * @param types what it is meant to be: a file of ours of another type is not meant, and an address that
 *   ends in the name of another type, as of a page, says nothing of its own
 */
async function describeMedia(
  url: string,
  place: Place,
  types: RegExp,
): Promise<Partial<Media> | undefined> {
  const { findMedia, mediaType } = await import('./media.ts')
  const local = findMedia(place.root, place.path, url)
  if (local) return types.test(local.type) ? local : undefined
  const isRelative = place.canonicalUrl !== undefined || url.startsWith('//')
  const remote = webUrl(isRelative ? linkUrl(url, place) : url)
  if (!remote) return undefined
  const type = mediaType(new URL(remote).pathname)
  return { url: remote, ...(type && types.test(type) && { type }) }
}

function publisherOf(
  raw: RawArticle,
  canonicalUrl: string | undefined,
  settings: NormaliseSettings,
): { name: string; url: string } | undefined {
  const name = cleanLine(raw.publisher?.name ?? '')
  if (name === '' || name === settings.publisher.name) return undefined
  return { name, url: webUrl(raw.publisher?.url) ?? canonicalUrl ?? settings.publisher.url }
}
