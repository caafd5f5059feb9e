import type { Article, Publisher } from '../article.ts'
import type { ChannelKey, ChannelKind, ChannelRecord } from '../catalogue/catalogue.ts'
import type { Config } from '../config.ts'

/** A channel with everything a rendering needs but its articles. Same in, same out: no clock. */
export interface Channel {
  readonly key: ChannelKey
  readonly title: string
  readonly description: string
  /** The page for people; also the channel's Atom id. */
  readonly pageUrl: string
  /** Where its feeds are: the page's address, to which a file name is added. */
  readonly feedBase: string
  /** When its newest listed article changed; RFC 3339. */
  readonly updated: string
}

const folders: Readonly<Record<Exclude<ChannelKind, 'site'>, string>> = {
  section: 'sections',
  tag: 'tags',
  author: 'authors',
}

/** The URL path of a channel, with a slash at both ends: `/`, `/sections/world/`. */
export function channelPath({ kind, slug }: ChannelKey): string {
  return kind === 'site' ? '/' : `/${folders[kind]}/${slug}/`
}

/** Names the set that sections or tags belong to: RSS `domain`, Atom `scheme`. */
export const schemeUrl = (kind: 'section' | 'tag', config: Config) =>
  `${config.baseUrl}/${folders[kind]}/`

/** The URL path of an article's page. */
export const articlePath = (article: Article) => `/articles/${article.slug}`

/** Where the article is read: at its publisher if the address is known, else with us. */
export const articleUrl = (article: Article, config: Config) =>
  article.canonicalUrl ?? config.baseUrl + articlePath(article)

/** Who published the article first. */
export const publisherOf = (article: Article, config: Config): Publisher =>
  article.publisher ?? config.publisher

/** Names of the authors; the publisher's where none is stated, since Atom wants one (RFC 4287 §4.1.2). */
export const authorNames = (article: Article, config: Config): string[] =>
  article.authors.length > 0
    ? article.authors.map((author) => author.name)
    : [publisherOf(article, config).name]

/** @param articles as listed, newest first */
export function describeChannel(
  record: ChannelRecord,
  articles: readonly Article[],
  config: Config,
): Channel {
  const { name } = config.publisher
  const pageUrl = config.baseUrl + channelPath(record)
  const newest = articles
    .map((article) => article.updated)
    .sort()
    .at(-1)
  return {
    key: { kind: record.kind, slug: record.slug },
    title: record.kind === 'site' ? name : `${record.name} · ${name}`,
    description: descriptions[record.kind](record.name, name),
    pageUrl,
    feedBase: pageUrl,
    updated: newest ?? record.changed,
  }
}

const descriptions: Readonly<Record<ChannelKind, (name: string, publisher: string) => string>> = {
  site: (_name, publisher) => `The newest articles of ${publisher}.`,
  section: (name, publisher) => `The newest articles of ${publisher} in the section ${name}.`,
  tag: (name, publisher) => `The newest articles of ${publisher} about ${name}.`,
  author: (name, publisher) => `The newest articles of ${publisher} by ${name}.`,
}
