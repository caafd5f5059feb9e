/**
 * 10,000 idle connections: against a process that may open 2,500 files, which has to close most of
 * them and serve everybody else, and against one that may open 40,000 (or as many as the shell may
 * set; then a quarter of that), which has to hold them all.
 * node bench/connections.ts [connections]
 */
import { spawnSync } from 'node:child_process'
import { connect, type Socket } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { ask } from '../test/support/http.ts'
import { numbers, openFiles, printTable, quantile, residentMemory } from './measure.ts'
import { startOver } from './newsstand.ts'

const [count = 0] = numbers('connections.ts [connections, 1000 at least]', [10_000], [1000])
/** Opened together; then others are served before the next. */
const together = 100
const pollMs = 20
/** Longer than a client may stall, shorter than an idle connection is kept. */
const heldMs = 20_000
const quietMs = 5000
/** Every poll has to be answered so soon. */
const answerMs = 1000

let isWell = true
const heads = ['open files', 'idle tried', 'held', 'polls', 'p50, ms', 'p99, ms', 'max, ms']
const rows = [[...heads, 'descriptors', 'MB before', 'MB with them']]
const quarter = Math.floor(count / 4)
await run(count, quarter, (held) => held > 100 && held < quarter)
// Where the shell may not raise its limit so far, as many are held as are a quarter of what it may.
const hardLimit = spawnSync('sh', ['-c', 'ulimit -Hn'], { encoding: 'utf8' }).stdout.trim()
const raised = hardLimit === 'unlimited' ? count * 4 : Math.min(count * 4, Number(hardLimit))
const all = Math.floor(raised / 4 / together) * together
await run(all, raised, (held) => held === all)
printTable(rows)
console.log(`
The first row of each limit is without idle connections. Must hold: every poll is answered with
200 in less than a second, descriptors stay below the limit, at the second limit all are held.`)
process.exit(isWell ? 0 : 1)

async function run(tried: number, limit: number, isRight: (held: number) => boolean) {
  const { server } = await startOver(1000, () => ({}), { openFiles: limit })
  const { hostname, port } = new URL(server.url)
  await sleep(3000)
  const before = residentMemory(server.pid)
  const quiet = startPolling(server.url)
  await sleep(quietMs)
  report([limit, 0, 0], await quiet(), ['', before.toFixed(0), ''])

  const polls = startPolling(server.url)
  const sockets: Socket[] = []
  let descriptors = 0
  while (sockets.length < tried) {
    const more = Array.from({ length: together }, () => connect(Number(port), hostname))
    sockets.push(...more)
    await Promise.all(more.map(becomeIdle))
    descriptors = Math.max(descriptors, openFiles(server.pid))
  }
  await sleep(heldMs)
  const held = sockets.filter(({ destroyed }) => !destroyed).length
  const after = residentMemory(server.pid)
  const figures = [descriptors.toLocaleString('en'), before.toFixed(0), after.toFixed(0)]
  report([limit, tried, held], await polls(), figures)
  if (!isRight(held) || descriptors >= limit) isWell = false
  for (const socket of sockets) socket.destroy()
  await server.stop()
}

/** A connection that asks for something once, and then says nothing more. */
function becomeIdle(socket: Socket): Promise<void> {
  return new Promise((resolve) => {
    socket.on('error', () => {})
    socket.on('close', () => resolve())
    socket.once('data', () => resolve())
    socket.resume()
    socket.write('GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n')
  })
}

/**
 * Asks for the feed again and again, each time over a connection of its own, as pollers do.
 * @returns ends that, and tells how long each answer took; infinitely where there was none
 */
function startPolling(url: string): () => Promise<number[]> {
  const times: number[] = []
  let isStopped = false
  const poll = async () => {
    while (!isStopped) {
      const started = performance.now()
      const answer = await ask(`${url}/rss.xml`, { 'Accept-Encoding': 'gzip' }).catch(
        () => undefined,
      )
      const isGood = answer?.status === 200 && answer.body.length > 0
      times.push(isGood ? performance.now() - started : Number.POSITIVE_INFINITY)
      await sleep(pollMs)
    }
  }
  const polling = poll()
  return async () => {
    isStopped = true
    await polling
    return times
  }
}

function report(counts: readonly number[], times: readonly number[], figures: readonly string[]) {
  const good = times.filter(Number.isFinite)
  const failed = times.length - good.length
  if (failed > 0 || Math.max(...good) > answerMs) isWell = false
  rows.push([
    ...counts.map((one) => one.toLocaleString('en')),
    `${times.length}${failed > 0 ? `, ${failed} FAILED` : ''}`,
    ...[0.5, 0.99, 1].map((share) => quantile(good, share).toFixed(1)),
    ...figures,
  ])
}
