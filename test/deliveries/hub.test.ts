/** Who subscribes, renews and unsubscribes, with real callbacks (W3C WebSub §5). */
import { expect, test } from 'vitest'
import type { DeliveryStore } from '../../src/deliveries/delivery-store.ts'
import { baseUrl, startHub, topic } from '../support/hub.ts'
import { confirming, startSubscriber } from '../support/subscriber.ts'

const aDayMs = 24 * 60 * 60 * 1000

/** Those that are due, with content that is due left as it is. */
const verifications = async ({ queue }: DeliveryStore) =>
  (await queue.claim(Date.now(), 1, []))
    .concat(await queue.claim(Date.now(), 1, []))
    .filter(({ kind }) => kind === 'verification')

const unsubscribe = { 'hub.mode': 'unsubscribe' }

test('a subscriber is asked with its own query first, and is one when it confirms', async () => {
  const { request, deliver, subscription } = await startHub()
  const subscriber = await startSubscriber()
  const callback = `${subscriber.url}/push?id=1&hub.mode=mine`
  const lease = { 'hub.lease_seconds': '86400', 'hub.secret': 's' }
  expect(await request(callback, lease)).toMatchObject({ status: 202 })
  expect(subscriber.asked).toEqual([])
  expect(await subscription(callback)).toBeUndefined()

  const before = Date.now()
  expect(await deliver()).toEqual([{ is: 'done' }])
  const [asked] = subscriber.asked
  expect(asked?.url.startsWith('/push?id=1&hub.mode=mine&hub.mode=subscribe&hub.topic=')).toBe(true)
  expect(asked?.query.get('hub.topic')).toBe(topic)
  expect(asked?.query.get('hub.lease_seconds')).toBe('86400')
  expect(asked?.query.get('hub.challenge')).toMatch(/^[\w-]{43}$/)
  const found = await subscription(callback)
  expect(found).toMatchObject({ callback, topic, secret: 's' })
  expect(found?.expires).toBeGreaterThanOrEqual(before + aDayMs)
  expect(found?.expires).toBeLessThanOrEqual(Date.now() + aDayMs)
})

test.each([
  ['it answers 404', { status: 404 }],
  ['it sends on elsewhere', { status: 302, headers: { Location: '/other' } }],
  ['it answers without the challenge', { status: 200, text: 'ok' }],
])('there is no subscription when %s', async (_, reply) => {
  const { request, deliver, subscription } = await startHub()
  const subscriber = await startSubscriber()
  subscriber.answer(() => reply)
  await request(subscriber.url)
  expect(await deliver()).toMatchObject([{ is: 'refused' }])
  expect(subscriber.asked).toHaveLength(1)
  expect(await subscription(`${subscriber.url}/`)).toBeUndefined()
})

test('a challenge has to be answered as it is', async () => {
  const { request, deliver } = await startHub()
  const subscriber = await startSubscriber()
  subscriber.answer((asked) => ({ status: 200, text: `${confirming(asked).text}\n` }))
  await request(subscriber.url)
  expect(await deliver()).toMatchObject([{ is: 'refused' }])
})

test('who is down is asked again, with another challenge', async () => {
  const { request, deliver, courier } = await startHub()
  const subscriber = await startSubscriber()
  subscriber.answer(() => ({ status: 503, headers: { 'Retry-After': '7' } }))
  await request(subscriber.url)
  expect(await deliver()).toEqual([{ is: 'failed', reason: 'answered 503', retryAfterMs: 7000 }])
  const [first] = subscriber.asked
  await courier.deliver([
    {
      ...{ kind: 'verification', target: `${subscriber.url}/`, subject: topic },
      data: JSON.stringify({ mode: 'subscribe', leaseS: 3600, secret: '' }),
      ...{ tries: 1, revision: 0 },
    },
  ])
  const [, second] = subscriber.asked
  expect(second?.query.get('hub.challenge')).not.toBe(first?.query.get('hub.challenge'))
})

test('one that is renewed has the new secret and lease when it confirms, and is sent no more than before', async () => {
  const { request, deliver, store, etags, note, subscription, courier } = await startHub()
  const subscriber = await startSubscriber()
  const callback = `${subscriber.url}/`
  await request(callback, { 'hub.secret': 'old', 'hub.lease_seconds': '3600' })
  await deliver()
  subscriber.answer(() => ({ status: 404 }))
  await request(callback, { 'hub.secret': 'new' })
  await deliver()
  expect(await subscription(callback)).toMatchObject({ secret: 'old' })

  etags.set(topic, 'second')
  await note(topic)
  expect((await store.queue.counts()).content).toBe(1)
  subscriber.answer(confirming)
  await request(callback, { 'hub.secret': 'new' })
  const [verification = expect.fail()] = await verifications(store)
  expect(await courier.deliver([verification])).toEqual({ is: 'done' })
  expect(await subscription(callback)).toMatchObject({ secret: 'new' })
  // It was not sent what has changed, be it renewed or not.
  expect((await store.queue.counts()).content).toBe(1)
})

test('of two requests that wait for one callback and topic the later one counts', async () => {
  const { request, deliver, subscription } = await startHub()
  const subscriber = await startSubscriber()
  await request(subscriber.url, { 'hub.secret': 'a' })
  await request(subscriber.url, { 'hub.secret': 'b' })
  await deliver()
  expect(subscriber.asked).toHaveLength(1)
  expect(await subscription(`${subscriber.url}/`)).toMatchObject({ secret: 'b' })
})

test('one that has just begun is sent what changes, and not what is there', async () => {
  const { request, deliver, store, etags, note } = await startHub()
  const subscriber = await startSubscriber()
  await request(subscriber.url)
  await deliver()
  expect((await store.queue.counts()).content).toBe(0)
  await note(topic)
  expect((await store.queue.counts()).content).toBe(0)
  etags.set(topic, 'second')
  await note(topic)
  expect((await store.queue.counts()).content).toBe(1)
})

test('what changes while a callback is asked is sent to it', async () => {
  const { request, store, etags, courier } = await startHub()
  const subscriber = await startSubscriber()
  subscriber.answer((asked) => {
    etags.set(topic, 'second')
    return confirming(asked)
  })
  await request(subscriber.url)
  const [verification = expect.fail()] = await store.queue.claim(Date.now(), 1, [])
  expect(await courier.deliver([verification])).toEqual({ is: 'done' })
  expect((await store.queue.counts()).content).toBe(1)
})

test('unsubscribing is confirmed as well', async () => {
  const { request, deliver, subscription } = await startHub()
  const subscriber = await startSubscriber()
  const callback = `${subscriber.url}/`
  await request(callback)
  await deliver()
  subscriber.answer(() => ({ status: 404 }))
  expect(await request(callback, unsubscribe)).toMatchObject({ status: 202 })
  await deliver()
  expect(await subscription(callback)).toBeDefined()

  subscriber.answer(confirming)
  await request(callback, unsubscribe)
  await deliver()
  expect(subscriber.asked.at(-1)?.query.get('hub.mode')).toBe('unsubscribe')
  expect(await subscription(callback)).toBeUndefined()
})

test('nobody is asked to end what there is not', async () => {
  const { request, deliver } = await startHub()
  const subscriber = await startSubscriber()
  expect(await request(subscriber.url, unsubscribe)).toMatchObject({
    ...{ status: 404, text: 'There is no such subscription.' },
  })
  expect(await deliver()).toEqual([])
  // One that is not confirmed yet can be taken back.
  await request(subscriber.url)
  expect(await request(subscriber.url, unsubscribe)).toMatchObject({ status: 202 })
  await deliver()
  expect(subscriber.asked.map(({ query }) => query.get('hub.mode'))).toEqual(['unsubscribe'])
})

test('a topic that there is not is refused at once', async () => {
  const { request, deliver } = await startHub()
  const answer = await request('http://127.0.0.1/', { 'hub.topic': `${baseUrl}/tags/x/rss.xml` })
  expect(answer).toEqual({
    ...{ status: 400, text: 'hub.topic is the address of no feed of this site.' },
  })
  expect(await deliver()).toEqual([])
})

test('one that has gone meanwhile is denied, in place of being asked', async () => {
  const { request, deliver, etags, subscription } = await startHub()
  const subscriber = await startSubscriber()
  await request(`${subscriber.url}/a?b=c`)
  etags.delete(topic)
  expect(await deliver()).toEqual([{ is: 'refused', reason: 'There is no such feed any more.' }])
  const [told, ...more] = subscriber.asked
  expect(more).toEqual([])
  expect(Object.fromEntries(told?.query ?? [])).toEqual({
    b: 'c',
    'hub.mode': 'denied',
    'hub.topic': topic,
    'hub.reason': 'There is no such feed any more.',
  })
  expect(await subscription(`${subscriber.url}/a?b=c`)).toBeUndefined()
})

test('one that may only not be here yet is asked for a second time before it is denied', async () => {
  const { request, deliver, etags, site, store } = await startHub()
  const subscriber = await startSubscriber()
  site.mayBeOlder = true
  await request(`${subscriber.url}/a`)
  etags.delete(topic)
  expect(await deliver()).toMatchObject([{ is: 'failed' }])
  expect(subscriber.asked).toEqual([])
  etags.set(topic, 'first')
  const inADay = 25 * 60 * 60 * 1000
  expect(await store.queue.claim(Date.now() + inADay, 1, [])).toMatchObject([
    { kind: 'verification', tries: 1 },
  ])
})
