import type { Request, Response } from 'express'
import Negotiator from 'negotiator'
import type { Pages } from '../pages/pages.ts'
import { failsPrecondition, type Validators } from './conditional.ts'
import { securePage } from './page-headers.ts'
import { problemText, problemType } from './problem.ts'

/** Said where If-Match or If-Unmodified-Since names another version (412). */
export const notAsKnown = 'What is here is not what the request says it knows.'

const jsonTypes = [problemType, 'application/json', 'application/feed+json']

/**
 * Answers with an error: a page for people, one line of plain text for programs, or problem details
 * (RFC 9457) for those who ask for JSON. The app's `locals` have the `errorPage`.
 * @param detail a sentence for people
 * @param cause what the page, which is in the language of the site, may say more of
 */
export function sendError(
  request: Request,
  response: Response,
  status: number,
  detail: string,
  headers: Readonly<Record<string, string>> = {},
  cause?: unknown,
): void {
  const wanted = new Negotiator(request).mediaType(['text/plain', 'text/html', ...jsonTypes])
  let type = 'text/plain; charset=utf-8'
  let body = `${detail}\n`
  if (wanted === 'text/html') {
    securePage(request, response)
    const errorPage: Pages['error'] = request.app.locals.errorPage
    type = 'text/html; charset=utf-8'
    body = errorPage(status, cause)
  } else if (wanted !== undefined && jsonTypes.includes(wanted)) {
    type = problemType
    body = problemText(status, detail)
  }
  response.writeHead(status, {
    'Content-Type': type,
    'Content-Length': Buffer.byteLength(body),
    'Cache-Control': 'no-cache',
    'Access-Control-Allow-Origin': '*',
    'X-Content-Type-Options': 'nosniff',
    Vary: 'Accept',
    ...headers,
  })
  response.end(request.method === 'HEAD' ? undefined : body)
}

/**
 * Answers with 412 where the client wants another version than the one that is here.
 * @returns whether it did
 */
export function refuseOther(request: Request, response: Response, document: Validators): boolean {
  const isRefused = failsPrecondition(request, document)
  if (isRefused) sendError(request, response, 412, notAsKnown)
  return isRefused
}
