/**
 * What a site costs as it grows: one table of all sizes from one run, and a picture of it.
 * node bench/scale.ts [--picture FILE] [count of articles, 10 or more]…
 */
import { readdirSync, statSync, writeFileSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { randomFrom } from '../test/support/random.ts'
import {
  articlePath,
  datedAfter,
  expectedFeeds,
  generateArticles,
  seedArticle,
} from './generate.ts'
import { buildSite, hugoVersion, writeSite } from './hugo.ts'
import {
  flushToDisk,
  machine,
  peakMemory,
  printTable,
  processorSeconds,
  quantile,
  residentMemory,
  warnIfBusy,
  workspace,
} from './measure.ts'
import { type Newsstand, startNewsstand } from './newsstand.ts'
import { drawScale } from './scale-picture.ts'

/** What was measured of so many articles: seconds, and MB (10^6 bytes). */
export interface Size {
  readonly count: number
  readonly firstStart: number
  readonly firstStartMemory: number
  readonly restart: number
  /** The median. */
  readonly change: number
  /** From the newest to the oldest article by the links to older archive documents; of which there are so many. */
  readonly walk: number
  readonly archives: number
  /** Until every article can be found. */
  readonly indexing: number
  /** The 95th percentile. */
  readonly search: number
  /** Resident, of a process that was started again, after all that. */
  readonly memory: number
  readonly disk: number
  /** Processor time in a minute in which nothing happens. */
  readonly rest: number
  /** Hugo's time for six feeds, and its memory. */
  readonly hugo: { readonly seconds: number; readonly memory: number } | undefined
}

const changes = 10
const searches = 100
/** Hugo keeps everything in memory: 100,000 articles take 2 GB. */
const mostForHugo = 100_000
/** The refresh of every minute is in it twice. The first after a start, which looks at everything, and what else was put off is done before. */
const restMs = 120_000
const settleMs = 80_000

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { picture: { type: 'string' } },
})
const counts = positionals.length > 0 ? positionals.map(Number) : [10_000, 100_000, 1_000_000]
if (!counts.every((count) => Number.isInteger(count) && count >= 10)) {
  console.error('Usage: node bench/scale.ts [--picture FILE] [count of articles, 10 or more]…')
  process.exit(2)
}
const hugo = hugoVersion()
console.log(`${machine()}, ${hugo ? `Hugo ${hugo}` : 'no hugo (apt-get install hugo)'}`)
await warnIfBusy()
const sizes: Size[] = []
for (const count of counts) sizes.push(await measure(count))
print(sizes)
if (values.picture) writeFileSync(values.picture, drawScale(sizes))

async function measure(count: number): Promise<Size> {
  const folder = join(workspace(), String(count))
  const articles = join(folder, 'articles')
  const data = join(folder, 'data')
  const site = join(folder, 'hugo')
  const feeds = expectedFeeds(count)
  const say = (what: string) => console.log(`${count.toLocaleString('en')}: ${what}`)
  const withHugo = hugo !== undefined && count <= mostForHugo
  say('articles are being written')
  generateArticles(articles, count, 'seed')
  if (withHugo) writeSite(site, count)
  flushToDisk()
  const built = withHugo ? await buildSite(site, feeds) : undefined
  await rm(site, { recursive: true, force: true })

  say('first start')
  const first = await startNewsstand(folder, articles, data)
  const firstStart = (await first.ready(feeds)) / 1000
  const ready = performance.now()
  while ((await first.get('/search/rss.xml?q=the'))?.status !== 200) await sleep(100)
  const indexing = (performance.now() - ready) / 1000
  const firstStartMemory = peakMemory(first.pid)
  await first.stop()

  say('restart')
  const server = await startNewsstand(folder, articles, data)
  const restart = (await server.ready(feeds.slice(0, 1))) / 1000
  await sleep(settleMs)
  say('rest')
  const before = processorSeconds(server.pid)
  await sleep(restMs)
  const rest = ((processorSeconds(server.pid) - before) * 60_000) / restMs
  say('changes, searches')
  const change = await changeSome(server, articles, count)
  const search = await searchSome(server, count)
  say('archive walk')
  const { seconds: walk, archives } = await walkArchives(server, count)
  const memory = residentMemory(server.pid)
  await server.stop()
  const disk = sizeOf(data)
  await rm(folder, { recursive: true })
  return {
    ...{ count, firstStart, firstStartMemory, restart, change, walk, archives, indexing, search },
    ...{ memory, disk, rest, hugo: built },
  }
}

/** From closing a file until a poll shows it: the median, in seconds. */
async function changeSome(server: Newsstand, articles: string, count: number): Promise<number> {
  const random = randomFrom(31)
  const times: number[] = []
  for (let day = 1; day <= changes; day += 1) {
    await sleep(random.between(200, 700))
    const n = random.between(0, count - 1)
    const marker = `Marker${day}x${random.between(100_000, 999_999)}`
    const lines = datedAfter(seedArticle(n), day).split('\n')
    const text = lines.map((line) => (line === lines[2] ? `${line} ${marker}` : line)).join('\n')
    let etag = (await server.get('/rss.xml'))?.headers.etag
    writeFileSync(join(articles, articlePath(n, 'seed')), text)
    const start = performance.now()
    for (;;) {
      const answer = await server.get('/rss.xml', etag)
      if (answer?.body.includes(marker)) break
      if (performance.now() - start > 60_000) throw new Error(`${marker} never came`)
      etag = answer?.headers.etag ?? etag
      await sleep(5)
    }
    times.push((performance.now() - start) / 1000)
  }
  return quantile(times, 0.5)
}

/** Words nobody has searched for before: the 95th percentile of whole answers, in seconds. */
async function searchSome(server: Newsstand, count: number): Promise<number> {
  const random = randomFrom(7)
  const times: number[] = []
  const word = () =>
    random.pick(seedArticle(random.between(0, count - 1)).match(/[a-z]{4,}/g) ?? ['article'])
  // What has changed is indexed by the first who searches.
  await server.get('/search/rss.xml?q=first')
  for (let n = 0; n < searches; n += 1) {
    const start = performance.now()
    const answer = await server.get(`/search/rss.xml?q=${word()}+${word()}`)
    if (answer?.status !== 200) throw new Error(`a search was answered with ${answer?.status}`)
    times.push((performance.now() - start) / 1000)
  }
  return quantile(times, 0.95)
}

/** All of the site's feed, as RFC 5005 §4 has readers do it. @throws Error unless every article is in it once */
async function walkArchives(server: Newsstand, count: number) {
  const start = performance.now()
  const ids = new Set<string>()
  let archives = -1
  for (let path: string | undefined = '/rss.xml'; path !== undefined; archives += 1) {
    const answer = await server.get(path)
    if (answer?.status !== 200) throw new Error(`${path} was answered with ${answer?.status}`)
    for (const [, id = ''] of answer.body.matchAll(/<guid[^>]*>([^<]+)/g)) ids.add(id)
    const [link = ''] = /<atom:link [^>]*rel="prev-archive"[^>]*>/.exec(answer.body) ?? []
    const href = /href="([^"]+)"/.exec(link)?.[1]
    path = href && new URL(href).pathname
  }
  if (ids.size !== count) throw new Error(`the archives hold ${ids.size} of ${count} articles`)
  return { seconds: (performance.now() - start) / 1000, archives }
}

/** MB of all files below a folder. */
function sizeOf(folder: string): number {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true })
  const bytes = files.map((file) =>
    file.isFile() ? statSync(join(file.parentPath, file.name)).size : 0,
  )
  return bytes.reduce((sum, one) => sum + one, 0) / 1e6
}

function print(sizes: readonly Size[]): void {
  const row = (what: string, cell: (size: Size) => string) => [what, ...sizes.map(cell)]
  const hugoCell = (cell: (hugo: { seconds: number; memory: number }) => string) => (size: Size) =>
    size.hugo ? cell(size.hugo) : '–'
  console.log('')
  printTable([
    row('articles', ({ count }) => count.toLocaleString('en')),
    row('first start, six feeds', ({ firstStart }) => seconds(firstStart)),
    row(
      '  Hugo, six feeds',
      hugoCell((hugo) => seconds(hugo.seconds)),
    ),
    row('  its peak memory', ({ firstStartMemory }) => megabytes(firstStartMemory)),
    row(
      '  Hugo’s',
      hugoCell((hugo) => megabytes(hugo.memory)),
    ),
    row('restart', ({ restart }) => seconds(restart)),
    row('one change, median', ({ change }) => seconds(change)),
    row('walk through all archives', ({ walk }) => seconds(walk)),
    row('  of so many', ({ archives }) => archives.toLocaleString('en')),
    row('search index, after the first start', ({ indexing }) => seconds(indexing)),
    row('search, p95', ({ search }) => seconds(search)),
    row('memory, after all this', ({ memory }) => megabytes(memory)),
    row('disk', ({ disk }) => megabytes(disk)),
    row('processor time a minute at rest', ({ rest }) => seconds(rest)),
  ])
}

function seconds(value: number): string {
  if (value < 1) return `${(value * 1000).toFixed(0)} ms`
  return `${value.toFixed(value < 10 ? 2 : 0)} s`
}

function megabytes(value: number): string {
  return `${value.toFixed(0)} MB`
}
