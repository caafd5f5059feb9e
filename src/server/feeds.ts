import { type Request, type Response, Router } from 'express'
import type { ChannelKey } from '../catalogue/catalogue.ts'
import type { Channels } from '../channels/channels.ts'
import { site } from '../channels/channels.ts'
import type { Document } from '../channels/document.ts'
import { type FeedFormat, feedFormats } from '../channels/formats.ts'
import { isFresh } from './conditional.ts'

/** The feeds of every channel: `/rss.xml`, `/sections/{slug}/atom.xml`, `/tags/…`, `/authors/…`. */
export function feedRoutes(channels: Channels): Router {
  // Another spelling of an address is not the feed's: its rel="self" would not fit.
  const router = Router({ strict: true, caseSensitive: true })
  for (const format of feedFormats) {
    const serve = (keyOf: (request: Request) => ChannelKey) =>
      async function feed(request: Request, response: Response, next: () => void) {
        const document = await channels.document(keyOf(request), format)
        if (document) send(request, response, document, format)
        else next()
      }
    router.get(
      `/${format.fileName}`,
      serve(() => site),
    )
    for (const [folder, kind] of [
      ['sections', 'section'],
      ['tags', 'tag'],
      ['authors', 'author'],
    ] as const) {
      const key = (request: Request) => ({ kind, slug: String(request.params.slug) })
      router.get(`/${folder}/:slug/${format.fileName}`, serve(key))
    }
  }
  return router
}

function send(request: Request, response: Response, document: Document, format: FeedFormat): void {
  const headers = {
    'Content-Type': format.contentType,
    ETag: document.etag,
    'Last-Modified': document.lastModified,
    'Cache-Control': 'no-cache',
  }
  if (isFresh(request, document)) {
    const { 'Content-Type': _, ...validators } = headers
    response.writeHead(304, validators).end()
    return
  }
  response.writeHead(200, { ...headers, 'Content-Length': document.bytes.length })
  response.end(request.method === 'HEAD' ? undefined : document.bytes)
}
