/**
 * What each step for more readers gives on this machine, side by side: one process, several, one behind nginx with a cache, three replicas
 * behind nginx, and files that nginx sends.
 * node bench/steps.ts [seconds of each measurement] [rounds]
 */
import { spawnSync } from 'node:child_process'
import { cpSync, mkdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { ask } from '../test/support/http.ts'
import { startPostgres } from '../test/support/postgres.ts'
import { freePort } from '../test/support/program.ts'
import { childrenOf } from '../test/support/workers.ts'
import { expectedFeeds } from './generate.ts'
import { numbers, printTable, processorSeconds, quantile, warnIfBusy } from './measure.ts'
import { startNewsstand, startOver } from './newsstand.ts'
import { startNginx } from './nginx.ts'
import { thousands } from './push-site.ts'
import { load } from './wrk.ts'

const [seconds = 0, rounds = 0] = numbers('steps.ts [seconds of each measurement] [rounds]', [4, 5])
const count = 1000
const replicas = 3
/** Readers of a feed that changes some times an hour find it unchanged mostly. */
const unchangedShare = 0.95
const pollsASecond = 1_000_000 / 60
const secondsAMonth = 30 * 24 * 3600
/** As feed readers send them. */
const usual = {
  'Accept-Encoding': 'gzip',
  'User-Agent': 'NetNewsWire (RSS Reader; https://netnewswire.com/)',
  Accept: '*/*',
}
const root = fileURLToPath(new URL('..', import.meta.url))
const first = await startOver(count)
const { folder, articles } = first
const feeds = expectedFeeds(count)

interface Step {
  readonly name: string
  readonly url: string
  /** All of ours that have a part in an answer. */
  pids(): readonly number[]
  /** nginx, where it has. */
  readonly front: readonly number[]
}

interface Found {
  readonly perSecond: number
  /** Seconds of the processor, of all processes of a step. */
  readonly cost: number
  /** That of nginx among it. */
  readonly front: number
}

// Each server that is started ends with this process.
process.setMaxListeners(30)

await first.server.stop()
await using postgres = await startPostgres()
const steps: readonly Step[] = [
  await alone('one process', '1'),
  await alone('WORKERS=auto', 'auto'),
  await cached(),
  await shared(),
  await files(),
]
await warnIfBusy()
console.log(
  'The load (wrk, 64 connections, one thread) shares the cores of this machine with what it asks. Processor time is that of all processes of a step, without the load.\n',
)
const whole = await polls(200)
const unchanged = await polls(304)
const column = (of: (found: Found) => string, all: readonly Found[]) => all.map(of)
const rate = ({ perSecond }: Found) => thousands(perSecond)
const micros = (value: number) => (value > 0 ? `${(value * 1e6).toFixed(1)} µs` : '')
const cost = (found: Found) => micros(found.cost)
const front = (found: Found) => micros(found.front)
const cores = steps.map(
  (_, n) =>
    pollsASecond *
    ((1 - unchangedShare) * (whole[n]?.cost ?? Number.NaN) +
      unchangedShare * (unchanged[n]?.cost ?? Number.NaN)),
)
printTable([
  ['what', ...steps.map(({ name }) => name)],
  ['200, gzip: polls a second', ...column(rate, whole)],
  ['200, gzip: processor time of each', ...column(cost, whole)],
  ['200, gzip: of that nginx', ...column(front, whole)],
  ['304: polls a second', ...column(rate, unchanged)],
  ['304: processor time of each', ...column(cost, unchanged)],
  ['304: of that nginx', ...column(front, unchanged)],
  ['1,000,000 polls a minute: cores', ...cores.map((some) => some.toFixed(1))],
])
await traffic()
await postgres[Symbol.asyncDispose]()
process.exit(0)

function dataOf(name: string): string {
  const data = join(folder, `data of ${name}`)
  cpSync(join(folder, 'data'), data, { recursive: true })
  return data
}

async function alone(name: string, WORKERS: string): Promise<Step> {
  const server = await startNewsstand(folder, articles, dataOf(name), { WORKERS })
  await server.ready(feeds)
  return {
    ...{ name, url: server.url, front: [] },
    pids: () => [server.pid, ...(WORKERS === '1' ? [] : childrenOf(server.pid))],
  }
}

/** One worker of nginx, which sends what it has from one of our processes. */
async function behind(
  name: string,
  port: number,
  site: string,
  ours: readonly number[],
): Promise<Step> {
  const { pid = 0 } = await startNginx(folder, port, site)
  return {
    ...{ name, url: `http://127.0.0.1:${port}` },
    pids: () => ours,
    // Its worker; beside it is what looks after the cache.
    front: childrenOf(pid).slice(0, 1),
  }
}

async function cached(): Promise<Step> {
  const port = await freePort()
  const server = await startNewsstand(folder, articles, dataOf('the one behind a cache'))
  await server.ready(feeds)
  const site = readFileSync(join(root, 'deploy/nginx.conf'), 'utf8')
    .replace('/var/cache/nginx/newsstand', join(folder, 'cache'))
    .replace('listen 80;', `listen 127.0.0.1:${port};`)
    .replace('127.0.0.1:3000', new URL(server.url).host)
  return behind('nginx with a cache', port, inPlaces(site), [server.pid])
}

async function shared(): Promise<Step> {
  const port = await freePort()
  const settings = {
    DATABASE_URL: await postgres.newDatabase(),
    BASE_URL: `http://127.0.0.1:${port}`,
  }
  const all = []
  for (let n = 1; n <= replicas; n += 1) {
    const data = join(folder, `data of replica ${n}`)
    const server = await startNewsstand(folder, articles, data, settings)
    await server.ready(feeds)
    all.push(server)
  }
  const servers = all.map(({ url }) => `server ${new URL(url).host} max_fails=1 fail_timeout=5s;`)
  const site = readFileSync(join(root, 'examples/two-replicas/nginx.conf'), 'utf8')
    .replace(/(?: +server 172\S+ .*\n)+/, `${servers.join('\n')}\n`)
    .replace('listen 80;', `listen 127.0.0.1:${port};`)
  const pids = all.map(({ pid }) => pid)
  return behind(`${replicas} replicas`, port, inPlaces(site), pids)
}

async function files(): Promise<Step> {
  const port = await freePort()
  const env = {
    PATH: process.env.PATH,
    BASE_URL: `http://127.0.0.1:${port}`,
    ...{ ARTICLES_DIR: articles, DATA_DIR: dataOf('the build'), LOG_LEVEL: 'error' },
  }
  const out = join(folder, 'dist')
  const build = (...more: string[]) => {
    const args = [join(root, 'src/newsstand.cjs'), 'build', '--out', out, ...more]
    const { status, stdout, stderr } = spawnSync(process.execPath, args, { env, encoding: 'utf8' })
    if (status !== 0) throw new Error(`the build failed: ${stderr}`)
    return stdout
  }
  build()
  const types = 'include /etc/nginx/mime.types; sendfile on; tcp_nopush on;'
  return behind('files', port, `${types} ${build('--print', 'nginx')}`, [])
}

/** In one folder, as nginx has them elsewhere without the rights of root. */
function inPlaces(site: string): string {
  const places = join(folder, 'places')
  mkdirSync(places, { recursive: true })
  return `proxy_temp_path ${places}/proxy; keepalive_requests 1000000000; ${site}`
}

/** In turn, so that all have had the same moments of the machine; medians of the rounds. */
async function polls(status: number): Promise<Found[]> {
  const found = steps.map(() => [] as Found[])
  for (let round = -1; round < rounds; round += 1) {
    for (const [n, step] of steps.entries()) {
      const url = `${step.url}/rss.xml`
      const headers = status === 304 ? await knowing(url) : usual
      const answer = await ask(url, headers)
      if (answer.status !== status) throw new Error(`${step.name} answered ${answer.status}`)
      const used = () => [step.front, step.pids()].map((pids) => sum(pids.map(processorSeconds)))
      const before = used()
      const length = round < 0 ? 2 : seconds
      const { perSecond, errors } = await load(folder, url, length, headers)
      if (errors) throw new Error(`${step.name}: ${errors}`)
      const polled = perSecond * length
      const [front = 0, ours = 0] = used().map((some, at) => (some - (before[at] ?? 0)) / polled)
      // The first round is for what is made once.
      if (round >= 0) found[n]?.push({ perSecond, front, cost: front + ours })
    }
  }
  const median = (all: readonly Found[], of: (one: Found) => number) => quantile(all.map(of), 0.5)
  return found.map((all) => ({
    perSecond: median(all, (one) => one.perSecond),
    cost: median(all, (one) => one.cost),
    front: median(all, (one) => one.front),
  }))
}

async function knowing(url: string): Promise<Readonly<Record<string, string>>> {
  const { etag = '' } = (await ask(url, usual)).headers
  return { ...usual, 'If-None-Match': etag }
}

/** What goes out in a month at a million polls a minute. */
async function traffic(): Promise<void> {
  const url = `${steps[0]?.url}/rss.xml`
  const bytesOf = async (headers: Readonly<Record<string, string>>) => {
    const answer = await ask(url, headers)
    const lines = Object.entries(answer.headers).map(([name, value]) => `${name}: ${value}\r\n`)
    return lines.join('').length + answer.body.length
  }
  const [sent, told] = [await bytesOf(usual), await bytesOf(await knowing(url))]
  const each = (1 - unchangedShare) * sent + unchangedShare * told
  const month = (each * pollsASecond * secondsAMonth) / 1e9
  console.log(
    `\nThe feed takes ${thousands(sent)} bytes as 200 and ${thousands(told)} as 304. ` +
      `With ${unchangedShare * 100} % of them unchanged a million polls a minute are ${thousands(month)} GB a month.`,
  )
}

function sum(values: readonly number[]): number {
  return values.reduce((all, one) => all + one, 0)
}
