/** What must hold for every rendering of every article; each check throws an Error that says what does not. */
import { ok, strictEqual } from 'node:assert'
import { parseAtomFeed, parseJsonFeed, parseRssFeed } from 'feedsmith'
import { parseHTML } from 'linkedom'
import type { Article } from '../../src/article.ts'
import type { Catalogue } from '../../src/catalogue/catalogue.ts'
import type { Channel } from '../../src/channels/channel.ts'
import type { FeedFormat } from '../../src/channels/feed-format.ts'
import { feedFormats } from '../../src/channels/feed-formats.ts'
import { hubsOf } from '../../src/channels/hubs.ts'
import type { Config } from '../../src/config.ts'
import { articlePage, newestOf } from '../../src/pages/article-page.ts'
import type { Renderer } from '../../src/pages/renderer.ts'
import { escapeText } from '../../src/text.ts'
import { all, atom, dc, encoded, media, type Node, only, parseStrictly } from './xml.ts'

/** Of http or https, and a URI by RFC 3986. */
function checkUrl(url: string | undefined): void {
  const isAbsolute =
    url !== undefined && URL.canParse(url) && /^https?:$/.test(new URL(url).protocol)
  ok(isAbsolute, `no absolute address: ${url}`)
  ok(/^(?:[\w.~!$&'()*+,;=:@/?#[\]-]|%[\da-f]{2})*$/i.test(url), `no URI: ${url}`)
}

/** RFC 3339, and a day that exists. */
function checkInstant(text: string | undefined): void {
  const hasShape = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{3})?Z$/.test(text ?? '')
  ok(hasShape && !Number.isNaN(Date.parse(text ?? '')), `no date: ${text}`)
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is looked for
const controls = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/

function checkCharacters(text: string): void {
  ok(text.isWellFormed(), 'half a surrogate pair')
  ok(!controls.test(text), 'a control character')
}

/** A channel that has these articles, as it is rendered. */
export async function documentOf(articles: readonly Article[], format: FeedFormat, config: Config) {
  const channel: Channel = {
    id: `${config.baseUrl}/`,
    title: 'All & <more>',
    description: 'The newest',
    pageUrl: `${config.baseUrl}/`,
    updated: articles[0]?.updated ?? '2024-01-01T00:00:00Z',
    language: config.language,
  }
  const links = { self: `${config.baseUrl}/${format.fileName}`, hubs: hubsOf(config) }
  const { before, between, after } = await format.frame(channel, links, config)
  const items: string[] = []
  for (const article of articles) items.push(await format.item(article, config, false))
  return before + items.join(between) + after
}

/** An article as an item of a feed shows it. */
interface Shown {
  readonly id: string
  readonly title: string
  readonly content: string
  /** As HTML. */
  readonly summary: string
  readonly url: string | undefined
  /** Of media and other pages. */
  readonly urls: readonly (string | undefined)[]
  readonly published: string
  readonly authors: string
  /** Between authors. */
  readonly separator: string
}

const bare = (html: string) => textOfHtml(html).replace(/\s+/g, '')

/** What every format has to say of an article, by the article alone and none of our code for feeds. */
function checkItem(item: Shown, article: Article, config: Config): void {
  strictEqual(item.id, article.id)
  strictEqual(item.title, article.title)
  ok(bare(item.content).includes(bare(article.content)), 'words of the text are lost')
  ok(!/<[^>]*\s(?:href|src|poster)="[/#]/.test(item.content), 'an address is not absolute')
  const words = textOfHtml(item.summary)
  ok(article.summary === undefined ? words !== '' : words === article.summary, 'another summary')
  strictEqual(item.url, article.canonicalUrl ?? `${config.baseUrl}/articles/${article.slug}`)
  for (const url of [item.url, ...item.urls]) checkUrl(url)
  // What is dated by its day alone is spread over its first minute.
  const isDay = article.published.includes('T00:00:00')
  const later = Date.parse(item.published) - Math.floor(Date.parse(article.published) / 1000) * 1000
  ok(later >= 0 && later < (isDay ? 60_000 : 1000), `published ${item.published}`)
  const names = article.authors.map(({ name }) => name)
  const publisher = article.publisher?.name ?? config.publisher.name
  strictEqual(item.authors, (names.length > 0 ? names : [publisher]).join(item.separator))
}

function rssItem(item: Node, article: Article): Shown {
  strictEqual(only(item, 'guid').attributes.isPermaLink, 'false')
  const [edited] = all(item, atom('updated'))
  if (edited) checkInstant(edited.text)
  const laterMs = Date.parse(article.updated) - Date.parse(article.published)
  ok(laterMs < 60_000 || edited, 'an edit is not told')
  ok(laterMs !== 0 || !edited, 'an edit is told that was none')
  const names = [article.section, ...article.tags].flatMap((term) => (term ? [term.name] : []))
  const categories = all(item, 'category').map(({ text }) => text)
  strictEqual(categories.join('\n'), names.join('\n'))
  return {
    id: only(item, 'guid').text,
    title: only(item, 'title').text,
    content: only(item, encoded).text,
    summary: only(item, 'description').text,
    url: only(item, 'link').text,
    urls: [only(item, 'source'), ...all(item, 'enclosure'), ...all(item, media)].map(
      ({ attributes }) => attributes.url,
    ),
    published: only(item, 'pubDate').text,
    authors: only(item, dc('creator')).text,
    separator: article.authors.some(({ name }) => name.includes(',')) ? '; ' : ', ',
  }
}

function atomEntry(entry: Node): Shown {
  const links = all(entry, atom('link')).map(({ attributes }) => attributes)
  const published = only(entry, atom('published')).text
  checkInstant(published)
  checkInstant(only(entry, atom('updated')).text)
  const authors = all(entry, atom('author')).map((author) => only(author, atom('name')).text)
  return {
    id: only(entry, atom('id')).text,
    title: only(entry, atom('title')).text,
    content: only(entry, atom('content')).text,
    summary: only(entry, atom('summary')).text,
    url: links.find(({ rel }) => rel === undefined || rel === 'alternate')?.href,
    urls: links.map(({ href }) => href),
    published,
    authors: authors.join('\n'),
    separator: '\n',
  }
}

/** JSON escapes control characters, which XML could not hold: every text is looked at. */
function checkTexts(value: unknown): void {
  if (typeof value === 'string') checkCharacters(value)
  else if (typeof value === 'object' && value !== null) Object.values(value).forEach(checkTexts)
}

// biome-ignore lint/suspicious/noExplicitAny: parsed JSON
function jsonItem(item: any, { title, summary }: Article): Shown {
  strictEqual(item.summary, summary)
  checkInstant(item.date_published)
  checkInstant(item.date_modified)
  const attachments: { url: string }[] = item.attachments ?? []
  return {
    ...item,
    content: item.content_html,
    summary: escapeText(summary ?? title),
    urls: [...attachments.map(({ url }) => url), ...(item.image ? [item.image] : [])],
    published: item.date_published,
    authors: item.authors.map(({ name }: { name: string }) => name).join('\n'),
    separator: '\n',
  }
}

/** What is shown of articles in a document, and how many a feed library finds in it. */
function readDocument(text: string, fileName: string, articles: readonly Article[]) {
  if (fileName === 'feed.json') {
    const feed = JSON.parse(text)
    checkTexts(feed)
    strictEqual(feed.version, 'https://jsonfeed.org/version/1.1')
    const items = articles.map((article, n) => jsonItem(feed.items[n], article))
    return { items, count: feed.items.length, found: () => parseJsonFeed(text).items }
  }
  const root = parseStrictly(text)
  if (fileName === 'rss.xml') {
    const channel = only(root, 'channel')
    for (const name of ['title', 'link', 'description']) ok(only(channel, name).text !== '')
    const nodes = all(channel, 'item')
    const items = nodes.flatMap((node, n) => (articles[n] ? [rssItem(node, articles[n])] : []))
    return { items, count: nodes.length, found: () => parseRssFeed(text).items }
  }
  for (const name of ['id', 'title', 'updated']) ok(only(root, atom(name)).text !== '')
  const items = all(root, atom('entry')).map(atomEntry)
  return { items, count: items.length, found: () => parseAtomFeed(text).entries }
}

/** A document of each format with these articles; one of many is read by a feed library as well. */
export async function checkFeeds(articles: readonly Article[], config: Config): Promise<void> {
  const contents = articles.map(() => new Set<string>())
  for (const format of feedFormats) {
    const text = await documentOf(articles, format, config)
    checkCharacters(text)
    const { items, count, found } = readDocument(text, format.fileName, articles)
    strictEqual(count, articles.length)
    for (const [n, article] of articles.entries())
      if (items[n]) {
        checkItem(items[n], article, config)
        contents[n]?.add(items[n].content)
      }
    // The library takes milliseconds before it reads anything.
    if (articles.length > 1) strictEqual(found()?.length, articles.length)
  }
  // JSON needs none of the escapes of XML: what comes out of XML has to be the same, mark by mark.
  for (const { size } of contents) strictEqual(size, 1)
}

/** The page of an article, as a browser reads it. */
export async function checkPage(
  article: Article,
  catalogue: Catalogue,
  renderer: Renderer,
  config: Config,
): Promise<void> {
  const sources = { catalogue, config, locale: 'en' }
  const newest = article.section ? await newestOf(article.section, sources) : []
  const parts = articlePage(article, newest, sources)
  const text = renderer('article', parts, [])
  checkCharacters(text)
  const { document } = parseHTML(text)
  strictEqual(document.querySelector('h1')?.textContent.trim(), article.title)
  const facts = document.querySelector('script[type="application/ld+json"]')?.textContent ?? ''
  strictEqual(JSON.parse(facts).headline, article.title)
  strictEqual(JSON.parse(facts).datePublished, article.published)
}

/** The words of safe HTML. */
export function textOfHtml(html: string): string {
  const names: Record<string, string> = { lt: '<', gt: '>', quot: '"', amp: '&' }
  return html.replace(/<[^>]*>/g, '').replace(/&(lt|gt|quot|amp);/g, (_, name) => names[name] ?? '')
}
