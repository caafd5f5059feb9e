/**
 * How long until a feed shows a changed file, and a new one, among many.
 * node bench/change.ts [count] [changes]
 */
import { setTimeout as sleep } from 'node:timers/promises'
import { createChanges, mostChanges } from './changing.ts'
import { numbers, peakMemory, printTable, quantile, yesNo } from './measure.ts'
import { startOver } from './newsstand.ts'

const p95Limit = 250

const usage = `change.ts [count of 5 or more] [changes, at most ${mostChanges} and count]`
const [count = 0, changes = 0] = numbers(usage, [100_000, 100], [5])
if (changes > Math.min(count, mostChanges)) throw new Error(`Usage: ${usage}`)
const { server, articles, readyMs } = await startOver(count)
try {
  const ready = (readyMs / 1000).toFixed(1)
  console.log(`Ready after ${ready} s; ${changes} files edited, ${changes} added`)
  await sleep(2000)
  const { edit, add } = createChanges(server, articles, count, changes)
  const edited = await edit()
  const added = await add()
  console.log(`The server's peak memory was ${peakMemory(server.pid).toFixed(0)} MB\n`)
  printTable([
    ['from closing the file until /rss.xml shows it', 'p50', 'p95', 'max', 'must reach', 'reached'],
    row('one file edited', edited),
    row('one file added', added),
  ])
} finally {
  await server.stop()
}

function row(what: string, latencies: readonly number[]): string[] {
  const shown = [0.5, 0.95, 1].map((share) => `${quantile(latencies, share).toFixed(0)} ms`)
  const isReached = quantile(latencies, 0.95) < p95Limit
  return [what, ...shown, `p95 under ${p95Limit} ms`, yesNo(isReached)]
}
