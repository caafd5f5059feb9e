import type { Request, Response } from 'express'
import type { Config } from '../config.ts'
import { forADay } from './caching.ts'
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
  { baseUrl }: Pick<Config, 'baseUrl'>,
  query = queryOf(request),
): void {
  response.location(baseUrl + path + query)
  // As it is sent: what was not ASCII has become longer.
  if (String(response.get('Location')).length > longestHeader) {
    response.removeHeader('Location')
    sendError(request, response, 414, tooLong)
    return
  }
  response.status(301).set('Cache-Control', forADay).end()
}

/** With its question mark. */
export const queryOf = ({ url }: Request) => (url.includes('?') ? url.slice(url.indexOf('?')) : '')
