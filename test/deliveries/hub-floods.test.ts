/** What others can have the hub do, and how often: nobody is attacked through it. */
import { expect, test } from 'vitest'
import { hubLimits } from '../../src/deliveries/hub-limits.ts'
import { baseUrl, startHub, topic } from '../support/hub.ts'
import { serveNames } from '../support/name-server.ts'
import { startSubscriber } from '../support/subscriber.ts'

const never = 1e-6
const { waiting, most } = hubLimits
const often = Array.from({ length: 60 }, (_, n) => n)

/** How many were answered with each status. */
const tally = (answers: readonly { readonly status: number }[]) =>
  Object.fromEntries(
    Object.entries(Object.groupBy(answers, ({ status }) => status)).map(([status, all]) => [
      ...[status, all?.length ?? 0],
    ]),
  )

test('many paths of one host that never asked for it', async () => {
  const { request, deliver } = await startHub()
  const victim = await startSubscriber()
  victim.answer(() => ({ status: 404 }))
  const answers = await Promise.all(often.map((n) => request(`${victim.url}/${n}`)))
  expect(tally(answers)).toEqual({ 202: waiting.ofNewHost, 429: 60 - waiting.ofNewHost })
  expect(answers.at(-1)).toMatchObject({ retryAfterS: 60 })
  await deliver()
  expect(victim.asked).toHaveLength(waiting.ofNewHost)
})

test('the same again and again, as soon as they are done', async () => {
  const ofHost = { atOnce: 25, perSecond: never }
  const { request, deliver } = await startHub({ ...hubLimits, ofHost })
  const victim = await startSubscriber()
  victim.answer(() => ({ status: 404 }))
  for (const n of often) {
    await request(`${victim.url}/${n}`)
    await deliver()
  }
  expect(victim.asked).toHaveLength(25)
  expect(await request(victim.url)).toMatchObject({ status: 429 })
})

test('many ports of one host', async () => {
  const ofHost = { atOnce: 3, perSecond: never }
  const { request } = await startHub({ ...hubLimits, ofHost })
  const ports = [2001, 2002, 2003, 2004, 2005]
  const answers = await Promise.all(ports.map((port) => request(`http://127.0.0.1:${port}/`)))
  expect(tally(answers)).toEqual({ 202: 3, 429: 2 })
})

test('many names that lead to one address', async () => {
  const asked = await serveNames((name) => (name.endsWith('.example') ? ['127.0.0.1'] : []))
  const ofAddress = { atOnce: 7, perSecond: never }
  const { request, deliver } = await startHub({ ...hubLimits, ofAddress })
  const victim = await startSubscriber()
  const { port } = new URL(victim.url)
  const answers = await Promise.all(often.map((n) => request(`http://name-${n}.example:${port}/`)))
  expect(tally(answers)).toEqual({ 202: 60 })
  const outcomes = await deliver()
  expect(asked).toHaveLength(60)
  expect(victim.asked).toHaveLength(7)
  const failed = { is: 'failed', reason: 'too many requests go to this address' }
  expect(outcomes.filter(({ is }) => is === 'failed')).toEqual(Array(53).fill(failed))
})

test('one name that is asked again, over a connection that could be kept', async () => {
  const ofAddress = { atOnce: 2, perSecond: never }
  const { request, deliver } = await startHub({ ...hubLimits, ofAddress })
  const victim = await startSubscriber()
  for (const n of [1, 2, 3, 4]) {
    await request(`${victim.url}/${n}`)
    await deliver()
  }
  expect(victim.asked).toHaveLength(2)
})

test('renewals of what somebody else has', async () => {
  const ofHost = { atOnce: 5, perSecond: never }
  const { request, deliver } = await startHub({ ...hubLimits, ofHost })
  const victim = await startSubscriber()
  for (const _ of often) {
    await request(victim.url)
    await deliver()
  }
  expect(victim.asked).toHaveLength(5)
})

test('unsubscribing others', async () => {
  const { request, deliver, subscription } = await startHub()
  const victim = await startSubscriber()
  await request(`${victim.url}/theirs`)
  await deliver()
  victim.answer(() => ({ status: 404 }))
  const unsubscribe = { 'hub.mode': 'unsubscribe' }
  for (const n of often) await request(`${victim.url}/${n}`, unsubscribe)
  await deliver()
  expect(victim.asked).toHaveLength(1)
  await request(`${victim.url}/theirs`, unsubscribe)
  await deliver()
  expect(victim.asked).toHaveLength(2)
  expect(await subscription(`${victim.url}/theirs`)).toBeDefined()
})

test('one client that sends everything', async () => {
  const ofClient = { atOnce: 10, perSecond: never }
  const { request } = await startHub({ ...hubLimits, ofClient })
  const ask = (n: number, from: string) => request(`http://127.0.0.${n}/`, {}, from)
  const answers = await Promise.all(often.map((n) => ask(n, `2001:db8::${n}`)))
  expect(tally(answers)).toEqual({ 202: 10, 429: 50 })
  expect(await ask(1, '2001:db8:0:1::')).toMatchObject({ status: 202 })
})

test('more than can be verified', async () => {
  const { request } = await startHub({ ...hubLimits, waiting: { ...waiting, inAll: 40 } })
  const answers = await Promise.all(often.map((n) => request(`http://127.0.0.${n}/`)))
  expect(tally(answers)).toEqual({ 202: 40, 503: 20 })
})

test('one that has confirmed something may have more wait', async () => {
  const { request, deliver } = await startHub()
  const subscriber = await startSubscriber()
  await request(subscriber.url)
  await deliver()
  const answers = await Promise.all(often.map((n) => request(`${subscriber.url}/${n}`)))
  expect(tally(answers)).toEqual({ 202: 60 })
})

test.each([
  ['of a host', { ofHost: 2 }, 429],
  ['of a topic', { ofTopic: 2 }, 503],
  ['in all', { inAll: 2 }, 503],
])('more subscriptions %s than there may be', async (_, fewer, status) => {
  const { request, deliver, store } = await startHub({ ...hubLimits, most: { ...most, ...fewer } })
  const subscriber = await startSubscriber()
  for (const n of [1, 2, 3]) {
    expect(await request(`${subscriber.url}/${n}`)).toMatchObject({ status: 202 })
  }
  // Of those that were taken before it was full, the last one is denied.
  expect((await deliver()).map(({ is }) => is)).toEqual(['done', 'done', 'refused'])
  const [told] = subscriber.asked.filter(({ query }) => query.get('hub.mode') === 'denied')
  expect(told?.query.get('hub.reason')).toMatch(/^\S.* subscriptions as .*\.$/)
  expect(await store.subscriptions.count(Date.now())).toBe(2)
  expect(await request(`${subscriber.url}/4`)).toMatchObject({ status, retryAfterS: 3600 })
  // What is there is renewed.
  expect(await request(`${subscriber.url}/${told?.url.startsWith('/1') ? 2 : 1}`)).toMatchObject({
    status: 202,
  })
  expect((await deliver()).map(({ is }) => is)).toEqual(['done'])
})

test('more searches than there may be', async () => {
  const { request, deliver } = await startHub({ ...hubLimits, most: { ...most, searches: 2 } })
  const subscriber = await startSubscriber()
  const search = (words: string) => ({ 'hub.topic': `${baseUrl}/search/rss.xml?q=${words}` })
  for (const words of ['a', 'b']) {
    await request(subscriber.url, search(words))
    await deliver()
  }
  expect(await request(subscriber.url, search('c'))).toMatchObject({ status: 503 })
  // Searches that others have, and what is no search, are free.
  expect(await request(`${subscriber.url}/2`, search('a'))).toMatchObject({ status: 202 })
  expect(await request(subscriber.url, { 'hub.topic': topic })).toMatchObject({ status: 202 })
})
