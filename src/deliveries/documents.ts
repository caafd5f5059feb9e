/** What the thread that delivers asks for: documents and articles are made where they are served. */
import type { Catalogue, ChannelKey } from '../catalogue/catalogue.ts'
import { allTermKinds } from '../catalogue/channel-kinds.ts'
import type { Channels } from '../channels/channels.ts'
import { type DocumentKey, documentPath } from '../channels/document.ts'
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
export function documentMethods(catalogue: Catalogue, channels: Channels, config: Config) {
  const keyOf = (topic: string) => topicKey(topic, config)

  async function document(topic: string): Promise<DocumentState | undefined>
  async function document(topic: string, withBody: true): Promise<WholeDocument | undefined>
  async function document(topic: string, withBody?: boolean) {
    const key = keyOf(topic)
    const found = key && (await channels.document(key))
    if (!found) return undefined
    const { etag, lastModified, listed, format, encodings } = found
    const newest = Math.max(0, ...listed.map(({ number }) => number))
    const state = { etag, changed: lastModified, newest }
    if (!withBody) return state
    const body = await encodings.make('identity')
    return { ...state, contentType: format.contentType, body }
  }

  async function changeOf(topic: string): Promise<string | undefined> {
    const channel = keyOf(topic)?.channel
    if (!channel) return undefined
    const isSearch = channel.kind === 'search'
    const record = isSearch ? await siteRecord(catalogue) : await recordOf(channel, catalogue)
    return record && new Date(record.changed).toUTCString()
  }

  return {
    document,
    changes: (topics: readonly string[]) => Promise.all(topics.map(changeOf)),
    /** Of some channels that have articles, in every format. @param kind the first is 0 @returns undefined after the last kind */
    async topicsOf(kind: number, offset: number): Promise<string[] | undefined> {
      if (kind === 0) return offset === 0 ? topicsOf([site], config) : []
      const termKind = allTermKinds[kind - 1]
      return termKind && topicsOf(await catalogue.channels(termKind, portion, offset), config)
    },
    searches: async () => channels.searches().map((key) => config.baseUrl + documentPath(key)),
    /** As JSON Feed has it. @param number in the catalogue @returns undefined where there is none */
    async article(number: number): Promise<object | undefined> {
      const article = await catalogue.articleByNumber(number)
      return article && JSON.parse(await jsonFeed.item(article, config, false))
    },
  }
}

export type DocumentMethods = ReturnType<typeof documentMethods>

/** The topics of these channels, in every format. */
export const topicsOf = (keys: readonly ChannelKey[], config: Config): string[] =>
  keys.flatMap((channel) =>
    feedFormats.map((format) => config.baseUrl + documentPath({ channel, format })),
  )

/** The document whose own address a topic is; undefined where it is none of ours, or one of the archive. */
export function topicKey(
  topic: string,
  { baseUrl }: Pick<Config, 'baseUrl'>,
): DocumentKey | undefined {
  if (!topic.startsWith(`${baseUrl}/`)) return undefined
  const path = topic.slice(baseUrl.length)
  const key = readAddress(path, () => usualFormat)
  return key && key.archive === undefined && documentPath(key) === path ? key : undefined
}
