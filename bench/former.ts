/**
 * Start, change and memory of a former program, of today's, and of today's over PostgreSQL, in turns.
 * node bench/former.ts FOLDER [count] [changes] [rounds]
 * FOLDER is a clone of the former commit, in which `npm ci` has run.
 */
import { existsSync, rmSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { startPostgres } from '../test/support/postgres.ts'
import { createChanges } from './changing.ts'
import { expectedFeeds, generateArticles } from './generate.ts'
import {
  flushToDisk,
  machine,
  numbers,
  peakMemory,
  printTable,
  quantile,
  warnIfBusy,
  workspace,
} from './measure.ts'
import { startNewsstand } from './newsstand.ts'

const [given = '', ...rest] = process.argv.slice(2)
const usage = 'former.ts FOLDER [count of 5 or more] [changes] [rounds]'
const [count = 0, changes = 0, rounds = 0] = numbers(usage, [10_000, 20, 3], [5], rest)
const former = `${resolve(given, 'src')}/`
if (!existsSync(join(former, 'newsstand.cjs'))) throw new Error(`Usage: ${usage}`)
/** It runs on that long, so that work put off counts as memory, too. */
const settleMs = 2000

interface Found {
  readonly start: number
  readonly restart: number
  readonly edited: readonly number[]
  readonly added: readonly number[]
  readonly memory: number
}

await using postgres = await startPostgres()
const programs = [
  { name: 'former', from: former },
  { name: 'today', from: undefined },
  { name: 'today, DATABASE_URL', from: undefined, isShared: true },
] as const
const found = new Map<string, Found[]>(programs.map(({ name }) => [name, []]))
console.log(`${machine()}; ${count.toLocaleString('en')} articles, ${changes} changes of each kind`)
await warnIfBusy()
for (let round = 0; round < rounds; round += 1) {
  for (const program of programs) found.get(program.name)?.push(await measure(program))
}

const median = (values: readonly number[]) => quantile(values, 0.5)
const column = (of: (one: Found) => number, digits: number) =>
  [...found.values()].map((all) => {
    const values = all.map(of)
    const [low, high] = [Math.min(...values), Math.max(...values)].map((one) => one.toFixed(digits))
    return `${median(values).toFixed(digits)} (${low} to ${high})`
  })
console.log(`\nmedian of ${rounds} (lowest to highest)\n`)
printTable([
  ['what', ...found.keys()],
  ['first start, all feeds answered, s', ...column(({ start }) => start, 2)],
  ['restart, first feed answered, s', ...column(({ restart }) => restart, 2)],
  ['one file edited, median, ms', ...column(({ edited }) => median(edited), 0)],
  ['one file added, median, ms', ...column(({ added }) => median(added), 0)],
  ['peak memory of the first start, MB', ...column(({ memory }) => memory, 0)],
])

async function measure({ name, from, ...program }: (typeof programs)[number]): Promise<Found> {
  const folder = workspace()
  const [articles, data] = [join(folder, 'articles'), join(folder, 'data')]
  generateArticles(articles, count, 'seed')
  flushToDisk()
  const shared = 'isShared' in program ? { DATABASE_URL: await postgres.newDatabase() } : {}
  const how = from === undefined ? {} : { from }
  const start = async () => startNewsstand(folder, articles, data, shared, how)
  const first = await start()
  const started = await first.ready(expectedFeeds(count))
  await sleep(settleMs)
  const memory = peakMemory(first.pid)
  await first.stop()
  const again = await start()
  const restarted = await again.ready(expectedFeeds(count).slice(0, 1))
  await sleep(settleMs)
  const { edit, add } = createChanges(again, articles, count, changes)
  const [edited, added] = [await edit(), await add()]
  await again.stop()
  rmSync(folder, { recursive: true })
  console.log(`${name}: ${(started / 1000).toFixed(2)} s, ${memory.toFixed(0)} MB`)
  return { start: started / 1000, restart: restarted / 1000, edited, added, memory }
}
