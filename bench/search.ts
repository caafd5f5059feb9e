/**
 * How long a search takes that nobody has asked for before.
 * node bench/search.ts [count of articles] [searches]
 */
import { statSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { randomFrom } from '../test/support/random.ts'
import { seedArticle } from './generate.ts'
import { numbers, printTable, quantile, warnIfBusy, yesNo } from './measure.ts'
import { startOver } from './newsstand.ts'

const p95Limit = 50
const usage = 'search.ts [count of articles] [searches]'
const [count = 0, searches = 0] = numbers(usage, [100_000, 500], [5])
const { server, folder } = await startOver(count)
const ready = performance.now()
while ((await server.get('/search/rss.xml?q=the'))?.status !== 200) await sleep(200)
const indexed = ((performance.now() - ready) / 1000).toFixed(1)
const size = (statSync(join(folder, 'data', 'search.sqlite')).size / 1e6).toFixed(0)
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
  `Indexed ${indexed} s after the feeds were ready, in ${size} MB; whole answers by HTTP\n`,
)
printTable(rows)
console.log(`\np95 under ${p95Limit} ms: ${yesNo(quantile(all, 0.95) < p95Limit)}`)
await server.stop()

function row(kind: string, times: readonly number[]): string[] {
  return [kind, ...[0.5, 0.95, 1].map((share) => `${quantile(times, share).toFixed(1)} ms`)]
}
