/** A site with subscribers, as every part of the push benchmark has it: the program on one core, all else on the other. */
import { hash } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { openSqliteDeliveryStore } from '../src/deliveries/sqlite-delivery-store.ts'
import { freePort } from '../test/support/program.ts'
import { randomFrom } from '../test/support/random.ts'
import { type HubAnswer, monotonicMs, secretOf } from '../test/support/subscribers.ts'
import { datedAfter, expectedFeeds, generateArticles, seedArticle } from './generate.ts'
import { flushToDisk, quantile, workspace } from './measure.ts'
import { startNewsstand } from './newsstand.ts'
import { otherCore, programCore, startPart } from './push-process.ts'
import type { Receivers } from './push-receivers.ts'

const giveUpMs = 120_000
/** After a start: until it has looked what has changed while it was down. */
const settleMs = 3000
const aMonthMs = 30 * 24 * 60 * 60 * 1000
const random = randomFrom(18)

/** 50 kB of Atom: so many articles are in it. */
export const itemsOf50Kb = 14

export interface SitePlan {
  readonly articles: number
  /** In a feed; undefined for as many as there are without the setting. */
  readonly feedItems?: number
  /** Addresses of 127.1.0.0/16 that subscribers are on. */
  readonly hosts: number
}

/** When each subscriber had the new document, in ms since the article's file was closed. */
export interface Distribution {
  readonly byWho: ReadonlyMap<number, number>
  readonly bytes: number
  /** From the first receipt to the last. */
  readonly perSecond: number
}

/** Writes the articles, and has the program read them once. */
export async function prepareSite({ articles: count, feedItems, hosts }: SitePlan) {
  const folder = workspace()
  const articles = join(folder, 'articles')
  const dataDir = join(folder, 'data')
  generateArticles(articles, count, 'seed')
  flushToDisk()
  const port = String(await freePort())
  const base = `http://127.0.0.1:${port}`
  const [topic, hub] = [`${base}/atom.xml`, `${base}/hub`]
  const settings = {
    PORT: port,
    BASE_URL: base,
    WEBSUB_ALLOW_NETWORKS: '127.0.0.0/8',
    ...(feedItems && { FEED_ITEMS: String(feedItems) }),
  }
  let changes = 0
  const receivers = startPart<Receivers>('push-receivers.ts', otherCore)
  const plan = { topic, hub, contentType: 'application/atom+xml', hosts }
  await receivers.call.start(plan)

  const start = async (data = dataDir) => {
    const server = await startNewsstand(folder, articles, data, settings, { through: programCore })
    return server
  }
  const first = await start()
  if (feedItems) await untilAnswered(first)
  else await first.ready(expectedFeeds(count))
  await sleep(1000)
  await first.stop()

  async function untilAnswered(server: Awaited<ReturnType<typeof start>>): Promise<void> {
    const end = monotonicMs() + giveUpMs
    while ((await server.get('/atom.xml'))?.status !== 200) {
      if (monotonicMs() > end || server.hasEnded()) throw new Error(server.output())
      await sleep(5)
    }
  }

  return {
    ...{ folder, dataDir, topic, hub, base },
    receivers: receivers.call,
    /** @param data another DATA_DIR */
    start,
    untilAnswered,
    async startSettled() {
      const server = await start()
      await untilAnswered(server)
      await sleep(settleMs)
      return server
    },
    /** Has these subscribe as subscribers do. @returns how long each was to be answered, and to be asked whether it wants that, in ms */
    async subscribe(numbers: readonly number[]): Promise<{ answered: number; verified: number }[]> {
      const asked = new Map<number, HubAnswer>()
      for (const n of numbers) asked.set(n, await askUntilTaken(n))
      let confirmed = await receivers.call.confirmed()
      await within(async () => {
        confirmed = await receivers.call.confirmed()
        return numbers.every((n) => (confirmed.get(n) ?? 0) > (asked.get(n)?.sentAt ?? 0))
      }, 'each to be asked whether it wants to subscribe')
      return [...asked].map(([n, { sentAt, answeredAt }]) => ({
        answered: answeredAt - sentAt,
        verified: (confirmed.get(n) ?? 0) - sentAt,
      }))
    },
    /**
     * Puts subscriptions into the file of deliveries, which is quicker. Not while the program runs.
     * @param topics that they take turns with
     */
    async store(count: number, data = dataDir, topics: readonly string[] = [topic]): Promise<void> {
      const store = await openSqliteDeliveryStore(data)
      const callbacks = await receivers.call.callbacks(count)
      const expires = Date.now() + aMonthMs
      for (const [n, callback] of callbacks.entries()) {
        const one = { callback, secret: secretOf(n), expires }
        await store.subscriptions.put({ ...one, topic: topics[n % topics.length] ?? topic }, '')
      }
      await store.close()
    },
    /** Writes an article that is the newest. @returns what is in its title, and when its file was closed */
    change(): { readonly marker: string; readonly closedAt: number } {
      changes += 1
      const marker = `Marker${changes}x${random.between(100_000, 999_999)}`
      const lines = datedAfter(seedArticle(count + changes), changes).split('\n')
      const title = lines[2]
      const text = lines.map((line) => (line === title ? `${line} ${marker}` : line)).join('\n')
      writeFileSync(join(articles, `added-${changes}.txt`), text)
      return { marker, closedAt: monotonicMs() }
    },
    /** Changes something, and waits until so many have it. */
    async distribute(wanted: number): Promise<Distribution> {
      const before = await receivers.call.count()
      const { marker, closedAt } = this.change()
      await within(async () => {
        // To count who has what is dearer.
        if ((await receivers.call.count()) < before + wanted) return false
        return (await receivers.call.countWith(marker)) >= wanted
      }, `${wanted} subscribers to have an article`)
      const { who, at, what } = await receivers.call.receipts(before)
      const right = new Set(await receivers.call.documentsWith(marker))
      const byWho = new Map<number, number>()
      for (const [n, one] of who.entries()) {
        if (!right.has(what[n] ?? -1) || byWho.has(one)) continue
        byWho.set(one, (at[n] ?? 0) - closedAt)
      }
      const times = [...byWho.values()]
      const lasted = quantile(times, 1) - quantile(times, 0)
      const documents = await receivers.call.documents()
      const { bytes = 0, sha256 } = documents[Math.max(...right)] ?? {}
      const served = Buffer.from(await (await fetch(topic)).arrayBuffer())
      if (sha256 !== hash('sha256', served)) throw new Error('they have another document')
      await complain()
      return { byWho, bytes, perSecond: ((times.length - 1) / lasted) * 1000 }
    },
    async end(): Promise<void> {
      await complain()
      await receivers.end()
    },
  }

  /** Where it says that it is too busy, it is asked again when it says. */
  async function askUntilTaken(n: number): Promise<HubAnswer> {
    for (;;) {
      const answer = await receivers.call.subscribe(n)
      const { status, text, retryAfterS } = answer
      if (status === 202) return answer
      if (retryAfterS === 0) throw new Error(`POST /hub was answered with ${status}: ${text}`)
      await sleep(retryAfterS * 1000)
    }
  }

  async function within(check: () => Promise<boolean>, what: string): Promise<void> {
    const end = monotonicMs() + giveUpMs
    while (!(await check())) {
      if (monotonicMs() > end) throw new Error(`waited two minutes for ${what}`)
      await sleep(20)
    }
  }

  /** @throws Error where something that was sent was not as it has to be */
  async function complain(): Promise<void> {
    const { count: problems, first: some } = await receivers.call.problems()
    if (problems > 0) throw new Error(`${problems} faults in what was sent:\n${some.join('\n')}`)
  }
}

export const ms = (value: number): string => `${value.toFixed(value < 10 ? 2 : 0)} ms`
export const thousands = (value: number): string => Math.round(value).toLocaleString('en')
