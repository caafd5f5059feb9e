import type { ArticleVersion } from '../catalogue/catalogue.ts'
import { type Encodings, encode } from './encodings.ts'
import { etagOf } from './etag.ts'
import type { FeedFormat, Frame } from './format.ts'

/** A channel in one format, rendered. Immutable, but for codings that are made later. */
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

/** So long is a document at most, before it is packed. Bytes. */
const longest = 20 * 1024 * 1024

/** What a frame leaves for so many items. Bytes. */
export function roomIn({ before, between, after }: Frame, items: number): number {
  return longest - Buffer.byteLength(before + after) - Buffer.byteLength(between) * items
}

type Head = Pick<Document, 'format' | 'frame' | 'listed' | 'lastModified' | 'isFull'>

/** @param onMade is told when another coding has been made */
export async function makeDocument(
  head: Head,
  items: readonly Buffer[],
  onMade: () => void,
): Promise<Document> {
  const bytes = join(head.frame, items)
  return { ...head, etag: etagOf(bytes), encodings: await encode(bytes, onMade) }
}

/**
 * The document with some of its articles only, under the ETag of the whole one: a delta of it
 * (RFC 3229 §10.5.3).
 */
export async function makeDelta(
  document: Document,
  listed: readonly ArticleVersion[],
  items: readonly Buffer[],
  onMade: () => void,
): Promise<Document> {
  return { ...document, listed, encodings: await encode(join(document.frame, items), onMade) }
}

/** Joined as bytes: a string of this size would be garbage of twice the size. */
function join({ before, between, after }: Frame, items: readonly Buffer[]): Buffer {
  const separator = Buffer.from(between)
  const parts = items.flatMap((item, n) => (n === 0 ? [item] : [separator, item]))
  return Buffer.concat([Buffer.from(before, 'utf8'), ...parts, Buffer.from(after, 'utf8')])
}
