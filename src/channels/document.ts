import { hash } from 'node:crypto'

/** A channel in one format, rendered. Immutable. */
export interface Document {
  readonly bytes: Buffer
  readonly contentType: string
  /** A strong validator made from the bytes (RFC 9110 §8.8.3), with its quotes. */
  readonly etag: string
  /** When the channel last changed (RFC 9110 §8.8.2), as an HTTP date. */
  readonly lastModified: string
}

/** @param changed RFC 3339 */
export function makeDocument(text: string, contentType: string, changed: string): Document {
  const bytes = Buffer.from(text, 'utf8')
  return {
    bytes,
    contentType,
    etag: `"${hash('sha256', bytes, 'base64url').slice(0, 27)}"`,
    lastModified: new Date(changed).toUTCString(),
  }
}
