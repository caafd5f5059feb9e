/** The table of output formats. A new one is one file beside this and one line here. */
import type { Article } from '../article.ts'
import type { Config } from '../config.ts'
import { atomEntry, atomFrame } from './atom.ts'
import type { Channel } from './channel.ts'
import { jsonFrame, jsonItem } from './json-feed.ts'
import { rssFrame, rssItem } from './rss.ts'

/** Where a document is, and its archive documents (RFC 5005 §4); absolute addresses. */
export interface DocumentLinks {
  readonly self: string
  /** The feed that people subscribe to; only in archive documents. */
  readonly current?: string
  readonly prevArchive?: string
  readonly nextArchive?: string
}

/** A document without its items. */
export interface Frame {
  readonly before: string
  /** Between two items. */
  readonly between: string
  readonly after: string
}

/** The two renderings are pure: the same input gives the same text on every machine. */
export interface FeedFormat {
  /** As people call it. */
  readonly name: string
  readonly fileName: string
  readonly mediaType: string
  /** What people ask for when they mean this format. */
  readonly otherMediaTypes: readonly string[]
  /** Of its documents. */
  readonly contentType: string
  frame(channel: Channel, links: DocumentLinks, config: Config): Promise<Frame>
  /** The same wherever the article is listed. */
  item(article: Article, config: Config): Promise<string>
}

export const feedFormats: readonly FeedFormat[] = [
  {
    name: 'RSS 2.0',
    fileName: 'rss.xml',
    mediaType: 'application/rss+xml',
    otherMediaTypes: ['application/xml', 'text/xml'],
    contentType: 'application/rss+xml; charset=utf-8',
    frame: rssFrame,
    item: rssItem,
  },
  {
    name: 'Atom 1.0',
    fileName: 'atom.xml',
    mediaType: 'application/atom+xml',
    otherMediaTypes: [],
    contentType: 'application/atom+xml; charset=utf-8',
    frame: atomFrame,
    item: atomEntry,
  },
  {
    name: 'JSON Feed 1.1',
    fileName: 'feed.json',
    mediaType: 'application/feed+json',
    otherMediaTypes: ['application/json'],
    contentType: 'application/feed+json; charset=utf-8',
    frame: jsonFrame,
    item: jsonItem,
  },
]
