import type { IncomingMessage, ServerResponse } from 'node:http'
import { type Condition, linesOf } from '../status/condition.ts'

/**
 * Answers `/healthz` (the process is alive) and `/readyz` (it may be given requests; below the first
 * line stands what else is wrong, a line each).
 * @returns false for other addresses
 */
export function answerHealth(
  request: IncomingMessage,
  response: ServerResponse,
  condition: Condition,
): boolean {
  const [path] = (request.url ?? '').split('?', 1)
  const send = (status: number, lines: readonly string[]) => {
    const headers = { 'Content-Type': 'text/plain; charset=utf-8', 'Cache-Control': 'no-store' }
    response.writeHead(status, headers)
    response.end(request.method === 'HEAD' ? undefined : `${lines.join('\n')}\n`)
  }
  if (path === '/healthz') send(200, ['alive'])
  else if (path === '/readyz') {
    const lines = linesOf(condition)
    if (condition.unready() === undefined) send(200, ['ready', ...lines])
    else send(503, lines)
  } else return false
  return true
}
