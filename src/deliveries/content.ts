/** Distributes documents to the subscribers of the hub (W3C WebSub §7). */
import { createHmac } from 'node:crypto'
import { caughtUp, isBehind } from './caught-up.ts'
import type { Courier, DueDelivery, Outcome } from './delivery.ts'
import type { DeliveryStore } from './delivery-store.ts'
import { deny } from './denial.ts'
import type { WholeDocument } from './documents.ts'
import { createKeptDocuments } from './kept-documents.ts'
import type { Documents } from './look.ts'
import { outcomeOf } from './outcome.ts'
import type { Sender } from './sender.ts'

export interface ContentParts {
  readonly store: DeliveryStore
  readonly sender: Sender
  readonly documents: Pick<Documents, 'changes'>
  /** Whether the site may be older here than it was where what is noted was looked at. */
  mayBeOlder(): boolean
  /** The document with its bytes; undefined where there is none, or none can be had at the moment. */
  whole(topic: string): Promise<WholeDocument | undefined>
  /** The address of this hub. */
  readonly hub: string
}

export function createContent(parts: ContentParts): Courier {
  const { store, sender, documents, hub } = parts
  const kept = createKeptDocuments(parts.whole)

  /** Ends the subscription where it can never be served again. */
  async function withoutDocument(delivery: DueDelivery): Promise<Outcome> {
    const [changed] = await documents.changes([delivery.subject])
    if (changed !== undefined) {
      return { is: 'failed', reason: 'the document cannot be made at the moment' }
    }
    const reason = 'There is no such feed any more.'
    await deny(sender, delivery, reason)
    return { is: 'refused', reason }
  }

  /** With whether it is the state that is noted. */
  async function find(topic: string) {
    const [noted] = await store.topics.known([topic])
    const etag = noted?.etag ?? ''
    const document = await kept.get(topic, etag)
    return { document, isNoted: document?.etag === etag }
  }

  async function deliver(delivery: DueDelivery): Promise<Outcome> {
    const { target: callback, subject: topic } = delivery
    const subscription = await store.subscriptions.get(callback, topic, Date.now())
    if (!subscription) return { is: 'refused', reason: 'the subscription has ended' }
    const found = await caughtUp(
      () => find(topic),
      ({ isNoted }) => isNoted || !parts.mayBeOlder(),
    )
    if (!found) return isBehind
    const { document } = found
    if (!document) return withoutDocument(delivery)
    const { body, contentType, etag } = document
    const headers = {
      'Content-Type': contentType,
      Link: `<${hub}>; rel="hub", <${topic}>; rel="self"`,
      ...(subscription.secret && { 'X-Hub-Signature': signatureOf(body, subscription.secret) }),
    }
    const answer = await sender.send({
      ...{ method: 'POST', url: callback, headers, isTrusted: false },
      body: Buffer.from(body.buffer, body.byteOffset, body.byteLength),
    })
    // With 410 the subscriber says that it has deleted it (§7).
    const outcome = outcomeOf(answer, [410])
    return outcome.is === 'done' ? { ...outcome, sent: etag } : outcome
  }

  return {
    kind: 'content',
    most: 1,
    deliver: ([delivery]) => deliver(delivery),
  }
}

/** By which a subscriber that has stated a secret knows that it is us (§7.1). */
const signatureOf = (body: Uint8Array, secret: string): string =>
  `sha256=${createHmac('sha256', secret).update(body).digest('hex')}`
