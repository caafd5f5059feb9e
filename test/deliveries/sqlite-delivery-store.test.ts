import {
  closeSync,
  openSync,
  readdirSync,
  readFileSync,
  statSync,
  writeFileSync,
  writeSync,
} from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { describe, expect, it, onTestFinished } from 'vitest'
import type { Delivery } from '../../src/deliveries/delivery.ts'
import type { DeliveryStore } from '../../src/deliveries/delivery-store.ts'
import { openTables } from '../../src/deliveries/delivery-tables.ts'
import { openSqliteDeliveryStore } from '../../src/deliveries/sqlite-delivery-store.ts'
import { temporaryFolder } from '../support/folder.ts'

const topic = 'https://news.example/feed.xml'
const webhook: Delivery = {
  kind: 'webhook',
  target: 'https://hook.example/',
  subject: 'one',
  data: '',
}
const callback = (n: number) => `http://127.0.0.1:8080/${n}`

async function openIn(dataDir: string) {
  const store = await openSqliteDeliveryStore(dataDir)
  onTestFinished(() => store.close())
  return store
}

/** A file with some subscriptions, closed. */
async function makeFile(many = 3) {
  const dataDir = temporaryFolder()
  const store = await openSqliteDeliveryStore(dataDir)
  for (let n = 0; n < many; n += 1)
    await store.subscriptions.put(
      { callback: callback(n), topic, secret: 'of the harbour', expires: 1000 },
      'A',
    )
  await store.close()
  return { dataDir, path: join(dataDir, 'deliveries.sqlite') }
}

/** What a store is told to do, once each. */
async function useAll({ queue, topics, subscriptions, ...store }: DeliveryStore) {
  await subscriptions.put({ callback: callback(0), topic, secret: '', expires: 900 }, 'A')
  await subscriptions.put({ callback: callback(1), topic, secret: '', expires: 900 }, 'A')
  await subscriptions.get(callback(0), topic, 1)
  await subscriptions.countOfHost('127.0.0.1:8080')
  await subscriptions.countOfTopic(topic)
  await subscriptions.count(1)
  await topics.subscribed(1)
  await topics.subscribed(1, [topic])
  await topics.forgetSearches([topic])
  await topics.searches(1)
  await topics.known([topic])
  const hubs = ['https://hub.example/']
  for (const etag of ['B', 'A', 'B'])
    await topics.note({ topic, etag, changed: '' }, { hubs, isSilent: false }, 1)
  await queue.put([webhook], 1)
  const claimed = await queue.claim(1, 10, [])
  await topics.note({ topic, etag: 'A', changed: '' }, { hubs: [], isSilent: true }, 1)
  await queue.claimAlike(webhook, 1, 10)
  await queue.nextDue([])
  const outcomes = { content: { is: 'done', sent: 'B' }, publish: { is: 'done' } } as const
  const failed = { is: 'failed', reason: '' } as const
  await queue.settle(
    claimed.map((delivery) =>
      delivery.kind === 'webhook'
        ? { delivery, outcome: failed, again: 2 }
        : { delivery, outcome: outcomes[delivery.kind as 'content'] },
    ),
  )
  await queue.settle(
    (await queue.claim(1, 10, [])).map((delivery) => ({
      delivery,
      outcome: { is: 'refused', reason: '' },
    })),
  )
  await subscriptions.remove(callback(1), topic)
  await subscriptions.removeExpired(1)
  await store.putSetting('one', 'a')
  await store.setting('one')
}

describe('deliveries.sqlite', () => {
  it('is looked through nowhere: what is asked does not grow with what is there', async () => {
    const { dataDir, path } = await makeFile(2)
    const prepared = new Set<string>()
    const { prepare } = DatabaseSync.prototype
    onTestFinished(() => {
      DatabaseSync.prototype.prepare = prepare
    })
    DatabaseSync.prototype.prepare = function (sql, ...options) {
      prepared.add(sql)
      return prepare.call(this, sql, ...options)
    }
    const store = await openSqliteDeliveryStore(dataDir)
    const ofOpening = new Set(prepared)
    await useAll(store)
    await store.close()
    DatabaseSync.prototype.prepare = prepare
    const database = openTables(path)
    onTestFinished(() => database.close())
    const statements = [...prepared].filter((sql) => !ofOpening.has(sql))
    expect(statements.length).toBeGreaterThan(25)
    const scans = statements
      .flatMap((sql) => database.prepare(`EXPLAIN QUERY PLAN ${sql}`).all())
      .map(({ detail }) => String(detail))
      .filter((detail) => detail.startsWith('SCAN'))
    // Documents that have subscriptions, searches, and what was given as a list.
    const few = /^SCAN (\w+ USING (?:COVERING )?INDEX topic_(subscribed|searched)|json_each .*)$/
    expect(scans.filter((scan) => !few.test(scan))).toEqual([])
  })

  it('is readable for its owner alone, since it holds secrets', async () => {
    const dataDir = temporaryFolder()
    const store = await openIn(dataDir)
    await store.putSetting('one', 'a')
    const modes = readdirSync(dataDir).map((name) => statSync(join(dataDir, name)).mode & 0o777)
    expect(modes).toEqual([0o600, 0o600, 0o600])
  })

  it('of a newer Newsstand is left as it is', async () => {
    const { dataDir, path } = await makeFile()
    const database = new DatabaseSync(path)
    database.exec("UPDATE setting SET value = '99' WHERE name = 'version of tables'")
    database.exec('PRAGMA user_version = 99')
    database.close()
    const before = readFileSync(path)
    await expect(openSqliteDeliveryStore(dataDir)).rejects.toThrow(
      /^deliveries.sqlite has version 99 .* use the newer Newsstand, or another DATA_DIR$/,
    )
    expect(readFileSync(path).equals(before)).toBe(true)
  })
})

describe('a damaged deliveries.sqlite', () => {
  const damages: Readonly<Record<string, (path: string) => void>> = {
    'is no database': (path) => writeFileSync(path, 'nonsense '.repeat(1000)),
    'lacks a table': (path) => {
      const database = new DatabaseSync(path)
      database.exec('DROP TABLE subscription')
      database.close()
    },
    'has a wrong version': (path) => {
      const database = new DatabaseSync(path)
      database.exec('PRAGMA user_version = 99')
      database.close()
    },
  }
  for (const [what, damage] of Object.entries(damages)) {
    it(`that ${what} is set aside, and begun anew`, async () => {
      const { dataDir, path } = await makeFile()
      damage(path)
      const damaged = readFileSync(path)
      const store = await openIn(dataDir)
      const told: string[] = []
      store.onRepaired((sentence) => told.push(sentence))
      expect(told).toEqual([
        expect.stringMatching(/^deliveries.sqlite was damaged \(.+\): it was set aside as/),
      ])
      const aside = join(dataDir, /deliveries\.damaged-\S+\.sqlite/.exec(told[0] ?? '')?.[0] ?? '')
      expect(readFileSync(aside).equals(damaged)).toBe(true)
      await useAll(store)
    })
  }

  it('is begun anew when that is found while it is in use', async () => {
    const { dataDir, path } = await makeFile(2000)
    const store = await openIn(dataDir)
    const told: string[] = []
    store.onRepaired((sentence) => told.push(sentence))
    const { size } = statSync(path)
    const file = openSync(path, 'r+')
    writeSync(file, Buffer.alloc(size - 8192, 0xff), 0, size - 8192, 8192)
    closeSync(file)
    expect(await store.subscriptions.get(callback(1500), topic, 1)).toBeUndefined()
    await useAll(store)
    expect(told).toHaveLength(1)
  })
})
