/**
 * How long until every feed can be had: Hugo's build, Newsstand's first start, Newsstand's restart.
 * node bench/start-up.ts [count…] [--runs 3]
 */
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { type ExpectedFeed, expectedFeeds, generateArticles } from './generate.ts'
import { buildSite, hugoVersion, writeSite } from './hugo.ts'
import {
  flushToDisk,
  type Measured,
  machine,
  printTable,
  quantile,
  warnIfBusy,
  workspace,
} from './measure.ts'
import { startNewsstand } from './newsstand.ts'

/** Newsstand runs on that long after its feeds are ready, so that work put off counts as memory, too. */
const SETTLE = 2000
const MEMORY_LIMIT = 400
const RESTART_LIMIT = 2

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: { runs: { type: 'string', default: '3' } },
})
const counts = positionals.length > 0 ? positionals.map(Number) : [10_000]
const runs = Number(values.runs)
const valid = [runs, ...counts].every((n) => Number.isInteger(n) && n > 0)
if (!valid || counts.some((count) => count < 5)) {
  console.error('Usage: node bench/start-up.ts [count of 5 or more…] [--runs 3]')
  process.exit(2)
}
const hugo = hugoVersion()
const files = workspace()
for (const count of counts) await compare(count)

async function compare(count: number): Promise<void> {
  const site = join(files, `hugo-${count}`)
  const articles = join(files, `articles-${count}`)
  const feeds = expectedFeeds(count)
  console.log(`\nWriting ${count.toLocaleString('en')} articles …`)
  generateArticles(articles, count, 'seed')
  if (hugo) writeSite(site, count)
  flushToDisk()
  await warnIfBusy()

  const built: Measured[] = []
  const cold: Measured[] = []
  const restarted: Measured[] = []
  for (let run = 0; run < runs; run += 1) {
    const data = join(files, `data-${count}-${run}`)
    if (hugo) built.push(await buildSite(site, feeds))
    cold.push(await start(articles, data, feeds))
    restarted.push(await start(articles, data, feeds.slice(0, 1)))
  }
  report(count, built, cold, restarted)
}

/** One start of Newsstand until the feeds are answered. */
async function start(
  articles: string,
  data: string,
  feeds: readonly ExpectedFeed[],
): Promise<Measured> {
  const server = await startNewsstand(files, articles, data)
  try {
    const seconds = (await server.ready(feeds)) / 1000
    await sleep(SETTLE)
    return { seconds, memory: server.memory() }
  } finally {
    await server.stop()
  }
}

function report(count: number, built: Measured[], cold: Measured[], restarted: Measured[]): void {
  const hugoSeconds = median(built, 'seconds')
  const memoryLimit = Math.min(MEMORY_LIMIT, hugo ? median(built, 'memory') : MEMORY_LIMIT)
  const coldReached =
    !(median(cold, 'seconds') > hugoSeconds) && median(cold, 'memory') < memoryLimit
  const restartReached = median(restarted, 'seconds') < RESTART_LIMIT
  console.log(`${machine()}, ${hugo ? `Hugo ${hugo}` : 'no hugo (apt-get install hugo)'}`)
  console.log(
    `${count.toLocaleString('en')} articles, 6 RSS feeds of 50 in full; median of ${runs} (lowest to highest); files in the OS cache\n`,
  )
  printTable([
    ['what', 'time', 'peak memory', 'must reach', 'reached'],
    ...(hugo ? [['Hugo: build', ...cells(built), '', '']] : []),
    [
      'Newsstand: first start, all 6 feeds answered',
      ...cells(cold),
      `${hugo ? 'no longer than Hugo, ' : ''}under ${memoryLimit.toFixed(0)} MB`,
      coldReached ? 'yes' : 'NO',
    ],
    [
      'Newsstand: restart, nothing changed, first feed answered',
      ...cells(restarted),
      `under ${RESTART_LIMIT} s`,
      restartReached ? 'yes' : 'NO',
    ],
  ])
}

function median(measured: readonly Measured[], what: keyof Measured): number {
  return quantile(
    measured.map((one) => one[what]),
    0.5,
  )
}

function cells(measured: readonly Measured[]): string[] {
  const spread = (what: keyof Measured, digits: number, unit: string): string => {
    const numbers = measured.map((one) => one[what])
    const [low, middle, high] = [0, 0.5, 1].map((share) => quantile(numbers, share).toFixed(digits))
    return `${middle} ${unit} (${low} to ${high})`
  }
  return [spread('seconds', 2, 's'), spread('memory', 0, 'MB')]
}
