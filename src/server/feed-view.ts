/** A feed for a person who opens its address in a browser. Programs get the feed. */
import type { Request, Response } from 'express'
import type { FeedFormat } from '../channels/format.ts'
import { feedFormats } from '../channels/formats.ts'
import type { Config } from '../config.ts'
import type { Pages } from '../pages/pages.ts'
import { readDocument } from './addresses.ts'
import type { SendError } from './errors.ts'
import { securePage } from './page-headers.ts'
import { localeOf, sendPage } from './send-page.ts'
import { feedVary } from './wishes.ts'

export type ShowFeed = (
  request: Request,
  response: Response,
  path: string,
  query: string,
) => Promise<boolean>

/** @returns what answers with the page of the feed at an address, and tells whether there was one */
export function createShowFeed(pages: Pages, config: Config, sendError: SendError): ShowFeed {
  const [first] = feedFormats as readonly [FeedFormat]
  return async (request, response, path, query) => {
    const key = readDocument(path, query, () => first)
    const page = key && (await pages.feed(key, localeOf(request, config)))
    if (!page) return false
    securePage(request, response)
    // Kept by nobody but the browser: what other caches keep at this address is the feed.
    const headers = {
      'Cache-Control': 'private, no-cache',
      Vary: `${feedVary}, Accept-Language`,
    }
    await sendPage(request, response, page, headers, sendError)
    return true
  }
}
