/** A feed for a person who opens its address in a browser. Programs get the feed. */
import type { Request, Response } from 'express'
import { usualFormat } from '../channels/feed-formats.ts'
import type { Config } from '../config.ts'
import type { Pages } from '../pages/pages.ts'
import type { SendError } from './errors.ts'
import { readAddress } from './feed-addresses.ts'
import { feedVary } from './negotiation.ts'
import { securePage } from './page-headers.ts'
import { localeOf, sendPage } from './send-page.ts'

/** Answers with the page of the feed at an address. @returns whether there was one */
export async function showFeed(
  { pages, config, sendError }: { pages: Pages; config: Config; sendError: SendError },
  request: Request,
  response: Response,
): Promise<boolean> {
  const key = readAddress(request.url, () => usualFormat)
  const page = key && (await pages.feed(key, localeOf(request, config)))
  if (!page) return false
  securePage(request, response)
  // Kept by nobody but the browser: what other caches keep at this address is the feed.
  const headers = { 'Cache-Control': 'private, no-cache', Vary: `${feedVary}, Accept-Language` }
  await sendPage(request, response, page, headers, sendError)
  return true
}
