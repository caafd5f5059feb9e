/** Tells search engines of pages that came, changed or went (www.indexnow.org/documentation). */
import type { Courier } from './delivery.ts'
import { keyPath } from './indexnow-key-path.ts'
import { outcomeOf } from './outcome.ts'
import { refusalOf } from './safe-address.ts'
import type { Sender } from './sender.ts'

interface IndexNowParts {
  readonly sender: Sender
  /** Those that are set now: no other is told anything any more. */
  readonly engines: readonly string[]
  readonly key: string
  readonly baseUrl: string
}

/** Addresses in one request, by the protocol. */
const most = 10_000

/** What a further try changes nothing about: the request, the key, or its file is wrong, or the pages are not ours. */
const refusals = [400, 403, 422]

/** Why engines cannot be told of this site, as a sentence for the log; undefined where they can. */
export function indexNowObstacle(baseUrl: string): string | undefined {
  const refusal = refusalOf(baseUrl, [])
  return (
    refusal &&
    `search engines are told nothing (INDEXNOW_KEY): BASE_URL is ${baseUrl}, which ${refusal}`
  )
}

export function createIndexNowCourier({ sender, engines, key, baseUrl }: IndexNowParts): Courier {
  const site = { host: new URL(baseUrl).host, key, keyLocation: baseUrl + keyPath(key) }
  return {
    kind: 'indexnow',
    most,
    async deliver(deliveries) {
      const [{ target }] = deliveries
      if (!engines.includes(target)) return { is: 'refused', reason: 'it is not set any more' }
      const answer = await sender.send({
        method: 'POST',
        url: target,
        headers: { 'Content-Type': 'application/json; charset=utf-8' },
        body: JSON.stringify({ ...site, urlList: deliveries.map(({ subject }) => subject) }),
        isTrusted: true,
      })
      // 202: it looks at the key later.
      const outcome = outcomeOf(answer, refusals)
      if (outcome.is === 'done' || 'fault' in answer || answer.text === '') return outcome
      return { ...outcome, reason: `${outcome.reason}: ${answer.text}` }
    },
  }
}
