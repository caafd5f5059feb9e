/**
 * What an ETag says. That of a feed says beside its bytes what whoever has them has seen, for a delta (RFC 3229):
 * `HASH`, `HASH.MARK.VERSION` or `HASH.MARK.VERSION.PUBLISHED.START.NUMBER`. The same bytes are the same document, whatever stands behind
 * their hash.
 */
import { hash } from 'node:crypto'

/** Characters: 162 bits of the hash, which no two versions will ever share. */
const hashLength = 27
export const markLength = 6

/** Where an article stands in a channel: the newest come first, then those with the lowest start of their id, then the lowest number. */
export interface Place {
  /** Ms since 1970. */
  readonly published: number
  /** Of its id: eight hexadecimal digits. */
  readonly start: string
  readonly number: number
}

/** What whoever has a document has seen. */
export interface Seen {
  /** Versions and places mean something in one list alone, of one catalogue: that which this stands for. */
  readonly mark: string
  /** The highest of an article in the catalogue, when the document last changed. */
  readonly version: number
  /** Of the last article in it, where the list may go on behind that. */
  readonly floor?: Place
}

/** What a client has said that it has. */
export interface Known {
  readonly hash: string
  readonly seen?: Seen
}

const seenForm = String.raw`\.([\w-]{${markLength}})\.([\da-z]+)(?:\.(-?[\da-z]+)\.([\da-f]{8})\.([\da-z]+))?`
/** What we add for a content coding, and what proxies add when they compress. */
const codingForm = '(?:[-;](?:gzip|br|zstd|deflate))*'
const known = new RegExp(String.raw`^([\w-]{${hashLength}})(?:${seenForm})?${codingForm}$`)
const behindHash = new RegExp(`^(?:${seenForm})?${codingForm}$`)

export const hashOf = (bytes: Buffer): string =>
  hash('sha256', bytes, 'base64url').slice(0, hashLength)

/** The opaque part of the ETag of a document, before anything is added for its coding. */
export function etagOf(bytesHash: string, seen: Seen | undefined): string {
  if (!seen) return bytesHash
  const { mark, version, floor } = seen
  const place = floor && [floor.published.toString(36), floor.start, floor.number.toString(36)]
  return [bytesHash, mark, version.toString(36), ...(place ?? [])].join('.')
}

/** @param tag the opaque part of one that came back @returns undefined where it is none of ours */
export function readEtag(tag: string): Known | undefined {
  const [, bytesHash, mark, version, published, start, number] = known.exec(tag) ?? []
  if (bytesHash === undefined) return undefined
  if (mark === undefined || version === undefined) return { hash: bytesHash }
  const seen = { mark, version: numberIn(version) }
  if (published === undefined || start === undefined || number === undefined) {
    return { hash: bytesHash, seen }
  }
  const floor = { published: numberIn(published), start, number: numberIn(number) }
  return { hash: bytesHash, seen: { ...seen, floor } }
}

const numberIn = (digits: string) => Number.parseInt(digits, 36)

/** Whether one that came back is of the same bytes: another coding of them is the same version. @param etag without what is added for a coding */
export function isSameVersion(tag: string, etag: string): boolean {
  const [bytesHash = ''] = etag.split('.', 1)
  return tag.startsWith(bytesHash) && behindHash.test(tag.slice(bytesHash.length))
}

/** Whether an article stands below a place. */
export function isBelow(one: Place, floor: Place): boolean {
  if (one.published !== floor.published) return one.published < floor.published
  if (one.start !== floor.start) return one.start > floor.start
  return one.number > floor.number
}
