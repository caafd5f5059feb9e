/**
 * What several processes that serve give on this machine, beside one: requests, processor time, memory, how soon a change is seen by all, and
 * what it costs when one is killed.
 * node bench/workers.ts [seconds of each measurement] [processes that serve]
 */
import { cpSync, readFileSync, writeFileSync } from 'node:fs'
import { Agent } from 'node:http'
import { availableParallelism } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { ask } from '../test/support/http.ts'
import { freePort } from '../test/support/program.ts'
import { childrenOf, listeners } from '../test/support/workers.ts'
import { articlePath, datedAfter, expectedFeeds, seedArticle } from './generate.ts'
import { numbers, printTable, processorSeconds, quantile, residentMemory } from './measure.ts'
import { type Newsstand, startNewsstand, startOver } from './newsstand.ts'
import { load } from './wrk.ts'

const [seconds = 0, several = 0] = numbers(
  'workers.ts [seconds of each measurement] [processes that serve]',
  [5, 2],
  [1, 2],
)
const count = 10_000
const runs = 3
const changes = 20
const kills = 3
const connections = 64
const nothing = { resets: 0, refused: 0, wrong: 0, answers: 0 }
const gzip = { 'Accept-Encoding': 'gzip' }

let version = 0

interface Site {
  readonly name: string
  readonly server: Newsstand
  readonly adminUrl: string
}

// The first start reads everything; what is measured was started again.
const first = await startOver(count)
await first.server.stop()
const { folder, articles } = first
cpSync(join(folder, 'data'), join(folder, 'data of several'), { recursive: true })
const sites = [
  await start('WORKERS=1', 'data', 1),
  await start(`WORKERS=${several}`, 'data of several', several),
] as const
const cores = availableParallelism()
console.log(
  `The load (wrk, ${connections} connections, one thread) and what it is sent to share the ${cores} cores of this machine: what is below is what is left for both. ` +
    'Processor time of a request is that of all processes of a site together, without the load.\n',
)
printTable([
  ['what', ...sites.map(({ name }) => name), 'ratio'],
  ...(await polls('200, gzip', 200)),
  ...(await polls('304', 304)),
])
await memory()
await seen()
await killed()
for (const { server } of sites) await server.stop()
process.exit(0)

async function start(name: string, data: string, workers: number): Promise<Site> {
  const adminPort = String(await freePort())
  const settings = { WORKERS: String(workers), ADMIN_PORT: adminPort }
  const server = await startNewsstand(folder, articles, join(folder, data), settings)
  await server.ready(expectedFeeds(count))
  return { name, server, adminUrl: `http://127.0.0.1:${adminPort}` }
}

/** The processes that serve; none where the one that refreshes does. */
async function workersOf({ adminUrl }: Site): Promise<number[]> {
  const { body } = await ask(`${adminUrl}/status`)
  const { workers = [] } = JSON.parse(String(body)) as { workers?: { pid: number }[] }
  return workers.map(({ pid }) => pid)
}

/** All of these together. */
function processorSecondsOf(pids: readonly number[]): number {
  return pids.reduce((sum, pid) => sum + processorSeconds(pid), 0)
}

/** In turn, so that both have had the same moments of the machine; medians of the runs. */
async function polls(what: string, status: number): Promise<string[][]> {
  const found = sites.map(() => ({ rates: [] as number[], costs: [] as number[] }))
  const errors = new Set<string>()
  for (let run = 0; run < runs; run += 1) {
    for (const [index, site] of sites.entries()) {
      const url = `${site.server.url}/rss.xml`
      const { etag = '' } = (await ask(url, gzip)).headers
      const headers = status === 304 ? { ...gzip, 'If-None-Match': etag } : gzip
      if ((await ask(url, headers)).status !== status) throw new Error(`${url} is not ${status}`)
      // What is made once is made in the first two seconds.
      await load(folder, url, 2, headers)
      const pids = [site.server.pid, ...(await workersOf(site))]
      const before = processorSecondsOf(pids)
      const { perSecond, errors: fault } = await load(folder, url, seconds, headers)
      if (fault) errors.add(`${site.name}: ${fault}`)
      found[index]?.rates.push(perSecond)
      found[index]?.costs.push(((processorSecondsOf(pids) - before) / (perSecond * seconds)) * 1e6)
    }
  }
  const row = (name: string, values: readonly number[][], show: (value: number) => string) => {
    const medians = values.map((some) => quantile(some, 0.5))
    const [one = Number.NaN, other = Number.NaN] = medians
    return [name, ...medians.map(show), (other / one).toFixed(2)]
  }
  return [
    row(
      `${what}: requests a second`,
      found.map(({ rates }) => rates),
      (rate) => Math.round(rate).toLocaleString('en'),
    ),
    row(
      `${what}: processor time of each`,
      found.map(({ costs }) => costs),
      (cost) => `${cost.toFixed(1)} µs`,
    ),
    ...[...errors].map((fault) => [fault]),
  ]
}

async function memory(): Promise<void> {
  const rows = [['memory after that load', 'refreshes', 'serves, each', 'waits', 'together']]
  for (const site of sites) {
    const serving = await workersOf(site)
    const children = serving.length === 0 ? [] : childrenOf(site.server.pid)
    const waiting = children.filter((pid) => !serving.includes(pid)).map(residentMemory)
    const workers = serving.map(residentMemory)
    const own = residentMemory(site.server.pid)
    const each = workers.length === 0 ? 'the same' : workers.map(megabytes).join(', ')
    const pids = [site.server.pid, ...children]
    const sum = pids.reduce((all, pid) => all + shareOfMemory(pid), 0)
    rows.push([site.name, megabytes(own), each, waiting.map(megabytes).join(', '), megabytes(sum)])
  }
  console.log('\nOf what processes share each has all; together it is there once.')
  printTable(rows)
}

/** Memory of a process, with its share of what several have (PSS). MB. */
function shareOfMemory(pid: number): number {
  const rollup = readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8')
  return (Number(/^Pss:\s+(\d+)/m.exec(rollup)?.[1]) * 1024) / 1e6
}

function megabytes(value: number): string {
  return `${value.toFixed(0)} MB`
}

/** From when a file was written until the first of many kept connections has the new feed, and until all have. */
async function seen(): Promise<void> {
  const rows = [[`a change is seen (median of ${changes})`, 'by the first', 'by all', 'slowest']]
  for (const site of sites) {
    const agents = Array.from({ length: 16 }, () => new Agent({ keepAlive: true, maxSockets: 1 }))
    const url = `${site.server.url}/rss.xml`
    const soonest: number[] = []
    const last: number[] = []
    for (let n = 0; n < changes; n += 1) {
      const { etag = '' } = (await ask(url)).headers
      writeFileSync(join(articles, articlePath(count - 1, 'seed')), changedArticle())
      const written = performance.now()
      const times = await Promise.all(
        agents.map(async (agent) => {
          while ((await ask(url, { 'If-None-Match': etag }, 'GET', agent)).status === 304) {
            await sleep(5)
          }
          return performance.now() - written
        }),
      )
      soonest.push(Math.min(...times))
      last.push(Math.max(...times))
      await sleep(200)
    }
    for (const agent of agents) agent.destroy()
    const shown = [quantile(soonest, 0.5), quantile(last, 0.5), Math.max(...last)]
    rows.push([site.name, ...shown.map((ms) => `${ms.toFixed(0)} ms`)])
  }
  console.log('')
  printTable(rows)
}

/** In the feed, and each time another. */
function changedArticle(): string {
  version += 1
  return datedAfter(seedArticle(count - 1), version)
}

/** Kills processes that serve, while nothing is asked and while as much is asked as can be answered. */
async function killed(): Promise<void> {
  const [, site] = sites
  const rows = [[`${kills} killed (kill -9)`, 'replaced after', 'resets', 'refused', 'wrong']]
  for (const isBusy of [false, true]) {
    const after: number[] = []
    const readers = isBusy ? startReaders(`${site.server.url}/rss.xml`) : undefined
    for (let n = 0; n < kills; n += 1) {
      // One that ends soon after its start is waited with.
      await sleep(11_000)
      const [pid = 0] = await workersOf(site)
      const at = performance.now()
      process.kill(pid, 'SIGKILL')
      while (listeners(site.server) === several) await sleep(1)
      while (listeners(site.server) < several) await sleep(1)
      after.push(performance.now() - at)
    }
    const { resets, refused, wrong, answers } = (await readers?.stop()) ?? nothing
    const times = after.map((ms) => ms.toFixed(0)).join(', ')
    const asked = isBusy
      ? `${connections} connections, ${answers.toLocaleString('en')} answers`
      : 'nothing asked'
    rows.push([asked, `${times} ms`, ...[resets, refused, wrong].map(String)])
  }
  console.log('\nReplaced is when another one listens, which has everything to serve by then.')
  printTable(rows)
}

/** Each of many kept connections asks again as soon as it has its answer. */
function startReaders(url: string) {
  const agents = Array.from(
    { length: connections },
    () => new Agent({ keepAlive: true, maxSockets: 1 }),
  )
  const counted = { ...nothing }
  let isOver = false
  const work = Promise.all(
    agents.map(async (agent) => {
      const { etag } = (await ask(url, gzip)).headers
      while (!isOver) {
        try {
          const answer = await ask(url, gzip, 'GET', agent)
          counted.answers += 1
          if (answer.status !== 200 || answer.headers.etag !== etag) counted.wrong += 1
        } catch (error) {
          const { code } = error as NodeJS.ErrnoException
          if (code === 'ECONNREFUSED') counted.refused += 1
          else counted.resets += 1
        }
      }
      agent.destroy()
    }),
  )
  return {
    async stop() {
      isOver = true
      await work
      return counted
    },
  }
}
