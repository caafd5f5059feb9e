/**
 * How long a search takes that nobody has asked for before.
 * node bench/search.ts [count of articles] [searches]
 */
import { statSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { expectedFeeds, generateArticles, seedArticle } from './generate.ts'
import { flushToDisk, machine, printTable, quantile, warnIfBusy, workspace } from './measure.ts'
import { startNewsstand } from './newsstand.ts'
import { randomFrom } from './random.ts'

const P95_LIMIT = 50

const { positionals } = parseArgs({ allowPositionals: true })
const [count = 100_000, searches = 500] = positionals.map(Number)

const folder = workspace()
console.log(`Writing ${count.toLocaleString('en')} articles …`)
generateArticles(join(folder, 'articles'), count, 'seed')
flushToDisk()
const server = await startNewsstand(folder, join(folder, 'articles'), join(folder, 'data'))
await server.ready(expectedFeeds(count))
const ready = performance.now()
while ((await server.get('/search/rss.xml?q=the'))?.status !== 200) await sleep(200)
const indexed = (performance.now() - ready) / 1000
const size = statSync(join(folder, 'data', 'search.sqlite')).size / 1e6
await sleep(1000)
await warnIfBusy()

const random = randomFrom(7)
/** A word of an article chosen at random: common words come up as often as they are written. */
function word(): string {
  const words = seedArticle(random.between(0, count - 1)).match(/[A-Za-z]{2,}/g) ?? ['the']
  return random.pick(words).toLowerCase()
}
const year = () => random.between(2010, 2019)
const kinds: Readonly<Record<string, () => string>> = {
  'one word': () => word(),
  'two words': () => `${word()} ${word()}`,
  'three words': () => `${word()} ${word()} ${word()}`,
  phrase: () => `"${word()} ${word()}"`,
  'word without another': () => `${word()} -${word()}`,
  'word in a section': () => `section:${random.pick(['world', 'sport'])} ${word()}`,
  'word between dates': () => `${word()} after:${year()} before:${year() + 1}`,
}
const all: number[] = []
const rows = [['search', 'p50', 'p95', 'max']]
const asked = new Set<string>()
for (const [kind, make] of Object.entries(kinds)) {
  const times: number[] = []
  while (times.length < Math.ceil(searches / Object.keys(kinds).length)) {
    const query = make()
    if (asked.has(query)) continue
    asked.add(query)
    const start = performance.now()
    const answer = await server.get(`/search/rss.xml?q=${encodeURIComponent(query)}`)
    if (answer?.status !== 200) throw new Error(`${query}: ${answer?.status} ${answer?.body}`)
    times.push(performance.now() - start)
  }
  all.push(...times)
  rows.push(row(kind, times))
}
rows.push(row('all', all))
console.log(
  `${machine()}; ${count.toLocaleString('en')} articles, indexed ${indexed.toFixed(1)} s after the ` +
    `feeds were ready, index of ${size.toFixed(0)} MB; whole answers over HTTP\n`,
)
printTable(rows)
const p95 = quantile(all, 0.95)
console.log(`\np95 under ${P95_LIMIT} ms: ${p95 < P95_LIMIT ? 'yes' : 'NO'}`)
await server.stop()
process.exit(0)

function row(kind: string, times: readonly number[]): string[] {
  return [kind, ...[0.5, 0.95, 1].map((share) => `${quantile(times, share).toFixed(1)} ms`)]
}
