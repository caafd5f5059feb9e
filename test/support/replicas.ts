/** Several replicas as real processes over one database, to which much happens while they are asked. */
import { deepStrictEqual } from 'node:assert'
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { startBalancer } from './balancer.ts'
import { History } from './history.ts'
import { ask } from './http.ts'
import type { Postgres } from './postgres.ts'
import { end } from './program.ts'
import { sharedRows } from './shared-rows.ts'
import { documents, holds, leads, makeReplicas, type Replica, read } from './site-replica.ts'
import { wrongInAll } from './stock.ts'
import { until } from './until.ts'

export interface Trouble {
  readonly replicas: number
  readonly rounds: number
  readonly files: number
  readonly seed: number
  /** No round begins after that; ms since 1970. */
  readonly end?: number
  log?(line: string): void
}

export interface Troubled {
  /** How often each thing happened. */
  readonly happened: ReadonlyMap<string, number>
  /** Answers that readers got meanwhile, by their status. */
  readonly answers: ReadonlyMap<number, number>
  /** How long it took another to refresh when one was gone, in ms. */
  readonly takeovers: readonly number[]
}

const changesEach = 40
const readers = 3

/**
 * @param folder an empty one
 * @throws Error that says what is wrong
 */
export async function troubleReplicas(
  folder: string,
  postgres: Postgres,
  {
    replicas: count,
    rounds,
    files,
    seed,
    end: lastRound = Number.POSITIVE_INFINITY,
    log = () => {},
  }: Trouble,
): Promise<Troubled> {
  const articles = join(folder, 'articles')
  mkdirSync(articles)
  const history = new History(articles, seed, { fewest: files / 2, most: files * 2 })
  const { random } = history
  const { add, edit, move, over, delete: remove, return: bring, bad } = history.actions
  const actions = [add, edit, edit, move, over, remove, bring, bad]
  for (let n = 0; n < files; n += 1) add()
  history.settle(0)
  const all = await makeReplicas(count, folder, articles, postgres)
  const happened = new Map<string, number>()
  const answers = new Map<number, number>()
  const takeovers: number[] = []
  const reading = new AbortController()
  const balancer = await startBalancer(all.map(({ url }) => url))
  const troubles = {
    async 'the one that refreshes is killed'() {
      const one = await leader()
      await end(one.child, 'SIGKILL')
      await another(one)
      await one.start()
    },
    async 'the one that refreshes stands still'() {
      const one = await leader()
      one.child.kill('SIGSTOP')
      await another(one)
      one.child.kill('SIGCONT')
    },
    async 'one is killed'() {
      const one = random.pick(all)
      await end(one.child, 'SIGKILL')
      await sleep(random.between(0, 500))
      await one.start()
    },
    async 'one is cut off'() {
      const one = random.pick(all)
      one.cable.cut()
      await sleep(random.between(100, 3000))
      one.cable.mend()
    },
    async 'the one that refreshes hears nothing'() {
      const one = await leader()
      one.cable.silence()
      await another(one)
      one.cable.mend()
    },
    async 'the database is slow'() {
      for (const { cable } of all) cable.slow(random.between(5, 60))
      await sleep(random.between(500, 3000))
      for (const { cable } of all) cable.mend()
    },
    async 'the database starts anew'() {
      await postgres.stop()
      await sleep(random.between(0, 2000))
      await postgres.start()
    },
    async 'all start anew, one after the other'() {
      for (const one of all) {
        await end(one.child, 'SIGTERM')
        await one.start()
      }
    },
  }

  try {
    await Promise.all(all.map((one) => one.start()))
    await settle()
    const reads = Promise.all(
      Array.from({ length: readers }, () => read(balancer.url, answers, reading.signal)),
    )
    let fault: unknown
    reads.catch((error) => {
      fault = error
    })
    for (let round = 1; round <= rounds && Date.now() < lastRound; round += 1) {
      const name = random.pick(Object.keys(troubles)) as keyof typeof troubles
      log(`round ${round}: ${name}`)
      happened.set(name, (happened.get(name) ?? 0) + 1)
      for (let n = 0; n < changesEach / 2; n += 1) random.pick(actions)()
      await sleep(random.between(0, 300))
      await troubles[name]()
      for (let n = 0; n < changesEach / 2; n += 1) random.pick(actions)()
      await settle()
      history.settle(0)
      if (fault) throw fault
    }
    reading.abort()
    await reads
  } finally {
    reading.abort()
    for (const { child, cable } of all) {
      child?.kill('SIGCONT')
      if (child) await end(child, 'SIGKILL')
      await cable[Symbol.asyncDispose]()
    }
    await balancer[Symbol.asyncDispose]()
  }
  return { happened, answers, takeovers }

  /** The one that refreshes. */
  async function leader(): Promise<Replica> {
    let found: Replica | undefined
    await until(async () => {
      for (const one of all) if (await leads(one)) found = one
      return found !== undefined
    }, 'one that refreshes')
    return found as Replica
  }

  /** Until another than this one refreshes. */
  async function another(former: Replica): Promise<void> {
    const started = performance.now()
    const others = all.filter((one) => one !== former)
    await until(async () => (await Promise.all(others.map(leads))).includes(true), 'another')
    takeovers.push(Math.round(performance.now() - started))
  }

  async function settle(): Promise<void> {
    await until(() => holds(all, articles), 'every change everywhere')
    await compare()
  }

  /** @throws Error where replicas differ, or from what the folder has */
  async function compare(): Promise<void> {
    const [first, ...others] = all as [Replica, ...Replica[]]
    for (const path of documents) {
      const same = async () => {
        const [one, ...rest] = await Promise.all(all.map((replica) => ask(replica.url + path)))
        return rest.every(
          ({ headers, body }) => headers.etag === one?.headers.etag && one?.body.equals(body),
        )
      }
      await until(same, `${path} to be the same everywhere`)
    }
    for (const one of others) deepStrictEqual(sharedRows(one.dataDir), sharedRows(first.dataDir))
    const text = async (path: string) => (await ask(first.url + path)).body.toString()
    deepStrictEqual(await wrongInAll(text, history), [])
  }
}
