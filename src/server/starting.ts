/** What is answered before there is anything to serve. */
import type { RequestListener } from 'node:http'
import type { Config } from '../config.ts'
import { basePath } from '../pages/renderer.ts'
import type { Condition } from '../status/condition.ts'
import { belowBase } from './base-path.ts'
import { answerHealth } from './health.ts'

const usual = 'The articles are being read for the first time.'

/** @param unready says why there is nothing yet, where that is another reason than usual */
export function answerStarting(
  config: Config,
  unready: Condition['unready'] = () => undefined,
): RequestListener {
  const reason = () => unready() ?? usual
  const condition: Condition = { unready: reason, refusal: () => undefined, degraded: () => [] }
  const base = basePath(config)
  return (request, response) => {
    request.url = belowBase(request.url ?? '', base) ?? request.url
    if (answerHealth(request, response, condition)) return
    response.writeHead(503, { 'Retry-After': '1', 'Content-Type': 'text/plain' })
    response.end(`${reason()}\n`)
  }
}
