/** Content from its delivery to the subscriber; documents are what the test says. */
import { createHmac } from 'node:crypto'
import { expect, onTestFinished, test } from 'vitest'
import { createContent } from '../../src/deliveries/content.ts'
import { createSender } from '../../src/deliveries/http-sender.ts'
import { openDeliveryStore } from '../support/delivery-stores.ts'
import { temporaryFolder } from '../support/folder.ts'
import { startSubscriber } from '../support/subscriber.ts'
import { until } from '../support/until.ts'

const baseUrl = 'https://news.example'
const hub = `${baseUrl}/hub`
const topic = `${baseUrl}/search/rss.xml?q=a+b`
const inADay = Date.now() + 24 * 60 * 60 * 1000

async function start() {
  const store = await openDeliveryStore(temporaryFolder())
  const sender = createSender({ allowNetworks: ['127.0.0.0/8'], baseUrl })
  onTestFinished(async () => {
    await sender.close()
    await store.close()
  })
  const site = {
    ...{ text: 'Ärger' as string | undefined, asked: 0, isThere: true, mayBeOlder: false },
    /** Until when documents are being made. */
    until: Promise.resolve(),
  }
  const whole = async () => {
    site.asked += 1
    const { text } = site
    await site.until
    if (text === undefined) return undefined
    const body = new TextEncoder().encode(text)
    return { etag: text, changed: '', newest: 1, contentType: 'application/rss+xml', body }
  }
  const documents = { changes: async () => [site.isThere ? 'today' : undefined] }
  const courier = createContent({
    ...{ store, sender, documents, whole, hub },
    mayBeOlder: () => site.mayBeOlder,
  })
  return {
    ...{ store, site },
    subscribe: (callback: string, secret = '', expires = inADay) =>
      store.subscriptions.put({ callback, topic, secret, expires }, 'former'),
    deliver: (callback: string) =>
      courier.deliver([
        { kind: 'content', target: callback, subject: topic, data: '', tries: 0, revision: 0 },
      ]),
    note: (etag: string) =>
      store.topics.note({ topic, etag, changed: '' }, { hubs: [], isSilent: false }, Date.now()),
  }
}

test('a subscriber gets the document as it is, with where it is from', async () => {
  const { subscribe, deliver } = await start()
  const subscriber = await startSubscriber()
  const callback = `${subscriber.url}/push?id=1`
  await subscribe(callback)
  expect(await deliver(callback)).toEqual({ is: 'done', sent: 'Ärger' })
  const [got] = subscriber.content
  expect(got).toMatchObject({ method: 'POST', url: '/push?id=1', body: Buffer.from('Ärger') })
  expect(got?.headers).toMatchObject({
    'content-type': 'application/rss+xml',
    'content-length': '6',
    link: `<${hub}>; rel="hub", <${topic}>; rel="self"`,
  })
  expect(got?.headers).not.toHaveProperty('x-hub-signature')
  expect(got?.headers).not.toHaveProperty('content-encoding')
})

test('what is sent to one with a secret is signed, each with its own', async () => {
  const { subscribe, deliver } = await start()
  const subscriber = await startSubscriber()
  for (const secret of ['geheim', 'ä'.repeat(99)]) {
    const callback = `${subscriber.url}/${secret.length}`
    await subscribe(callback, secret)
    await deliver(callback)
    const expected = createHmac('sha256', secret).update('Ärger').digest('hex')
    expect(subscriber.content.at(-1)?.headers['x-hub-signature']).toBe(`sha256=${expected}`)
  }
})

test.each([
  [202, { is: 'done', sent: 'Ärger' }],
  [410, { is: 'refused', reason: 'answered 410' }],
  [404, { is: 'failed', reason: 'answered 404' }],
  [301, { is: 'failed', reason: 'answered 301' }],
  [500, { is: 'failed', reason: 'answered 500' }],
])('%i is understood', async (status, outcome) => {
  const { subscribe, deliver } = await start()
  const subscriber = await startSubscriber()
  await subscribe(`${subscriber.url}/`)
  subscriber.answer(() => ({ status, headers: { Location: '/other' } }))
  expect(await deliver(`${subscriber.url}/`)).toEqual(outcome)
  expect(subscriber.content).toHaveLength(1)
})

test('who asks for a while has it', async () => {
  const { subscribe, deliver } = await start()
  const subscriber = await startSubscriber()
  await subscribe(`${subscriber.url}/`)
  subscriber.answer(() => ({ status: 429, headers: { 'Retry-After': '60' } }))
  expect(await deliver(`${subscriber.url}/`)).toMatchObject({ is: 'failed', retryAfterMs: 60_000 })
})

test('a subscription that has ended is sent nothing', async () => {
  const { subscribe, deliver } = await start()
  const subscriber = await startSubscriber()
  await subscribe(`${subscriber.url}/`, '', Date.now() - 1)
  expect(await deliver(`${subscriber.url}/`)).toMatchObject({ is: 'refused' })
  expect(await deliver(`${subscriber.url}/never`)).toMatchObject({ is: 'refused' })
  expect(subscriber.content).toEqual([])
})

test('a document is made once for all, and anew when it has changed', async () => {
  const { subscribe, deliver, note, site } = await start()
  const subscriber = await startSubscriber()
  const callbacks = Array.from({ length: 20 }, (_, n) => `${subscriber.url}/${n}`)
  for (const callback of callbacks) await subscribe(callback)
  await note('Ärger')
  await Promise.all(callbacks.map(deliver))
  expect(site.asked).toBe(1)
  await Promise.all(callbacks.map(deliver))
  expect(site.asked).toBe(1)

  site.text = 'Freude'
  await note('Freude')
  expect(await Promise.all(callbacks.map(deliver))).toEqual(
    callbacks.map(() => ({ is: 'done', sent: 'Freude' })),
  )
  expect(site.asked).toBe(2)
})

test('it is never older than the state that is noted, and newer where it can be', async () => {
  const { subscribe, deliver, note, site } = await start()
  const subscriber = await startSubscriber()
  await subscribe(`${subscriber.url}/`)
  await note('Ärger')
  await deliver(`${subscriber.url}/`)
  site.text = 'Freude'
  await note('in between')
  expect(await deliver(`${subscriber.url}/`)).toEqual({ is: 'done', sent: 'Freude' })
})

test('where it may be older than what is noted, it is sent when it is not', async () => {
  const { subscribe, deliver, note, site } = await start()
  const subscriber = await startSubscriber()
  await subscribe(`${subscriber.url}/`)
  await note('Freude')
  site.mayBeOlder = true
  const delivered = deliver(`${subscriber.url}/`)
  await until(() => site.asked > 1)
  site.text = 'Freude'
  expect(await delivered).toEqual({ is: 'done', sent: 'Freude' })
  expect(subscriber.content.map(({ body }) => String(body))).toEqual(['Freude'])
})

test('one that is being made while a newer state is noted is none for who is sent that', async () => {
  const { subscribe, deliver, note, site } = await start()
  const subscriber = await startSubscriber()
  const [first, second] = [`${subscriber.url}/1`, `${subscriber.url}/2`]
  for (const callback of [first, second]) await subscribe(callback)
  await note('Ärger')
  const made = Promise.withResolvers<void>()
  site.until = made.promise
  const under = deliver(first)
  await until(() => site.asked === 1)
  site.text = 'Freude'
  await note('Freude')
  const later = deliver(second)
  await until(() => site.asked === 2)
  made.resolve()
  expect([await under, await later]).toEqual([
    { is: 'done', sent: 'Ärger' },
    { is: 'done', sent: 'Freude' },
  ])
})

test('where a document cannot be made, it may be later', async () => {
  const { subscribe, deliver, site } = await start()
  const subscriber = await startSubscriber()
  await subscribe(`${subscriber.url}/`)
  site.text = undefined
  expect(await deliver(`${subscriber.url}/`)).toMatchObject({ is: 'failed' })
  expect(subscriber.asked).toEqual([])
})

test('where there is none any more, the subscriber is told', async () => {
  const { subscribe, deliver, site } = await start()
  const subscriber = await startSubscriber()
  await subscribe(`${subscriber.url}/`)
  site.text = undefined
  site.isThere = false
  expect(await deliver(`${subscriber.url}/`)).toMatchObject({ is: 'refused' })
  expect(subscriber.asked.map(({ query }) => query.get('hub.mode'))).toEqual(['denied'])
})

test('who cannot be reached is tried again', async () => {
  const { subscribe, deliver } = await start()
  await subscribe('http://127.0.0.1:1025/')
  expect(await deliver('http://127.0.0.1:1025/')).toMatchObject({ is: 'failed' })
  // Its name may lead there for a while only.
  await subscribe('http://10.1.2.3/')
  expect(await deliver('http://10.1.2.3/')).toMatchObject({ is: 'failed' })
})
