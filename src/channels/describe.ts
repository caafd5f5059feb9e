/** What is said of a channel. */
import { v5 } from 'uuid'
import type { ChannelKey, ChannelRecord, ListedArticle } from '../catalogue/catalogue.ts'
import type { Config } from '../config.ts'
import { commonNamespace } from '../namespace.ts'
import { ended } from '../text.ts'
import { wordingIn } from '../words/wording.ts'
import { type ChannelHead, channelName, pagePath } from './channel.ts'
import { datesOf, distinctUpdate } from './dates.ts'

/** @param listed the articles shown of it */
export function describeChannel(
  record: ChannelRecord,
  listed: readonly ListedArticle[],
  config: Config,
): ChannelHead {
  const { siteTitle, siteDescription } = config
  const name = channelName(record)
  const { words, say } = wordingIn(config.language)
  const isSite = record.kind === 'site'
  const newest = ended(say(words.newest[record.kind], { publisher: siteTitle, name }))
  return {
    title: isSite ? siteTitle : `${name} · ${siteTitle}`,
    description: (isSite && siteDescription) || newest,
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
