/**
 * What it costs a request that the app is a plain function, which any server can mount: beside the app alone, in turn.
 * node bench/mount.ts [seconds of each measurement]
 */
import { once } from 'node:events'
import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import express from 'express'
import { loadConfig } from '../src/config.ts'
import { handlerOf } from '../src/server/handler.ts'
import { cpuTime } from '../test/support/cpu-time.ts'
import { machine, numbers, printTable, quantile, warnIfBusy, workspace } from './measure.ts'
import { load } from './wrk.ts'

const [seconds = 0] = numbers('mount.ts [seconds of each measurement]', [5])
const runs = 5
const folder = workspace()

/** Answers at once: what is measured is the way there. */
const app = express().use((_request, response) => void response.end())
const config = loadConfig({ BASE_URL: 'https://news.example/news' }, folder)
const router = handlerOf(
  app,
  config,
  () => false,
  (_request, response) => response.writeHead(404).end(),
)

interface Way {
  readonly name: string
  readonly url: string
  /** What it is compared with. */
  readonly alone?: string
  readonly micros: number[]
}

const ways: Way[] = [
  await way('node:http: the app alone', app),
  await way('node:http: the router', router, 'node:http: the app alone'),
  await way('Express: the app, mounted', express().use('/news', app)),
  await way('Express: the router', express().use('/news', router), 'Express: the app, mounted'),
]
console.log(machine())
await warnIfBusy()
for (const { url } of ways) await load(folder, url, 1, {})
for (let run = 0; run < runs; run += 1) {
  for (const { url, micros } of ways) micros.push(await microsOf(url))
}
const medians = new Map(ways.map(({ name, micros }) => [name, quantile(micros, 0.5)]))
printTable([
  ['way', 'µs of the processor a request', 'lowest to highest', 'more than alone'],
  ...ways.map(({ name, alone = '', micros }) => {
    const [median = 0, base] = [name, alone].map((one) => medians.get(one))
    const range = `${Math.min(...micros).toFixed(1)} to ${Math.max(...micros).toFixed(1)}`
    return [name, median.toFixed(1), range, base === undefined ? '' : (median - base).toFixed(1)]
  }),
])
process.exit(0)

async function way(name: string, listener: RequestListener, alone?: string): Promise<Way> {
  const server = createServer(listener).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  const url = `http://127.0.0.1:${port}/news/rss.xml`
  return { name, url, ...(alone !== undefined && { alone }), micros: [] }
}

/** Of this thread, all requests taken together. @throws Error when one was answered otherwise */
async function microsOf(url: string): Promise<number> {
  const before = cpuTime()
  const { perSecond, errors } = await load(folder, url, seconds, {})
  if (errors) throw new Error(`${url}: ${errors}`)
  return ((cpuTime() - before) * 1000) / (perSecond * seconds)
}
