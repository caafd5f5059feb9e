import { type IncomingMessage, type ServerResponse, STATUS_CODES } from 'node:http'
import Negotiator from 'negotiator'

const jsonTypes = ['application/problem+json', 'application/json', 'application/feed+json']

/**
 * Answers with an error: one line of plain text, or problem details (RFC 9457) for those who ask
 * for JSON.
 * @param detail a sentence for people
 */
export function sendError(
  request: IncomingMessage,
  response: ServerResponse,
  status: number,
  detail: string,
  headers: Readonly<Record<string, string>> = {},
): void {
  const wanted = new Negotiator(request).mediaType(['text/plain', ...jsonTypes])
  const isJson = wanted !== undefined && jsonTypes.includes(wanted)
  const problem = { type: 'about:blank', title: STATUS_CODES[status], status, detail }
  const body = isJson ? `${JSON.stringify(problem)}\n` : `${detail}\n`
  response.writeHead(status, {
    'Content-Type': isJson ? 'application/problem+json' : 'text/plain; charset=utf-8',
    'Content-Length': Buffer.byteLength(body),
    'Cache-Control': 'no-cache',
    'Access-Control-Allow-Origin': '*',
    'X-Content-Type-Options': 'nosniff',
    Vary: 'Accept',
    ...headers,
  })
  response.end(request.method === 'HEAD' ? undefined : body)
}
