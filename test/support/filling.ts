/** A first start that is killed again and again, and all that is published after it, to be compared with one that was not. */
import type { ChildProcess } from 'node:child_process'
import { hash } from 'node:crypto'
import { existsSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { setTimeout as sleep } from 'node:timers/promises'
import { pathToFileURL } from 'node:url'
import { attempt } from '../../src/attempt.ts'
import { writeInto } from './folder.ts'
import { type Answer, ask } from './http.ts'
import { end, freePort, hasEnded, spawnNewsstand } from './program.ts'
import { randomFrom } from './random.ts'
import { host } from './stories.ts'

export interface Filling {
  readonly child: ChildProcess
  readonly url: string
  /** All it has printed. */
  output(): string
  /** undefined while nobody listens. */
  get(path: string): Promise<Answer | undefined>
}

/** @param more settings */
export async function startFilling(
  articles: string,
  dataDir: string,
  more: Readonly<Record<string, string>> = {},
): Promise<Filling> {
  mkdirSync(dataDir, { recursive: true })
  const port = String(await freePort())
  const folders = { ARTICLES_DIR: articles, DATA_DIR: dataDir }
  const listening = { HOST: '127.0.0.1', PORT: port, ADMIN_PORT: String(await freePort()) }
  const settings = { BASE_URL: host, FEED_ITEMS: '100', REFRESH_CRON: '0 0 1 1 *', WATCH: 'false' }
  const env = { ...folders, ...listening, ...settings, ...more }
  const child = spawnNewsstand({ env, cwd: dataDir, script: 'newsstand.cjs' })
  let printed = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on('data', (chunk) => {
      printed += chunk
    })
  }
  const url = `http://127.0.0.1:${port}`
  const get = (path: string) => ask(url + path).catch(() => undefined)
  return { child, url, get, output: () => printed }
}

/**
 * How many files a first start has kept so far; 0 where it has ended.
 * @param isRunning then about so many, as nothing is locked
 */
export const keptIn = (dataDir: string, isRunning = false): number =>
  attempt(() => {
    const path = join(dataDir, 'catalogue.sqlite')
    if (!existsSync(path)) return 0
    const url = pathToFileURL(path)
    if (isRunning) url.searchParams.set('immutable', '1')
    const database = new DatabaseSync(url)
    try {
      const isFilling = database.prepare("SELECT 1 FROM setting WHERE name = 'filling'").get()
      const row = database.prepare('SELECT count(*) AS files FROM file').get()
      return isFilling ? Number(row?.files) : 0
    } finally {
      database.close()
    }
  }) ?? 0

/** What takes longer does not come, though other tests read thousands of files as well. */
const patienceMs = 120_000

/**
 * Waits until it has kept another portion than those that it had, or serves.
 * @param had what `keptIn` gave before it was started
 */
export async function untilKept(one: Filling, dataDir: string, had = 0): Promise<void> {
  const end = performance.now() + patienceMs
  while (keptIn(dataDir, true) === had && !(await serves(one, 1))) {
    if (performance.now() > end) throw new Error(`it has kept no portion: ${one.output()}`)
    await sleep(10)
  }
}

/**
 * Waits until it serves, or for so long.
 * @param onAnswer is told the status of each answer
 * @returns whether it serves
 */
export async function serves(
  { get, child, output }: Filling,
  forMs: number,
  onAnswer: (status: number) => void = () => {},
): Promise<boolean> {
  const until = performance.now() + forMs
  while (performance.now() < until) {
    if (hasEnded(child)) throw new Error(`it ended with ${child.exitCode}: ${output()}`)
    const answer = await get('/rss.xml')
    if (answer) onAnswer(answer.status)
    if (answer?.status === 200) return true
    await sleep(5)
  }
  return false
}

/** Asks for all that its documents lead to, of pages of articles one in `every`. @returns what tells one answer from another, by path */
export async function allPublished({ get }: Filling, every = 1): Promise<Map<string, string>> {
  const found = new Map<string, string>()
  const names = ['rss.xml', 'atom.xml', 'feed.json']
  const queue = ['/', '/sitemap.xml', '/feeds.opml', ...names.map((name) => `/${name}`)]
  const seen = new Set(queue)
  for (let path = queue.pop(); path !== undefined; path = queue.pop()) {
    const answer = await get(path)
    if (!answer) throw new Error(`${path} was not answered`)
    const { status, headers, body } = answer
    const { etag, 'last-modified': modified, location } = headers
    // What stands behind the hash in that of a feed is of one catalogue alone.
    const [bytes] = etag?.split('.') ?? []
    found.set(path, `${status} ${bytes} ${modified} ${location} ${hash('sha256', body)}`)
    for (const [, next = ''] of body.toString().matchAll(addresses)) {
      const isSkipped =
        next.startsWith('/articles/') &&
        Number.parseInt(hash('md5', next).slice(0, 6), 16) % every > 0
      if (seen.has(next) || isSkipped || next.startsWith('/search')) continue
      seen.add(next)
      queue.push(next)
    }
  }
  return found
}

/** Of this site, in feeds and pages. */
const addresses = /(?:http:\/\/news\.example|href=")(\/(?!\/)[^\s"'<>?#&\\]*)/g

/** All rows of all tables, without the times at which they were first seen; versions, which begin with the time, as how many came before. */
export function tablesIn(dataDir: string): Map<string, string> {
  const database = new DatabaseSync(join(dataDir, 'catalogue.sqlite'), { readOnly: true })
  const tables = database
    .prepare(
      "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT IN ('setting', 'numbering')",
    )
    .all()
  const first = database.prepare('SELECT min(version) AS version FROM article').get()?.version
  const rows = new Map<string, string>()
  for (const { name } of tables) {
    for (const { first_seen, since, ...row } of database.prepare(`SELECT * FROM ${name}`).all()) {
      const version = ['article', 'channel'].includes(String(name)) && {
        version: Number(row.version) - Number(first),
      }
      rows.set(`${name} ${JSON.stringify({ ...row, ...version })}`, '')
    }
  }
  database.close()
  return rows
}

/** What differs: at most ten. */
export const differences = (
  one: ReadonlyMap<string, string>,
  other: ReadonlyMap<string, string>,
): string[] =>
  [...new Set([...one.keys(), ...other.keys()])]
    .filter((path) => one.get(path) !== other.get(path))
    .slice(0, 10)
    .map((path) => `${path}: ${one.get(path)}, ${other.get(path)}`)

/** Kills with SIGKILL; nothing is left open. */
export const kill = ({ child }: Filling) => end(child, 'SIGKILL')

/** Articles of all kinds that have something to be settled among files, and some that are none. */
export function writeMixed(folder: string, count: number, seed: number): void {
  for (let n = 0; n < count; n += 1) writeInto(folder, ...mixedFile(n, count, seed))
}

function mixedFile(n: number, count: number, seed: number): [path: string, text: string] {
  const random = randomFrom(seed * 1_000_003 + n)
  const path = `${pad(n % 40)}/story-${pad(n)}.md`
  const day = new Date(Date.UTC(2015, 0, 1 + random.between(0, 3000))).toISOString().slice(0, 10)
  const tag = random.pick(['Economy', 'economy', 'ECONOMY', 'Sea', 'sea', 'Harbour'])
  const lines = [
    `title: Story ${n} of ${random.between(1, 50)} ships`,
    `author: ${random.pick(['Jo Lind', 'Ada Berg', 'ADA BERG'])}`,
    `tags: [${tag}]`,
    `categories: [${random.pick(['World', 'Sport', 'world'])}]`,
  ]
  // A few state no day; the copy that makes all of one age has more.
  if (n % 211 !== 7) lines.push(`date: ${day}`)
  if (n % 30 === 1) lines.push(`slug: ship-${random.between(1, count / 60)}`)
  if (n % 25 === 2)
    lines.push(`aliases: [/articles/ship-${random.between(1, count / 60)}, /old/${n}]`)
  if (n % 40 === 3)
    lines.push(`canonicalUrl: https://other.example/${random.between(1, count / 80)}`)
  if (n % 50 === 4) lines.push(`guid: tag:news.example,2015:${random.between(1, count / 100)}`)
  if (n % 400 === 5) lines.push('date: 2999-01-01', 'draft: true')
  if (n % 90 === 6) lines[0] = 'titel: nothing'
  const other = random.between(0, count - 1)
  const link = n % 3 === 0 ? ` See [another](../${pad(other % 40)}/story-${pad(other)}.md).` : ''
  const text = Array.from(
    { length: random.between(4, 12) },
    (_, line) => `Line ${line} of ${n}.${link}`,
  )
  return [path, `---\n${lines.join('\n')}\n---\n\n${text.join('\n\n')}\n`]
}

const pad = (n: number) => String(n).padStart(5, '0')
