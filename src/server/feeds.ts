import type { NextFunction, Request, Response } from 'express'
import { type Channels, documentPath } from '../channels/channels.ts'
import type { Pages } from '../pages/pages.ts'
import type { Traffic } from '../status/traffic.ts'
import { readAlias, readChoice, readDocument } from './addresses.ts'
import { forADay, untilRefresh } from './caching.ts'
import { sendDelta } from './deltas.ts'
import { showFeed } from './feed-view.ts'
import { createGuard } from './guard.ts'
import { longestHeader, tooLong } from './longest.ts'
import { type FeedParts, sendFeed } from './send-feed.ts'
import { preferredFormat, wantsDelta, wantsPage } from './wishes.ts'

interface Parts extends FeedParts {
  readonly channels: Channels
  readonly pages: Pages
}

/** The feeds of every channel, their archive documents, and other addresses that lead to them. */
export function feedHandler(given: Omit<Parts, 'guard' | 'usualCaching'>) {
  const { channels, config, traffic } = given
  const guard = config.downloadsPerHour > 0 ? createGuard(config.downloadsPerHour) : undefined
  const parts: Parts = { ...given, guard, usualCaching: untilRefresh(config) }

  return function feeds(request: Request, response: Response, next: NextFunction): void {
    const [path, query] = placeAndQuery(request.url)
    const isForPeople = wantsPage(request)
    const isReady = !isForPeople && !wantsDelta(request) && !path.startsWith('/search/')
    const document = isReady ? channels.ready(path) : undefined
    if (document) {
      sendFeed(parts, request, response, path, document)
      return
    }
    const answering = isForPeople
      ? showOrRedirect(parts, request, response, path, query)
      : sendOrRedirect(parts, request, response, path, query)
    answering.then(
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

/** What answers are counted as that are none of feeds. */
export const others = 'other/'

export function countAtEnd(traffic: Traffic, path: string, response: Response): void {
  response.once('finish', () => traffic.of(path).sent(response.statusCode, 0, 0))
}

async function sendOrRedirect(
  parts: Parts,
  request: Request,
  response: Response,
  path: string,
  query: string,
): Promise<boolean> {
  const { channels } = parts
  const key = readDocument(path, query, () => preferredFormat(request))
  if (!key) return redirect(parts, request, response, path, query)
  if (wantsDelta(request) && (await sendDelta(parts, channels, request, response, key))) return true
  const document = await channels.document(key)
  if (document) sendFeed(parts, request, response, documentPath(key), document)
  return document !== undefined
}

async function showOrRedirect(
  parts: Parts,
  request: Request,
  response: Response,
  path: string,
  query: string,
): Promise<boolean> {
  const isShown = await showFeed(parts, request, response, path, query)
  if (isShown) parts.traffic.of(others).sent(response.statusCode, 0, 0)
  // What has no feed for programs has none for people.
  return isShown || (!readChoice(path) && redirect(parts, request, response, path, query))
}

/** @returns false when the address is no other one of a feed that there is */
async function redirect(
  { channels, config, sendError }: Parts,
  request: Request,
  response: Response,
  path: string,
  query: string,
): Promise<boolean> {
  const target = readAlias(path, query)
  if (target === undefined) return false
  const location = config.baseUrl + target
  if (location.length > longestHeader) {
    sendError(request, response, 414, tooLong)
    return true
  }
  const key = readDocument(...placeAndQuery(target), () => preferredFormat(request))
  if (!key || !(await channels.exists(key))) return false
  response.writeHead(301, {
    Location: location,
    'Cache-Control': forADay,
    'Access-Control-Allow-Origin': '*',
    'Content-Length': 0,
  })
  response.end()
  return true
}

function placeAndQuery(url: string): [string, string] {
  const [path = '', query = ''] = url.split('?', 2)
  return [path, query]
}
