import type { Request, Response } from 'express'
import { surrogateHeaders } from '../channels/surrogate-keys.ts'
import type { Config } from '../config.ts'
import { forADay, forAnHour } from './caching.ts'
import { sendError } from './errors.ts'
import { longestHeader, tooLong } from './limits.ts'

/**
 * Leads to another page of ours for good.
 * @param path of that page
 * @param query with its question mark; that of the request
 */
export function redirect(
  request: Request,
  response: Response,
  path: string,
  config: Config,
  query = queryOf(request),
): void {
  response.location(config.baseUrl + path + query)
  // As it is sent: what was not ASCII has become longer.
  if (String(response.get('Location')).length > longestHeader) {
    response.removeHeader('Location')
    sendError(request, response, 414, tooLong)
    return
  }
  response.status(301).set(movedHeaders(config)).end()
}

/** A page may come to where a redirect was, and no key tells a CDN of that: where it keeps answers by keys, these last less long. */
export const movedHeaders = (config: Pick<Config, 'surrogateKeys'>) => ({
  'Cache-Control': config.surrogateKeys ? forAnHour : forADay,
  ...surrogateHeaders([], config),
})

/** With its question mark. */
export const queryOf = ({ url }: Request) => (url.includes('?') ? url.slice(url.indexOf('?')) : '')
