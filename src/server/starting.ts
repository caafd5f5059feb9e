/** What is answered before there is anything to serve. */
import type { RequestListener } from 'node:http'
import type { Config } from '../config.ts'
import { basePath } from '../pages/renderer.ts'
import type { Condition } from '../status/condition.ts'
import { belowBase } from './base-path.ts'
import { answerHealth } from './health.ts'

export function answerStarting(config: Config): RequestListener {
  const reason = 'The articles are being read for the first time.'
  const condition: Condition = { unready: () => reason, degraded: () => [] }
  const base = basePath(config)
  return (request, response) => {
    request.url = belowBase(request.url ?? '', base) ?? request.url
    if (answerHealth(request, response, condition)) return
    response.writeHead(503, { 'Retry-After': '1', 'Content-Type': 'text/plain' })
    response.end(`${reason}\n`)
  }
}
