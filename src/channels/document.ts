import type { ChannelKey, ChannelRecord } from '../catalogue/catalogue.ts'
import type { Config } from '../config.ts'
import { channelPath } from './channel.ts'
import type { Encodings } from './encodings.ts'
import type { DocumentLinks, FeedFormat, Frame } from './feed-format.ts'
import { hubsOf } from './hubs.ts'
import type { ListedState } from './seen.ts'
import { lastArchive } from './selection.ts'

/** Names a document: a channel in one format, or one of its archive documents. */
export interface DocumentKey {
  readonly channel: ChannelKey
  readonly format: FeedFormat
  /** Counted from 1, the oldest. */
  readonly archive?: number
}

/** A channel in one format, rendered. Immutable. */
export interface Document {
  readonly format: FeedFormat
  readonly frame: Frame
  /** The articles in it, in its order. */
  readonly listed: readonly ListedState[]
  /** Of the whole document, also of a delta of it: the hash of its bytes, and what whoever has it has seen (etag.ts). */
  readonly etag: string
  /** When the channel last changed (RFC 9110 §8.8.2), as an HTTP date. */
  readonly lastModified: string
  /** A full archive document: no article is added to it any more. */
  readonly isFull: boolean
  /** Those that it names. */
  readonly hubs: readonly string[]
  /** Headers that name what it was made from, names and values in turn (surrogate-keys.ts). */
  readonly keys: readonly string[]
  readonly encodings: Encodings
}

/** The URL path of a document. */
export function documentPath({ channel, format, archive }: DocumentKey): string {
  const folder = archive === undefined ? '' : `archive/${archive}/`
  const query = channel.kind === 'search' ? `?q=${channel.slug}` : ''
  return channelPath(channel) + folder + format.fileName + query
}

/** Where a document is, and its neighbours. @param record of its channel */
export function linksOf(key: DocumentKey, record: ChannelRecord, config: Config): DocumentLinks {
  const { channel, format, archive } = key
  const url = (n?: number) =>
    config.baseUrl + documentPath({ channel, format, ...(n !== undefined && { archive: n }) })
  const previous = archive === undefined ? record.archives : archive - 1
  return {
    self: url(archive),
    hubs: archive === undefined ? hubsOf(config) : [],
    ...(previous > 0 && { prevArchive: url(previous) }),
    ...(archive !== undefined && { current: url() }),
    ...(archive !== undefined &&
      archive < lastArchive(record) && { nextArchive: url(archive + 1) }),
  }
}
