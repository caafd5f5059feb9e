/** The front page, the pages of channels, and the lists of these. */
import type { Catalogue, ChannelKey, ChannelRecord } from '../catalogue/catalogue.ts'
import { isTermKind, type TermKind, termKinds } from '../catalogue/channel-kinds.ts'
import { channelName, channelPath, kindPath } from '../channels/channel.ts'
import { describeChannel } from '../channels/describe.ts'
import { recordOf } from '../channels/selection.ts'
import type { Config } from '../config.ts'
import { addressesOf, alternatesOf, readersOf } from './addresses.ts'
import type { PageParts } from './article-page.ts'
import { eachOf, entryOf } from './entries.ts'

/** Articles on one page of a list. */
const perPage = 30
/** What is older is found by searching, or in the archive of the feed. */
const mostPages = 100
/** Channels on one page of the list of all of a kind. */
const termsPerPage = 200
/** Tags that the front page names. */
const frontTags = 24

export interface NamedChannel {
  readonly key: ChannelKey
  readonly name: string
  readonly path: string
}

export const namedChannel = (record: ChannelRecord): NamedChannel => ({
  key: record,
  name: channelName(record),
  path: channelPath(record),
})

/**
 * @param page counted from 1
 * @returns undefined when there is no such channel, or no such page of it
 */
export async function channelPage(
  key: ChannelKey,
  page: number,
  locale: string,
  catalogue: Catalogue,
  config: Config,
): Promise<PageParts | undefined> {
  const record = await recordOf(key, catalogue)
  if (!record || page > mostPages) return undefined
  const listed = await catalogue.listed(key, perPage + 1, Date.now(), (page - 1) * perPage)
  if (listed.length === 0 && page > 1) return undefined
  const entries = await eachOf(listed.slice(0, perPage), catalogue, (article) =>
    entryOf(article, locale, config),
  )
  const { title, description, pageUrl, language } = describeChannel(record, listed, config)
  const path = channelPath(key)
  const isFront = key.kind === 'site' && page === 1
  const head = {
    title: key.kind === 'site' ? '' : channelName(record),
    description,
    canonical: page === 1 ? pageUrl : `${pageUrl}?page=${page}`,
    alternates: alternatesOf(key, title, config),
    scripts: ['copy.js'],
    current: path,
    ...(entries.length === 0 && { isIndexed: false }),
  }
  const hasNext = listed.length > perPage && page < mostPages
  return {
    head,
    data: {
      heading: channelName(record) || config.publisher.name,
      language,
      kind: isTermKind(key.kind) ? termKinds[key.kind].one : undefined,
      description,
      page,
      isFront,
      lead: isFront ? entries[0] : undefined,
      entries: isFront ? entries.slice(1) : entries,
      newer: page > 1 ? (page === 2 ? path : `${path}?page=${page - 1}`) : undefined,
      older: hasNext ? `${path}?page=${page + 1}` : undefined,
      addresses: addressesOf(key, config),
      readers: readersOf(key, config),
      sections: isFront ? (await catalogue.channels('section', 50)).map(namedChannel) : [],
      tags: isFront ? (await catalogue.channels('tag', frontTags)).map(namedChannel) : [],
    },
  }
}

/** All channels of a kind. @param page counted from 1 */
export async function termsPage(
  kind: TermKind,
  page: number,
  catalogue: Catalogue,
  config: Config,
): Promise<PageParts | undefined> {
  if (page > mostPages) return undefined
  const offset = (page - 1) * termsPerPage
  const records = await catalogue.channels(kind, termsPerPage + 1, offset)
  if (records.length === 0 && page > 1) return undefined
  const { many } = termKinds[kind]
  const path = kindPath(kind)
  return {
    head: {
      title: many,
      description: `All ${many.toLowerCase()} of ${config.publisher.name}, each with feeds of its own.`,
      canonical: config.baseUrl + path + (page > 1 ? `?page=${page}` : ''),
      scripts: ['copy.js'],
      current: path,
      ...(records.length === 0 && { isIndexed: false }),
    },
    data: {
      heading: many,
      channels: records.slice(0, termsPerPage).map((record) => withAddresses(record, config)),
      newer: page > 1 ? (page === 2 ? path : `${path}?page=${page - 1}`) : undefined,
      older:
        records.length > termsPerPage && page < mostPages ? `${path}?page=${page + 1}` : undefined,
    },
  }
}

export const withAddresses = (record: ChannelRecord, config: Config) => ({
  ...namedChannel(record),
  addresses: addressesOf(record, config),
})
