import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Request, Response } from 'express'
import type { Channels } from '../channels/channels.ts'
import type { Document } from '../channels/document.ts'
import type { Config } from '../config.ts'
import type { Pages } from '../pages/pages.ts'
import type { Audience } from '../status/audience.ts'
import type { Traffic } from '../status/traffic.ts'
import { isFresh } from './conditional.ts'
import { type Coded, chooseCoding, sendHead } from './content-coding.ts'
import { refuseOther, sendError } from './errors.ts'
import { headsOf } from './feed-headers.ts'
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
  parts: FeedParts,
  request: Request,
  response: Response,
  path: string,
  document: Document,
): void {
  const refused = refuse(parts, request, response, path, document)
  if (refused === undefined) {
    answerFeed(parts, request, response, path, document, request.ip)
    return
  }
  noteReader(parts.audience, request, path, request.ip)
  parts.traffic.of(path).sent(refused, 0, 0)
}

/** @returns the status of the error that was answered with, where one was */
function refuse(
  { guard }: FeedParts,
  request: Request,
  response: Response,
  path: string,
  document: Document,
): number | undefined {
  if (refuseOther(request, response, document)) return 412
  const wait = request.method === 'HEAD' ? 0 : (guard?.(request, path) ?? 0)
  if (wait === 0) return undefined
  const detail = `Too many downloads of this feed. Ask with If-None-Match, or in ${wait} s.`
  sendError(request, response, 429, detail, { 'Retry-After': String(wait) })
  return 429
}

/**
 * The same where there is nothing to refuse: the request has no precondition, and is none that the guard would count.
 * @param ip of the reader
 */
export function answerFeed(
  { config, traffic, audience, usualCaching }: FeedParts,
  request: IncomingMessage,
  response: ServerResponse,
  path: string,
  document: Document,
  ip: string | undefined,
): void {
  function send(coded: Coded): void {
    const tally = traffic.of(path)
    noteReader(audience, request, path, ip)
    const isHead = request.method === 'HEAD'
    const length = isHead ? 0 : coded.bytes.length
    const heads = headsOf(document, coded, config.baseUrl + path, usualCaching)
    // Mostly it comes back as it was sent.
    if (request.headers['if-none-match'] === heads.etag || isFresh(request, document)) {
      sendHead(response, 304, heads.unchanged)
      response.end()
      tally.notModified(length)
      return
    }
    sendHead(response, 200, heads.whole)
    response.end(isHead ? undefined : coded.bytes)
    tally.sent(200, length, isHead ? 0 : document.encodings.length - length)
  }

  const chosen = chooseCoding(request, document.encodings)
  if (chosen instanceof Promise) chosen.then(send).catch((error) => response.destroy(error))
  else send(chosen)
}

export function noteReader(
  audience: Audience,
  { headers, socket }: IncomingMessage,
  path: string,
  ip = '',
): void {
  const agent = headers['user-agent'] ?? ''
  // Through a connection of a proxy come many readers.
  const connection = ip === socket.remoteAddress ? socket : undefined
  audience.note(agent.length > longestAgent ? '' : agent, ip, path, connection)
}
