/**
 * A first start over very many articles, and the same killed ten times.
 * node bench/million.ts [count] [kills]
 */
import { existsSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import {
  allPublished,
  differences,
  type Filling,
  keptIn,
  kill,
  serves,
  startFilling,
} from '../test/support/filling.ts'
import { generateArticles } from './generate.ts'
import {
  flushToDisk,
  machine,
  numbers,
  peakMemory,
  printTable,
  warnIfBusy,
  workspace,
  yesNo,
} from './measure.ts'

/** Of a million articles of 4 kB on two cores. */
const longestSeconds = 180
const mostMemory = 800
/** Work that was put off counts as memory, too. */
const settleMs = 2000
const longestMs = 3_600_000
/** One page of so many is compared. */
const everyPage = 500

const [count = 0, kills = 0] = numbers('million.ts [count] [kills]', [1_000_000, 10])
const folder = workspace()
const articles = join(folder, 'articles')
console.log(`${machine()}; ${count.toLocaleString('en')} articles`)
generateArticles(articles, count, 'seed')
flushToDisk()
await warnIfBusy()

const whole = await measured('whole', 0)
const killed = await measured('killed', kills)
const others = differences(killed.published, whole.published)
printTable([
  ['what', 'measured', 'must reach', 'reached'],
  ['first start', `${whole.seconds.toFixed(1)} s`, ...aim(whole.seconds, longestSeconds, 's')],
  ['its peak memory', `${whole.memory.toFixed(0)} MB`, ...aim(whole.memory, mostMemory, 'MB')],
  [
    `killed ${kills} times, all starts together`,
    `${killed.seconds.toFixed(1)} s, at most ${killed.memory.toFixed(0)} MB`,
  ],
  [
    `of ${whole.published.size.toLocaleString('en')} documents and pages, other ones then`,
    String(others.length),
    'none',
    yesNo(others.length === 0),
  ],
])
for (const one of others) console.log(one)
process.exitCode = others.length === 0 ? 0 : 1

/** The aims are those of a million. */
function aim(value: number, most: number, unit: string): string[] {
  const share = unit === 's' ? count / 1_000_000 : 1
  return [`under ${most * share} ${unit}`, yesNo(value < most * share)]
}

/** Kills it in equal distances, by the files that it has kept. */
async function measured(name: string, times: number) {
  const data = join(folder, name)
  let seconds = 0
  let memory = 0
  const timed = async (until: (one: Filling) => Promise<unknown>) => {
    const started = performance.now()
    const one = await startFilling(articles, data)
    await until(one)
    seconds += (performance.now() - started) / 1000
    return one
  }
  for (let n = 1; n <= times; n += 1) {
    const one = await timed(({ child }) => untilGrown(data, (n / (times + 1)) * 0.9, child.pid))
    memory = Math.max(memory, peakMemory(one.child.pid))
    await kill(one)
    console.log(`killed with ${keptIn(data).toLocaleString('en')} kept`)
  }
  const one = await timed((running) => serves(running, longestMs))
  await sleep(settleMs)
  memory = Math.max(memory, peakMemory(one.child.pid))
  const published = await allPublished(one, everyPage)
  await kill(one)
  return { seconds, memory, published }
}

/** Until the catalogue has this part of the size that it will have: 4.5 kB an article. */
async function untilGrown(data: string, part: number, pid: number | undefined): Promise<void> {
  const file = join(data, 'catalogue.sqlite')
  const size = () => (existsSync(file) ? statSync(file).size : 0)
  while (size() < count * 4500 * part && existsSync(`/proc/${pid}`)) await sleep(20)
}
