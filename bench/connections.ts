/**
 * 10,000 idle connections: against a process that may open 2,500 files, which has to close most of
 * them and serve everybody else, and against one that may open 40,000 (or as many as the shell may
 * set; then a quarter of that), which has to hold them all.
 * node bench/connections.ts [connections]
 */
import { spawnSync } from 'node:child_process'
import { readdirSync } from 'node:fs'
import { connect, type Socket } from 'node:net'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { expectedFeeds, generateArticles } from './generate.ts'
import { machine, printTable, quantile, residentMemory, warnIfBusy, workspace } from './measure.ts'
import { type Newsstand, startNewsstand } from './newsstand.ts'

const { positionals } = parseArgs({ allowPositionals: true })
const COUNT = Number(positionals[0] ?? 10_000)
/** Opened together; then others are served before the next. */
const TOGETHER = 100
const POLL_EVERY = 20
/** Longer than a client may stall, shorter than an idle connection is kept. */
const HELD_FOR = 20_000
const QUIET = 5000

if (!Number.isInteger(COUNT) || COUNT < 1000) {
  console.error('Usage: node bench/connections.ts [connections, 1000 at least]')
  process.exit(2)
}
await warnIfBusy()
const folder = workspace()
const articles = join(folder, 'articles')
generateArticles(articles, 1000, 'seed')
console.log(machine())

let isWell = true
const rows: string[][] = [
  [
    'open files',
    'idle tried',
    'held',
    'polls',
    'p50, ms',
    'p99, ms',
    'max, ms',
    'descriptors',
    'MB before',
    'MB with them',
  ],
]
await run(COUNT, Math.floor(COUNT / 4), (held, limit) => held > 100 && held < limit)
// Where the shell may not raise its limit so far, as many are held as are a quarter of what it may.
const hardLimit = spawnSync('sh', ['-c', 'ulimit -Hn'], { encoding: 'utf8' }).stdout.trim()
const raised = hardLimit === 'unlimited' ? COUNT * 4 : Math.min(COUNT * 4, Number(hardLimit))
const all = Math.floor(raised / 4 / TOGETHER) * TOGETHER
await run(all, raised, (held) => held === all)
printTable(rows)
console.log(
  '\nThe first row of each limit is without idle connections. Must hold: every poll is answered with',
)
console.log(
  '200 in less than a second, descriptors stay below the limit, at the second limit all are held.',
)
process.exit(isWell ? 0 : 1)

async function run(
  count: number,
  limit: number,
  isRight: (held: number, limit: number) => boolean,
): Promise<void> {
  const server = await startNewsstand(
    folder,
    articles,
    join(folder, `data-${limit}`),
    {},
    { openFiles: limit },
  )
  await server.ready(expectedFeeds(1000))
  await sleep(3000)
  const before = residentMemory(server.pid)
  const quiet = startPolling(server)
  await sleep(QUIET)
  report(limit, 0, 0, await quiet.stop(), before, before)

  const polling = startPolling(server)
  const sockets: Socket[] = []
  let descriptors = 0
  for (let n = 0; n < count; n += TOGETHER) {
    await Promise.all(Array.from({ length: TOGETHER }, () => openIdle(server, sockets)))
    descriptors = Math.max(descriptors, descriptorsOf(server))
  }
  await sleep(HELD_FOR)
  const held = sockets.filter(({ destroyed }) => !destroyed).length
  const after = residentMemory(server.pid)
  const polls = await polling.stop()
  report(limit, count, held, polls, before, after, descriptors)
  if (!isRight(held, limit) || descriptors >= limit) isWell = false
  for (const socket of sockets) socket.destroy()
  await server.stop()
}

/** A connection that asks for something once, and then says nothing more. */
function openIdle(server: Newsstand, sockets: Socket[]): Promise<void> {
  const { hostname, port } = new URL(server.url)
  return new Promise((resolve) => {
    const socket = connect(Number(port), hostname)
    sockets.push(socket)
    socket.on('error', () => {})
    socket.on('close', () => resolve())
    socket.once('data', () => resolve())
    socket.resume()
    socket.write('GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n')
  })
}

interface Polls {
  readonly ms: readonly number[]
  readonly failed: number
}

/** Asks for the feed again and again, each time over a connection of its own, as pollers do. */
function startPolling(server: Newsstand): { stop(): Promise<Polls> } {
  const ms: number[] = []
  let failed = 0
  let isStopped = false
  const polling = (async () => {
    while (!isStopped) {
      const started = performance.now()
      const headers = { Connection: 'close', 'Accept-Encoding': 'gzip' }
      const isAnswered = await fetch(`${server.url}/rss.xml`, { headers }).then(
        async (answer) => answer.status === 200 && (await answer.arrayBuffer()).byteLength > 0,
        () => false,
      )
      ms.push(performance.now() - started)
      if (!isAnswered) failed += 1
      await sleep(POLL_EVERY)
    }
  })()
  return {
    async stop() {
      isStopped = true
      await polling
      return { ms, failed }
    },
  }
}

function descriptorsOf(server: Newsstand): number {
  return readdirSync(`/proc/${server.pid}/fd`).length
}

function report(
  limit: number,
  tried: number,
  held: number,
  { ms, failed }: Polls,
  before: number,
  after: number,
  descriptors = 0,
): void {
  const longest = Math.max(...ms)
  if (failed > 0 || longest > 1000) isWell = false
  rows.push([
    limit.toLocaleString('en'),
    tried.toLocaleString('en'),
    held.toLocaleString('en'),
    `${ms.length}${failed > 0 ? `, ${failed} FAILED` : ''}`,
    ...[quantile(ms, 0.5), quantile(ms, 0.99), longest].map((one) => one.toFixed(1)),
    descriptors === 0 ? '' : descriptors.toLocaleString('en'),
    before.toFixed(0),
    after.toFixed(0),
  ])
}
