import type { ArticleVersion, ChannelKey, ChannelRecord } from '../catalogue/catalogue.ts'
import type { Config } from '../config.ts'
import { channelPath } from './channel.ts'
import { type Encodings, encode } from './encodings.ts'
import type { DocumentLinks, FeedFormat, Frame } from './format.ts'
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
  readonly listed: readonly ArticleVersion[]
  /** As `etagOf` makes it of the bytes. */
  readonly etag: string
  /** When the channel last changed (RFC 9110 §8.8.2), as an HTTP date. */
  readonly lastModified: string
  /** A full archive document: no article is added to it any more. */
  readonly isFull: boolean
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
    ...(previous > 0 && { prevArchive: url(previous) }),
    ...(archive !== undefined && { current: url() }),
    ...(archive !== undefined &&
      archive < lastArchive(record) && { nextArchive: url(archive + 1) }),
  }
}

/** So long is a document at most, before it is packed. Bytes. */
const longest = 20 * 1024 * 1024

/** What a frame leaves for so many items. Bytes. */
export function roomIn({ before, between, after }: Frame, items: number): number {
  return longest - Buffer.byteLength(before + after) - Buffer.byteLength(between) * items
}

type Head = Pick<Document, 'format' | 'frame' | 'listed' | 'lastModified' | 'isFull'>

export async function makeDocument(head: Head, items: readonly Buffer[]): Promise<Document> {
  const encodings = await encode(join(head.frame, items))
  return { ...head, etag: encodings.etag, encodings }
}

/**
 * The document with some of its articles only, under the ETag of the whole one: a delta of it
 * (RFC 3229 §10.5.3).
 */
export async function makeDelta(
  document: Document,
  listed: readonly ArticleVersion[],
  items: readonly Buffer[],
): Promise<Document> {
  return { ...document, listed, encodings: await encode(join(document.frame, items)) }
}

/** Joined as bytes: a string of this size would be garbage of twice the size. */
function join({ before, between, after }: Frame, items: readonly Buffer[]): Buffer {
  const separator = Buffer.from(between)
  const parts = items.flatMap((item, n) => (n === 0 ? [item] : [separator, item]))
  return Buffer.concat([Buffer.from(before, 'utf8'), ...parts, Buffer.from(after, 'utf8')])
}
