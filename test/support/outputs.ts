/** What must hold for every rendering of every article; each check throws an Error that says what does not. */
import { ok, strictEqual } from 'node:assert'
import { parseAtomFeed, parseJsonFeed, parseRssFeed } from 'feedsmith'
import { parseHTML } from 'linkedom'
import { SaxesParser } from 'saxes'
import type { Article } from '../../src/article.ts'
import type { Catalogue } from '../../src/catalogue/catalogue.ts'
import { articleUrl, authorNames, type Channel } from '../../src/channels/channel.ts'
import { datesOf } from '../../src/channels/dates.ts'
import type { FeedFormat } from '../../src/channels/format.ts'
import { feedFormats } from '../../src/channels/formats.ts'
import { contentHtml, summaryHtml } from '../../src/channels/item.ts'
import type { Config } from '../../src/config.ts'
import { articlePage } from '../../src/pages/article-page.ts'
import type { Renderer } from '../../src/pages/renderer.ts'

/** An element of a parsed document. Namespaces are written out in its name: `{…}name`. */
export interface Node {
  readonly name: string
  readonly attributes: Readonly<Record<string, string>>
  readonly children: Node[]
  text: string
}

/** @throws Error when it is not well-formed XML 1.0 with namespaces */
export function parseStrictly(xml: string): Node {
  const top: Node = { name: '', attributes: {}, children: [], text: '' }
  const open = [top]
  const parser = new SaxesParser({ xmlns: true })
  parser.on('error', (error) => {
    throw error
  })
  parser.on('opentag', ({ uri, local, attributes }) => {
    const entries = Object.values(attributes).map((one) => [one.name, one.value] as const)
    const node = {
      name: uri === '' ? local : `{${uri}}${local}`,
      attributes: Object.fromEntries(entries),
      children: [],
      text: '',
    }
    open.at(-1)?.children.push(node)
    open.push(node)
  })
  const addText = (text: string) => {
    const node = open.at(-1)
    if (node) node.text += text
  }
  parser.on('text', addText)
  parser.on('cdata', addText)
  parser.on('closetag', () => void open.pop())
  parser.write(xml).close()
  const [root] = top.children
  if (!root) throw new Error('there is no root element')
  return root
}

const all = (node: Node, name: string) => node.children.filter((child) => child.name === name)

function only(node: Node, name: string): Node {
  const [found, second] = all(node, name)
  if (!found || second) throw new Error(`<${node.name}> has not one <${name}>`)
  return found
}

const atom = (name: string) => `{http://www.w3.org/2005/Atom}${name}`
const dc = (name: string) => `{http://purl.org/dc/elements/1.1/}${name}`
const encoded = '{http://purl.org/rss/1.0/modules/content/}encoded'
const media = '{http://search.yahoo.com/mrss/}content'

/** Of http or https, and a URI by RFC 3986. */
function checkUrl(url: string | undefined): void {
  const isAbsolute =
    url !== undefined && URL.canParse(url) && /^https?:$/.test(new URL(url).protocol)
  ok(isAbsolute, `no absolute address: ${url}`)
  ok(/^(?:[\w.~!$&'()*+,;=:@/?#[\]-]|%[\da-f]{2})*$/i.test(url), `no URI: ${url}`)
}

const wholeSecond = (time: string) => Math.floor(Date.parse(time) / 1000) * 1000

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
  const links = { self: `${config.baseUrl}/${format.fileName}` }
  const { before, between, after } = await format.frame(channel, links, config)
  const items: string[] = []
  for (const article of articles) items.push(await format.item(article, config, false))
  return before + items.join(between) + after
}

function checkRssItem(item: Node, article: Article, config: Config): void {
  strictEqual(only(item, 'title').text, article.title)
  strictEqual(only(item, encoded).text, contentHtml(article, config))
  strictEqual(only(item, 'description').text, summaryHtml(article))
  strictEqual(only(item, 'guid').text, article.id)
  strictEqual(only(item, 'guid').attributes.isPermaLink, 'false')
  strictEqual(only(item, 'link').text, articleUrl(article, config))
  const { published, updated } = datesOf(article, config)
  strictEqual(Date.parse(only(item, 'pubDate').text), wholeSecond(published))
  const edited = updated === published ? '' : updated
  strictEqual(all(item, atom('updated'))[0]?.text ?? '', edited)
  const authors = authorNames(article, config)
  const separator = authors.join('').includes(',') ? '; ' : ', '
  strictEqual(only(item, dc('creator')).text, authors.join(separator))
  const names = [article.section, ...article.tags].flatMap((term) => (term ? [term.name] : []))
  strictEqual(
    all(item, 'category')
      .map(({ text }) => text)
      .join('\n'),
    names.join('\n'),
  )
  checkUrl(only(item, 'link').text)
  checkUrl(only(item, 'source').attributes.url)
  for (const { attributes } of [...all(item, 'enclosure'), ...all(item, media)]) {
    checkUrl(attributes.url)
  }
}

function checkAtomEntry(entry: Node, article: Article, config: Config): void {
  strictEqual(only(entry, atom('title')).text, article.title)
  strictEqual(only(entry, atom('content')).text, contentHtml(article, config))
  strictEqual(only(entry, atom('summary')).text, summaryHtml(article))
  strictEqual(only(entry, atom('id')).text, article.id)
  const { published } = datesOf(article, config)
  strictEqual(only(entry, atom('published')).text, published)
  checkInstant(published)
  checkInstant(only(entry, atom('updated')).text)
  const authors = all(entry, atom('author')).map((author) => only(author, atom('name')).text)
  strictEqual(authors.join('\n'), authorNames(article, config).join('\n'))
  for (const link of all(entry, atom('link'))) checkUrl(link.attributes.href)
}

/** JSON escapes control characters, which XML could not hold: every text is looked at. */
function checkTexts(value: unknown): void {
  if (typeof value === 'string') checkCharacters(value)
  else if (typeof value === 'object' && value !== null) Object.values(value).forEach(checkTexts)
}

// biome-ignore lint/suspicious/noExplicitAny: parsed JSON
function checkJsonItem(item: any, article: Article, config: Config): void {
  strictEqual(item.id, article.id)
  strictEqual(item.title, article.title)
  strictEqual(item.content_html, contentHtml(article, config))
  strictEqual(item.summary, article.summary)
  strictEqual(item.date_published, datesOf(article, config).published)
  checkInstant(item.date_modified)
  checkUrl(item.url)
  for (const { url } of item.attachments ?? []) checkUrl(url)
  if (item.image !== undefined) checkUrl(item.image)
}

/** A document of each format with these articles; one of many is read by a feed library as well. */
export async function checkFeeds(articles: readonly Article[], config: Config): Promise<void> {
  // The library takes milliseconds before it reads anything.
  const isMany = articles.length > 1
  for (const format of feedFormats) {
    const text = await documentOf(articles, format, config)
    checkCharacters(text)
    if (format.fileName === 'feed.json') {
      const feed = JSON.parse(text)
      checkTexts(feed)
      strictEqual(feed.version, 'https://jsonfeed.org/version/1.1')
      strictEqual(feed.items.length, articles.length)
      for (const [n, article] of articles.entries()) checkJsonItem(feed.items[n], article, config)
      if (isMany) strictEqual(parseJsonFeed(text).items?.length, articles.length)
    } else if (format.fileName === 'rss.xml') {
      const channel = only(parseStrictly(text), 'channel')
      for (const name of ['title', 'link', 'description']) ok(only(channel, name).text !== '')
      const items = all(channel, 'item')
      strictEqual(items.length, articles.length)
      articles.forEach((article, n) => {
        if (items[n]) checkRssItem(items[n], article, config)
      })
      if (isMany) strictEqual(parseRssFeed(text).items?.length, articles.length)
    } else {
      const feed = parseStrictly(text)
      for (const name of ['id', 'title', 'updated']) ok(only(feed, atom(name)).text !== '')
      const entries = all(feed, atom('entry'))
      strictEqual(entries.length, articles.length)
      articles.forEach((article, n) => {
        if (entries[n]) checkAtomEntry(entries[n], article, config)
      })
      if (isMany) strictEqual(parseAtomFeed(text).entries?.length, articles.length)
    }
  }
}

/** The page of an article, as a browser reads it. */
export async function checkPage(
  article: Article,
  catalogue: Catalogue,
  renderer: Renderer,
  config: Config,
): Promise<void> {
  const { head, data } = await articlePage(article, 'en', catalogue, config)
  const text = renderer.page('article', head, [], data)
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
