/** A hub with a database and a sender of its own; which documents there are is what the test says. */
import { onTestFinished } from 'vitest'
import type { Courier, Outcome } from '../../src/deliveries/delivery.ts'
import type { DeliveryStore } from '../../src/deliveries/delivery-store.ts'
import { createSender } from '../../src/deliveries/http-sender.ts'
import { createHub } from '../../src/deliveries/hub.ts'
import { createAddressPace, type HubLimits, hubLimits } from '../../src/deliveries/hub-limits.ts'
import { createVerification } from '../../src/deliveries/verification.ts'
import { openDeliveryStore } from './delivery-stores.ts'
import { temporaryFolder } from './folder.ts'

export const baseUrl = 'https://news.example'
export const topic = `${baseUrl}/rss.xml`
const allowNetworks = ['127.0.0.0/8']
const aDayMs = 24 * 60 * 60 * 1000

export async function startHub(limits: HubLimits = hubLimits) {
  const store = await openDeliveryStore(temporaryFolder())
  const mayConnect = createAddressPace(limits)
  const sender = createSender({ allowNetworks, baseUrl, mayConnect })
  onTestFinished(async () => {
    await sender.close()
    await store.close()
  })
  /** What there is, by topic: its ETag. */
  const etags = new Map([[topic, 'first']])
  const changed = 'Thu, 05 Mar 2026 09:00:00 GMT'
  const documents = {
    changes: async (topics: readonly string[]) =>
      topics.map((one) => (etags.has(one) || one.includes('?') ? changed : undefined)),
    state: async (one: string) => ({ etag: etags.get(one) ?? 'a', changed, newest: 1 }),
  }
  const told = { hubs: [], isSilent: false }
  const site = { mayBeOlder: false }
  const note = async (one: string) =>
    store.topics.note({ topic: one, etag: etags.get(one) ?? 'a', changed }, told, Date.now())
  const hub = createHub({ store, documents, baseUrl, allowNetworks, limits })
  const mayBeOlder = () => site.mayBeOlder
  const courier = createVerification({ store, sender, documents, mayBeOlder, note, limits })

  const request = (callback: string, fields: Readonly<Record<string, string>> = {}, from = '') =>
    hub.request(
      String(
        new URLSearchParams({
          ...{ 'hub.mode': 'subscribe', 'hub.callback': callback, 'hub.topic': topic },
          ...fields,
        }),
      ),
      from,
    )

  return {
    ...{ store, etags, site, note, request, courier },
    subscription: (callback: string, of = topic) =>
      store.subscriptions.get(callback, of, Date.now()),
    /** Delivers what is due, once. */
    deliver: () => deliverDue(store, courier),
  }
}

async function deliverDue({ queue }: DeliveryStore, courier: Courier): Promise<Outcome[]> {
  const outcomes: Outcome[] = []
  for (;;) {
    const due = await queue.claim(Date.now(), 100, [])
    const done = await Promise.all(
      due.map(async (delivery) => ({ delivery, outcome: await courier.deliver([delivery]) })),
    )
    if (done.length === 0) return outcomes
    await queue.settle(
      done.map((one) =>
        one.outcome.is === 'failed' ? { ...one, again: Date.now() + aDayMs } : one,
      ),
    )
    outcomes.push(...done.map(({ outcome }) => outcome))
  }
}
