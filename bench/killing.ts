/**
 * Kills Newsstand at random moments, restarts it, and compares it with one that was never killed and
 * lived through the same. What the test and the benchmark of it share.
 */
import { copyFileSync, existsSync, mkdirSync, readFileSync, rmSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { setTimeout as sleep } from 'node:timers/promises'
import { channelPaths, createHistory, type History } from './history.ts'
import { type Newsstand, startNewsstand } from './newsstand.ts'
import { type Random, randomFrom } from './random.ts'
import { differences, followed, heldFiles, knownFiles, type Stock, stockOf } from './stock.ts'

/** Where a kill hit. */
export type Stage =
  | 'first start: around it'
  | 'first start: in its transaction'
  | 'before the refresh'
  | 'in the transaction of the refresh'
  | 'between two commits of it'
  | 'after it'
  | 'indexing for the search'

export interface Killing {
  readonly runs: number
  /** How many runs go by between two comparisons. */
  readonly every: number
  readonly files: number
  readonly seed: number
  /** Whether articles are only added and deleted; it must then equal a clean build in the end. */
  readonly onlyNew: boolean
}

const host = 'http://news.example'
const formats = ['rss.xml', 'atom.xml', 'feed.json']
const changesEach = 60
const giveUpMs = 30_000
/** The parts of a catalogue that lie on disk when its process is killed. */
const ends = ['', '-wal', '-journal']

/**
 * @param folder an empty one
 * @returns where the kills hit
 * @throws Error that says what differs
 */
export async function killAgainAndAgain(
  folder: string,
  { runs, every, files, seed, onlyNew }: Killing,
): Promise<Map<Stage, number>> {
  const articles = join(folder, 'articles')
  const dataDir = join(folder, 'killed')
  mkdirSync(articles)
  const history = createHistory(articles, seed, files, onlyNew)
  const random = randomFrom(seed + 1)
  const stages = new Map<Stage, number>()
  const settings = { BASE_URL: host, FEED_ITEMS: '20', REFRESH_CRON: '0 0 1 1 *' }
  const started: Newsstand[] = []
  const start = async (data: string) => {
    const newsstand = await startNewsstand(folder, articles, data, settings)
    started.push(newsstand)
    return newsstand
  }
  const kill = async (server: Newsstand, isFirst = false) => {
    const stage = stageOf(server, articles, dataDir, folder, isFirst)
    process.kill(server.pid ?? 0, 'SIGKILL')
    await server.stop()
    stages.set(stage, (stages.get(stage) ?? 0) + 1)
  }

  let server: Newsstand
  let control: Newsstand
  try {
    await live()
  } finally {
    // Also where something differs: a test that fails leaves no process behind.
    for (const one of started) await one.stop()
  }
  return stages

  async function live(): Promise<void> {
    const firstStarts = Math.ceil(runs / 10)
    for (let run = 0; run < firstStarts; run += 1) {
      if (run > 0) rmSync(dataDir, { recursive: true, force: true })
      const first = await start(dataDir)
      await sleep(random.between(150, 900))
      await kill(first, true)
    }
    control = await start(join(folder, 'control'))
    server = await start(dataDir)
    let before: Stock | undefined
    for (let run = firstStarts; run < runs; run += 1) {
      await Promise.all([
        followed(server, articles, dataDir),
        followed(control, articles, join(folder, 'control')),
      ])
      if ((run - firstStarts) % every === 0) before = await compare(before)
      await disturb(run)
      await kill(server)
      server = await start(dataDir)
    }
    await followed(server, articles, dataDir)
    await followed(control, articles, join(folder, 'control'))
    await compare(before)
    if (onlyNew) {
      const clean = await start(join(folder, 'clean'))
      await followed(clean, articles, join(folder, 'clean'))
      await compareFeeds(server, clean, 'a clean build')
    }
  }

  /** Changes the folder, and waits for a moment to kill at. */
  async function disturb(run: number): Promise<void> {
    const isWhileDown = run % 3 === 0
    const isForSearch = run % 10 === 1
    if (isWhileDown || isForSearch) {
      process.kill(server.pid ?? 0, 'SIGKILL')
      await server.stop()
    }
    // A lost index is made anew from the whole catalogue.
    if (isForSearch)
      for (const end of ends) rmSync(join(dataDir, `search.sqlite${end}`), { force: true })
    history.change(changesEach)
    if (isWhileDown || isForSearch) server = await start(dataDir)
    if (isForSearch) {
      await followed(server, articles, dataDir)
      void server.get('/search/rss.xml?q=seen')
      await sleep(random.between(40, 200))
    } else await sleep(isWhileDown ? random.between(200, 600) : random.between(0, 350))
  }

  /** @returns what the feeds hold now */
  async function compare(last: Stock | undefined): Promise<Stock> {
    await compareFeeds(server, control, 'one never killed')
    const stock = await stockOf(server)
    const other = await stockOf(control)
    const faults = [
      ...differences(stock, history.published()),
      ...changedArticles(stock, other, new Set(stock.keys())),
      ...changedArticles(stock, last ?? new Map(), history.untouched()),
      // A search has the index mended first, if it has to be.
      ...(await searchFaults(server, history, random)),
      ...integrity(dataDir),
    ]
    if (faults.length > 0) throw new Error(`after the kills: ${faults.slice(0, 10).join('; ')}`)
    return stock
  }
}

async function compareFeeds(killed: Newsstand, other: Newsstand, name: string): Promise<void> {
  for (const path of channelPaths.flatMap((folder) => formats.map((file) => folder + file))) {
    const end = performance.now() + giveUpMs
    for (;;) {
      const [ours, theirs] = [await linesOf(killed, path), await linesOf(other, path)]
      const line = ours.findIndex((one, n) => one !== theirs[n])
      if (line < 0 && ours.length === theirs.length) break
      // A catalogue is committed a moment before the documents are made from it.
      if (performance.now() > end) {
        const text = `${ours[line]}\nand not\n${theirs[line]}`
        throw new Error(`${path} is not that of ${name}; its line ${line} is\n${text}`)
      }
      await sleep(50)
    }
  }
}

/**
 * Without the number of the archive document that comes before: what a refresh archives depends on what
 * was in the feed between, and a kill may part one refresh into two.
 */
async function linesOf(server: Newsstand, path: string): Promise<string[]> {
  const body = (await server.get(path))?.body ?? ''
  return body.replace(/archive\/\d+\//g, 'archive/n/').split('\n')
}

/** Articles of these words whose id or date is another one now. */
function changedArticles(now: Stock, before: Stock, words: ReadonlySet<string>): string[] {
  return [...words].flatMap((word) => {
    const [after, old] = [now.get(word), before.get(word)]
    const isSame = !after || !old || JSON.stringify(after) === JSON.stringify(old)
    return isSame ? [] : [`${word} was ${JSON.stringify(old)} and is ${JSON.stringify(after)}`]
  })
}

function integrity(dataDir: string): string[] {
  return ['catalogue.sqlite', 'search.sqlite'].flatMap((name) => {
    const path = join(dataDir, name)
    if (!existsSync(path)) return []
    const database = new DatabaseSync(path, { readOnly: true })
    const verdict = database.prepare('PRAGMA integrity_check').get()?.integrity_check
    const mode = database.prepare('PRAGMA journal_mode').get()?.journal_mode
    database.close()
    return [
      ...(verdict === 'ok' ? [] : [`${name}: ${verdict}`]),
      ...(mode === 'wal' ? [] : [`${name} has no write-ahead log but ${mode}`]),
    ]
  })
}

/** Three articles that are there are found, each by its word. */
async function searchFaults(
  server: Newsstand,
  history: History,
  random: Random,
): Promise<string[]> {
  const faults: string[] = []
  const published = [...history.published()]
  for (let n = 0; n < 3; n += 1) {
    const [word, title] = random.pick(published)
    const path = `/search/feed.json?q=${word}`
    let answer = await server.get(path)
    while (answer?.status === 503) {
      await sleep(100)
      answer = await server.get(path)
    }
    const titles = JSON.parse(answer?.body ?? '{}').items?.map(
      (item: { title: string }) => item.title,
    )
    if (titles?.join() !== title) faults.push(`a search for ${word} finds ${titles}`)
  }
  return faults
}

/** Stops the process where it is, and looks what it was at. */
function stageOf(
  { pid = 0 }: Newsstand,
  articles: string,
  dataDir: string,
  folder: string,
  isFirst: boolean,
): Stage {
  process.kill(pid, 'SIGSTOP')
  const path = join(dataDir, 'catalogue.sqlite')
  // What a write-ahead log locks for writing is byte 120 of its shared memory; without one it is
  // the "reserved" byte of the file itself (sqlite.org/walformat.html, sqlite.org/lockingv3.html).
  const isWriting = locks(pid, `${path}-shm`, 120) || locks(pid, path, 0x40000001)
  const known = knownNow(path, folder) ?? new Map()
  if (isFirst) return isWriting ? 'first start: in its transaction' : 'first start: around it'
  if (locks(pid, join(dataDir, 'search.sqlite-shm'), 120)) return 'indexing for the search'
  if (isWriting) return 'in the transaction of the refresh'
  const held = heldFiles(articles)
  const asBefore = [...held].filter(([file, signature]) => known.get(file) !== signature).length
  if (asBefore === 0 && known.size === held.size) return 'after it'
  return asBefore < changesEach / 3 ? 'between two commits of it' : 'before the refresh'
}

/** Whether the process has locked that byte of the file (proc_locks(5)). */
function locks(pid: number, path: string, byte: number): boolean {
  const inode = statSync(path, { throwIfNoEntry: false })?.ino
  if (inode === undefined || !existsSync('/proc/locks')) return false
  return readFileSync('/proc/locks', 'utf8')
    .split('\n')
    .map((line) => line.trim().split(/\s+/))
    .some((parts) => {
      const [, , , kind, owner, file = '', from, to] = parts
      const isIts = Number(owner) === pid && file.endsWith(`:${inode}`) && kind === 'WRITE'
      return isIts && Number(from) <= byte && byte <= Number(to)
    })
}

/** The files that the catalogue holds; read from a copy, so that nobody but Newsstand mends the original. */
function knownNow(path: string, folder: string): Map<string, string> | undefined {
  const copy = join(folder, 'copy.sqlite')
  for (const end of ends) {
    rmSync(copy + end, { force: true })
    if (existsSync(path + end)) copyFileSync(path + end, copy + end)
  }
  rmSync(`${copy}-shm`, { force: true })
  try {
    return knownFiles(copy)
  } catch {
    // There is no file, or no table in it yet.
    return undefined
  }
}
