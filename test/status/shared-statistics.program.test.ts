/** What several machines of a site have counted, added up in a real PostgreSQL. */
import { cpSync } from 'node:fs'
import pino from 'pino'
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import { openStatistics } from '../../src/status/statistics.ts'
import { createTraffic } from '../../src/status/traffic.ts'
import { layCable } from '../support/cable.ts'
import { temporaryFolder } from '../support/folder.ts'
import { ask } from '../support/http.ts'
import { startNewsstand } from '../support/newsstand.ts'
import { page } from '../support/page.ts'
import { type Postgres, startPostgres } from '../support/postgres.ts'
import { until } from '../support/until.ts'

let postgres: Postgres
beforeAll(async () => {
  postgres = await startPostgres()
})
afterAll(() => postgres[Symbol.asyncDispose]())

const anHourMs = 60 * 60 * 1000
const aDayMs = 24 * anHourMs
const noon = Date.UTC(2026, 4, 3, 12)

interface Place {
  readonly databaseUrl: string | undefined
  readonly dataDir?: string
  readonly clock?: () => number
}

/** The statistics of one machine, which hands over when it is told to. */
async function machine({ databaseUrl, dataDir = temporaryFolder(), clock = () => noon }: Place) {
  const traffic = createTraffic()
  const log: string[] = []
  const logger = pino({}, { write: (line: string) => void log.push(JSON.parse(line).msg) })
  const history = { kept: 0, failed: 0, totalMs: 0, recent: [] }
  const config = { dataDir, databaseUrl }
  const statistics = await openStatistics(config, traffic, history, logger, clock)
  onTestFinished(() => statistics.close())
  return {
    ...{ dataDir, log, statistics },
    /** Answers whoever polls from these addresses of 192.0.2.0/24. */
    poll(reader: string, addresses: readonly number[], path = '/rss.xml'): void {
      for (const one of addresses) {
        statistics.audience.note(reader, `192.0.2.${one}`, path)
        traffic.of(path).sent(200, 1000, 3000)
      }
    },
    /** As a machine dies: nothing is written any more that was not. @returns its folder */
    leaveBehind: (): string => {
      const copy = temporaryFolder()
      cpSync(dataDir, copy, { recursive: true })
      return copy
    },
    async sums() {
      const { hours, subscribers, traffic: counted, replicas } = await statistics.sums()
      return {
        polls: hours.map(({ answers }) => answers[200]),
        readers: Object.fromEntries(subscribers.map((one) => [one.reader, one.subscribers])),
        channels: Object.fromEntries(
          counted.map(({ channel, format, answers }) => [channel + format, answers[200]]),
        ),
        replicas,
      }
    },
  }
}

const nameOf = (databaseUrl: string) => new URL(databaseUrl).pathname.slice(1)
const count = async (databaseUrl: string, table: string) =>
  Number(
    (await postgres.query(nameOf(databaseUrl), `SELECT count(*) AS n FROM newsstand.${table}`))[0]
      ?.n,
  )

describe('the statistics of two machines', () => {
  it('are one sum, in which a reader that both have served counts once', async () => {
    const databaseUrl = await postgres.newDatabase()
    const [one, other] = [await machine({ databaseUrl }), await machine({ databaseUrl })]
    one.poll('Newsboat/2', [1, 2, 3])
    other.poll('Newsboat/2', [3, 4])
    other.poll('Miniflux/2', [9], '/tags/a/atom.xml')
    one.poll('Feedly/1 (10 subscribers)', [7])
    for (let times = 0; times < 3; times += 1) {
      for (const { statistics } of [one, other]) await statistics.handOver()
    }
    const expected = {
      polls: [7],
      readers: { Newsboat: 4, Miniflux: 1, Feedly: 10 },
      channels: { '/rss.xml': 6, '/tags/a/atom.xml': 1 },
      replicas: 2,
    }
    expect(await one.sums()).toEqual(expected)
    expect(await other.sums()).toEqual(expected)
    one.poll('Newsboat/2', [5])
    expect((await one.sums()).polls).toEqual([8])
    expect(await count(databaseUrl, 'statistics_day')).toBe(2)
  })

  it('outlive the end of one, its death and its loss', async () => {
    const databaseUrl = await postgres.newDatabase()
    const [one, other] = [await machine({ databaseUrl }), await machine({ databaseUrl })]
    one.poll('Newsboat/2', [1, 2])
    await one.statistics.close()
    const again = await machine({ databaseUrl, dataDir: one.dataDir })
    again.poll('Newsboat/2', [2, 3])
    await again.statistics.handOver()
    const died = await machine({ databaseUrl, dataDir: again.leaveBehind() })
    died.poll('Newsboat/2', [3, 4], '/atom.xml')
    await died.statistics.handOver()
    const expected = { polls: [6], readers: { Newsboat: 4 }, replicas: 2 }
    expect(await other.sums()).toMatchObject(expected)
    expect(await died.sums()).toMatchObject(expected)
    expect(await count(databaseUrl, 'statistics_replica')).toBe(2)
    const anew = await machine({ databaseUrl })
    anew.poll('Newsboat/2', [5])
    await anew.statistics.handOver()
    expect(await other.sums()).toEqual({
      ...{ polls: [7], readers: { Newsboat: 5 }, replicas: 3 },
      channels: { '/rss.xml': 5, '/atom.xml': 2 },
    })
  })

  it('are counted while the database is away, and handed over when it is back', async () => {
    const databaseUrl = await postgres.newDatabase()
    const [one, other] = [await machine({ databaseUrl }), await machine({ databaseUrl })]
    for (const { poll } of [one, other]) poll('Newsboat/2', [1])
    for (const { statistics } of [one, other, one]) await statistics.handOver()
    expect((await one.sums()).polls).toEqual([2])
    await postgres.stop()
    one.poll('Newsboat/2', [2])
    await one.statistics.handOver()
    expect(await one.sums()).toMatchObject({
      ...{ polls: [3], readers: { Newsboat: 2 }, replicas: null },
    })
    const restarted = await machine({ databaseUrl, dataDir: one.leaveBehind() })
    restarted.poll('Newsboat/2', [3])
    await restarted.statistics.handOver()
    await restarted.statistics.handOver()
    expect(restarted.log.filter((line) => line.includes('handed over later'))).toHaveLength(1)
    expect(restarted.log.join()).not.toContain('p@ss')
    await postgres.start()
    for (const { statistics } of [restarted, other]) await statistics.handOver()
    expect(await other.sums()).toMatchObject({ polls: [4], readers: { Newsboat: 3 } })
    expect(restarted.log.at(-1)).toBe('statistics are handed over again')
  })

  it('are as they were last known, and wait for nobody, while the database says nothing', async () => {
    const address = await postgres.newDatabase()
    await using cable = await layCable(postgres.port)
    const url = new URL(address)
    url.port = String(cable.port)
    const other = await machine({ databaseUrl: address })
    const one = await machine({ databaseUrl: String(url) })
    for (const { poll } of [one, other]) poll('Newsboat/2', [1])
    for (const { statistics } of [other, one]) await statistics.handOver()
    expect((await one.sums()).polls).toEqual([2])
    cable.silence()
    const handing = one.statistics.handOver()
    one.poll('Newsboat/2', [2])
    const began = performance.now()
    expect(await one.sums()).toMatchObject({ polls: [3], readers: { Newsboat: 2 } })
    expect(performance.now() - began).toBeLessThan(2000)
    await one.statistics.close()
    expect(performance.now() - began).toBeLessThan(6000)
    cable.mend()
    await handing
    const again = await machine({ databaseUrl: address, dataDir: one.dataDir })
    await again.statistics.handOver()
    expect(await other.sums()).toMatchObject({ polls: [3], readers: { Newsboat: 2 } })
  })

  it('hash addresses alike on each day, also where the database is away at midnight', async () => {
    const databaseUrl = await postgres.newDatabase()
    let now = noon
    const place = { databaseUrl, clock: () => now }
    const [one, other] = [await machine(place), await machine(place)]
    const salts = () => [one, other].map(({ statistics }) => statistics.audience.saltOfToday())
    const [first, same] = salts()
    expect(same).toEqual(first)
    for (const { poll } of [one, other]) poll('Newsboat/2', [1, 2])
    for (const { statistics } of [one, other]) await statistics.handOver()
    await postgres.stop()
    now += aDayMs / 2 - 1
    one.poll('Vienna/3', [1, 2])
    now += 2
    const [next, alike] = salts()
    expect(alike).toEqual(next)
    expect(next?.day).toBe('2026-05-04')
    expect(next?.salt).not.toBe(first?.salt)
    for (const { poll } of [one, other]) poll('Newsboat/2', [1, 2, 3])
    await postgres.start()
    for (const { statistics } of [one, other]) await statistics.handOver()
    const sums = await other.sums()
    // What was answered since the last look counts as answered then; who has asked is of the day before.
    expect(sums).toMatchObject({ polls: [4, 8], readers: { Newsboat: 3, Vienna: 2 } })
    expect(sums.channels).toEqual({ '/rss.xml': 12 })
    const sql = 'SELECT day FROM newsstand.statistics_salt ORDER BY day'
    const days = (await postgres.query(nameOf(databaseUrl), sql)).map(({ day }) => day)
    expect(days).toEqual(['2026-05-04', '2026-05-05'])
    expect(await count(databaseUrl, 'statistics_day')).toBe(4)
  })

  it('grow old: there are eight days, and nothing is left of a machine that is gone', async () => {
    const databaseUrl = await postgres.newDatabase()
    let now = noon
    const place = { databaseUrl, clock: () => now }
    const [one, gone] = [await machine(place), await machine(place)]
    gone.poll('Newsboat/2', [1])
    await gone.statistics.close()
    for (let day = 0; day < 12; day += 1) {
      one.poll('Newsboat/2', [1])
      await one.statistics.handOver()
      now += aDayMs
    }
    await one.statistics.handOver()
    expect(await one.sums()).toMatchObject({ polls: Array(7).fill(1), channels: { '/rss.xml': 8 } })
    expect(await count(databaseUrl, 'statistics_day')).toBe(8)
  })
})

describe('a folder of data', () => {
  it('that was copied to another machine counts once, and both go on', async () => {
    const databaseUrl = await postgres.newDatabase()
    const one = await machine({ databaseUrl })
    one.poll('Newsboat/2', [1, 2])
    await one.statistics.handOver()
    const copied = one.leaveBehind()
    one.poll('Newsboat/2', [3])
    await one.statistics.handOver()
    const other = await machine({ databaseUrl, dataDir: copied })
    other.poll('Newsboat/2', [3, 4])
    for (let times = 0; times < 2; times += 1) {
      for (const { poll, statistics } of [one, other]) {
        poll('Newsboat/2', [5])
        await statistics.handOver()
      }
    }
    const expected = { polls: [9], readers: { Newsboat: 5 }, replicas: 2 }
    for (const { sums } of [one, other]) expect(await sums()).toMatchObject(expected)
  })

  it('of one machine brings what it has counted to the first database that it gets', async () => {
    let now = noon
    const clock = () => now
    const alone = await machine({ databaseUrl: undefined, clock })
    alone.poll('Newsboat/2', [1, 2])
    expect(await alone.sums()).toMatchObject({ polls: [2], replicas: null })
    now += aDayMs
    alone.poll('Newsboat/2', [1])
    await alone.statistics.close()
    const copied = alone.leaveBehind()
    const databaseUrl = await postgres.newDatabase()
    const first = await machine({ databaseUrl, clock })
    first.poll('Newsboat/2', [9])
    await first.statistics.handOver()
    const one = await machine({ databaseUrl, dataDir: alone.dataDir, clock })
    one.poll('Newsboat/2', [3])
    await one.statistics.handOver()
    const other = await machine({ databaseUrl, dataDir: copied, clock })
    await other.statistics.handOver()
    for (const { sums } of [first, one, other]) {
      expect(await sums()).toMatchObject({ polls: [2, 3], readers: { Newsboat: 3 } })
    }
  })
})

describe('what a machine hands over', () => {
  it('is a row of some kilobytes, however many it answers, and nothing where nothing has changed', async () => {
    const databaseUrl = await postgres.newDatabase()
    const one = await machine({ databaseUrl })
    const addresses = Array.from({ length: 250 }, (_, n) => n)
    for (let channel = 0; channel < 200; channel += 1) {
      for (const name of ['rss.xml', 'atom.xml', 'feed.json']) {
        one.poll(`Reader${channel % 20}/1`, addresses, `/tags/tag-${channel}/${name}`)
      }
    }
    const row = async () =>
      (
        await postgres.query(
          nameOf(databaseUrl),
          'SELECT n, length(content) AS bytes, xmin FROM newsstand.statistics_day',
        )
      )[0]
    await one.statistics.handOver()
    const first = await row()
    expect(Number(first?.bytes)).toBeLessThan(30_000)
    await one.statistics.handOver()
    expect(await row()).toEqual(first)
    expect((await one.sums()).polls).toEqual([150_000])
  })
})

describe('the status pages of two machines', () => {
  it('show the same sums, who of them refreshes and how many there are; metrics are of each', async () => {
    const env = { DATABASE_URL: await postgres.newDatabase(), TRUST_PROXY: 'loopback' }
    const site = { ...env, BASE_URL: 'https://news.example' }
    const one = await startNewsstand({ 'a.txt': page() }, site)
    const other = await startNewsstand({ 'a.txt': page() }, { ...site, WORKERS: '2' })
    const poll = ({ url }: typeof one, address: string) =>
      ask(`${url}/rss.xml`, { 'User-Agent': 'Newsboat/2', 'X-Forwarded-For': address })
    for (const address of ['192.0.2.1', '192.0.2.2']) await poll(one, address)
    for (const address of ['192.0.2.2', '192.0.2.3', '192.0.2.4']) await poll(other, address)
    const status = async ({ adminUrl }: typeof one) =>
      JSON.parse((await ask(`${adminUrl}/status`)).body.toString())
    const sums = {
      lastDay: { answers: { 200: 5 } },
      lastWeek: { answers: { 200: 5 } },
      subscribers: [{ reader: 'Newsboat', subscribers: 4 }],
      traffic: expect.arrayContaining([
        expect.objectContaining({ channel: '/', format: 'rss.xml', answers: { 200: 5 } }),
      ]),
      replicas: 2,
    }
    for (const machine of [one, other]) {
      await until(async () => (await status(machine)).lastDay.answers[200] === 5)
      expect(await status(machine)).toMatchObject(sums)
      expect((await status(machine)).refreshesHere).toBe(machine === one)
    }
    const [html, followers] = await Promise.all(
      [one, other].map(async ({ adminUrl }) => (await ask(adminUrl)).body.toString()),
    )
    const reporting = '2 machines have reported in the last half minute.'
    expect(html).toContain(`This machine refreshes. ${reporting}`)
    expect(followers).toContain(`This machine follows the one that refreshes. ${reporting}`)
    const metrics = (await ask(`${one.adminUrl}/metrics`)).body.toString()
    expect(metrics).toMatch(
      /newsstand_requests_total\{channel="\/",format="rss.xml",status="200"\} 2/,
    )
    await other.stop()
    expect((await status(one)).lastDay.answers).toEqual({ 200: 5 })
  })
})
