import { hash } from 'node:crypto'

/** Characters: 162 bits of the hash, which no two versions will ever share. */
export const etagLength = 27

/** The opaque part of a strong validator, made from all bytes (RFC 9110 §8.8.3). */
export const etagOf = (bytes: Buffer) => hash('sha256', bytes, 'base64url').slice(0, etagLength)
