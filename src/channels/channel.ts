import { v5 } from 'uuid'
import type { Article, Author, Publisher } from '../article.ts'
import type {
  ChannelKey,
  ChannelKind,
  ChannelRecord,
  ListedArticle,
} from '../catalogue/catalogue.ts'
import type { Config } from '../config.ts'
import { commonNamespace } from '../namespace.ts'
import { cleanText } from '../text.ts'
import { datesOf, distinctUpdate } from './dates.ts'

/** A channel with everything a rendering needs but its articles. Same in, same out: no clock. */
export interface Channel extends Description {
  /** The `atom:id` of its feed (RFC 4287 §4.2.6) and of its archive documents. */
  readonly id: string
}

export interface Description {
  readonly title: string
  readonly description: string
  /** The page for people; with a file name after it, its feeds. */
  readonly pageUrl: string
  /** When its newest listed article changed; RFC 3339. */
  readonly updated: string
  /** BCP 47. */
  readonly language: string
}

const folders: Readonly<Record<Exclude<ChannelKind, 'site' | 'search'>, string>> = {
  section: 'sections',
  tag: 'tags',
  author: 'authors',
}

/** The URL path of a channel, with a slash at both ends: `/`, `/sections/world/`, `/search/`. */
export function channelPath({ kind, slug }: ChannelKey): string {
  if (kind === 'site') return '/'
  return kind === 'search' ? '/search/' : `/${folders[kind]}/${slug}/`
}

/** The URL path of the list of all channels of a kind, such as `/tags/`. */
export const kindPath = (kind: keyof typeof folders) => `/${folders[kind]}/`

/** The URL path of the channel's page for people. */
export const pagePath = (key: ChannelKey) =>
  key.kind === 'search' ? `/search?q=${key.slug}` : channelPath(key)

/** What a search looks for, as people write it. @param slug as it stands in URLs */
export const searchText = (slug: string) =>
  cleanText(new URLSearchParams(`q=${slug}`).get('q') ?? '')

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

/** The authors; the publisher where none is stated, since Atom wants one (RFC 4287 §4.1.2). */
export const authorsOf = (article: Article, config: Config): readonly Omit<Author, 'slug'>[] =>
  article.authors.length > 0 ? article.authors : [{ name: publisherOf(article, config).name }]

export const authorNames = (article: Article, config: Config): string[] =>
  authorsOf(article, config).map(({ name }) => name)

/** @param listed the articles shown of it */
export function describeChannel(
  record: ChannelRecord,
  listed: readonly ListedArticle[],
  config: Config,
): Description {
  const publisher = config.publisher.name
  const name = channelName(record)
  return {
    title: record.kind === 'site' ? publisher : `${name} · ${publisher}`,
    description: descriptions[record.kind](name, publisher),
    pageUrl: config.baseUrl + pagePath(record),
    updated: lastUpdate(listed, config) ?? record.changed,
    language: sharedLanguage(listed, config),
  }
}

/**
 * Stays when BASE_URL changes, unless ids are made in the namespace of all sites: then it is the address of
 * the channel's page, which no other site has.
 * @param namespace of the catalogue
 */
export function feedId(key: ChannelKey, namespace: string | undefined, config: Config): string {
  if (namespace === undefined || namespace === commonNamespace) {
    return config.baseUrl + pagePath(key)
  }
  // Begins with a slash, as no path of an article does: their ids are made in the same namespace.
  return `urn:uuid:${v5(`/${key.kind}/${key.slug}`, namespace)}`
}

/** When the article changed that changed last. */
const lastUpdate = (listed: readonly ListedArticle[], config: Config) =>
  listed
    .map((article) => distinctUpdate(article, datesOf(article, config)))
    .sort()
    .at(-1)

/** The language of all these articles; where they have several, what these share, else that of the feeds. */
function sharedLanguage(listed: readonly ListedArticle[], config: Config): string {
  const [first, ...others] = new Set(listed.map(({ language }) => language))
  if (first === undefined) return config.language
  if (others.length === 0) return first
  const shared = primary(first)
  const isShared = others.every((language) => primary(language) === shared)
  return isShared && shared !== primary(config.language) ? shared : config.language
}

/** A language without script, region and the like. */
const primary = (language: string) => new Intl.Locale(language).language

/** What people call a channel; the site has the publisher's name. */
export const channelName = ({ kind, slug, name }: ChannelRecord) =>
  kind === 'search' ? searchText(slug) : name

const descriptions: Readonly<Record<ChannelKind, (name: string, publisher: string) => string>> = {
  site: (_name, publisher) => `The newest articles of ${publisher}.`,
  section: (name, publisher) => `The newest articles of ${publisher} in the section ${name}.`,
  tag: (name, publisher) => `The newest articles of ${publisher} about ${name}.`,
  search: (name, publisher) =>
    `The newest articles of ${publisher} found by searching for ${name}.`,
  author: (name, publisher) => `The newest articles of ${publisher} by ${name}.`,
}
