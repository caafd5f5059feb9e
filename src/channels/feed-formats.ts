/** The table of output formats. A new one is one file beside this and one line here. */
import { atom } from './atom.ts'
import type { FeedFormat } from './feed-format.ts'
import { jsonFeed } from './json-feed.ts'
import { rss } from './rss.ts'

/** In the order in which they are listed. */
export const feedFormats: readonly [FeedFormat, ...FeedFormat[]] = [rss, atom, jsonFeed]

/** For whoever does not say which: there is no reader that cannot read RSS. */
export const [usualFormat] = feedFormats

export const formatOf = (fileName: string | undefined) =>
  feedFormats.find((format) => format.fileName === fileName)
