/** JSON Feed 1.1 (jsonfeed.org/version/1.1). */
import type { Article } from '../article.ts'
import type { Config } from '../config.ts'
import { baseFeed } from './base-feed.ts'
import { authorNames, type Channel, publisherOf } from './channel.ts'
import { absoluteUrl, enclosures, sourceText } from './item.ts'

/** Where our extension is described, below BASE_URL. */
const aboutExtension = '/json-feed-extension.html'

/** @param self the address of this document */
export async function renderJsonFeed(
  channel: Channel,
  articles: readonly Article[],
  config: Config,
  self: string,
): Promise<string> {
  // The library writes version 1.0, whose items are as 1.1 wants them but for authors.
  const { items, ...head } = JSON.parse(baseFeed(channel, articles, config, self).json1())
  const feed = {
    ...head,
    version: 'https://jsonfeed.org/version/1.1',
    feed_url: self,
    favicon: `${config.baseUrl}/favicon.svg`,
    language: config.language,
    authors: [{ name: config.publisher.name, url: config.publisher.url }],
    items: articles.map((article, index) => ({ ...items[index], ...itemMembers(article, config) })),
  }
  return `${JSON.stringify(feed, null, 1)}\n`
}

function itemMembers(article: Article, config: Config): Record<string, unknown> {
  const { section, tags, image, language } = article
  const names = [...new Set([...(section ? [section] : []), ...tags].map(({ name }) => name))]
  const files = enclosures(article, config)
  return {
    date_published: article.published,
    date_modified: article.updated,
    // Plain text here, and only what the article says itself.
    summary: article.summary,
    ...(image?.url && { image: absoluteUrl(image.url, config) }),
    authors: authorNames(article, config).map((name) => ({ name })),
    tags: names,
    language,
    ...(files.length > 0 && {
      attachments: files.map(({ url, type, length }) => ({
        url,
        mime_type: type,
        ...(length && { size_in_bytes: length }),
      })),
    }),
    _newsstand: extension(article, config),
  }
}

/** What JSON Feed has no member for. */
function extension(article: Article, config: Config): Record<string, unknown> {
  const { section, sources, image, readingTime } = article
  const publisher = publisherOf(article, config)
  return {
    about: config.baseUrl + aboutExtension,
    publisher: { name: publisher.name, url: publisher.url },
    sources,
    source_text: sourceText(article, config),
    rights: `© ${publisher.name}`,
    ...(section && { section: section.name }),
    ...(image?.caption && { image_caption: image.caption }),
    ...(image?.credit && { image_credit: image.credit }),
    ...(readingTime && { reading_time_minutes: readingTime }),
  }
}
