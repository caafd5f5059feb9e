/**
 * How many requests a second, beside nginx serving the same bytes; latency and memory under load.
 * node bench/load.ts [seconds of each measurement]
 */
import { closeSync, mkdirSync, openSync, writeSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { articlePath, dayAfterNewest, longDate, seedArticle } from './generate.ts'
import { machine, printTable, residentMemory, warnIfBusy, workspace } from './measure.ts'
import { freePort, type Newsstand, startNewsstand } from './newsstand.ts'
import { delayFor, expectStatus, type Load, load, sameRequest, startNginx } from './wrk.ts'

const COUNT = 10_000
const SECTIONS = 1000
const RATE = 10_000
const CHANGES_PER_SECOND = 10
const RUNS = 3

const { positionals } = parseArgs({ allowPositionals: true })
const seconds = Number(positionals[0] ?? 10)
if (!Number.isInteger(seconds) || seconds < 1) {
  console.error('Usage: node bench/load.ts [seconds of each measurement]')
  process.exit(2)
}

const folder = workspace()
const articles = join(folder, 'articles')
console.log(`Writing ${COUNT.toLocaleString('en')} articles in ${SECTIONS} sections …`)
for (let n = 0; n < COUNT; n += 1) write(n, textOf(n))

// The first start reads everything; the server that is measured is one that was started again.
const first = await startNewsstand(folder, articles, join(folder, 'data'))
await served(first)
await sleep(12_000)
let server = await startAgain(first)
const gzip = { 'Accept-Encoding': 'gzip' }
let feed = `${server.url}/rss.xml`

const plain = Buffer.from(await (await expectStatus(feed, {}, 200)).arrayBuffer())
const { gzipSync } = await import('node:zlib')
const port = await freePort()
await startNginx(folder, Number(port), {
  'rss.xml': plain,
  'rss.xml.gz': gzipSync(plain, { level: 9 }),
})
const nginx = `http://127.0.0.1:${port}/rss.xml`
await warnIfBusy()
console.log(`${machine()}; feed of 50 articles, ${plain.length.toLocaleString('en')} bytes\n`)

const rows: string[][] = [['what', 'Newsstand', 'nginx', 'ratio', 'must reach', 'reached']]
const whole = await both('200, gzip', 200, {}, 0.5)
await both('304', 304, 'etag', 0.42)
await accessLog(whole)
await deltas(whole)
rows.push(['memory after that', `${residentMemory(server.pid).toFixed(0)} MB`])
server = await startAgain(server)
feed = `${server.url}/rss.xml`
await latency()
printTable(rows)
await server.stop()
process.exit(0)

/** Newsstand and nginx in turn, the same request to both. */
async function both(
  what: string,
  status: number,
  conditional: 'etag' | Record<string, never>,
  mustReach: number,
): Promise<number> {
  const measure = async (url: string) => {
    const etag = (await expectStatus(url, gzip, 200)).headers.get('etag') ?? ''
    const headers = conditional === 'etag' ? { ...gzip, 'If-None-Match': etag } : gzip
    await expectStatus(url, headers, status)
    await load(folder, url, 2, status, sameRequest(headers))
    return load(folder, url, seconds, status, sameRequest(headers))
  }
  const runs: { ours: Load; theirs: Load }[] = []
  for (let run = 0; run < RUNS; run += 1) {
    runs.push({ ours: await measure(feed), theirs: await measure(nginx) })
  }
  const ratioOf = (run: (typeof runs)[number]) =>
    run.ours.requestsPerSecond / run.theirs.requestsPerSecond
  // The run with the median ratio: the two of a run had the same moment of the machine.
  const median = runs.toSorted((a, b) => ratioOf(a) - ratioOf(b))[Math.floor(RUNS / 2)]
  if (!median) throw new Error('nothing was measured')
  const { ours, theirs } = median
  const ratio = ratioOf(median)
  rows.push([
    what,
    perSecond(ours.requestsPerSecond) + ours.problems,
    perSecond(theirs.requestsPerSecond) + theirs.problems,
    `${ratio.toFixed(2)} (${runs.map((run) => ratioOf(run).toFixed(2)).join(', ')})`,
    `${mustReach} × nginx`,
    ratio >= mustReach ? 'yes' : 'NO',
  ])
  return ours.requestsPerSecond
}

/** The same with every request logged, into a file. */
async function accessLog(whole: number): Promise<void> {
  server = await startAgain(server, { ACCESS_LOG: 'true' })
  const url = `${server.url}/rss.xml`
  await load(folder, url, 2, 200, sameRequest(gzip))
  const measured = await load(folder, url, seconds, 200, sameRequest(gzip))
  const share = measured.requestsPerSecond / whole
  rows.push([
    '200, gzip, with ACCESS_LOG',
    perSecond(measured.requestsPerSecond) + measured.problems,
    '',
    `${share.toFixed(2)} of without`,
    'at least 0.8 of without',
    share >= 0.8 ? 'yes' : 'NO',
  ])
  server = await startAgain(server)
}

/** One article of every section is changed; then deltas of sections chosen at random. */
async function deltas(whole: number): Promise<void> {
  const path = (section: number) => `/sections/section-${name(section)}/rss.xml`
  const etags: string[] = []
  for (let section = 0; section < SECTIONS; section += 1) {
    const answer = await expectStatus(server.url + path(section), gzip, 200)
    etags.push(answer.headers.get('etag') ?? '')
    await answer.arrayBuffer()
  }
  for (let section = 0; section < SECTIONS; section += 1) {
    write(
      section,
      textOf(section).replace('3 MIN READ', '4 MIN READ').replace(/\n\n/, '\n\nNews. '),
    )
  }
  for (let section = 0; section < SECTIONS; section += 1) {
    const headers = { ...gzip, 'A-IM': 'feed', 'If-None-Match': etags[section] ?? '' }
    while ((await fetch(server.url + path(section), { headers })).status !== 226) await sleep(100)
  }
  const script = `
local etags = {${etags.map((etag) => JSON.stringify(etag)).join(', ')}}
function request()
  local n = math.random(${SECTIONS})
  wrk.headers["Accept-Encoding"] = "gzip"
  wrk.headers["A-IM"] = "feed"
  wrk.headers["If-None-Match"] = etags[n]
  return wrk.format("GET", string.format("/sections/section-%04d/rss.xml", n - 1))
end`
  const measured = await load(folder, server.url, seconds, 226, script)
  rows.push([
    '226 delta, one of 1,000 sections',
    perSecond(measured.requestsPerSecond) + measured.problems,
    '',
    '',
    'half of the 200 figure',
    measured.requestsPerSecond >= whole / 2 ? 'yes' : 'NO',
  ])
}

/** The same load on a quiet server, and while articles change that are in the feed. */
async function latency(): Promise<void> {
  const script = sameRequest(gzip, delayFor(RATE))
  await load(folder, feed, 2, 200, script)
  const quiet = await load(folder, feed, seconds, 200, script)
  let changes = 0
  const writer = setInterval(() => {
    changes += 1
    const n = changes % COUNT
    const day = dayAfterNewest(changes)
    const text = textOf(n)
      .replace(/\d{4}-\d\d-\d\d/, day)
      .split('\n')
    text[7] = longDate(day)
    write(n, text.join('\n'))
  }, 1000 / CHANGES_PER_SECOND)
  await sleep(1000)
  const busy = await load(folder, feed, seconds, 200, script)
  const memory = residentMemory(server.pid)
  clearInterval(writer)
  rows.push([
    `p99 at ${perSecond(quiet.requestsPerSecond)}, quiet`,
    `${quiet.p99.toFixed(2)} ms${quiet.problems}`,
  ])
  rows.push([
    `p99 at ${perSecond(busy.requestsPerSecond)}, ${CHANGES_PER_SECOND} changes/s`,
    `${busy.p99.toFixed(2)} ms${busy.problems}`,
    '',
    (busy.p99 / quiet.p99).toFixed(2),
    'at most 2 × quiet',
    busy.p99 <= 2 * quiet.p99 ? 'yes' : 'NO',
  ])
  rows.push([
    'memory under that load',
    `${memory.toFixed(0)} MB`,
    '',
    '',
    'at most 150 MB',
    memory <= 150 ? 'yes' : 'NO',
  ])
}

async function startAgain(
  before: Newsstand,
  more: Readonly<Record<string, string>> = {},
): Promise<Newsstand> {
  await before.stop()
  const after = await startNewsstand(folder, articles, join(folder, 'data'), more)
  await served(after)
  return after
}

async function served(newsstand: Newsstand): Promise<void> {
  while ((await newsstand.get('/rss.xml'))?.status !== 200) await sleep(50)
}

function textOf(n: number): string {
  return seedArticle(n).replace(/^( date \S+) .*$/m, `$1 SECTION ${name(n % SECTIONS)}`)
}

function name(section: number): string {
  return String(section).padStart(4, '0')
}

function write(n: number, text: string): void {
  const path = join(articles, articlePath(n, 'seed'))
  mkdirSync(dirname(path), { recursive: true })
  const file = openSync(path, 'w')
  writeSync(file, text)
  closeSync(file)
}

function perSecond(rate: number): string {
  return `${Math.round(rate).toLocaleString('en')}/s`
}
