import type { Request, Response } from 'express'
import Negotiator from 'negotiator'
import type { Config } from '../config.ts'
import { chooseLocale } from '../pages/locale.ts'
import type { Page } from '../pages/page.ts'
import { etagHeader, isFresh } from './conditional.ts'
import { chooseCoding, sendBody, sendHead } from './content-coding.ts'
import { refuseOther } from './errors.ts'

/**
 * Answers with a page, with 304 where the client has it, or with 412 where it wants another version
 * (RFC 9110 §13).
 */
export async function sendPage(
  request: Request,
  response: Response,
  page: Page,
  headers: Readonly<Record<string, string>>,
): Promise<void> {
  if (refuseOther(request, response, page)) return
  const coded = await chooseCoding(request, page.encodings)
  const all = [
    'ETag',
    etagHeader(page.etag, coded.coding),
    'X-Content-Type-Options',
    'nosniff',
    ...Object.entries(headers).flat(),
  ]
  if (isFresh(request, page)) {
    sendHead(response, 304, all)
    response.end()
  } else sendBody(response, 200, all, page.contentType, coded, request.method === 'HEAD')
}

/** The locale in which this reader reads dates (RFC 9110 §12.5.4). */
export const localeOf = (request: Request, config: Config) =>
  chooseLocale(new Negotiator(request).languages(), config)
