import type { RequestHandler } from 'express'
import type { Assets } from '../pages/assets.ts'
import { forAnHour, forEver } from './caching.ts'
import { policyOfDrawings } from './media-headers.ts'
import { sendPage } from './send-page.ts'

/**
 * The stylesheet, scripts, and files of the site's owner.
 * @param also headers that all of them get
 */
export function assetFiles(
  assets: Assets,
  also: Readonly<Record<string, string>> = {},
): RequestHandler {
  return async (request, response, next) => {
    const name = request.path.slice(1)
    const page = await assets.page(name)
    if (!page) return next()
    // The address names the version. One of another version is answered by ours for now only: while
    // servers are being renewed, caches must not keep the old file under the new address.
    const isNamed = request.url === assets.path(name)
    const headers = {
      ...also,
      'Cache-Control': isNamed ? forEver : forAnHour,
      ...(page.contentType === 'image/svg+xml' && { 'Content-Security-Policy': policyOfDrawings }),
      Vary: 'Accept-Encoding',
    }
    await sendPage(request, response, page, headers)
  }
}
