/** JSON Feed 1.1 (jsonfeed.org/version/1.1). */
import type { Article } from '../article.ts'
import type { Config } from '../config.ts'
import { baseFeed } from './base-feed.ts'
import { articleUrl, authorNames, type Channel, publisherOf, rightsOf } from './channel.ts'
import { datesOf } from './dates.ts'
import type { DocumentLinks, FeedFormat, Frame } from './feed-format.ts'
import { namedImage } from './fitted-image.ts'
import { guidOf } from './guid.ts'
import { sitePictures } from './icons.ts'
import {
  absoluteUrl,
  contentHtml,
  recordingOf,
  showsText,
  sourceText,
  summaryHtml,
  termsOf,
} from './item.ts'

/** Where our extension is described, below BASE_URL. */
const aboutExtension = '/json-feed-extension.html'

export const jsonFeed: FeedFormat = {
  name: 'JSON Feed 1.1',
  fileName: 'feed.json',
  aliases: ['feed/json', 'index.json', 'json'],
  mediaType: 'application/feed+json',
  otherMediaTypes: ['application/json'],
  contentType: 'application/feed+json; charset=utf-8',
  frame: jsonFrame,
  item: jsonItem,
}

async function jsonFrame(channel: Channel, links: DocumentLinks, config: Config): Promise<Frame> {
  // The library writes version 1.0, whose items are as 1.1 wants them but for authors.
  const { items: _, ...head } = JSON.parse(baseFeed(channel, config, links.self).json1())
  const feed = {
    ...head,
    version: 'https://jsonfeed.org/version/1.1',
    feed_url: links.self,
    // Older articles: what JSON Feed has in place of prev-archive.
    ...(links.prevArchive && { next_url: links.prevArchive }),
    ...(links.hubs.length > 0 && {
      hubs: links.hubs.map((url) => ({ type: 'WebSub', url })),
    }),
    icon: sitePictures(config).large,
    favicon: sitePictures(config).small,
    language: channel.language,
    authors: [{ name: config.publisher.name, url: config.publisher.url }],
    ...(links.current && { _newsstand: archiveExtension(links, config) }),
  }
  const text = JSON.stringify(feed, null, 1)
  return { before: `${text.slice(0, -2)},\n "items": [\n`, between: ',\n', after: '\n ]\n}\n' }
}

async function jsonItem(article: Article, config: Config, isBrief: boolean): Promise<string> {
  return JSON.stringify(itemOf(article, config, isBrief), null, 1)
}

/** The links of an archive document (RFC 5005 §4), for which JSON Feed has no members. */
function archiveExtension(links: DocumentLinks, config: Config): Record<string, unknown> {
  return {
    about: config.baseUrl + aboutExtension,
    archive: true,
    current: links.current,
    ...(links.prevArchive && { prev_archive: links.prevArchive }),
    ...(links.nextArchive && { next_archive: links.nextArchive }),
  }
}

function itemOf(article: Article, config: Config, isBrief: boolean): Record<string, unknown> {
  const { language } = article
  const image = article.image && namedImage(article.image)
  const recording = recordingOf(article, config)
  const { published, updated } = datesOf(article, config)
  return {
    id: guidOf(article, config),
    url: articleUrl(article, config),
    title: article.title,
    date_modified: updated,
    date_published: published,
    // An item must have a content; without its text that is what the others have as its description.
    content_html: showsText(article, isBrief) ? contentHtml(article, config) : summaryHtml(article),
    // Plain text here, and only what the article says itself.
    summary: article.summary,
    ...(image?.url && { image: absoluteUrl(image.url, config) }),
    authors: authorNames(article, config).map((name) => ({ name })),
    tags: [...new Set(termsOf(article, config).map(({ name }) => name))],
    language,
    ...(recording && {
      attachments: [
        {
          url: recording.url,
          mime_type: recording.type,
          ...(recording.length && { size_in_bytes: recording.length }),
        },
      ],
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
    ...(guidOf(article, config) !== article.id && { id: article.id }),
    publisher: { name: publisher.name, url: publisher.url },
    sources,
    source_text: sourceText(article, config),
    rights: rightsOf(article, config),
    ...(section && { section: section.name }),
    ...(image?.caption && { image_caption: image.caption }),
    ...(image?.credit && { image_credit: image.credit }),
    ...(readingTime && { reading_time_minutes: readingTime }),
  }
}
