/**
 * Kills Newsstand at random moments, restarts it, and compares it with one that was never killed and
 * lived through the same.
 */
import { deepStrictEqual, strictEqual } from 'node:assert'
import type { ChildProcess } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { setTimeout as sleep } from 'node:timers/promises'
import { History } from './history.ts'
import { ask } from './http.ts'
import { end, freePort, spawnNewsstand } from './program.ts'
import { wrongInAll } from './stock.ts'
import { channelPaths, host, wordOf } from './stories.ts'
import { until } from './until.ts'

/** What Newsstand was at when a kill hit. */
export type Stage = 'writing the catalogue' | 'writing the index of searches' | 'anything else'

export interface Killing {
  readonly runs: number
  /** How many runs go by between two comparisons. */
  readonly every: number
  readonly files: number
  readonly seed: number
  /** Whether articles are only added and deleted; it must then equal a clean build in the end. */
  readonly onlyNew: boolean
}

interface Instance {
  readonly child: ChildProcess
  readonly dataDir: string
  /** What is answered; nothing while nobody listens. */
  text(path: string): Promise<string>
}

const changesEach = 60
const documents = channelPaths.flatMap((channel) =>
  ['rss.xml', 'atom.xml', 'feed.json'].map((name) => channel + name),
)

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
  mkdirSync(articles)
  const history = new History(articles, seed, { fewest: files / 2, most: files * 2 })
  const { random } = history
  // An article that comes where another was is known to have changed, and to a clean build it is new.
  const addNew = () => history.put('add', history.newPath(), history.newContent())
  const { add, edit, move, over, delete: remove, return: bring, bad } = history.actions
  const steps = onlyNew ? [addNew, remove] : [add, edit, edit, move, over, remove, bring, bad]
  const stages = new Map<Stage, number>()
  const started: Instance[] = []
  const start = async (name: string) => {
    const instance = await startOn(articles, join(folder, name))
    started.push(instance)
    return instance
  }
  const kill = async (instance: Instance) => {
    const stage = stageOf(instance)
    stages.set(stage, (stages.get(stage) ?? 0) + 1)
    await end(instance.child, 'SIGKILL')
  }
  for (let n = 0; n < files; n += 1) add()
  history.settle(0)
  try {
    await live()
  } finally {
    // Also where something differs: a test that fails leaves no process behind.
    for (const { child } of started) await end(child, 'SIGKILL')
  }
  return stages

  async function live(): Promise<void> {
    const firstStarts = Math.ceil(runs / 10)
    for (let run = 0; run < firstStarts; run += 1) {
      const first = await start('killed')
      await sleep(random.between(150, 900))
      await kill(first)
      if (run + 1 < firstStarts) rmSync(first.dataDir, { recursive: true, force: true })
    }
    const control = await start('control')
    let killed = await start('killed')
    for (let run = firstStarts; run < runs; run += 1) {
      for (const one of [killed, control]) await until(() => holds(one, articles), 'every change')
      if ((run - firstStarts) % every === 0) await compare(killed, control)
      history.settle(0)
      killed = await disturb(killed, run)
      await kill(killed)
      killed = await start('killed')
    }
    for (const one of [killed, control]) await until(() => holds(one, articles), 'every change')
    await compare(killed, control)
    if (onlyNew) await compare(killed, await start('clean'))
  }

  /** Changes the folder, and waits for a moment to kill at. @returns the instance that is to be killed */
  async function disturb(running: Instance, run: number): Promise<Instance> {
    const isForSearch = run % 10 === 1
    const isWhileDown = run % 3 === 0 || isForSearch
    if (isWhileDown) await end(running.child, 'SIGKILL')
    // A lost index is made anew from the whole catalogue.
    const index = readdirSync(running.dataDir).filter((name) => name.startsWith('search.'))
    if (isForSearch) for (const name of index) rmSync(join(running.dataDir, name))
    for (let n = 0; n < changesEach; n += 1) random.pick(steps)()
    const instance = isWhileDown ? await start('killed') : running
    if (isForSearch) {
      await until(() => holds(instance, articles), 'every change')
      void instance.text('/search/rss.xml?q=seen')
    }
    await sleep(isForSearch ? random.between(40, 200) : random.between(0, isWhileDown ? 600 : 350))
    return instance
  }

  /** @throws Error when documents differ from those of the other, articles from the folder, or a database is damaged */
  async function compare(killed: Instance, other: Instance): Promise<void> {
    // A catalogue is committed a moment before the documents are made from it.
    for (const path of documents) {
      const isSame = async () => {
        const text = await textOf(killed, path)
        return text !== '' && text === (await textOf(other, path))
      }
      const hasBecomeSame = await until(isSame, `${path} to be as if nothing was killed`).then(
        () => true,
        () => false,
      )
      if (!hasBecomeSame) strictEqual(await textOf(killed, path), await textOf(other, path), path)
    }
    deepStrictEqual(await wrongInAll(killed.text, history), [])
    deepStrictEqual(await datesOf(killed), await datesOf(other))
    for (const { content } of random.shuffled(history.published()).slice(0, 3)) {
      // A search has the index mended first, if it has to be.
      const path = `/search/feed.json?q=${wordOf(content.title)}`
      await until(async () => (await killed.text(path)).includes(`"${content.title}"`), path)
    }
    for (const name of ['catalogue.sqlite', 'search.sqlite']) checkDatabase(killed, name)
  }
}

/** When each article was published and changed, those in archive documents too. */
async function datesOf({ text }: Instance): Promise<Map<string, string>> {
  const dates = new Map<string, string>()
  for (let path: string | undefined = '/feed.json'; path; ) {
    const { items, next_url: next } = JSON.parse(await text(path))
    for (const one of items) dates.set(one.id, `${one.date_published} ${one.date_modified}`)
    path = next && new URL(next).pathname
  }
  return new Map([...dates].sort())
}

async function startOn(articles: string, dataDir: string): Promise<Instance> {
  const port = String(await freePort())
  const folders = { ARTICLES_DIR: articles, DATA_DIR: dataDir }
  const settings = { FEED_ITEMS: '20', REFRESH_CRON: '0 0 1 1 *', EMPTY_FOLDER_MINUTES: '0' }
  const listening = { PORT: port, ADMIN_PORT: String(await freePort()), BASE_URL: host }
  mkdirSync(dataDir, { recursive: true })
  const env = { ...folders, ...settings, ...listening, LOG_LEVEL: 'silent' }
  const child = spawnNewsstand({ env, cwd: dataDir })
  for (const printed of [child.stdout, child.stderr]) printed?.resume()
  const url = `http://127.0.0.1:${port}`
  const text = (path: string) =>
    ask(url + path).then(
      ({ body }) => body.toString(),
      () => '',
    )
  return { child, dataDir, text }
}

/**
 * Without the number of the archive document that comes before: what a refresh archives depends on what
 * was in the feed between, and a kill may part one refresh into two.
 */
async function textOf({ text }: Instance, path: string): Promise<string> {
  return (await text(path)).replace(/archive\/\d+\//g, 'archive/n/')
}

/** Whether its catalogue holds the files as they are. */
async function holds({ text, dataDir }: Instance, articles: string): Promise<boolean> {
  if (!(await text('/readyz')).includes('ready')) return false
  const database = new DatabaseSync(join(dataDir, 'catalogue.sqlite'))
  const rows = database.prepare('SELECT path, signature FROM file').all()
  database.close()
  const known = new Map(rows.map(({ path, signature }) => [path, signature]))
  const entries = readdirSync(articles, { withFileTypes: true, recursive: true })
  const files = entries.filter((entry) => entry.isFile())
  const areKnown = files.every(({ parentPath, name }) => {
    const path = join(parentPath, name)
    const { size, mtimeMs, ctimeMs } = statSync(path)
    return known.get(path.slice(articles.length + 1)) === `${size} ${mtimeMs} ${ctimeMs}`
  })
  return areKnown && known.size === files.length
}

function checkDatabase({ dataDir }: Instance, name: string): void {
  const database = new DatabaseSync(join(dataDir, name), { readOnly: true })
  const verdict = database.prepare('PRAGMA integrity_check').get()?.integrity_check
  const mode = database.prepare('PRAGMA journal_mode').get()?.journal_mode
  database.close()
  if (verdict !== 'ok' || mode !== 'wal') throw new Error(`${name}: ${verdict}, journal: ${mode}`)
}

/** Stops the process where it is, and looks what it has locked. */
function stageOf({ child, dataDir }: Instance): Stage {
  child.kill('SIGSTOP')
  const path = join(dataDir, 'catalogue.sqlite')
  const { pid = 0 } = child
  // What a write-ahead log locks for writing is byte 120 of its shared memory; without one it is
  // the "reserved" byte of the file itself (sqlite.org/walformat.html, sqlite.org/lockingv3.html).
  if (locks(pid, join(dataDir, 'search.sqlite-shm'), 120)) return 'writing the index of searches'
  const isWriting = locks(pid, `${path}-shm`, 120) || locks(pid, path, 0x40000001)
  return isWriting ? 'writing the catalogue' : 'anything else'
}

/** Whether the process has locked that byte of the file (proc_locks(5)). */
function locks(pid: number, path: string, byte: number): boolean {
  const inode = statSync(path, { throwIfNoEntry: false })?.ino
  if (inode === undefined || !existsSync('/proc/locks')) return false
  const lines = readFileSync('/proc/locks', 'utf8').split('\n')
  return lines.some((line) => {
    const [, , , kind, owner, file = '', from, to] = line.trim().split(/\s+/)
    const isIts = Number(owner) === pid && file.endsWith(`:${inode}`) && kind === 'WRITE'
    return isIts && Number(from) <= byte && byte <= Number(to)
  })
}
