/** The hub (W3C WebSub §5): takes requests, which others verify and deliver. Runs in the thread of deliveries. */
import { networkOf } from '../network.ts'
import { oneAtATime } from '../one-at-a-time.ts'
import { type DeliveryStore, hostOf } from './delivery-store.ts'
import {
  fullOfSubscriptions,
  fullOfVerifications,
  type HubLimits,
  hubLimits,
} from './hub-limits.ts'
import { type HubRequest, HubRequestError, readHubRequest } from './hub-request.ts'
import type { Documents } from './look.ts'
import { createPace } from './pace.ts'
import { verificationOf } from './verification.ts'

/** What a request is answered with. */
export interface HubAnswer {
  readonly status: number
  /** A sentence for who has programmed the request. */
  readonly text: string
  readonly retryAfterS?: number
}

export interface HubParts {
  readonly store: DeliveryStore
  readonly documents: Pick<Documents, 'changes'>
  readonly baseUrl: string
  /** Which networks callbacks may be in beside the public ones; CIDR. */
  readonly allowNetworks: readonly string[]
  /** Tests have smaller ones. */
  readonly limits?: HubLimits
}

/** So long a count of what waits is used. */
const countedMs = 1000

const accepted: HubAnswer = {
  status: 202,
  text: 'Accepted. The callback is asked now whether it wants this.',
}

export function createHub({ store, documents, baseUrl, allowNetworks, ...parts }: HubParts) {
  const limits = parts.limits ?? hubLimits
  const paceOfClient = createPace(limits.ofClient)
  const paceOfHost = createPace(limits.ofHost)

  /** What many send at once would find room that there is for one of them. */
  const inTurn = oneAtATime()
  let waiting = { inAll: 0, until: 0 }

  /** To count what waits takes milliseconds while content is distributed; what has come since is in it. */
  async function waitingInAll(now: number): Promise<number> {
    if (now >= waiting.until) {
      waiting = { inAll: (await store.queue.counts()).verification, until: now + countedMs }
    }
    return waiting.inAll
  }

  async function answer(request: HubRequest, now: number): Promise<HubAnswer> {
    const { mode, callback, topic } = request
    if (mode === 'subscribe') {
      const [changed] = await documents.changes([topic])
      if (changed === undefined) return refusal('hub.topic is the address of no feed of this site.')
    } else if (
      !(await store.subscriptions.get(callback, topic, now)) &&
      (await store.subscriptions.verificationsOf(hostOf(callback))) === 0
    ) {
      return refusal('There is no such subscription.', 404)
    }
    return inTurn(() => take(request, now))
  }

  async function take(request: HubRequest, now: number): Promise<HubAnswer> {
    const { mode, callback, topic } = request
    const isNew = mode === 'subscribe' && !(await store.subscriptions.get(callback, topic, now))
    const full =
      (isNew ? await fullOfSubscriptions(store, request, limits, now) : undefined) ??
      (await fullOfVerifications(store, callback, await waitingInAll(now), limits))
    if (full) return full
    const waitMs = paceOfHost(new URL(callback).hostname)
    if (waitMs > 0) return tooFast('This callback is asked too often.', waitMs)
    await store.queue.put([verificationOf(request)], now)
    waiting.inAll += 1
    return accepted
  }

  return {
    /**
     * @param form as it was sent: application/x-www-form-urlencoded, UTF-8
     * @param from the address of the client
     */
    async request(form: string, from: string): Promise<HubAnswer> {
      const waitMs = paceOfClient(networkOf(from))
      if (waitMs > 0) return tooFast('Too many requests.', waitMs)
      try {
        const request = readHubRequest(new URLSearchParams(form), { baseUrl, allowNetworks })
        return await answer(request, Date.now())
      } catch (error) {
        if (error instanceof HubRequestError) return refusal(error.message)
        throw error
      }
    },
  }
}

const refusal = (text: string, status = 400): HubAnswer => ({ status, text })

const tooFast = (text: string, waitMs: number): HubAnswer => ({
  status: 429,
  text,
  retryAfterS: Math.ceil(waitMs / 1000),
})
