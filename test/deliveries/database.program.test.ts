/** What the program does with deliveries while its database is away. */
import { afterAll, expect, test } from 'vitest'
import { type Newsstand, startNewsstand } from '../support/newsstand.ts'
import { page } from '../support/page.ts'
import { startPostgres } from '../support/postgres.ts'
import { startSubscriber } from '../support/subscriber.ts'
import { until } from '../support/until.ts'

const postgres = await startPostgres()
afterAll(() => postgres[Symbol.asyncDispose]())

const local = { WEBSUB_ALLOW_NETWORKS: '127.0.0.0/8', LOG_LEVEL: 'info' }

const subscribe = ({ url }: Newsstand, callback: string) =>
  fetch(`${url}/hub`, {
    method: 'POST',
    body: new URLSearchParams({
      'hub.mode': 'subscribe',
      'hub.topic': `${url}/rss.xml`,
      'hub.callback': callback,
    }),
  })

test('what changes meanwhile is delivered when it is back, and requests to the hub are put off', async () => {
  const address = await postgres.database('back')
  const newsstand = await startNewsstand({ 'a.txt': page() }, { ...local, DATABASE_URL: address })
  const subscriber = await startSubscriber()
  expect((await subscribe(newsstand, `${subscriber.url}/one`)).status).toBe(202)
  await until(() => subscriber.asked.length > 0, 'the verification')
  await until(async () => {
    const rows = await postgres.query('back', 'SELECT FROM newsstand.subscription')
    return rows.length === 1
  })
  await postgres.stop()
  await until(() => newsstand.output().includes('deliveries wait: PostgreSQL at 127.0.0.1:'))
  const { status, headers } = await subscribe(newsstand, `${subscriber.url}/two`)
  expect([status, headers.get('retry-after')]).toEqual([503, '60'])
  newsstand.write('a.txt', page({ title: 'Edited' }))
  await until(() => newsstand.output().includes('what this machine has is served as it was'))
  expect(subscriber.content).toEqual([])
  await postgres.start()
  await until(() => subscriber.content.length > 0, 'the change')
  expect(String(subscriber.content[0]?.body)).toContain('Edited')
  await until(() => newsstand.output().includes('deliveries go on'))
  expect((await subscribe(newsstand, `${subscriber.url}/two`)).status).toBe(202)
  expect(newsstand.output().match(/deliveries (wait|go on)/g)).toEqual([
    ...['deliveries wait', 'deliveries go on'],
  ])
  expect(newsstand.output()).not.toMatch(/p(@|%40)ss/)
  expect(await newsstand.stop()).toBe(0)
  expect(await postgres.query('back', 'SELECT FROM newsstand.delivery_worker')).toEqual([])
})

test('the program starts without it, with what it had', async () => {
  const address = await postgres.database('late')
  const newsstand = await startNewsstand({ 'a.txt': page() }, { ...local, DATABASE_URL: address })
  await newsstand.stop()
  await postgres.stop()
  await newsstand.start()
  expect((await newsstand.get('/rss.xml')).status).toBe(200)
  const subscriber = await startSubscriber()
  expect((await subscribe(newsstand, `${subscriber.url}/one`)).status).toBe(503)
  await postgres.start()
  await until(async () => (await subscribe(newsstand, `${subscriber.url}/one`)).status === 202)
  await until(() => subscriber.asked.length > 0, 'the verification')
})

test('tables that somebody has removed are made again', async () => {
  const address = await postgres.database('emptied')
  const newsstand = await startNewsstand({ 'a.txt': page() }, { ...local, DATABASE_URL: address })
  const subscriber = await startSubscriber()
  expect((await subscribe(newsstand, `${subscriber.url}/one`)).status).toBe(202)
  await until(() => subscriber.asked.length > 0, 'the verification')
  await postgres.query('emptied', 'DROP SCHEMA newsstand CASCADE')
  await until(async () => (await subscribe(newsstand, `${subscriber.url}/two`)).status === 202)
  await until(() => subscriber.asked.some(({ url }) => url.startsWith('/two?')), 'the second')
  newsstand.write('a.txt', page({ title: 'Edited' }))
  await until(() => subscriber.content.some(({ url }) => url === '/two'), 'the change')
})
