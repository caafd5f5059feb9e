/** Several processes that deliver out of one database. */
import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import { afterAll, expect, it, onTestFinished } from 'vitest'
import type { Delivery } from '../../src/deliveries/delivery.ts'
import { mostOfHost } from '../../src/deliveries/places.ts'
import { openPostgresDeliveryStore } from '../../src/deliveries/postgres-delivery-store.ts'
import { startPostgres } from '../support/postgres.ts'
import { end } from '../support/program.ts'
import { until } from '../support/until.ts'

const postgres = await startPostgres()
afterAll(() => postgres[Symbol.asyncDispose]())

let databases = 0
/** Of one that says nothing after its start. */
const never = { everyMs: 1_000_000, goneMs: 1_000_000 }
const count = 500
const hosts = 20

/** Who is told, on as many addresses as are asked for. @param answer when it is to be answered */
async function startReceiver(answer: (from: string) => Promise<unknown> = async () => {}) {
  const got: { readonly from: string; readonly subject: string }[] = []
  const underWay = new Map<string, number>()
  let most = 0
  const server = createServer(async (request, response) => {
    const { host = '' } = request.headers
    underWay.set(host, (underWay.get(host) ?? 0) + 1)
    most = Math.max(most, ...underWay.values())
    const [from = '', subject = ''] = (await text(request)).split(' ')
    got.push({ from, subject })
    await answer(from)
    underWay.set(host, (underWay.get(host) ?? 0) - 1)
    response.end()
  })
  server.listen(0)
  await once(server, 'listening')
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  const { port } = server.address() as AddressInfo
  const deliveries = Array.from(
    { length: count },
    (_, n): Delivery => ({
      kind: 'webhook',
      target: `http://127.0.0.${(n % hosts) + 1}:${port}/`,
      subject: String(n),
      data: '',
    }),
  )
  const subjects = () => got.map(({ subject }) => subject)
  return { got, subjects, deliveries, mostAtOnce: () => most }
}

async function open() {
  databases += 1
  const address = await postgres.database(`site_${databases}`)
  const store = await openPostgresDeliveryStore(address)
  onTestFinished(() => store.close())
  const left = async () => (await store.queue.counts().catch(() => ({ webhook: -1 }))).webhook
  return { address, store, left }
}

async function startReplica(address: string, name: string) {
  const child = fork(new URL('../support/replica.ts', import.meta.url), [address, name])
  const said: unknown[] = []
  child.on('message', (message) => said.push(message))
  onTestFinished(async () => {
    await end(child, 'SIGKILL')
  })
  await until(() => said.includes('well'), `replica ${name}`)
  return { child, said }
}

async function close(child: ChildProcess): Promise<void> {
  const ended = once(child, 'exit')
  child.send('close')
  expect(await ended).toEqual([0, null])
}

const each = Array.from({ length: count }, (_, n) => String(n)).sort()

it('deliver each once, and ask a host for no more than one alone does', async () => {
  const { address, store, left } = await open()
  const full = Promise.withResolvers<void>()
  const { got, subjects, deliveries, mostAtOnce } = await startReceiver(() => full.promise)
  const names = ['one', 'two', 'three']
  const replicas = await Promise.all(names.map((name) => startReplica(address, name)))
  await store.queue.put(deliveries, Date.now())
  await until(() => got.length >= hosts * mostOfHost)
  full.resolve()
  await until(async () => (await left()) === 0)
  expect(subjects().sort()).toEqual(each)
  expect(new Set(got.map(({ from }) => from))).toEqual(new Set(names))
  expect(mostAtOnce()).toBeLessThanOrEqual(mostOfHost)
  for (const { child } of replicas) await close(child)
})

it('take over what one that was killed had under way', async () => {
  const { address, store, left } = await open()
  const { got, subjects, deliveries } = await startReceiver((from) =>
    from === 'doomed' ? new Promise(() => {}) : Promise.resolve(),
  )
  const doomed = await startReplica(address, 'doomed')
  await store.queue.put(deliveries, Date.now())
  await until(() => got.length === hosts * mostOfHost)
  await end(doomed.child, 'SIGKILL')
  await startReplica(address, 'other')
  await until(async () => (await left()) === 0)
  const byOther = got.filter(({ from }) => from === 'other').map(({ subject }) => subject)
  expect(byOther.sort()).toEqual(each)
  expect(subjects()).toHaveLength(count + hosts * mostOfHost)
})

it('may all be the first', async () => {
  databases += 1
  const address = await postgres.database(`site_${databases}`)
  const stores = await Promise.all([1, 2, 3, 4].map(() => openPostgresDeliveryStore(address)))
  onTestFinished(async () => {
    for (const store of stores) await store.close()
  })
  await Promise.all(stores.map((store, n) => store.putSetting(`of ${n}`, 'a')))
  expect(await stores[0]?.setting('of 3')).toBe('a')
})

it('leave the tables of a newer Newsstand as they are', async () => {
  const { address, store } = await open()
  await store.putSetting('version of tables', '99')
  const older = await openPostgresDeliveryStore(address, never)
  onTestFinished(() => older.close())
  await expect(older.queue.counts()).rejects.toThrow(
    /version 99 and this Newsstand knows \d+; use the newer Newsstand, or another database$/,
  )
})

it('take over at once what one leaves that is closed', async () => {
  const { address, store } = await open()
  const leaving = await openPostgresDeliveryStore(address)
  const { deliveries } = await startReceiver()
  await store.queue.put(deliveries.slice(0, 1), 1)
  expect(await leaving.queue.claim(1, 9, [])).toHaveLength(1)
  expect(await store.queue.claim(1, 9, [])).toEqual([])
  expect(await store.queue.nextDue([])).toBeUndefined()
  const heard = new Promise<void>((resolve) => store.others.onNews(resolve))
  await leaving.close()
  await heard
  expect(await store.queue.claim(1, 9, [])).toMatchObject([{ subject: '0', tries: 0 }])
})

it('judge nobody who was not seen before they have been there themselves for as long', async () => {
  const { address, store: other } = await open()
  const away = await openPostgresDeliveryStore(address, never)
  onTestFinished(() => away.close())
  const { deliveries } = await startReceiver()
  await other.queue.put(deliveries.slice(0, 1), 1)
  expect(await away.queue.claim(1, 1, [])).toHaveLength(1)
  const name = `site_${databases}`
  await postgres.query(name, "UPDATE newsstand.delivery_worker SET seen = seen - interval '1 hour'")
  const judge = await openPostgresDeliveryStore(address, { everyMs: 50, goneMs: 2000 })
  onTestFinished(() => judge.close())
  let beats = 0
  judge.others.onNews(() => {
    beats += 1
  })
  await until(() => beats > 2)
  expect(await judge.queue.claim(1, 1, [])).toEqual([])
  await until(async () => (await judge.queue.claim(1, 1, [])).length === 1)
})

it('leave to another what was given to it while they were away, unless it is done', async () => {
  const { address, store: other, left } = await open()
  const away = await openPostgresDeliveryStore(address, never)
  onTestFinished(() => away.close())
  const { deliveries } = await startReceiver()
  await other.queue.put(deliveries.slice(0, 2), 1)
  const claimed = await away.queue.claim(1, 2, [])
  const name = `site_${databases}`
  await postgres.query(name, 'DELETE FROM newsstand.delivery_worker')
  await postgres.query(
    name,
    'INSERT INTO newsstand.delivery_host SELECT host, due FROM newsstand.delivery',
  )
  expect(await other.queue.claim(1, 2, [])).toHaveLength(2)
  const outcomes = [{ is: 'failed', reason: 'no' }, { is: 'done' }] as const
  await away.queue.settle(
    claimed.map((delivery, n) => ({ delivery, outcome: outcomes[n] ?? expect.fail(), again: 1 })),
  )
  expect(await left()).toBe(1)
  expect(await other.queue.claim(1, 2, [])).toEqual([])
  expect(await away.queue.claim(1, 2, [])).toEqual([])
})

it('have those claims made anew whose answer did not come', async () => {
  const { store } = await open()
  const { deliveries } = await startReceiver()
  await store.queue.put(deliveries.slice(0, 2), 1)
  const [held] = await store.queue.claim(1, 1, [])
  const name = `site_${databases}`
  // As if it had been claimed by a claim that was written and not answered.
  await postgres.query(
    name,
    `UPDATE newsstand.delivery SET worker = (SELECT id FROM newsstand.delivery_worker), is_taken = true;
    DELETE FROM newsstand.delivery_host`,
  )
  await postgres.query(name, 'ALTER TABLE newsstand.delivery_host RENAME TO away')
  await expect(store.queue.claim(1, 2, [])).rejects.toThrow(/delivery_host/)
  await postgres.query(name, 'ALTER TABLE newsstand.away RENAME TO delivery_host')
  const again = await store.queue.claim(1, 2, [])
  expect([held, ...again].map((one) => one?.subject).sort()).toEqual(['0', '1'])
})

it('hear what others make due, and which documents they ask to be looked at', async () => {
  const { address, store: other } = await open()
  const store = await openPostgresDeliveryStore(address, never)
  onTestFinished(() => store.close())
  let news = 0
  store.others.onNews(() => {
    news += 1
  })
  await until(() => news === 1)
  const topic = 'https://news.example/feed.xml'
  const noted = { topic, etag: 'A', changed: 'today' }
  await store.topics.note(noted, { hubs: [], isSilent: false }, 1)
  await other.others.askForLook(topic)
  expect(await store.others.askedFor(1)).toEqual([])
  const callback = 'http://127.0.0.1/'
  await other.subscriptions.put({ callback, topic, secret: '', expires: 9 }, 'A')
  await until(() => news === 2)
  expect(await store.others.askedFor(1)).toEqual([{ ...noted, changed: '' }])
  await store.topics.note({ ...noted, etag: 'B' }, { hubs: [], isSilent: false }, 1)
  expect(await store.others.askedFor(1)).toEqual([])
  expect(await other.queue.claim(1, 9, [])).toMatchObject([{ kind: 'content', target: callback }])
})

it('go on when the database was away, and lose nothing', async () => {
  const { address, store, left } = await open()
  const pause = () => new Promise((resolve) => setTimeout(resolve, 20))
  const { got, subjects, deliveries } = await startReceiver(pause)
  const replicas = await Promise.all(['one', 'two'].map((name) => startReplica(address, name)))
  await store.queue.put(deliveries, Date.now())
  await until(() => got.length > 100)
  await postgres.stop()
  await until(() => replicas.every(({ said }) => said.includes('fault')))
  await expect(store.queue.counts()).rejects.toThrow(
    /^PostgreSQL at 127\.0\.0\.1:\d+\/site_\d+: connect ECONNREFUSED/,
  )
  await postgres.start()
  await until(async () => (await left()) === 0, 'what is left')
  expect([...new Set(subjects())].sort()).toEqual(each)
  expect(subjects()).toHaveLength(count)
  for (const { child } of replicas) await close(child)
})
