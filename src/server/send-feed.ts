import type { Request, Response } from 'express'
import type { Channels } from '../channels/channels.ts'
import type { Document } from '../channels/document.ts'
import type { Config } from '../config.ts'
import type { Pages } from '../pages/pages.ts'
import type { Audience } from '../status/audience.ts'
import type { Traffic } from '../status/traffic.ts'
import { forEver } from './caching.ts'
import { isFresh } from './conditional.ts'
import { type Coded, chooseCoding, sendBody, sendHead } from './content-coding.ts'
import { refuseOther, sendError } from './errors.ts'
import { feedHeaders } from './feed-headers.ts'
import { feedVary } from './negotiation.ts'
import type { Guard } from './rate-limit.ts'

/** A reader's name is longer nowhere; one that is would only cost time and memory. */
const longestAgent = 500

/** What feeds are answered with. */
export interface FeedParts {
  readonly channels: Channels
  readonly pages: Pages
  readonly config: Config
  readonly guard: Guard | undefined
  readonly traffic: Traffic
  readonly audience: Audience
  /** The `Cache-Control` of a feed. */
  readonly usualCaching: string
}

/**
 * Answers with a feed, or with what does in its place: 304, 412, or 429 to who downloads it too often.
 * @param path of the document, whatever the address it was asked for at
 */
export function sendFeed(
  { config, guard, traffic, audience, usualCaching }: FeedParts,
  request: Request,
  response: Response,
  path: string,
  document: Document,
): void {
  function send(coded: Coded): void {
    const tally = traffic.of(path)
    noteReader(audience, request, path)
    if (refuseOther(request, response, document)) {
      tally.sent(412, 0, 0)
      return
    }
    const isHead = request.method === 'HEAD'
    const length = isHead ? 0 : coded.bytes.length
    const headers = feedHeaders(document, coded, config.baseUrl + path)
    headers.push('Cache-Control', document.isFull ? forEver : usualCaching, 'Vary', feedVary)
    if (isFresh(request, document)) {
      sendHead(response, 304, headers)
      response.end()
      tally.notModified(length)
      return
    }
    const wait = isHead ? 0 : (guard?.(request, path) ?? 0)
    if (wait > 0) {
      const detail = `Too many downloads of this feed. Ask with If-None-Match, or in ${wait} s.`
      sendError(request, response, 429, detail, { 'Retry-After': String(wait) })
      tally.sent(429, 0, 0)
      return
    }
    sendBody(response, 200, headers, document.format.contentType, coded, isHead)
    tally.sent(200, length, isHead ? 0 : document.encodings.length - length)
  }

  const chosen = chooseCoding(request, document.encodings)
  if (chosen instanceof Promise) chosen.then(send).catch((error) => response.destroy(error))
  else send(chosen)
}

export function noteReader(audience: Audience, { headers, ip = '' }: Request, path: string): void {
  const agent = headers['user-agent'] ?? ''
  audience.note(agent.length > longestAgent ? '' : agent, ip, path)
}
