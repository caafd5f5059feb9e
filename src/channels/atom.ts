/** Atom 1.0 (RFC 4287). */
import type { Article, Term } from '../article.ts'
import type { Config } from '../config.ts'
import { archiveLinks } from './archive-links.ts'
import { baseFeed, baseItem } from './base-feed.ts'
import { articleUrl, authorsOf, type Channel, publisherOf, schemeUrl } from './channel.ts'
import type { DocumentLinks, Frame } from './format.ts'
import { icons, iconUrl } from './icons.ts'
import { enclosures } from './item.ts'
import { buildElement, buildXml, child, type Element, parseXml, splitBeforeEnd } from './xml.ts'

export async function atomFrame(
  channel: Channel,
  links: DocumentLinks,
  config: Config,
): Promise<Frame> {
  const document = await parseXml(baseFeed(channel, config, links.self).atom1())
  const isArchive = links.current !== undefined
  document.feed = {
    ...(document.feed as Element),
    $: {
      xmlns: 'http://www.w3.org/2005/Atom',
      'xmlns:fh': 'http://purl.org/syndication/history/1.0',
      'xml:lang': config.language,
    },
    updated: channel.updated,
    link: [
      { $: { rel: 'self', type: 'application/atom+xml', href: links.self } },
      { $: { rel: 'alternate', type: 'text/html', href: channel.pageUrl } },
      ...archiveLinks(links),
    ],
    ...(isArchive && { 'fh:archive': '' }),
    author: { name: config.publisher.name, uri: config.publisher.url },
    icon: iconUrl(icons.small, config),
    logo: iconUrl(icons.logo, config),
  }
  return splitBeforeEnd(buildXml(document), 'feed')
}

export async function atomEntry(article: Article, config: Config): Promise<string> {
  const document = await parseXml(baseItem(article, config).atom1())
  const entry = child(document.feed as Element, 'entry')
  return buildElement('entry', { ...entry, ...entryElements(article, config) })
}

function entryElements(article: Article, config: Config): Element {
  const publisher = publisherOf(article, config)
  return {
    ...(article.language !== config.language && { $: { 'xml:lang': article.language } }),
    title: { $: { type: 'text' }, _: article.title },
    published: article.published,
    updated: distinctUpdate(article),
    link: links(article, config),
    author: authorsOf(article, config).map(({ name, email }) => ({
      name,
      ...(email && { email }),
    })),
    category: categories(article, config),
    source: { id: publisher.url, title: publisher.name, updated: article.updated },
    rights: `© ${publisher.name}`,
  }
}

/** Hexadecimal digits of the id that order articles of the same date. */
const orderDigits = 8

/**
 * When the article was updated, with a fraction of a second made from its id: stories of a day
 * often state no time, and readers that sort by `updated` (RFC 4287 §4.2.15), as well as validators,
 * want no two entries to have the same one. Sorted by it, they are in the order of the feed.
 */
function distinctUpdate({ id, updated }: Article): string {
  const start = Number.parseInt(id.slice('urn:uuid:'.length).slice(0, orderDigits), 16)
  const microseconds = Math.floor((1 - (start + 1) / 16 ** orderDigits) * 1e6)
  return updated.replace('Z', `.${String(microseconds).padStart(6, '0')}Z`)
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
