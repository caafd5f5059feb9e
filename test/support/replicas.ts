/** Several replicas as real processes over one database, to which much happens while they are asked. */
import { deepStrictEqual, ok, strictEqual } from 'node:assert'
import type { ChildProcess } from 'node:child_process'
import { mkdirSync, readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { setTimeout as sleep } from 'node:timers/promises'
import { attempt } from '../../src/attempt.ts'
import { startBalancer } from './balancer.ts'
import { type Cable, layCable } from './cable.ts'
import { History } from './history.ts'
import { ask } from './http.ts'
import type { Postgres } from './postgres.ts'
import { end, freePort, hasEnded, spawnNewsstand } from './program.ts'
import { sharedRows } from './shared-rows.ts'
import { wrongInAll } from './stock.ts'
import { channelPaths, host } from './stories.ts'
import { until } from './until.ts'

export interface Trouble {
  readonly replicas: number
  readonly rounds: number
  readonly files: number
  readonly seed: number
  log?(line: string): void
}

interface Replica {
  readonly name: string
  readonly url: string
  readonly adminUrl: string
  readonly dataDir: string
  readonly cable: Cable
  child: ChildProcess
  start(): Promise<void>
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
const documents = channelPaths.flatMap((channel) =>
  ['rss.xml', 'atom.xml', 'feed.json'].map((name) => channel + name),
)

/**
 * @param folder an empty one
 * @throws Error that says what is wrong
 */
export async function troubleReplicas(
  folder: string,
  postgres: Postgres,
  { replicas: count, rounds, files, seed, log = () => {} }: Trouble,
): Promise<Troubled> {
  const articles = join(folder, 'articles')
  mkdirSync(articles)
  const history = new History(articles, seed, { fewest: files / 2, most: files * 2 })
  const { random } = history
  const { add, edit, move, over, delete: remove, return: bring, bad } = history.actions
  const actions = [add, edit, edit, move, over, remove, bring, bad]
  for (let n = 0; n < files; n += 1) add()
  history.settle(0)
  const database = await postgres.newDatabase()
  const all: Replica[] = []
  for (let n = 1; n <= count; n += 1) {
    const cable = await layCable(postgres.port)
    const own = new URL(database)
    own.port = String(cable.port)
    all.push(await replicaOn(`replica ${n}`, articles, join(folder, String(n)), String(own), cable))
  }
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
    for (let round = 1; round <= rounds; round += 1) {
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

async function replicaOn(
  name: string,
  articles: string,
  dataDir: string,
  databaseUrl: string,
  cable: Cable,
): Promise<Replica> {
  mkdirSync(dataDir)
  const [port, adminPort] = [String(await freePort()), String(await freePort())]
  const env = {
    ...{ PORT: port, ADMIN_PORT: adminPort, BASE_URL: host, FEED_ITEMS: '20' },
    ...{ ARTICLES_DIR: articles, DATA_DIR: dataDir, DATABASE_URL: databaseUrl },
    ...{ REFRESH_CRON: '0 0 1 1 *', EMPTY_FOLDER_MINUTES: '0', DOWNLOADS_PER_HOUR: '0' },
  }
  const url = `http://127.0.0.1:${port}`
  const replica: Replica = {
    ...{ name, url, dataDir, cable, adminUrl: `http://127.0.0.1:${adminPort}` },
    child: undefined as unknown as ChildProcess,
    async start() {
      let printed = ''
      const child = spawnNewsstand({ env, cwd: dataDir })
      replica.child = child
      for (const stream of [child.stdout, child.stderr]) {
        stream?.on('data', (chunk: Buffer) => {
          printed += chunk
        })
      }
      await until(() => {
        if (hasEnded(child)) throw new Error(`${name} has ended: ${printed}`)
        return printed.includes('Newsstand serves')
      }, `${name}: ${printed}`)
    },
  }
  return replica
}

const leads = async ({ adminUrl }: Replica): Promise<boolean> => {
  const late = sleep(500).then(() => undefined)
  const answer = await Promise.race([ask(`${adminUrl}/metrics`).catch(() => undefined), late])
  return answer?.body.toString().includes('newsstand_refreshes_here 1') === true
}

/** Whether the catalogues of all hold the files as they are. */
function holds(all: readonly Replica[], articles: string): boolean {
  const entries = readdirSync(articles, { withFileTypes: true, recursive: true })
  const files = entries.filter((entry) => entry.isFile())
  const expected = files.map(({ parentPath, name }) => {
    const path = join(parentPath, name)
    const { size, mtimeMs, ctimeMs } = statSync(path)
    return `${path.slice(articles.length + 1)} ${size} ${mtimeMs} ${ctimeMs}`
  })
  return all.every(({ dataDir }) => {
    // While a file is opened anew nobody else can.
    const known = attempt(() => filesIn(dataDir))
    return known?.size === expected.length && expected.every((one) => known.has(one))
  })
}

function filesIn(dataDir: string): Set<string> {
  using database = new DatabaseSync(join(dataDir, 'catalogue.sqlite'), { readOnly: true })
  const rows = database.prepare('SELECT path, signature FROM file').all()
  return new Set(rows.map(({ path, signature }) => `${path} ${signature}`))
}

/** Asks for documents, one after the other, and looks at what comes. */
async function read(url: string, answers: Map<number, number>, signal: AbortSignal): Promise<void> {
  const tags = new Map<string, string>()
  for (let n = 0; !signal.aborted; n += 1) {
    const path = documents[n % documents.length] as string
    const tag = tags.get(path)
    const { status, headers, body } = await ask(url + path, tag ? { 'If-None-Match': tag } : {})
    answers.set(status, (answers.get(status) ?? 0) + 1)
    ok(status === 200 || status === 304 || status === 404, `${status} of ${path}: ${body}`)
    if (status !== 200) continue
    strictEqual(body.length > 100, true, path)
    if (path.endsWith('.json')) JSON.parse(body.toString())
    else ok(/<\/(?:rss|feed)>\s*$/.test(body.toString()), `${path} has no end`)
    tags.set(path, String(headers.etag))
    await sleep(5)
  }
}
