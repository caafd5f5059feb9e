import type { Request, Response } from 'express'
import { type DocumentKey, documentPath } from '../channels/document.ts'
import { etagOf } from '../channels/etag.ts'
import { isFresh, knownVersions } from './conditional.ts'
import { chooseCoding, sendBody } from './content-coding.ts'
import { feedHeaders } from './feed-headers.ts'
import { feedVary } from './negotiation.ts'
import { type FeedParts, noteReader } from './send-feed.ts'

/** Of so many versions that a client says it has, a delta is looked for. */
const mostVersions = 5

/**
 * Answers with what is new since a version that the client has (RFC 3229).
 * @returns whether it did: of none of the versions it may be known what is new, or one of them be the newest
 */
export async function sendDelta(
  { channels, config, traffic, audience }: FeedParts,
  request: Request,
  response: Response,
  key: DocumentKey,
): Promise<boolean> {
  const path = documentPath(key)
  const whole = channels.ready(path)
  if (whole && isFresh(request, whole)) return false
  for (const version of knownVersions(request).slice(0, mostVersions)) {
    const delta = await channels.delta(key, version)
    if (!delta || isFresh(request, delta)) continue
    const coded = await chooseCoding(request, delta.encodings)
    noteReader(audience, request, path, request.ip)
    const headers = feedHeaders(delta, coded, config.baseUrl + path)
    headers.push('IM', 'feed', 'Delta-Base', `"${etagOf(version.hash, version.seen)}"`)
    // A cache that knows no deltas must not keep one as the whole (RFC 3229 §10.8.2). Who asked does not
    // matter to it, as nothing here is kept; the whole, which is given to all others, suits everyone.
    headers.push('Cache-Control', 'no-store, im', 'Vary', `${feedVary}, A-IM, If-None-Match`)
    sendBody(response, 226, headers, delta.format.contentType, coded, false)
    traffic.of(path).sent(226, coded.bytes.length, 0)
    return true
  }
  return false
}
