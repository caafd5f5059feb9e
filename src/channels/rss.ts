/** RSS 2.0 (rssboard.org/rss-specification), with Dublin Core, content, Atom and Media RSS elements. */
import type { Article } from '../article.ts'
import type { Config } from '../config.ts'
import { baseFeed } from './base-feed.ts'
import { authorNames, type Channel, publisherOf, schemeUrl } from './channel.ts'
import { absoluteUrl, enclosures } from './item.ts'
import { minutesBetweenRefreshes } from './schedule.ts'
import { buildXml, child, children, type Element, parseXml } from './xml.ts'

const namespaces = {
  'xmlns:atom': 'http://www.w3.org/2005/Atom',
  'xmlns:content': 'http://purl.org/rss/1.0/modules/content/',
  'xmlns:dc': 'http://purl.org/dc/elements/1.1/',
  'xmlns:media': 'http://search.yahoo.com/mrss/',
}

/** @param self the address of this document */
export async function renderRss(
  channel: Channel,
  articles: readonly Article[],
  config: Config,
  self: string,
): Promise<string> {
  const document = await parseXml(baseFeed(channel, articles, config, self).rss2())
  const rss = document.rss as Element
  rss.$ = { version: '2.0', ...namespaces }
  const top = child(rss, 'channel')
  const { item: items, ...head } = top
  rss.channel = {
    ...head,
    ttl: minutesBetweenRefreshes(config.refreshCron),
    item: children({ items }, 'items').map((item, index) => {
      const article = articles[index]
      return article ? { ...item, ...itemElements(article, config) } : item
    }),
  }
  return buildXml(document)
}

function itemElements(article: Article, config: Config): Element {
  const publisher = publisherOf(article, config)
  const [enclosure] = enclosures(article, config)
  const media = mediaContent(article, config)
  return {
    'dc:creator': authorNames(article, config),
    'dc:publisher': publisher.name,
    ...(article.language !== config.language && { 'dc:language': article.language }),
    category: categories(article, config),
    source: { $: { url: article.publisher?.url ?? config.publisher.feedUrl }, _: publisher.name },
    // A length that is not known is written as 0 (rssboard.org/rss-profile, enclosure).
    ...(enclosure && {
      enclosure: {
        $: { ...enclosure, url: dottedHost(enclosure.url), length: enclosure.length ?? 0 },
      },
    }),
    ...(media && { 'media:content': media }),
  }
}

function categories({ section, tags }: Article, config: Config): Element[] {
  return [
    ...(section ? [{ $: { domain: schemeUrl('section', config) }, _: section.name }] : []),
    ...tags.map((tag) => ({ $: { domain: schemeUrl('tag', config) }, _: tag.name })),
  ]
}

/** Validators want a dot in the host of an enclosure, which localhost lacks. */
const dottedHost = (url: string) => url.replace(/^http:\/\/localhost(?=[:/])/, 'http://127.0.0.1')

/** Media RSS (rssboard.org/media-rss). */
function mediaContent({ image }: Article, config: Config): Element | undefined {
  if (!image?.url) return undefined
  const { type, length, width, height, caption, credit } = image
  return {
    $: {
      url: absoluteUrl(image.url, config),
      medium: 'image',
      ...(type && { type }),
      ...(length && { fileSize: length }),
      ...(width && { width }),
      ...(height && { height }),
    },
    ...(caption && { 'media:description': { $: { type: 'plain' }, _: caption } }),
    ...(credit && {
      'media:credit': { $: { role: 'photographer', scheme: 'urn:ebu' }, _: credit },
    }),
  }
}
