/**
 * How long until a feed shows a changed file, and a new one, among many.
 * node bench/change.ts [count] [changes]
 */
import { closeSync, openSync, readFileSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import {
  articlePath,
  dayAfterNewest,
  expectedFeeds,
  generateArticles,
  longDate,
  seedArticle,
} from './generate.ts'
import { flushToDisk, machine, printTable, quantile, warnIfBusy, workspace } from './measure.ts'
import { type Newsstand, startNewsstand } from './newsstand.ts'
import { randomFrom } from './random.ts'

const POLL_EVERY = 5
const GIVE_UP_AFTER = 120_000
const P95_LIMIT = 250
/** Every change is a day newer than the one before, and none may lie in the future. */
const MOST_CHANGES = 1000

const { positionals } = parseArgs({ allowPositionals: true })
const [count = 100_000, changes = 100] = positionals.map(Number)
const valid = [count, changes].every((n) => Number.isInteger(n) && n > 0)
if (!valid || count < 5 || changes > Math.min(count, MOST_CHANGES)) {
  console.error(
    `Usage: node bench/change.ts [count of 5 or more] [changes, at most ${MOST_CHANGES} and count]`,
  )
  process.exit(2)
}

const files = workspace()
const articles = join(files, 'articles')
const random = randomFrom(31)
console.log(`Writing ${count.toLocaleString('en')} articles …`)
generateArticles(articles, count, 'seed')
flushToDisk()
await warnIfBusy()
const server = await startNewsstand(files, articles, join(files, 'data'))
let day = 0
try {
  const ready = await server.ready(expectedFeeds(count))
  console.log(
    `Ready after ${(ready / 1000).toFixed(1)} s; ${changes} files edited, ${changes} added`,
  )
  await sleep(2000)
  const edited = await repeat(editOne)
  const added = await repeat(addOne)
  console.log(
    `${machine()}, server's peak memory ${server.memory().toFixed(0)} MB\n` +
      `${count.toLocaleString('en')} articles; milliseconds from closing the file until /rss.xml shows it\n`,
  )
  printTable([
    ['what', 'p50', 'p95', 'max', 'must reach', 'reached'],
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
    const etag = (await server.get('/rss.xml'))?.etag
    change(n, marker)
    latencies.push(await untilShown(server, marker, etag))
  }
  return latencies
}

/** Edits a file nobody edited before: a title or a paragraph, and the date, so that it is the newest. */
function editOne(n: number, marker: string): void {
  const stride = Math.floor(count / changes)
  const path = join(articles, articlePath(n * stride + random.between(0, stride - 1), 'seed'))
  writeFully(path, mark(readFileSync(path, 'utf8'), marker, n % 2 === 0 ? 'title' : 'paragraph'))
}

/** Adds a file beside the others. */
function addOne(n: number, marker: string): void {
  const path = join(articles, articlePath(count + n, 'seed'), '..', '..', '000', `added-${n}.txt`)
  writeFully(path, mark(seedArticle(count + n), marker, 'title'))
}

/** The text with the marker in it, dated so that it is the newest. */
function mark(text: string, marker: string, where: 'title' | 'paragraph'): string {
  const date = dayAfterNewest(day)
  const lines = text.split('\n')
  const title = lines[2] ?? ''
  const firstParagraph = 9
  const marked = lines.map((line, n) => {
    if (where === 'title' ? line === title : n === firstParagraph) return `${line} ${marker}`
    return line
  })
  marked[0] = marked[0]?.replace(/\d{4}-\d\d-\d\d/, date) ?? ''
  marked[7] = longDate(date)
  return marked.join('\n')
}

function writeFully(path: string, text: string): void {
  const file = openSync(path, 'w')
  writeSync(file, text)
  closeSync(file)
}

/** Polls until the marker is in the feed; milliseconds. */
async function untilShown(from: Newsstand, marker: string, seen?: string): Promise<number> {
  const start = performance.now()
  let etag = seen
  for (;;) {
    const answer = await from.get('/rss.xml', etag)
    const waited = performance.now() - start
    if (answer?.body.includes(marker)) return waited
    if (waited > GIVE_UP_AFTER) throw new Error(`${marker} never came: status ${answer?.status}`)
    etag = answer?.etag ?? etag
    await sleep(POLL_EVERY)
  }
}

function row(what: string, latencies: readonly number[]): string[] {
  const [p50 = 0, p95 = 0, max = 0] = [0.5, 0.95, 1].map((share) => quantile(latencies, share))
  return [
    what,
    ...[p50, p95, max].map((ms) => `${ms.toFixed(0)} ms`),
    `p95 under ${P95_LIMIT} ms`,
    p95 < P95_LIMIT ? 'yes' : 'NO',
  ]
}
