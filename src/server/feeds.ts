import type { Request, RequestHandler, Response } from 'express'
import { documentPath } from '../channels/document.ts'
import { pathAndQuery, readAddress, readAlias } from '../channels/feed-addresses.ts'
import { usualFormat } from '../channels/feed-formats.ts'
import { others, type Traffic } from '../status/traffic.ts'
import { sendDelta } from './deltas.ts'
import { sendError } from './errors.ts'
import { longestHeader, tooLong } from './limits.ts'
import { feedVary, preferredFormat, wantsDelta, wantsPage } from './negotiation.ts'
import { securePage } from './page-headers.ts'
import { readyDocument } from './ready-feeds.ts'
import { movedHeaders } from './redirect.ts'
import { type FeedParts, sendFeed } from './send-feed.ts'
import { localeOf, sendPage } from './send-page.ts'

/** The feeds of every channel, their archive documents, and other addresses that lead to them. */
export function feedHandler(parts: FeedParts): RequestHandler {
  const { channels, traffic } = parts
  return (request, response, next) => {
    const [path] = pathAndQuery(request.url)
    const document = readyDocument(channels, request, path)
    if (document) {
      sendFeed(parts, request, response, path, document)
      return
    }
    const isForPeople = wantsPage(request)
    const answer = isForPeople ? showOrRedirect : sendOrRedirect
    answer(parts, request, response).then(
      (isDone) => {
        if (!isDone) next()
      },
      (error) => {
        countAtEnd(traffic, isForPeople ? others : path, response)
        next(error)
      },
    )
  }
}

function countAtEnd(traffic: Traffic, path: string, response: Response): void {
  response.once('finish', () => traffic.of(path).sent(response.statusCode, 0, 0))
}

/** @returns false where there is nothing at this address, nor is it another one of a feed */
async function sendOrRedirect(parts: FeedParts, request: Request, response: Response) {
  const key = readAddress(request.url, () => preferredFormat(request))
  if (!key) return redirect(parts, request, response)
  if (wantsDelta(request) && (await sendDelta(parts, request, response, key))) return true
  const document = await parts.channels.document(key)
  if (document) sendFeed(parts, request, response, documentPath(key), document)
  return document !== undefined
}

/** The same for a person who opens the address in a browser, and sees the feed as a page. */
async function showOrRedirect(parts: FeedParts, request: Request, response: Response) {
  const key = readAddress(request.url, () => usualFormat)
  const page = key && (await parts.pages.feed(key, localeOf(request, parts.config)))
  if (!page) return redirect(parts, request, response)
  securePage(request, response)
  // Kept by nobody but the browser: what other caches keep at this address is the feed.
  const headers = { 'Cache-Control': 'private, no-cache', Vary: `${feedVary}, Accept-Language` }
  await sendPage(request, response, page, headers)
  parts.traffic.of(others).sent(response.statusCode, 0, 0)
  return true
}

/** @returns false when the address is no other one of a feed that there is */
async function redirect(parts: FeedParts, request: Request, response: Response): Promise<boolean> {
  const { channels, config } = parts
  const target = readAlias(request.url)
  if (target === undefined) return false
  const location = config.baseUrl + target
  if (location.length > longestHeader) {
    sendError(request, response, 414, tooLong)
    return true
  }
  const key = readAddress(target, () => usualFormat)
  if (!key || !(await channels.exists(key))) return false
  response.writeHead(301, {
    Location: location,
    ...movedHeaders(config),
    'Access-Control-Allow-Origin': '*',
    'Content-Length': 0,
  })
  response.end()
  return true
}
