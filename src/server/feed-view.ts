/** A feed for a person who opens its address in a browser. Programs get the feed. */
import type { Request, Response } from 'express'
import Negotiator from 'negotiator'
import type { FeedFormat } from '../channels/format.ts'
import { feedFormats } from '../channels/formats.ts'
import type { Config } from '../config.ts'
import type { Pages } from '../pages/pages.ts'
import { readAddress, readChoice } from './addresses.ts'
import { securePage } from './page-headers.ts'
import { localeOf, sendPage } from './send-page.ts'

/** What feeds and the page at their address depend on, beside the address (RFC 9110 §12.5.5). */
export const feedVary = 'Accept, Accept-Encoding, Sec-Fetch-Dest'

const html = ['text/html', 'application/xhtml+xml']
const feedTypes = feedFormats.flatMap((one) => [one.mediaType, ...one.otherMediaTypes])
const telling = /application\/(?:rss|atom|feed|rdf)\+/i

/**
 * Whether a person is looking. Browsers say so when they open a document
 * (w3.org/TR/fetch-metadata §2.1); those that do not, as on plain http, ask for HTML before all else.
 */
export function wantsPage(request: Request): boolean {
  const destination = request.headers['sec-fetch-dest']
  if (destination !== undefined) return destination === 'document'
  const accept = request.headers.accept
  if (accept === undefined || !/text\/html/i.test(accept) || telling.test(accept)) return false
  const wanted = new Negotiator(request).mediaType([...feedTypes, ...html])
  return wanted !== undefined && html.includes(wanted)
}

export type ShowFeed = (
  request: Request,
  response: Response,
  path: string,
  query: string,
) => Promise<boolean>

/** @returns what answers with the page of the feed at an address, and tells whether there was one */
export function createShowFeed(pages: Pages, config: Config): ShowFeed {
  const [first] = feedFormats as readonly [FeedFormat]
  return async (request, response, path, query) => {
    const channel = readChoice(path)
    const key = channel ? { channel, format: first } : readAddress(path, query)
    const page = key && (await pages.feed(key, localeOf(request, config)))
    if (!page) return false
    securePage(request, response)
    // Kept by nobody but the browser: what other caches keep at this address is the feed.
    await sendPage(request, response, page, {
      'Cache-Control': 'private, no-cache',
      Vary: `${feedVary}, Accept-Language`,
    })
    return true
  }
}
