/** What the thread that delivers asks for: documents and articles are made where they are served. */
import type { CatalogueReader, ChannelKey } from '../catalogue/catalogue.ts'
import { allTermKinds } from '../catalogue/channel-kinds.ts'
import type { Channels } from '../channels/channels.ts'
import { type Document, type DocumentKey, documentPath } from '../channels/document.ts'
import { readAddress } from '../channels/feed-addresses.ts'
import { feedFormats, usualFormat } from '../channels/feed-formats.ts'
import { jsonFeed } from '../channels/json-feed.ts'
import { recordOf, site, siteRecord } from '../channels/selection.ts'
import type { Config } from '../config.ts'
import type { DocumentState } from './look.ts'

/** A document to be delivered. */
export interface WholeDocument extends DocumentState {
  readonly contentType: string
  /** Without any content coding. */
  readonly body: Uint8Array
}

/** So many channels are read in one go. */
const portion = 100

/** By what the thread calls them. Topics are whole addresses. */
export function documentMethods(catalogue: CatalogueReader, channels: Channels, config: Config) {
  const keyOf = (topic: string) => topicKey(topic, config)

  async function document(topic: string): Promise<Document | undefined> {
    const key = keyOf(topic)
    return key && channels.document(key)
  }

  async function changeOf(topic: string): Promise<string | undefined> {
    const channel = keyOf(topic)?.channel
    if (!channel) return undefined
    const isSearch = channel.kind === 'search'
    const record = isSearch ? await siteRecord(catalogue) : await recordOf(channel, catalogue)
    return record && new Date(record.changed).toUTCString()
  }

  return {
    async state(topic: string): Promise<DocumentState | undefined> {
      const found = await document(topic)
      return found && stateOf(found)
    },
    async whole(topic: string): Promise<WholeDocument | undefined> {
      const found = await document(topic)
      if (!found) return undefined
      const body = await found.encodings.make('identity')
      return { ...stateOf(found), contentType: found.format.contentType, body }
    },
    changes: (topics: readonly string[]) => Promise.all(topics.map(changeOf)),
    /** The channels that have articles, in every format: some at a time. @param kind the first is 0 @returns undefined after the last kind */
    async topicsOf(kind: number, page: number): Promise<string[] | undefined> {
      if (kind === 0) return page === 0 ? topicsOf([site], config) : []
      const termKind = allTermKinds[kind - 1]
      const some = termKind && (await catalogue.channels(termKind, portion, page * portion))
      return some && topicsOf(some, config)
    },
    searches: async () => channels.searches().map((key) => config.baseUrl + documentPath(key)),
    /** As JSON Feed has it. @param number in the catalogue @returns undefined where there is none */
    async article(number: number): Promise<object | undefined> {
      const article = await catalogue.articleByNumber(number)
      return article && JSON.parse(await jsonFeed.item(article, config, false))
    },
  }
}

/** Whoever has its bytes has it. */
function stateOf({ encodings, lastModified, listed }: Document): DocumentState {
  const newest = Math.max(0, ...listed.map(({ number }) => number))
  return { etag: encodings.etag, changed: lastModified, newest }
}

export type DocumentMethods = ReturnType<typeof documentMethods>

/** The topics of these channels, in every format. */
export const topicsOf = (keys: readonly ChannelKey[], config: Config): string[] =>
  keys.flatMap((channel) =>
    feedFormats.map((format) => config.baseUrl + documentPath({ channel, format })),
  )

/** The document whose own address a topic is; undefined where it is none of ours, or one of the archive. */
function topicKey(topic: string, { baseUrl }: Pick<Config, 'baseUrl'>): DocumentKey | undefined {
  if (!topic.startsWith(`${baseUrl}/`)) return undefined
  const path = topic.slice(baseUrl.length)
  const key = readAddress(path, () => usualFormat)
  return key && key.archive === undefined && documentPath(key) === path ? key : undefined
}
