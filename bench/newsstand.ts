/** Newsstand as a benchmark meets it: started as a user would, and feeds to get by HTTP. */
import { closeSync, openSync, readFileSync } from 'node:fs'
import { Agent, type IncomingHttpHeaders } from 'node:http'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { ask } from '../test/support/http.ts'
import { end, freePort, hasEnded, type Start, spawnNewsstand } from '../test/support/program.ts'
import { type ExpectedFeed, expectedFeeds, generateArticles, isExpectedFeed } from './generate.ts'
import { flushToDisk, machine, warnIfBusy, workspace } from './measure.ts'

const pollMs = 10
const giveUpMs = 900_000

export interface Answer {
  readonly status: number
  readonly headers: IncomingHttpHeaders
  readonly body: string
}

export interface Newsstand {
  readonly url: string
  readonly pid: number
  /** Gets a path over a kept-alive connection; undefined while nobody listens. */
  get(path: string, etag?: string): Promise<Answer | undefined>
  /** Waits until each of the feeds has been answered as expected; milliseconds since the start. */
  ready(feeds: readonly ExpectedFeed[]): Promise<number>
  /** All it has printed. */
  output(): string
  /** Whether the process is gone, however it ended. */
  hasEnded(): boolean
  stop(signal?: NodeJS.Signals): Promise<void>
}

/** How it is started: flags for Node beside those of `npm start`, a program such as `taskset`, and the folder of other sources. */
type How = Pick<Start, 'flags' | 'through' | 'from'>

/**
 * Writes so many articles, and starts the server over them, which serves them all.
 * @param more settings, made from the folder that all is in
 */
export async function startOver(
  count: number,
  more: (folder: string) => Readonly<Record<string, string>> = () => ({}),
  how: How = {},
) {
  const folder = workspace()
  const articles = join(folder, 'articles')
  console.log(`${machine()}; ${count.toLocaleString('en')} articles`)
  generateArticles(articles, count, 'seed')
  flushToDisk()
  await warnIfBusy()
  const server = await startNewsstand(folder, articles, join(folder, 'data'), more(folder), how)
  return { server, folder, articles, readyMs: await server.ready(expectedFeeds(count)) }
}

/**
 * Starts the server, every setting but the named ones at its default.
 * @param folder where its log is written
 * @param more settings
 */
export async function startNewsstand(
  folder: string,
  articlesDir: string,
  dataDir: string,
  more: Readonly<Record<string, string>> = {},
  how: How = {},
): Promise<Newsstand> {
  const port = more.PORT ?? (await freePort())
  const url = `http://127.0.0.1:${port}`
  const env = {
    HOST: '127.0.0.1',
    PORT: String(port),
    ADMIN_PORT: String(await freePort()),
    BASE_URL: url,
    ARTICLES_DIR: articlesDir,
    DATA_DIR: dataDir,
    WATCH: 'true',
    LOG_LEVEL: 'warn',
    ...more,
  }
  const logFile = join(folder, 'server.log')
  const log = openSync(logFile, 'w')
  const agent = new Agent({ keepAlive: true, maxSockets: 1 })
  const startedAt = performance.now()
  const script = 'newsstand.cjs'
  const child = spawnNewsstand({ env, cwd: folder, script, ...how, log })
  closeSync(log)
  const kill = () => child.kill('SIGKILL')
  process.prependOnceListener('exit', kill)

  const server: Newsstand = {
    url,
    pid: child.pid ?? 0,
    hasEnded: () => hasEnded(child),
    output: () => readFileSync(logFile, 'utf8'),
    get: (path, etag) =>
      ask(url + path, etag ? { 'If-None-Match': etag } : {}, 'GET', agent).then(
        (answer) => ({ ...answer, body: answer.body.toString() }),
        () => undefined,
      ),
    async ready(feeds) {
      for (const feed of feeds) {
        const path = feed.section ? `/sections/${feed.section}/rss.xml` : '/rss.xml'
        for (;;) {
          const answer = await server.get(path)
          if (answer?.status === 200 && isExpectedFeed(answer.body, feed)) break
          if (hasEnded(child) || performance.now() - startedAt > giveUpMs) {
            const last = answer ? `${answer.status} ${answer.body.slice(0, 300)}` : 'no answer'
            throw new Error(`${path} never was as expected: ${last}\n${server.output()}`)
          }
          await sleep(pollMs)
        }
      }
      return performance.now() - startedAt
    },
    async stop(signal = 'SIGTERM') {
      agent.destroy()
      process.off('exit', kill)
      await end(child, signal)
    },
  }
  return server
}
