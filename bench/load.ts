/**
 * How many requests a second, beside nginx serving the same bytes; latency and memory under load.
 * node bench/load.ts [seconds of each measurement]
 */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { gzipSync } from 'node:zlib'
import { ask } from '../test/support/http.ts'
import { freePort } from '../test/support/program.ts'
import { articlePath, datedAfter, expectedFeeds, seedArticle } from './generate.ts'
import { numbers, printTable, residentMemory, yesNo } from './measure.ts'
import { startNewsstand, startOver } from './newsstand.ts'
import { startNginx } from './nginx.ts'
import { type Load, load } from './wrk.ts'

const [seconds = 0] = numbers('load.ts [seconds of each measurement]', [10])
const count = 10_000
const rate = 10_000
const changesPerSecond = 10
const runs = 3
const gzip = { 'Accept-Encoding': 'gzip' }

// The first start reads everything; the server that is measured is one that was started again.
const first = await startOver(count)
await sleep(12_000)
await first.server.stop()
const { folder, articles } = first
const server = await startNewsstand(folder, articles, join(folder, 'data'))
await server.ready(expectedFeeds(count))

const { body: plain } = await expect(`${server.url}/rss.xml`, {}, 200)
const port = await freePort()
writeFileSync(join(folder, 'rss.xml'), plain)
writeFileSync(join(folder, 'rss.xml.gz'), gzipSync(plain, { level: 9 }))
const speed = 'sendfile on; tcp_nopush on; keepalive_requests 1000000000; gzip_static on;'
const site = `server { listen 127.0.0.1:${port}; root ${folder}; }`
await startNginx(folder, port, `${speed} types { application/rss+xml xml; } ${site}`)
console.log(`The feed has ${plain.length.toLocaleString('en')} bytes.\n`)

printTable([
  ['what', 'Newsstand', 'nginx', 'ratio', 'must reach', 'reached'],
  await both('200, gzip', 200, 0.5),
  await both('304', 304, 0.42),
  ...(await latency()),
])
await server.stop()
process.exit(0)

/** Newsstand and nginx in turn, the same request to both. */
async function both(what: string, status: number, mustReach: number): Promise<string[]> {
  const measured = async (url: string) => {
    const { etag = '' } = (await expect(url, gzip, 200)).headers
    const headers = status === 304 ? { ...gzip, 'If-None-Match': etag } : gzip
    await expect(url, headers, status)
    return measure(url, headers)
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
  const shown = `${ratio.toFixed(2)} (${ratios})`
  const reached = [`${mustReach} × nginx`, yesNo(ratio >= mustReach)]
  return [what, perSecond(ours), perSecond(theirs), shown, ...reached]
}

/** After two seconds in which all that is made once is made. */
async function measure(url: string, headers: Readonly<Record<string, string>>, rate?: number) {
  await load(folder, url, 2, headers, rate)
  return load(folder, url, seconds, headers, rate)
}

/** The same load while nothing happens, and while articles change that are in the feed. */
async function latency(): Promise<string[][]> {
  const url = `${server.url}/rss.xml`
  const quiet = await measure(url, gzip, rate)
  let changes = 0
  const writer = setInterval(() => {
    const n = changes % count
    changes += 1
    writeFileSync(join(articles, articlePath(n, 'seed')), datedAfter(seedArticle(n), changes))
  }, 1000 / changesPerSecond)
  await sleep(1000)
  const busy = await load(folder, url, seconds, gzip, rate)
  const memory = residentMemory(server.pid)
  clearInterval(writer)
  const times = busy.p99 / quiet.p99
  const changing = `p99 at ${perSecond(busy)}, ${changesPerSecond} changes/s`
  const limit = ['at most 2 × quiet', yesNo(times <= 2)]
  const small = ['at most 150 MB', yesNo(memory <= 150)]
  return [
    [`p99 at ${perSecond(quiet)}, quiet`, `${quiet.p99.toFixed(2)} ms`],
    [changing, `${busy.p99.toFixed(2)} ms`, '', times.toFixed(2), ...limit],
    ['memory under that load', `${memory.toFixed(0)} MB`, '', '', ...small],
  ]
}

/** @throws Error when the address answers otherwise */
async function expect(url: string, headers: Readonly<Record<string, string>>, status: number) {
  const answer = await ask(url, headers)
  if (answer.status === status) return answer
  throw new Error(`${url} answered ${answer.status} instead of ${status}`)
}

function perSecond({ perSecond: rate, errors }: Load): string {
  return `${Math.round(rate).toLocaleString('en')}/s ${errors}`.trim()
}
