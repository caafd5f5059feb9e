/** Answers readers with 503 where what would be served is other than what the rest of the site serves. */
import { isOfFeed } from '../channels/feed-addresses.ts'
import type { Condition } from '../status/condition.ts'
import type { First } from './handler.ts'

/** In seconds. Whatever stands in front asks another machine meanwhile. */
const againIn = '10'

/** How this machine is, is answered in any case; and of what is asked of whoever mounts us, feeds alone are ours for certain. */
export function refusing(condition: Condition): First {
  return (request, response, url, ip) => {
    const reason = condition.refusal()
    if (reason === undefined || /^\/(healthz|readyz)(\?|$)/.test(url)) return false
    if (ip !== undefined && !isOfFeed(url)) return false
    response.writeHead(503, {
      ...{ 'Retry-After': againIn, 'Cache-Control': 'no-store' },
      'Content-Type': 'text/plain; charset=utf-8',
    })
    response.end(request.method === 'HEAD' ? undefined : `${reason}\n`)
    return true
  }
}
