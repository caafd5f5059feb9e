import type { IncomingHttpHeaders, IncomingMessage } from 'node:http'
import { isFuture } from '../catalogue/times.ts'
import type { Coding } from '../channels/encodings.ts'
import { isSameVersion, type Known, readEtag } from '../channels/etag.ts'

/** The strong validator of a document in a coding: other bytes are another representation (§8.8.3). */
export const etagHeader = (etag: string, coding: Coding) =>
  coding === 'identity' ? `"${etag}"` : `"${etag}-${coding}"`

/** A page has no date: what is around its articles may change without them. */
export interface Validators {
  readonly etag: string
  readonly lastModified?: string
}

/** Whether the client wants nothing but the version that it names (RFC 9110 §13.1.1, §13.1.4). */
export const hasPrecondition = (headers: IncomingHttpHeaders): boolean =>
  headers['if-match'] !== undefined || headers['if-unmodified-since'] !== undefined

/**
 * Whether the document is another one than the client wants: If-Match, and only without it
 * If-Unmodified-Since, before all other conditions (RFC 9110 §13.2.2). It is answered with 412.
 */
export function failsPrecondition({ headers }: IncomingMessage, document: Validators): boolean {
  const wanted = headers['if-match']
  if (wanted !== undefined) {
    // Compared strongly (§13.1.1): a weak one is none of ours. Every coding of the document is meant, since
    // which one is sent also depends on what has been made, and proxies add endings of their own.
    const strong = wanted.split(',').filter((tag) => !/^\s*W\//i.test(tag))
    const isHere = (tag: string) => isSameVersion(tag, document.etag)
    return wanted.trim() !== '*' && !opaqueTags(strong.join()).some(isHere)
  }
  const time = parseHttpDate(headers['if-unmodified-since'] ?? '')
  // Without a date on either side there is nothing to compare (§13.1.4).
  if (time === undefined || document.lastModified === undefined) return false
  return Date.parse(document.lastModified) > time
}

/**
 * Whether the client's copy is still good: If-None-Match, and only without it If-Modified-Since
 * (RFC 9110 §13.2.2).
 */
export function isFresh(request: IncomingMessage, document: Validators): boolean {
  const tags = request.headers['if-none-match']
  if (tags !== undefined) {
    return tags.trim() === '*' || opaqueTags(tags).some((tag) => isSameVersion(tag, document.etag))
  }
  const since = request.headers['if-modified-since']
  if (since === undefined || document.lastModified === undefined) return false
  const time = parseHttpDate(since)
  // A date in the future is one that we gave out while our clock was wrong.
  if (time === undefined || isFuture(time, Date.now())) return false
  return Date.parse(document.lastModified) <= time
}

/** The versions that the client has, as far as they are any of ours. */
export function knownVersions(request: IncomingMessage): Known[] {
  const tags = opaqueTags(request.headers['if-none-match'] ?? '')
  return tags.map(readEtag).filter((known) => known !== undefined)
}

/** In whatever form they come back: weak, strong, or with a pair of quotes missing. */
const opaqueTags = (header: string) =>
  header.split(',').map((tag) => tag.trim().replace(/^W\//i, '').replaceAll('"', ''))

const imfFixdate = /^[A-Z][a-z]{2}, \d\d [A-Z][a-z]{2} \d{4} \d\d:\d\d:\d\d GMT$/
const rfc850Date = /^[A-Z][a-z]{5,8}, \d\d-[A-Z][a-z]{2}-\d\d \d\d:\d\d:\d\d GMT$/
const asctimeDate = /^[A-Z][a-z]{2} [A-Z][a-z]{2} [ \d]\d \d\d:\d\d:\d\d \d{4}$/

/**
 * The three forms of an HTTP-date (RFC 9110 §5.6.7).
 * @returns ms since 1970; undefined for anything else, which is to be ignored (§13.1.3)
 */
export function parseHttpDate(text: string): number | undefined {
  const date = text.trim()
  const isKnown = imfFixdate.test(date) || rfc850Date.test(date)
  if (!isKnown && !asctimeDate.test(date)) return undefined
  const time = Date.parse(isKnown ? date : `${date} GMT`)
  return Number.isNaN(time) ? undefined : time
}
