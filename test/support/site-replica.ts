/** A replica of a site as a real process, over a database that others share. */
import { ok, strictEqual } from 'node:assert'
import type { ChildProcess } from 'node:child_process'
import { mkdirSync, readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { setTimeout as sleep } from 'node:timers/promises'
import { attempt } from '../../src/attempt.ts'
import { type Cable, layCable } from './cable.ts'
import { ask } from './http.ts'
import type { Postgres } from './postgres.ts'
import { freePort, hasEnded, spawnNewsstand } from './program.ts'
import { channelPaths, host } from './stories.ts'
import { until } from './until.ts'

export interface Replica {
  readonly name: string
  readonly url: string
  readonly adminUrl: string
  readonly dataDir: string
  readonly cable: Cable
  child: ChildProcess
  /** @param from the folder of the sources, where it is not the project's */
  start(from?: string): Promise<void>
}

/** Paths of all documents but those of archives. */
export const documents = channelPaths.flatMap((channel) =>
  ['rss.xml', 'atom.xml', 'feed.json'].map((name) => channel + name),
)

/** @param count how many; not started yet @param folder where each has a folder of its own */
export async function makeReplicas(
  count: number,
  folder: string,
  articles: string,
  postgres: Postgres,
): Promise<Replica[]> {
  const database = await postgres.newDatabase()
  const all: Replica[] = []
  for (let n = 1; n <= count; n += 1) {
    const cable = await layCable(postgres.port)
    const own = new URL(database)
    own.port = String(cable.port)
    all.push(await replicaOn(`replica ${n}`, articles, join(folder, String(n)), String(own), cable))
  }
  return all
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
    async start(from) {
      let printed = ''
      const child = spawnNewsstand({ env, cwd: dataDir, ...(from && { from }) })
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

/** Whether it is the one that refreshes. */
export const leads = async ({ adminUrl }: Replica): Promise<boolean> => {
  const late = sleep(500).then(() => undefined)
  const answer = await Promise.race([ask(`${adminUrl}/metrics`).catch(() => undefined), late])
  return answer?.body.toString().includes('newsstand_refreshes_here 1') === true
}

/** Whether the catalogues of all hold the files as they are. */
export function holds(all: readonly Replica[], articles: string): boolean {
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
export async function read(
  url: string,
  answers: Map<number, number>,
  signal: AbortSignal,
): Promise<void> {
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
