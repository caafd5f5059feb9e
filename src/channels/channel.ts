import type { Article, Author, Publisher } from '../article.ts'
import type { ChannelKey, ChannelRecord } from '../catalogue/catalogue.ts'
import { isTermKind, type TermKind, termKinds } from '../catalogue/channel-kinds.ts'
import type { Config } from '../config.ts'
import { isBelow } from '../page-address.ts'
import { cleanText } from '../text.ts'

/** A channel with everything a rendering needs but its articles. Same in, same out: no clock. */
export interface Channel extends ChannelHead {
  /** The `atom:id` of its feed (RFC 4287 §4.2.6) and of its archive documents. */
  readonly id: string
}

/** What is said of a channel, to readers and on its page. */
export interface ChannelHead {
  readonly title: string
  readonly description: string
  /** The page for people; with a file name after it, its feeds. */
  readonly pageUrl: string
  /** When its newest listed article changed; RFC 3339. */
  readonly updated: string
  /** BCP 47. */
  readonly language: string
}

/** The URL path of a channel, with a slash at both ends: `/`, `/sections/world/`, `/search/`. */
export function channelPath({ kind, slug }: ChannelKey): string {
  if (isTermKind(kind)) return `${kindPath(kind)}${slug}/`
  return kind === 'site' ? '/' : '/search/'
}

/** The URL path of the list of all channels of a kind, such as `/tags/`. */
export const kindPath = (kind: TermKind) => `/${termKinds[kind].folder}/`

/** The URL path of the channel's page for people. */
export const pagePath = (key: ChannelKey) =>
  key.kind === 'search' ? `/search?q=${key.slug}` : channelPath(key)

/** What a search looks for, as people write it. @param slug as it stands in URLs */
export const searchText = (slug: string) =>
  cleanText(new URLSearchParams(`q=${slug}`).get('q') ?? '')

/** Names the set that sections or tags belong to: RSS `domain`, Atom `scheme`. */
export const schemeUrl = (kind: TermKind, config: Config) => config.baseUrl + kindPath(kind)

/** The URL path of an article's page. */
export const articlePath = ({ slug }: Pick<Article, 'slug'>) => `/articles/${slug}`

/** Where the article is read: at its publisher if the address is known, else with us. */
export const articleUrl = (article: Article, config: Config) =>
  originalUrl(article, config) ?? config.baseUrl + articlePath(article)

/** Its address elsewhere. One of this site is where its page was before, and leads to ours. */
export function originalUrl(
  { canonicalUrl }: Pick<Article, 'canonicalUrl'>,
  { baseUrl }: Pick<Config, 'baseUrl'>,
): string | undefined {
  return canonicalUrl && isBelow(canonicalUrl, baseUrl) ? undefined : canonicalUrl
}

/** Who published the article first. */
export const publisherOf = (article: Article, config: Config): Publisher =>
  article.publisher ?? config.publisher

/** Who holds the rights to an article. */
export const rightsOf = ({ publisher }: Article, config: Config) =>
  publisher ? `© ${publisher.name}` : config.copyright

/** The authors; the publisher where none is stated, since Atom wants one (RFC 4287 §4.1.2). */
export const authorsOf = (article: Article, config: Config): readonly Omit<Author, 'slug'>[] =>
  article.authors.length > 0 ? article.authors : [{ name: publisherOf(article, config).name }]

export const authorNames = (article: Article, config: Config): string[] =>
  authorsOf(article, config).map(({ name }) => name)

/** What people call a channel; the site has no name here. */
export const channelName = ({ kind, slug, name }: ChannelRecord) =>
  kind === 'search' ? searchText(slug) : name
