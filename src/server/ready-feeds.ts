/**
 * Stands before Express: nearly all requests are polls of a document that is at hand, and the way through Express costs more
 * than their answer. What is not the plainest of these goes on.
 */
import type { IncomingMessage } from 'node:http'
import type { Express } from 'express'
import type { Channels } from '../channels/channels.ts'
import type { Document } from '../channels/document.ts'
import { hasPrecondition } from './conditional.ts'
import type { First } from './handler.ts'
import { wantsDelta, wantsPage } from './negotiation.ts'
import { isConditional } from './rate-limit.ts'
import { answerFeed, type FeedParts } from './send-feed.ts'

/** Answers what `feedHandler` would answer in the same way. @param app whose settings say whom to believe of an address */
export function readyFeeds(parts: FeedParts, app: Express): First {
  /** Express finds it; where no proxy says anything there is nothing to find. */
  const ipOf = ({ headers, socket }: IncomingMessage): string | undefined =>
    headers['x-forwarded-for']
      ? Reflect.get(app.request, 'ip', { app, headers, socket })
      : socket.remoteAddress

  return (request, response, url, toldIp) => {
    const { method, headers } = request
    if ((method !== 'GET' && method !== 'HEAD') || url.includes('?')) return false
    if (hasPrecondition(headers) || (parts.guard && !isConditional(headers))) return false
    const document = readyDocument(parts.channels, request, url)
    if (!document) return false
    try {
      answerFeed(parts, request, response, url, document, toldIp ?? ipOf(request))
      return true
    } catch {
      // Express meets it again, and tells of it.
      return false
    }
  }
}

/** The document that is at hand for such a request, where it asks for one as it is. @param path without a query */
export function readyDocument(
  channels: Channels,
  request: IncomingMessage,
  path: string,
): Document | undefined {
  const isPlain = !wantsPage(request) && !wantsDelta(request) && !path.startsWith('/search/')
  return isPlain ? channels.ready(path) : undefined
}
