import type { RequestHandler } from 'express'
import { keyPath } from '../deliveries/indexnow-key-path.ts'
import { forAnHour } from './caching.ts'

/** Shows search engines that whoever tells them of pages owns the site (www.indexnow.org/documentation). */
export function indexNowKey(key: string | undefined): RequestHandler {
  return (request, response, next) => {
    if (key === undefined || request.path !== keyPath(key)) return next()
    response.set({ 'Content-Type': 'text/plain; charset=utf-8', 'Cache-Control': forAnHour })
    response.send(key)
  }
}
