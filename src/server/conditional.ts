import type { IncomingMessage } from 'node:http'
import type { Document } from '../channels/document.ts'

/**
 * Whether the client's copy is still good: If-None-Match, and only without it If-Modified-Since
 * (RFC 9110 §13.2.2).
 */
export function isFresh(request: IncomingMessage, document: Document): boolean {
  const tags = request.headers['if-none-match']
  if (tags !== undefined) return matches(tags, document.etag)
  const since = Date.parse(request.headers['if-modified-since'] ?? '')
  return Date.parse(document.lastModified) <= since
}

/** Compared weakly, as a 304 may be (RFC 9110 §13.1.2). */
function matches(tags: string, etag: string): boolean {
  const list = tags.split(',').map((tag) => tag.trim().replace(/^W\//, ''))
  return list.includes('*') || list.includes(etag)
}
