/**
 * What a poll of a ready feed costs: Newsstand, bare node:http and nginx in turn, each alone on one core, with the same bytes
 * and headers; the load has the other core.
 * node bench/polls.ts [seconds of each measurement] [rounds]
 */
import { readFileSync, writeFileSync } from 'node:fs'
import { get, type IncomingMessage } from 'node:http'
import { join } from 'node:path'
import { ask } from '../test/support/http.ts'
import { freePort } from '../test/support/program.ts'
import { expectedFeeds, generateArticles } from './generate.ts'
import {
  machine,
  numbers,
  printTable,
  processorSeconds,
  quantile,
  warnIfBusy,
  workspace,
  yesNo,
} from './measure.ts'
import { startNewsstand } from './newsstand.ts'
import { startNginx } from './nginx.ts'
import type { Bare } from './polls-bare.ts'
import { otherCore, programCore, startPart } from './push-process.ts'
import { thousands } from './push-site.ts'
import { load } from './wrk.ts'

const [seconds = 0, rounds = 0] = numbers('polls.ts [seconds of each measurement] [rounds]', [4, 5])
const count = 500
/** Newsstand may take so many times what node:http takes alone. */
const mostTimes = 1.15
/** As feed readers send them. */
const usual = {
  'Accept-Encoding': 'gzip',
  'User-Agent': 'NetNewsWire (RSS Reader; https://netnewswire.com/)',
  Accept: '*/*',
}
/** Node writes these itself, or nginx does. */
const written = /^(?:connection|keep-alive|date)$/
const writtenByNginx = /^(?:etag|last-modified|content-.*)$/

interface Contender {
  readonly name: string
  readonly url: string
  readonly pid: number
}

const folder = workspace()
const articles = join(folder, 'articles')
generateArticles(articles, count, 'seed')
const newsstand = await startNewsstand(
  folder,
  articles,
  join(folder, 'data'),
  {},
  { through: programCore },
)
await newsstand.ready(expectedFeeds(count))
const feed = `${newsstand.url}/rss.xml`
const answer = await ask(feed, usual)
const { etag = '' } = answer.headers
const conditional = { ...usual, 'If-None-Match': etag }
const contenders: readonly Contender[] = [
  { name: 'Newsstand', url: feed, pid: newsstand.pid },
  await bare(),
  await nginx(),
]
console.log(machine())
await warnIfBusy()
console.log(`The feed has ${answer.body.length.toLocaleString('en')} bytes.\n`)
const rows = [
  ...(await compare('200, gzip', 200, usual)),
  ...(await compare('304', 304, conditional)),
]
printTable([
  [
    'what',
    'who',
    'requests a second',
    'µs of the processor',
    '× node:http',
    'lowest to highest',
    'reached',
  ],
  ...rows,
])
process.exit(0)

async function bare(): Promise<Contender> {
  const part = startPart<Bare>('polls-bare.ts', programCore)
  const [whole, unchanged] = [await headersOf(usual), await headersOf(conditional)]
  const url = await part.call.serve(etag, answer.body, whole, unchanged)
  return { name: 'node:http', url, pid: part.pid }
}

/** As they are sent, names and values in turn. */
async function headersOf(asked: Readonly<Record<string, string>>): Promise<string[]> {
  const { rawHeaders } = await new Promise<IncomingMessage>((resolve, reject) => {
    get(feed, { headers: asked }, (response) => resolve(response.resume())).on('error', reject)
  })
  return rawHeaders.filter(
    (_, at) => !written.test((rawHeaders[at - (at % 2)] ?? '').toLowerCase()),
  )
}

async function nginx(): Promise<Contender> {
  const port = await freePort()
  writeFileSync(join(folder, 'rss.xml'), '')
  writeFileSync(join(folder, 'rss.xml.gz'), answer.body)
  const speed = 'sendfile on; tcp_nopush on; keepalive_requests 1000000000; gzip_static on;'
  const more = Object.entries(answer.headers)
    .filter(([name]) => !written.test(name) && !writtenByNginx.test(name))
    .map(([name, value]) => `add_header ${name} '${value}';`)
  const site = `server { listen 127.0.0.1:${port}; root ${folder}; ${more.join(' ')} }`
  const http = `${speed} types { application/rss+xml xml; } ${site}`
  const { pid = 0 } = await startNginx(folder, port, http, programCore)
  const worker = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8')
  return { name: 'nginx', url: `http://127.0.0.1:${port}/rss.xml`, pid: Number(worker) }
}

/** All in turn, so many times: the two of a round had the same moment of the machine. */
async function compare(
  what: string,
  status: number,
  headers: Readonly<Record<string, string>>,
): Promise<string[][]> {
  const measured = contenders.map(() => [] as { perSecond: number; micros: number }[])
  for (let round = -1; round < rounds; round += 1) {
    for (const [n, { url, pid }] of contenders.entries()) {
      const own = await ownHeaders(url, headers)
      const { status: found } = await ask(url, own)
      if (found !== status) throw new Error(`${url} answered ${found} instead of ${status}`)
      const before = processorSeconds(pid)
      const length = round < 0 ? 2 : seconds
      const { perSecond, errors } = await load(folder, url, length, own, undefined, otherCore)
      if (errors) throw new Error(`${url}: ${errors}`)
      const micros = ((processorSeconds(pid) - before) * 1e6) / (perSecond * length)
      // The first round is for what is made once.
      if (round >= 0) measured[n]?.push({ perSecond, micros })
    }
  }
  return contenders.map(({ name }, n) => {
    const own = measured[n] ?? []
    const times = own.map(({ micros }, round) => micros / (measured[1]?.[round]?.micros ?? 0))
    const ratio = quantile(times, 0.5)
    const median = (values: number[]) => quantile(values, 0.5)
    return [
      what,
      name,
      thousands(median(own.map(({ perSecond }) => perSecond))),
      median(own.map(({ micros }) => micros)).toFixed(1),
      ratio.toFixed(2),
      `${Math.min(...times).toFixed(2)} to ${Math.max(...times).toFixed(2)}`,
      n === 0 ? `at most ${mostTimes}: ${yesNo(ratio <= mostTimes)}` : '',
    ]
  })
}

/** Each has ETags of its own. */
async function ownHeaders(
  url: string,
  headers: Readonly<Record<string, string>>,
): Promise<Readonly<Record<string, string>>> {
  if (!('If-None-Match' in headers)) return headers
  const { etag: own = '' } = (await ask(url, usual)).headers
  return { ...headers, 'If-None-Match': own }
}
