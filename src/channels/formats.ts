/** The table of output formats. A new one is one file beside this and one line here. */
import { atomEntry, atomFrame } from './atom.ts'
import type { FeedFormat } from './format.ts'
import { jsonFrame, jsonItem } from './json-feed.ts'
import { rssFrame, rssItem } from './rss.ts'

export const feedFormats: readonly [FeedFormat, ...FeedFormat[]] = [
  {
    name: 'RSS 2.0',
    fileName: 'rss.xml',
    aliases: ['feed', 'feed/rss', 'feed/rss2', 'feed.rss', 'feed.xml', 'index.xml', 'rss', 'rss2'],
    mediaType: 'application/rss+xml',
    otherMediaTypes: ['application/xml', 'text/xml'],
    contentType: 'application/rss+xml; charset=utf-8',
    frame: rssFrame,
    item: rssItem,
  },
  {
    name: 'Atom 1.0',
    fileName: 'atom.xml',
    aliases: ['atom', 'feed.atom', 'feed/atom'],
    mediaType: 'application/atom+xml',
    otherMediaTypes: [],
    contentType: 'application/atom+xml; charset=utf-8',
    frame: atomFrame,
    item: atomEntry,
  },
  {
    name: 'JSON Feed 1.1',
    fileName: 'feed.json',
    aliases: ['feed/json', 'index.json', 'json'],
    mediaType: 'application/feed+json',
    otherMediaTypes: ['application/json'],
    contentType: 'application/feed+json; charset=utf-8',
    frame: jsonFrame,
    item: jsonItem,
  },
]

/** For whoever does not say which: there is no reader that cannot read RSS. */
export const [usualFormat] = feedFormats

export const formatOf = (fileName: string | undefined) =>
  feedFormats.find((format) => format.fileName === fileName)
