/** Errors as programs read them: problem details (RFC 9457). */
import { type ServerResponse, STATUS_CODES } from 'node:http'

export const problemType = 'application/problem+json'

/** @param detail a sentence for people */
export const problemText = (status: number, detail: string): string =>
  `${JSON.stringify({ type: 'about:blank', title: STATUS_CODES[status], status, detail })}\n`

/** Answers with one. */
export function sendProblem(
  response: ServerResponse,
  status: number,
  detail: string,
  headers: Readonly<Record<string, string>> = {},
): void {
  const body = problemText(status, detail)
  response.writeHead(status, {
    'Content-Type': problemType,
    'Content-Length': Buffer.byteLength(body),
    'Cache-Control': 'no-store',
    ...headers,
  })
  response.end(body)
}
