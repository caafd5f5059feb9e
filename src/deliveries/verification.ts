/** Asks callbacks whether it was them who sent the request (W3C WebSub §5.3), and does what they confirm. */
import { randomBytes } from 'node:crypto'
import { callbackAddress } from './callback-address.ts'
import { isBehind } from './caught-up.ts'
import type { Courier, Delivery, DueDelivery, Outcome } from './delivery.ts'
import type { DeliveryStore } from './delivery-store.ts'
import { deny } from './denial.ts'
import { fullOfSubscriptions, type HubLimits, hubLimits } from './hub-limits.ts'
import type { HubRequest } from './hub-request.ts'
import type { Documents } from './look.ts'
import { outcomeOf } from './outcome.ts'
import type { Answer, Sender } from './sender.ts'

/** Of 256 bits: nobody guesses it who does not see what the callback is asked. */
const challengeBytes = 32

type Intent = Pick<HubRequest, 'mode' | 'leaseS' | 'secret'>

/** What is to be done for a request. It takes the place of one of the same callback and topic that waits. */
export function verificationOf({ mode, callback, topic, leaseS, secret }: HubRequest): Delivery {
  const intent: Intent = { mode, leaseS, secret }
  return { kind: 'verification', target: callback, subject: topic, data: JSON.stringify(intent) }
}

export interface VerificationParts {
  readonly store: DeliveryStore
  /** It asks createAddressPace of each address that it connects to. */
  readonly sender: Sender
  readonly documents: Pick<Documents, 'state' | 'changes'>
  /** Whether the site may be older here than it was where the request was taken. */
  mayBeOlder(): boolean
  /** Notes in which state a document is now, and has those told who do not have it. */
  note(topic: string): Promise<unknown>
  readonly limits?: HubLimits
}

export function createVerification(parts: VerificationParts): Courier {
  const { store, sender, documents, mayBeOlder, note, limits = hubLimits } = parts

  /** Why there can be no subscription now, though there could have been one when it was asked for. */
  async function obstacle({ target, subject }: DueDelivery, now: number) {
    const [changed] = await documents.changes([subject])
    if (changed === undefined) return 'There is no such feed any more.'
    if (await store.subscriptions.get(target, subject, now)) return undefined
    const place = { callback: target, topic: subject }
    return (await fullOfSubscriptions(store, place, limits, now))?.text
  }

  async function subscribe(delivery: DueDelivery, { leaseS, secret }: Intent): Promise<Outcome> {
    const { target: callback, subject: topic } = delivery
    const now = Date.now()
    const reason = await obstacle(delivery, now)
    if (reason !== undefined && delivery.tries === 0 && mayBeOlder()) return isBehind
    if (reason !== undefined) {
      await deny(sender, delivery, reason)
      return { is: 'refused', reason }
    }
    const state = await documents.state(topic)
    if (!state) return { is: 'failed', reason: 'the document cannot be made at the moment' }
    const outcome = await ask(delivery, { mode: 'subscribe', lease_seconds: String(leaseS) })
    if (outcome.is !== 'done') return outcome
    // Whoever looks for changes does not know of this subscription yet: one that came meanwhile is found now, and is due at once then.
    await note(topic)
    // Measured from when the callback was asked (§5.3). What was there then the subscriber has, and gets what comes.
    const expires = now + leaseS * 1000
    await store.subscriptions.put({ callback, topic, secret, expires }, state.etag)
    return outcome
  }

  async function unsubscribe(delivery: DueDelivery): Promise<Outcome> {
    const outcome = await ask(delivery, { mode: 'unsubscribe' })
    if (outcome.is === 'done') {
      await store.subscriptions.remove(delivery.target, delivery.subject)
    }
    return outcome
  }

  async function ask(
    { target, subject }: DueDelivery,
    { mode, ...more }: Readonly<Record<string, string>> & { readonly mode: string },
  ): Promise<Outcome> {
    const challenge = randomBytes(challengeBytes).toString('base64url')
    const url = callbackAddress(target, { mode, topic: subject, challenge, ...more })
    // By a connection of its own, so that its address is looked at each time (hub-limits.ts).
    const headers = { Connection: 'close' }
    return confirmation(
      await sender.send({ method: 'GET', url, headers, isTrusted: false }),
      challenge,
    )
  }

  return {
    kind: 'verification',
    most: 1,
    async deliver([delivery]) {
      const intent: Intent = JSON.parse(delivery.data)
      return intent.mode === 'subscribe' ? subscribe(delivery, intent) : unsubscribe(delivery)
    },
  }
}

/** A server that is down or busy may answer later; whoever answers anything else does not want it (§5.3.1). */
function confirmation(answer: Answer, challenge: string): Outcome {
  if ('fault' in answer && answer.isRefused) return { is: 'refused', reason: answer.fault }
  const outcome = outcomeOf(answer)
  if ('fault' in answer) return outcome
  if (outcome.is === 'done') {
    if (answer.text === challenge) return outcome
    return { is: 'refused', reason: `answered ${answer.status} without the challenge` }
  }
  const isForNow = answer.status >= 500 || answer.status === 429
  return isForNow ? outcome : { is: 'refused', reason: `answered ${answer.status}` }
}
