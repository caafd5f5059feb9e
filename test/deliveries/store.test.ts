/** What every store of deliveries has to do, whatever it keeps them in. */
import { describe, expect, it, onTestFinished } from 'vitest'
import type { Delivery, Outcome } from '../../src/deliveries/delivery.ts'
import type { DeliveryStore, Subscription } from '../../src/deliveries/delivery-store.ts'
import { nameOfStores, openDeliveryStore } from '../support/delivery-stores.ts'
import { temporaryFolder } from '../support/folder.ts'

const site = 'https://news.example/feed.xml'
const search = 'https://news.example/feed.xml?q=harbour'
const hub = 'https://hub.example/'
const loud = { hubs: [], isSilent: false }
const silent = { hubs: [hub], isSilent: true }
const done: Outcome = { is: 'done' }
const failed: Outcome = { is: 'failed', reason: 'it answers 500' }

const callback = (host: number, name = 'a') => `http://127.0.0.${host}:8080/${name}`
const webhook = (host: number, subject = 'one', data = ''): Delivery => ({
  kind: 'webhook',
  target: callback(host),
  subject,
  data,
})
const subscription = (host: number, more: Partial<Subscription> = {}): Subscription => ({
  callback: callback(host),
  topic: site,
  secret: '',
  expires: 1000,
  ...more,
})
const state = (etag: string, topic = site) => ({ topic, etag, changed: '' })

/** Takes everything that is due, and says it in short. */
async function dueNow({ queue }: DeliveryStore, now: number) {
  const found = []
  for (;;) {
    const claimed = await queue.claim(now, 100, [])
    if (claimed.length === 0) return found
    found.push(...claimed)
  }
}

const targets = (deliveries: readonly Delivery[]) => deliveries.map(({ target }) => target).sort()

/** Takes what is due and says the same of all. */
async function settleAll(store: DeliveryStore, now: number, outcome: Outcome, again?: number) {
  const deliveries = await dueNow(store, now)
  const more = again === undefined ? {} : { again }
  await store.queue.settle(deliveries.map((delivery) => ({ delivery, outcome, ...more })))
  return deliveries
}

/** @param prepare makes room for one store, and returns what opens it, also once more */
function keepsDeliveries(name: string, prepare: () => () => Promise<DeliveryStore>): void {
  const opened = async () => {
    const store = await prepare()()
    onTestFinished(() => store.close())
    return store
  }

  describe(`the queue in ${name}`, () => {
    it('gives what is due, oldest first, and to nobody twice', async () => {
      const { queue } = await opened()
      await queue.put([webhook(1)], 30)
      await queue.put([webhook(2)], 10)
      await queue.put([webhook(3)], 20)
      expect(await queue.nextDue([])).toBe(10)
      const claimed = await queue.claim(20, 10, [])
      expect(claimed.map(({ target }) => target)).toEqual([callback(2), callback(3)])
      expect(await queue.claim(20, 10, [])).toEqual([])
      expect(await queue.nextDue([])).toBe(30)
    })

    it('gives no more than is asked for, and the rest later', async () => {
      const { queue } = await opened()
      await queue.put(
        [1, 2, 3].map((host) => webhook(host)),
        1,
      )
      expect(await queue.claim(5, 2, [])).toHaveLength(2)
      expect(await queue.claim(5, 2, [])).toHaveLength(1)
    })

    it('gives one to a host at a time, so that one with much waiting leaves room for others', async () => {
      const { queue } = await opened()
      await queue.put(
        ['one', 'two', 'three'].map((subject) => webhook(1, subject)),
        1,
      )
      await queue.put([webhook(2)], 2)
      expect(targets(await queue.claim(5, 3, []))).toEqual([callback(1), callback(2)])
      expect(targets(await queue.claim(5, 3, []))).toEqual([callback(1)])
    })

    it('passes busy hosts, told apart by their ports', async () => {
      const { queue } = await opened()
      const other: Delivery = { ...webhook(1), target: 'http://127.0.0.1:9090/a' }
      await queue.put([webhook(1), webhook(1, 'two')], 1)
      await queue.put([other], 2)
      const busy = ['127.0.0.1:8080']
      expect(await queue.nextDue(busy)).toBe(2)
      expect(targets(await queue.claim(5, 10, busy))).toEqual([other.target])
      expect(await queue.nextDue(busy)).toBeUndefined()
    })

    it('gives more of the same kind to the same target', async () => {
      const { queue } = await opened()
      await queue.put(
        ['a', 'b', 'c', 'd'].map((subject) => webhook(1, subject)),
        1,
      )
      const first = await queue.claim(5, 1, [])
      await queue.put([{ ...webhook(1, 'e'), kind: 'indexnow' }, webhook(2)], 1)
      await queue.put([webhook(1, 'late')], 50)
      const more = await queue.claimAlike(webhook(1), 5, 2)
      expect(more).toHaveLength(2)
      const all = [...first, ...more, ...(await queue.claimAlike(webhook(1), 5, 10))]
      expect(all.map(({ subject }) => subject).sort()).toEqual(['a', 'b', 'c', 'd'])
    })

    it('puts a delivery in the place of the one before it', async () => {
      const store = await opened()
      await store.queue.put([webhook(1, 'one', 'old')], 1)
      await store.queue.put([webhook(1, 'one', 'new')], 2)
      expect(await dueNow(store, 5)).toMatchObject([{ data: 'new', tries: 0 }])
    })

    it('forgets what is done or given up, and tries again what is to be', async () => {
      const store = await opened()
      await store.queue.put([webhook(1), webhook(2), webhook(3)], 1)
      const deliveries = await dueNow(store, 5)
      await store.queue.settle(
        deliveries.map((delivery) => {
          if (delivery.target === callback(1)) return { delivery, outcome: done }
          if (delivery.target === callback(2)) return { delivery, outcome: failed }
          return { delivery, outcome: failed, again: 20 }
        }),
      )
      expect(await store.queue.nextDue([])).toBe(20)
      expect(await settleAll(store, 20, failed, 30)).toMatchObject([
        { target: callback(3), tries: 1 },
      ])
      expect(await settleAll(store, 30, done)).toMatchObject([{ tries: 2 }])
      expect(await store.queue.counts()).toMatchObject({ webhook: 0 })
      expect(await store.queue.nextDue([])).toBeUndefined()
    })

    it('keeps what was put anew while it was under way, as often as that is', async () => {
      const store = await opened()
      await store.queue.put([webhook(1, 'one', 'old')], 1)
      for (const data of ['newer', 'newest']) {
        const [delivery] = await dueNow(store, 5)
        if (!delivery) throw new Error('nothing is due')
        await store.queue.put([webhook(1, 'one', data)], 2)
        expect(await dueNow(store, 5)).toEqual([])
        await store.queue.settle([{ delivery, outcome: done }])
      }
      expect(await settleAll(store, 5, done)).toMatchObject([{ data: 'newest', tries: 0 }])
      expect(await dueNow(store, 5)).toEqual([])
    })

    it('counts what is not done, by kind', async () => {
      const { queue } = await opened()
      await queue.put([webhook(1), webhook(2), { ...webhook(3), kind: 'verification' }], 1)
      await queue.claim(5, 1, [])
      expect(await queue.counts()).toEqual({
        verification: 1,
        content: 0,
        publish: 0,
        webhook: 2,
        indexnow: 0,
      })
    })

    it('has what was under way due again after it was opened anew', async () => {
      const open = prepare()
      const store = await open()
      await store.queue.put([webhook(1), webhook(2)], 1)
      await settleAll(store, 5, failed, 7)
      await store.queue.claim(9, 1, [])
      await store.close()
      const next = await open()
      onTestFinished(() => next.close())
      expect(await dueNow(next, 9)).toMatchObject([{ tries: 1 }, { tries: 1 }])
    })
  })

  describe(`topics in ${name}`, () => {
    it('has content due for everybody who was sent another state, once', async () => {
      const store = await opened()
      await store.subscriptions.put(subscription(1), 'A')
      await store.subscriptions.put(subscription(2), 'A')
      await store.subscriptions.put(subscription(3), 'B')
      await store.subscriptions.put(subscription(4, { topic: search }), 'A')
      await store.topics.note(state('B'), { hubs: [hub], isSilent: false }, 10)
      const deliveries = await settleAll(store, 10, { is: 'done', sent: 'B' })
      expect(targets(deliveries)).toEqual([callback(1), callback(2), hub].sort())
      expect(deliveries.map(({ subject }) => subject)).toEqual([site, site, site])
      await store.topics.note(state('B'), { hubs: [hub], isSilent: false }, 11)
      expect(await dueNow(store, 99)).toEqual([])
    })

    it('delivers several changes as one', async () => {
      const store = await opened()
      await store.subscriptions.put(subscription(1), 'A')
      for (const etag of ['B', 'C', 'D']) await store.topics.note(state(etag), loud, 10)
      expect(await settleAll(store, 10, { is: 'done', sent: 'D' })).toHaveLength(1)
      expect(await dueNow(store, 99)).toEqual([])
    })

    it('begins the tries anew when a topic changes while it is tried', async () => {
      const store = await opened()
      await store.subscriptions.put(subscription(1), 'A')
      await store.topics.note(state('B'), loud, 10)
      await settleAll(store, 10, failed, 500)
      await store.topics.note(state('C'), loud, 20)
      expect(await dueNow(store, 20)).toMatchObject([{ tries: 0 }])
    })

    it('has content due again that was given up, with the next change', async () => {
      const store = await opened()
      await store.subscriptions.put(subscription(1), 'A')
      await store.topics.note(state('B'), loud, 10)
      await settleAll(store, 10, failed)
      await store.topics.note(state('B'), loud, 20)
      expect(await dueNow(store, 99)).toEqual([])
      await store.topics.note(state('C'), loud, 30)
      expect(await dueNow(store, 30)).toHaveLength(1)
    })

    it('withdraws content when the document is again as it was sent', async () => {
      const store = await opened()
      await store.subscriptions.put(subscription(1), 'A')
      await store.topics.note(state('B'), loud, 10)
      await store.topics.note(state('A'), loud, 11)
      expect(await dueNow(store, 99)).toEqual([])
    })

    it('sends the former state again when another one was under way meanwhile', async () => {
      const store = await opened()
      await store.subscriptions.put(subscription(1), 'A')
      await store.topics.note(state('B'), loud, 10)
      const [delivery] = await dueNow(store, 10)
      if (!delivery) throw new Error('nothing is due')
      await store.topics.note(state('A'), loud, 11)
      await store.queue.settle([{ delivery, outcome: { is: 'done', sent: 'B' } }])
      expect(await settleAll(store, 11, { is: 'done', sent: 'A' })).toHaveLength(1)
      expect(await dueNow(store, 99)).toEqual([])
    })

    it('sends the newest state when it came while another one was under way', async () => {
      const store = await opened()
      await store.subscriptions.put(subscription(1), 'A')
      await store.topics.note(state('B'), loud, 10)
      const [delivery] = await dueNow(store, 10)
      if (!delivery) throw new Error('nothing is due')
      await store.topics.note(state('C'), loud, 11)
      await store.queue.settle([{ delivery, outcome: { is: 'done', sent: 'B' } }])
      expect(await settleAll(store, 11, { is: 'done', sent: 'C' })).toHaveLength(1)
    })

    it('sends nothing twice when the newest state was sent before or after it was noted', async () => {
      const store = await opened()
      await store.subscriptions.put(subscription(1), 'A')
      await store.topics.note(state('B'), loud, 10)
      const [delivery] = await dueNow(store, 10)
      if (!delivery) throw new Error('nothing is due')
      await store.topics.note(state('C'), loud, 11)
      await store.queue.settle([{ delivery, outcome: { is: 'done', sent: 'C' } }])
      expect(await dueNow(store, 99)).toEqual([])
      await store.topics.note(state('D'), loud, 12)
      await settleAll(store, 12, { is: 'done', sent: 'E' })
      await store.topics.note(state('E'), loud, 13)
      expect(await dueNow(store, 99)).toEqual([])
    })

    it('tells nobody of a silent change, except those who wait for one already', async () => {
      const store = await opened()
      await store.subscriptions.put(subscription(1), 'A')
      await store.topics.note(state('B'), loud, 10)
      await settleAll(store, 10, failed, 20)
      await store.subscriptions.put(subscription(2), 'B')
      await store.topics.note(state('C'), silent, 11)
      expect(await dueNow(store, 11)).toEqual([])
      expect(targets(await settleAll(store, 20, { is: 'done', sent: 'C' }))).toEqual([callback(1)])
      await store.topics.note(state('D'), loud, 21)
      await store.topics.note(state('C'), loud, 22)
      expect(await store.queue.counts()).toMatchObject({ content: 0 })
      await store.topics.note(state('E'), loud, 23)
      expect(await dueNow(store, 23)).toHaveLength(2)
    })

    it('tells hubs nothing when the document is made of which it was known only when it changed', async () => {
      const store = await opened()
      const then = { topic: site, changed: 'Thu, 01 Jan 1970 00:00:00 GMT' }
      const later = { topic: site, changed: 'Thu, 01 Jan 1970 00:00:01 GMT' }
      const noted = { hubs: [hub], isSilent: false }
      await store.topics.note({ ...then, etag: '' }, silent, 10)
      await store.topics.note({ ...then, etag: 'A' }, noted, 20)
      expect(await dueNow(store, 20)).toEqual([])
      await store.topics.note({ ...then, etag: '' }, silent, 30)
      await store.topics.note({ ...later, etag: 'B' }, noted, 40)
      expect(await dueNow(store, 40)).toMatchObject([{ kind: 'publish', target: hub }])
    })

    it('is known with its state once it was noted or subscribed to', async () => {
      const { topics, subscriptions } = await opened()
      const changed = 'Sun, 06 Nov 1994 08:49:37 GMT'
      await topics.note(state('A', hub), loud, 1)
      await topics.note({ topic: hub, etag: 'A', changed }, loud, 1)
      await subscriptions.put(subscription(1), 'B')
      await subscriptions.put(subscription(1, { topic: search, expires: 5 }), '')
      expect(await topics.known([hub, site, 'https://news.example/other'])).toEqual([
        { topic: hub, etag: 'A', changed },
        state('B'),
      ])
      expect(await topics.subscribed(4)).toHaveLength(2)
      expect(await topics.searches(4)).toBe(1)
      expect(await topics.subscribed(5)).toEqual([state('B')])
      expect(await topics.searches(5)).toBe(0)
    })
  })

  describe(`subscriptions in ${name}`, () => {
    it('are there until they end or are removed', async () => {
      const { subscriptions } = await opened()
      const one = subscription(1, { secret: 'of the harbour', expires: 50 })
      await subscriptions.put(one, 'A')
      await subscriptions.put(subscription(2), 'A')
      expect(await subscriptions.get(one.callback, site, 49)).toEqual(one)
      expect(await subscriptions.get(one.callback, search, 49)).toBeUndefined()
      expect(await subscriptions.get(one.callback, site, 50)).toBeUndefined()
      expect(await subscriptions.count(49)).toBe(2)
      expect(await subscriptions.count(50)).toBe(1)
      await subscriptions.remove(callback(2), site)
      expect(await subscriptions.get(callback(2), site, 1)).toBeUndefined()
      expect(await subscriptions.count(50)).toBe(0)
    })

    it('are renewed in place, with another secret and end, and what they were sent', async () => {
      const store = await opened()
      const renewed = subscription(1, { secret: 'new', expires: 2000 })
      await store.subscriptions.put(subscription(1), 'A')
      await store.topics.note(state('B'), loud, 10)
      await settleAll(store, 10, failed)
      await store.subscriptions.put(renewed, 'B')
      expect(await store.subscriptions.get(callback(1), site, 1500)).toEqual(renewed)
      expect(await store.subscriptions.countOfTopic(site)).toBe(1)
      expect(await dueNow(store, 10)).toHaveLength(1)
    })

    it('have content due when the topic changed before they were there', async () => {
      const store = await opened()
      await store.topics.note(state('B'), loud, 10)
      await store.subscriptions.put(subscription(1), 'A')
      await store.subscriptions.put(subscription(2), 'B')
      expect(targets(await dueNow(store, 10))).toEqual([callback(1)])
    })

    it('end with what was due to them', async () => {
      const store = await opened()
      await store.subscriptions.put(subscription(1, { expires: 20 }), 'A')
      await store.subscriptions.put(subscription(2), 'A')
      await store.subscriptions.put(subscription(3), 'A')
      await store.topics.note(state('B'), loud, 10)
      await store.subscriptions.removeExpired(20)
      await store.subscriptions.remove(callback(2), site)
      expect(targets(await dueNow(store, 30))).toEqual([callback(3)])
      expect(await store.queue.counts()).toMatchObject({ content: 1 })
      expect(await store.subscriptions.countOfTopic(site)).toBe(1)
    })

    it('are told nothing after their end', async () => {
      const store = await opened()
      await store.subscriptions.put(subscription(1, { expires: 20 }), 'A')
      await store.topics.note(state('B'), loud, 20)
      expect(await dueNow(store, 99)).toEqual([])
    })

    it('end when content is refused', async () => {
      const store = await opened()
      await store.subscriptions.put(subscription(1), 'A')
      await store.topics.note(state('B'), loud, 10)
      await settleAll(store, 10, { is: 'refused', reason: 'it answers 410' })
      expect(await store.subscriptions.get(callback(1), site, 10)).toBeUndefined()
      expect(await store.queue.counts()).toMatchObject({ content: 0 })
    })

    it('stay where content is refused that was sent before they were made anew', async () => {
      const store = await opened()
      await store.subscriptions.put(subscription(1, { expires: 20 }), 'A')
      await store.topics.note(state('B'), loud, 10)
      const [delivery = expect.fail()] = await dueNow(store, 10)
      const renewed = subscription(1, { expires: 2000 })
      await store.subscriptions.put(renewed, 'B')
      await store.queue.settle([{ delivery, outcome: { is: 'refused', reason: 'it has ended' } }])
      expect(await store.subscriptions.get(callback(1), site, 30)).toEqual(renewed)
      expect(targets(await dueNow(store, 30))).toEqual([callback(1)])
    })

    it('are counted by host and by topic, and verifications by host', async () => {
      const { subscriptions, queue } = await opened()
      await subscriptions.put(subscription(1), 'A')
      await subscriptions.put(subscription(1, { callback: callback(1, 'b') }), 'A')
      await subscriptions.put(subscription(1, { topic: search }), 'A')
      await subscriptions.put(subscription(2), 'A')
      await queue.put([{ ...webhook(1), kind: 'verification' }, webhook(1)], 1)
      expect(await subscriptions.countOfHost('127.0.0.1:8080')).toBe(3)
      expect(await subscriptions.countOfHost('127.0.0.1')).toBe(0)
      expect(await subscriptions.verificationsOf('127.0.0.1:8080')).toBe(1)
      expect(await subscriptions.countOfTopic(site)).toBe(3)
      expect(await subscriptions.countOfTopic('https://news.example/other')).toBe(0)
    })

    it('are found by what may have changed, searches always', async () => {
      const store = await opened()
      const search = `${site}?q=a`
      const others = ['https://news.example/1', 'https://news.example/2'] as const
      for (const topic of [site, search, ...others])
        await store.subscriptions.put(subscription(1, { topic }), 'A')
      await store.subscriptions.put(subscription(1, { topic: others[0], expires: 5 }), 'A')
      const found = async (among?: readonly string[]) =>
        (await store.topics.subscribed(10, among)).map(({ topic }) => topic).sort()
      expect(await found()).toEqual([others[1], site, search].sort())
      expect(await found([site, others[0]])).toEqual([site, search].sort())
      expect(await found([])).toEqual([search])
    })

    it('leave no search behind that nobody is told of', async () => {
      const { subscriptions, topics } = await opened()
      await subscriptions.put(subscription(1, { topic: search }), 'A')
      await subscriptions.put(subscription(1), 'A')
      await subscriptions.remove(callback(1), search)
      await subscriptions.remove(callback(1), site)
      expect(await topics.known([site, search])).toEqual([state('A')])
    })
  })

  describe(`a store in ${name}`, () => {
    it('keeps all of it when it is closed', async () => {
      const open = prepare()
      const store = await open()
      expect(await store.setting('settings')).toBeUndefined()
      await store.putSetting('settings', 'old')
      await store.putSetting('settings', 'new')
      await store.subscriptions.put(subscription(1), 'A')
      await store.topics.note(state('B'), loud, 10)
      await store.close()
      const next = await open()
      onTestFinished(() => next.close())
      expect(await next.setting('settings')).toBe('new')
      expect(await next.subscriptions.get(callback(1), site, 10)).toEqual(subscription(1))
      expect(await dueNow(next, 10)).toHaveLength(1)
      expect(await next.topics.known([site])).toEqual([state('B')])
    })
  })
}

keepsDeliveries(nameOfStores(), () => {
  const folder = temporaryFolder()
  return () => openDeliveryStore(folder)
})
