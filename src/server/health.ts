import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Problem } from '../status/figures.ts'

/**
 * Answers `/healthz` (the process is alive) and `/readyz` (it may be given requests).
 * @returns false for other addresses
 */
export function answerHealth(
  request: IncomingMessage,
  response: ServerResponse,
  problem: Problem,
): boolean {
  const [path] = (request.url ?? '').split('?', 1)
  const send = (status: number, text: string) => {
    const headers = { 'Content-Type': 'text/plain; charset=utf-8', 'Cache-Control': 'no-store' }
    response.writeHead(status, headers)
    response.end(request.method === 'HEAD' ? undefined : `${text}\n`)
  }
  if (path === '/healthz') send(200, 'alive')
  else if (path === '/readyz') {
    problem().then((text) => (text === undefined ? send(200, 'ready') : send(503, text)))
  } else return false
  return true
}
