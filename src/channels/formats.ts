/** The table of output formats. A new one is one file beside this and one line here. */
import type { Article } from '../article.ts'
import type { Config } from '../config.ts'
import { renderAtom } from './atom.ts'
import type { Channel } from './channel.ts'
import { renderJsonFeed } from './json-feed.ts'
import { renderRss } from './rss.ts'

/** Renders a channel. Pure: the same input gives the same text on every machine. */
export type Render = (
  channel: Channel,
  articles: readonly Article[],
  config: Config,
  self: string,
) => Promise<string>

export interface FeedFormat {
  /** As people call it. */
  readonly name: string
  readonly fileName: string
  readonly contentType: string
  readonly render: Render
}

export const feedFormats: readonly FeedFormat[] = [
  {
    name: 'RSS 2.0',
    fileName: 'rss.xml',
    contentType: 'application/rss+xml; charset=utf-8',
    render: renderRss,
  },
  {
    name: 'Atom 1.0',
    fileName: 'atom.xml',
    contentType: 'application/atom+xml; charset=utf-8',
    render: renderAtom,
  },
  {
    name: 'JSON Feed 1.1',
    fileName: 'feed.json',
    contentType: 'application/feed+json; charset=utf-8',
    render: renderJsonFeed,
  },
]
