/**
 * How many requests a second, beside nginx serving the same bytes; latency and memory under load.
 * node bench/load.ts [seconds of each measurement]
 */
import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { gzipSync } from 'node:zlib'
import { ask } from '../test/support/http.ts'
import { freePort } from '../test/support/program.ts'
import { articlePath, datedAfter, seedArticle } from './generate.ts'
import {
  machine,
  numbers,
  printTable,
  residentMemory,
  warnIfBusy,
  workspace,
  yesNo,
} from './measure.ts'
import { type Newsstand, startNewsstand } from './newsstand.ts'
import { startNginx } from './nginx.ts'
import { delayFor, type Load, load, sameRequest } from './wrk.ts'

const [seconds = 0] = numbers('load.ts [seconds of each measurement]', [10])
const count = 10_000
const sections = 1000
const rate = 10_000
const changesPerSecond = 10
const runs = 3
const gzip = { 'Accept-Encoding': 'gzip' }

const folder = workspace()
const articles = join(folder, 'articles')
const data = join(folder, 'data')
console.log(`${machine()}; ${count} articles in ${sections} sections`)
for (let n = 0; n < count; n += 1) write(n, textOf(n))

// The first start reads everything; the server that is measured is one that was started again.
let server = await start()
await sleep(12_000)
await startAgain()
const plain = (await expect(`${server.url}/rss.xml`, {}, 200)).body
const port = await freePort()
writeFileSync(join(folder, 'rss.xml'), plain)
writeFileSync(join(folder, 'rss.xml.gz'), gzipSync(plain, { level: 9 }))
const speed = 'sendfile on; tcp_nopush on; keepalive_requests 1000000000; gzip_static on;'
const site = `server { listen 127.0.0.1:${port}; root ${folder}; }`
await startNginx(folder, port, `${speed} types { application/rss+xml xml; } ${site}`)
await warnIfBusy()
console.log(`The feed has ${plain.length.toLocaleString('en')} bytes.\n`)

const rows = [['what', 'Newsstand', 'nginx', 'ratio', 'must reach', 'reached']]
const whole = await both('200, gzip', 200, 0.5)
await both('304', 304, 0.42)
await startAgain({ ACCESS_LOG: 'true' })
const logged = await measure(`${server.url}/rss.xml`, sameRequest(gzip))
const share = logged.perSecond / whole
const without = [`${share.toFixed(2)} of without`, 'at least 0.8 of without', yesNo(share >= 0.8)]
rows.push(['200, gzip, with ACCESS_LOG', perSecond(logged), '', ...without])
await startAgain()
const delta = await deltas()
const isHalf = delta.perSecond >= whole / 2
rows.push([
  '226 delta, one of 1,000 sections',
  perSecond(delta),
  '',
  '',
  'half of 200',
  yesNo(isHalf),
])
rows.push(['memory after that', `${residentMemory(server.pid).toFixed(0)} MB`])
await startAgain()
await latency()
printTable(rows)
await server.stop()
process.exit(0)

/** Newsstand and nginx in turn, the same request to both. @returns Newsstand's answers a second */
async function both(what: string, status: number, mustReach: number): Promise<number> {
  const measured = async (url: string) => {
    const { etag = '' } = (await expect(url, gzip, 200)).headers
    const headers = status === 304 ? { ...gzip, 'If-None-Match': etag } : gzip
    await expect(url, headers, status)
    return measure(url, sameRequest(headers))
  }
  const found: { ours: Load; theirs: Load; ratio: number }[] = []
  for (let run = 0; run < runs; run += 1) {
    const ours = await measured(`${server.url}/rss.xml`)
    const theirs = await measured(`http://127.0.0.1:${port}/rss.xml`)
    found.push({ ours, theirs, ratio: ours.perSecond / theirs.perSecond })
  }
  // The run with the median ratio: the two of a run had the same moment of the machine.
  const median = found.toSorted((a, b) => a.ratio - b.ratio)[Math.floor(runs / 2)]
  if (!median) throw new Error('nothing was measured')
  const { ours, theirs, ratio } = median
  const ratios = found.map((one) => one.ratio.toFixed(2)).join(', ')
  const reached = [`${mustReach} × nginx`, yesNo(ratio >= mustReach)]
  rows.push([
    what,
    perSecond(ours),
    perSecond(theirs),
    `${ratio.toFixed(2)} (${ratios})`,
    ...reached,
  ])
  return ours.perSecond
}

/** After two seconds in which all that is made once is made. */
async function measure(url: string, script: string): Promise<Load> {
  await load(folder, url, 2, script)
  return load(folder, url, seconds, script)
}

/** One article of every section is changed; then deltas of sections chosen at random. */
async function deltas(): Promise<Load> {
  const url = (section: number) => `${server.url}/sections/section-${nameOf(section)}/rss.xml`
  const tags: string[] = []
  for (let section = 0; section < sections; section += 1) {
    tags.push((await expect(url(section), gzip, 200)).headers.etag ?? '')
  }
  for (let n = 0; n < sections; n += 1) write(n, textOf(n).replace(/\n\n/, '\n\nNews. '))
  for (const [section, tag] of tags.entries()) {
    const headers = { ...gzip, 'A-IM': 'feed', 'If-None-Match': tag }
    while ((await ask(url(section), headers)).status !== 226) await sleep(100)
  }
  return load(
    folder,
    server.url,
    seconds,
    `local etags = {${tags.map((tag) => JSON.stringify(tag)).join(', ')}}
    function request()
      local n = math.random(${sections})
      local headers = { ["Accept-Encoding"] = "gzip", ["A-IM"] = "feed", ["If-None-Match"] = etags[n] }
      return wrk.format("GET", string.format("/sections/section-%04d/rss.xml", n - 1), headers)
    end`,
  )
}

/** The same load on a quiet server, and while articles change that are in the feed. */
async function latency(): Promise<void> {
  const url = `${server.url}/rss.xml`
  const script = sameRequest(gzip, delayFor(rate))
  const quiet = await measure(url, script)
  let changes = 0
  const writer = setInterval(() => {
    changes += 1
    write(changes % count, datedAfter(textOf(changes % count), changes))
  }, 1000 / changesPerSecond)
  await sleep(1000)
  const busy = await load(folder, url, seconds, script)
  const memory = residentMemory(server.pid)
  clearInterval(writer)
  const times = busy.p99 / quiet.p99
  const changing = `p99 at ${perSecond(busy)}, ${changesPerSecond} changes/s`
  const limit = ['at most 2 × quiet', yesNo(times <= 2)]
  rows.push([`p99 at ${perSecond(quiet)}, quiet`, `${quiet.p99.toFixed(2)} ms`])
  rows.push([changing, `${busy.p99.toFixed(2)} ms`, '', times.toFixed(2), ...limit])
  const small = ['at most 150 MB', yesNo(memory <= 150)]
  rows.push(['memory under that load', `${memory.toFixed(0)} MB`, '', '', ...small])
}

async function start(more: Readonly<Record<string, string>> = {}): Promise<Newsstand> {
  const started = await startNewsstand(folder, articles, data, more)
  while ((await started.get('/rss.xml'))?.status !== 200) await sleep(50)
  return started
}

async function startAgain(more: Readonly<Record<string, string>> = {}): Promise<void> {
  await server.stop()
  server = await start(more)
}

/** @throws Error when the address answers otherwise */
async function expect(url: string, headers: Readonly<Record<string, string>>, status: number) {
  const answer = await ask(url, headers)
  if (answer.status === status) return answer
  throw new Error(`${url} answered ${answer.status} instead of ${status}`)
}

function textOf(n: number): string {
  return seedArticle(n).replace(/^( date \S+) .*$/m, `$1 SECTION ${nameOf(n % sections)}`)
}

function nameOf(section: number): string {
  return String(section).padStart(4, '0')
}

function write(n: number, text: string): void {
  const path = join(articles, articlePath(n, 'seed'))
  mkdirSync(dirname(path), { recursive: true })
  writeFileSync(path, text)
}

function perSecond({ perSecond: rate, errors }: Load): string {
  return `${Math.round(rate).toLocaleString('en')}/s${errors > 0 ? `, ${errors} ERRORS` : ''}`
}
