/**
 * How long until a feed shows a changed file, and a new one, among many.
 * node bench/change.ts [count] [changes]
 */
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { randomFrom } from '../test/support/random.ts'
import { articlePath, datedAfter, seedArticle } from './generate.ts'
import { numbers, peakMemory, printTable, quantile, yesNo } from './measure.ts'
import { startOver } from './newsstand.ts'

const pollMs = 5
const giveUpMs = 120_000
const p95Limit = 250
/** Every change is a day newer than the one before, and none may lie in the future. */
const mostChanges = 1000

const usage = `change.ts [count of 5 or more] [changes, at most ${mostChanges} and count]`
const [count = 0, changes = 0] = numbers(usage, [100_000, 100], [5])
if (changes > Math.min(count, mostChanges)) throw new Error(`Usage: ${usage}`)
const random = randomFrom(31)
const { server, articles, readyMs } = await startOver(count)
let day = 0
try {
  const ready = (readyMs / 1000).toFixed(1)
  console.log(`Ready after ${ready} s; ${changes} files edited, ${changes} added`)
  await sleep(2000)
  const edited = await repeat(editOne)
  const added = await repeat(addOne)
  console.log(`The server's peak memory was ${peakMemory(server.pid).toFixed(0)} MB\n`)
  printTable([
    ['from closing the file until /rss.xml shows it', 'p50', 'p95', 'max', 'must reach', 'reached'],
    row('one file edited', edited),
    row('one file added', added),
  ])
} finally {
  await server.stop()
}

/** Does that change again and again, at irregular times; the latency of each. */
async function repeat(change: (n: number, marker: string) => void): Promise<number[]> {
  const latencies: number[] = []
  for (let n = 0; n < changes; n += 1) {
    await sleep(random.between(50, 450))
    day += 1
    const marker = `Marker${day}x${random.between(100_000, 999_999)}`
    const etag = (await server.get('/rss.xml'))?.headers.etag
    change(n, marker)
    latencies.push(await untilShown(marker, etag))
  }
  return latencies
}

/** Edits a file nobody edited before: a title or a paragraph, and the date, so that it is the newest. */
function editOne(n: number, marker: string): void {
  const stride = Math.floor(count / changes)
  const path = join(articles, articlePath(n * stride + random.between(0, stride - 1), 'seed'))
  const isTitle = n % 2 === 0
  writeFileSync(path, marked(readFileSync(path, 'utf8'), marker, isTitle))
}

/** Adds a file beside the others. */
function addOne(n: number, marker: string): void {
  const path = join(articles, '000', `added-${n}.txt`)
  writeFileSync(path, marked(seedArticle(count + n), marker, true))
}

/** The text with the marker in its title or its first paragraph, dated so that it is the newest. */
function marked(text: string, marker: string, isTitle: boolean): string {
  const lines = datedAfter(text, day).split('\n')
  const place = lines[isTitle ? 2 : 9]
  return lines.map((line) => (line === place ? `${line} ${marker}` : line)).join('\n')
}

/** Polls until the marker is in the feed; milliseconds. */
async function untilShown(marker: string, seen: string | undefined): Promise<number> {
  const start = performance.now()
  for (let etag = seen; ; await sleep(pollMs)) {
    const answer = await server.get('/rss.xml', etag)
    const waited = performance.now() - start
    if (answer?.body.includes(marker)) return waited
    if (waited > giveUpMs) throw new Error(`${marker} never came: status ${answer?.status}`)
    etag = answer?.headers.etag ?? etag
  }
}

function row(what: string, latencies: readonly number[]): string[] {
  const shown = [0.5, 0.95, 1].map((share) => `${quantile(latencies, share).toFixed(0)} ms`)
  const isReached = quantile(latencies, 0.95) < p95Limit
  return [what, ...shown, `p95 under ${p95Limit} ms`, yesNo(isReached)]
}
