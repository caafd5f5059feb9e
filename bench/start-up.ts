/**
 * How long until every feed can be had: Hugo's build, Newsstand's first start, Newsstand's restart.
 * node bench/start-up.ts [count] [runs]
 */
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { type ExpectedFeed, expectedFeeds, generateArticles } from './generate.ts'
import { buildSite, hugoVersion, type Measured, writeSite } from './hugo.ts'
import {
  flushToDisk,
  machine,
  numbers,
  peakMemory,
  printTable,
  quantile,
  warnIfBusy,
  workspace,
  yesNo,
} from './measure.ts'
import { startNewsstand } from './newsstand.ts'

/** Newsstand runs on that long after its feeds are ready, so that work put off counts as memory, too. */
const settleMs = 2000
/** MB. */
const memoryLimit = 400
/** Seconds. */
const restartLimit = 2

const [count = 0, runs = 0] = numbers('start-up.ts [count of 5 or more] [runs]', [10_000, 3], [5])
const hugo = hugoVersion()
const folder = workspace()
const site = join(folder, 'hugo')
const articles = join(folder, 'articles')
const feeds = expectedFeeds(count)
console.log(`${machine()}, ${hugo ? `Hugo ${hugo}` : 'no hugo (apt-get install hugo)'}`)
generateArticles(articles, count, 'seed')
if (hugo) writeSite(site, count)
flushToDisk()
await warnIfBusy()

const built: Measured[] = []
const cold: Measured[] = []
const restarted: Measured[] = []
for (let run = 0; run < runs; run += 1) {
  const data = join(folder, `data-${run}`)
  if (hugo) built.push(await buildSite(site, feeds))
  cold.push(await start(data, feeds))
  restarted.push(await start(data, feeds.slice(0, 1)))
}

const most = hugo ? Math.min(memoryLimit, median(built, 'memory')) : memoryLimit
const isQuick = !hugo || median(cold, 'seconds') <= median(built, 'seconds')
const isSmall = median(cold, 'memory') < most
console.log(
  `${count.toLocaleString('en')} articles, 6 RSS feeds of 50 in full; ` +
    `median of ${runs} (lowest to highest); files in the OS cache\n`,
)
printTable([
  ['what', 'time', 'peak memory', 'must reach', 'reached'],
  ...(hugo ? [['Hugo: build', ...cells(built)]] : []),
  [
    'Newsstand: first start, all 6 feeds answered',
    ...cells(cold),
    `${hugo ? 'no longer than Hugo, ' : ''}under ${most.toFixed(0)} MB`,
    yesNo(isQuick && isSmall),
  ],
  [
    'Newsstand: restart, nothing changed, first feed answered',
    ...cells(restarted),
    `under ${restartLimit} s`,
    yesNo(median(restarted, 'seconds') < restartLimit),
  ],
])

async function start(data: string, feeds: readonly ExpectedFeed[]): Promise<Measured> {
  const server = await startNewsstand(folder, articles, data)
  const seconds = (await server.ready(feeds)) / 1000
  await sleep(settleMs)
  const memory = peakMemory(server.pid)
  await server.stop()
  return { seconds, memory }
}

function shares(measured: readonly Measured[], what: keyof Measured): number[] {
  const values = measured.map((one) => one[what])
  return [0.5, 0, 1].map((share) => quantile(values, share))
}

function median(measured: readonly Measured[], what: keyof Measured): number {
  return shares(measured, what)[0] ?? Number.NaN
}

function cells(measured: readonly Measured[]): string[] {
  const cell = (what: keyof Measured, digits: number, unit: string) => {
    const [middle, low, high] = shares(measured, what).map((one) => one.toFixed(digits))
    return `${middle} ${unit} (${low} to ${high})`
  }
  return [cell('seconds', 2, 's'), cell('memory', 0, 'MB')]
}
