import type { IncomingMessage } from 'node:http'
import type { Document } from '../channels/document.ts'

/**
 * Whether the client's copy is still good: If-None-Match, and only without it If-Modified-Since
 * (RFC 9110 §13.2.2).
 */
export function isFresh(request: IncomingMessage, document: Document): boolean {
  const tags = request.headers['if-none-match']
  if (tags !== undefined) return matches(tags, document.etag)
  const since = request.headers['if-modified-since'] ?? ''
  // What is no HTTP-date is ignored (§13.1.3); all three forms begin with the day of the week.
  if (!/^[A-Z][a-z]{2,8},? /.test(since)) return false
  return Date.parse(document.lastModified) <= Date.parse(since)
}

/** Compared weakly, as a 304 may be (RFC 9110 §13.1.2). */
function matches(tags: string, etag: string): boolean {
  const list = tags.split(',').map((tag) => tag.trim().replace(/^W\//, ''))
  return list.includes('*') || list.includes(etag)
}
