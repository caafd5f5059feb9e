/** Atom 1.0 (RFC 4287). */
import type { Article, Term } from '../article.ts'
import type { Config } from '../config.ts'
import { baseFeed } from './base-feed.ts'
import { articleUrl, authorNames, type Channel, publisherOf, schemeUrl } from './channel.ts'
import { enclosures } from './item.ts'
import { buildXml, children, type Element, parseXml } from './xml.ts'

/** @param self the address of this document */
export async function renderAtom(
  channel: Channel,
  articles: readonly Article[],
  config: Config,
  self: string,
): Promise<string> {
  const document = await parseXml(baseFeed(channel, articles, config, self).atom1())
  const { entry: entries, ...head } = document.feed as Element
  document.feed = {
    ...head,
    $: { xmlns: 'http://www.w3.org/2005/Atom', 'xml:lang': config.language },
    updated: channel.updated,
    link: [
      { $: { rel: 'self', type: 'application/atom+xml', href: self } },
      { $: { rel: 'alternate', type: 'text/html', href: channel.pageUrl } },
    ],
    author: { name: config.publisher.name, uri: config.publisher.url },
    icon: `${config.baseUrl}/favicon.svg`,
    entry: children({ entries }, 'entries').map((entry, index) => {
      const article = articles[index]
      return article ? { ...entry, ...entryElements(article, config) } : entry
    }),
  }
  return buildXml(document)
}

function entryElements(article: Article, config: Config): Element {
  const publisher = publisherOf(article, config)
  return {
    ...(article.language !== config.language && { $: { 'xml:lang': article.language } }),
    title: { $: { type: 'text' }, _: article.title },
    published: article.published,
    updated: article.updated,
    link: links(article, config),
    author: authorNames(article, config).map((name) => ({ name })),
    category: categories(article, config),
    source: { id: publisher.url, title: publisher.name, updated: article.updated },
    rights: `© ${publisher.name}`,
  }
}

function links(article: Article, config: Config): Element[] {
  const alternate = { rel: 'alternate', type: 'text/html', href: articleUrl(article, config) }
  return [
    { $: { ...alternate, hreflang: article.language } },
    ...enclosures(article, config).map(({ url, type, length }) => ({
      $: { rel: 'enclosure', type, href: url, ...(length && { length }) },
    })),
  ]
}

function categories({ section, tags }: Article, config: Config): Element[] {
  const category = (kind: 'section' | 'tag', { slug, name }: Term) => ({
    $: { term: slug, scheme: schemeUrl(kind, config), label: name },
  })
  return [
    ...(section ? [category('section', section)] : []),
    ...tags.map((tag) => category('tag', tag)),
  ]
}
