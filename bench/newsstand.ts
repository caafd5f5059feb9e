/** Newsstand as a benchmark meets it: a process to start and stop, and feeds to get by HTTP. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { closeSync, openSync, readFileSync } from 'node:fs'
import { Agent, get } from 'node:http'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { type ExpectedFeed, isExpectedFeed } from './generate.ts'
import { peakMemory } from './measure.ts'

const ROOT = fileURLToPath(new URL('..', import.meta.url))
const POLL_EVERY = 10
const GIVE_UP_AFTER = 300_000

export interface Answer {
  readonly status: number
  readonly body: string
  readonly etag: string | undefined
}

export interface Newsstand {
  readonly url: string
  readonly pid: number | undefined
  /** When the process was started, on the clock of performance.now(). */
  readonly startedAt: number
  /** Gets a path over a kept-alive connection; undefined while nobody listens. */
  get(path: string, etag?: string): Promise<Answer | undefined>
  /** Waits until each of the feeds has been answered as expected; milliseconds since the start. */
  ready(feeds: readonly ExpectedFeed[]): Promise<number>
  /** Peak resident memory in MB since the start. */
  memory(): number
  /** Whether the process is gone, however it ended. */
  hasEnded(): boolean
  stop(): Promise<void>
}

/** The path of a feed in RSS. */
function feedPath(feed: ExpectedFeed): string {
  return feed.section ? `/sections/${feed.section}/rss.xml` : '/rss.xml'
}

/** Below those that the system gives to connections: one of these might take it before the server does. */
const FIRST_PORT = 10_000
const PORTS = 20_000

/** None is given twice: whoever was given one may not listen yet. */
const given = new Set<number>()

/** A port that is free now. */
export async function freePort(): Promise<string> {
  for (;;) {
    const port = FIRST_PORT + Math.floor(Math.random() * PORTS)
    const server = createServer().listen(port, '127.0.0.1')
    const isFree = await once(server, 'listening').then(
      () => true,
      () => false,
    )
    server.close()
    if (!isFree || given.has(port)) continue
    given.add(port)
    return String(port)
  }
}

function fetchFeed(agent: Agent, url: string, etag?: string): Promise<Answer | undefined> {
  const headers = etag ? { 'if-none-match': etag } : {}
  return new Promise((resolve) => {
    const request = get(url, { agent, headers }, async (response) => {
      try {
        const chunks: Buffer[] = await response.toArray()
        const body = Buffer.concat(chunks).toString()
        resolve({ status: response.statusCode ?? 0, body, etag: response.headers.etag })
      } catch {
        resolve(undefined)
      }
    })
    request.once('error', () => resolve(undefined))
  })
}

/**
 * Starts the server as a user would, every setting but the named ones at its default.
 * @param more settings
 * @param limits flags for Node, beside those of `npm start`, and the open-file limit that the shell sets
 */
export async function startNewsstand(
  workspace: string,
  articlesDir: string,
  dataDir: string,
  more: Readonly<Record<string, string>> = {},
  limits: { readonly flags?: readonly string[]; readonly openFiles?: number } = {},
): Promise<Newsstand> {
  const port = await freePort()
  const url = `http://127.0.0.1:${port}`
  const env = {
    PATH: process.env.PATH,
    HOME: process.env.HOME,
    TMPDIR: process.env.TMPDIR,
    HOST: '127.0.0.1',
    PORT: port,
    ADMIN_PORT: await freePort(),
    BASE_URL: url,
    ARTICLES_DIR: articlesDir,
    DATA_DIR: dataDir,
    WATCH: 'true',
    LOG_LEVEL: 'warn',
    ...more,
  }
  const logFile = join(workspace, 'server.log')
  const log = openSync(logFile, 'w')
  const agent = new Agent({ keepAlive: true, maxSockets: 1 })
  const startedAt = performance.now()
  // Started in the workspace, so that no newsstand.config.json of the user changes the figures.
  const { flags = [], openFiles } = limits
  const limit = openFiles === undefined ? '' : `ulimit -n ${openFiles} && `
  const args = [...flags, join(ROOT, 'src/newsstand.cjs')]
  const child = spawn('sh', ['-c', `${limit}exec "$0" "$@"`, process.execPath, ...args], {
    cwd: workspace,
    env,
    stdio: ['ignore', log, log],
  })
  closeSync(log)
  const kill = () => child.kill('SIGKILL')
  process.prependOnceListener('exit', kill)

  const hasEnded = () => child.exitCode !== null || child.signalCode !== null
  const server: Newsstand = {
    url,
    pid: child.pid,
    startedAt,
    get: (path, etag) => fetchFeed(agent, url + path, etag),
    memory: () => peakMemory(child.pid),
    hasEnded,
    async ready(feeds) {
      for (const feed of feeds) {
        for (;;) {
          const answer = await server.get(feedPath(feed))
          if (answer?.status === 200 && isExpectedFeed(answer.body, feed)) break
          const waited = performance.now() - startedAt
          if (hasEnded() || waited > GIVE_UP_AFTER) {
            const last = answer ? `${answer.status} ${answer.body.slice(0, 300)}` : 'no answer'
            const end = hasEnded() ? `ended with ${child.exitCode ?? child.signalCode}` : 'runs on'
            const lines = readFileSync(logFile, 'utf8').slice(-2000)
            throw new Error(
              `${feedPath(feed)} never was as expected: ${last}; the server ${end}\n${lines}`,
            )
          }
          await sleep(POLL_EVERY)
        }
      }
      return performance.now() - startedAt
    },
    async stop() {
      agent.destroy()
      process.off('exit', kill)
      if (hasEnded()) return
      const force = setTimeout(kill, 30_000)
      child.kill('SIGTERM')
      await once(child, 'exit')
      clearTimeout(force)
    },
  }
  return server
}
