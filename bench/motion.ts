/**
 * A folder in motion: several programs add, change, move and delete files while feeds are polled. Two
 * seconds after they stop, the feeds have to hold what the folder holds.
 * node bench/motion.ts [seconds] [files]
 */
import { fork } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { faultOf, readAnswer } from './answers.ts'
import { channelPaths } from './history.ts'
import { machine, printTable, warnIfBusy, workspace } from './measure.ts'
import type { Left } from './motion-writer.ts'
import { startNewsstand } from './newsstand.ts'
import { differences, followed, stockOf } from './stock.ts'

const { positionals } = parseArgs({ allowPositionals: true })
const [seconds = 60, files = 10_000] = positionals.map(Number)
if (![seconds, files].every((n) => Number.isInteger(n) && n > 0) || files < 100) {
  console.error('Usage: node bench/motion.ts [seconds] [files, 100 or more]')
  process.exit(2)
}

const writers = 4
/** It has to be right so soon after the last change. */
const quietMs = 2000
const formats = ['rss.xml', 'atom.xml', 'feed.json']

const folder = workspace()
const articles = join(folder, 'articles')
const dataDir = join(folder, 'data')
mkdirSync(articles)
// Half the files are there before, and each of the others comes, changes, moves or goes meanwhile.
const children = Array.from({ length: writers }, (_, n) => {
  const script = fileURLToPath(new URL('motion-writer.ts', import.meta.url))
  const share = Math.floor(files / writers)
  return fork(script, [articles, n, writers, seconds, share / 2, share].map(String))
})
await Promise.all(children.map((child) => once(child, 'message')))
const settings = { FEED_ITEMS: '100', BASE_URL: 'http://news.example' }
const server = await startNewsstand(folder, articles, dataDir, settings)
await followed(server, articles, dataDir)
await warnIfBusy()

const faults: string[] = []
const statuses = new Map<string, number>()
let isMoving = true
const polling = poll()
const left = await Promise.all(
  children.map(async (child) => {
    child.send('go')
    const [stories] = await once(child, 'message')
    return stories as Left[]
  }),
)
const end = performance.now()
await followed(server, articles, dataDir)
const caughtUp = performance.now() - end
await sleep(Math.max(0, quietMs - caughtUp))
isMoving = false
await polling

const stories = left.flat()
const expected = new Map(stories.map(({ word, title }) => [word, title]))
const stock = await stockOf(server)
const wrong = differences(stock, expected)
const clean = await startNewsstand(folder, articles, join(folder, 'clean'), settings)
await followed(clean, articles, join(folder, 'clean'))
const cleanStock = await stockOf(clean)
const unmoved = stories.filter(({ wasMoved }) => !wasMoved)
const otherIds = unmoved.filter(({ word }) => stock.get(word)?.id !== cleanStock.get(word)?.id)

const answers = [...statuses].map(([status, count]) => `${count.toLocaleString('en')} × ${status}`)
const yesNo = (isReached: boolean) => (isReached ? 'yes' : 'NO')
const has5xx = [...statuses.keys()].some((status) => !['200', '304'].includes(status))
console.log(
  `${machine()}; ${writers} writers, ${files.toLocaleString('en')} changes in ${seconds} s\n`,
)
printTable([
  ['what', 'seen', 'must hold', 'held'],
  ['answers meanwhile', answers.join(', '), 'only 200 and 304', yesNo(!has5xx)],
  ['malformed, halves, doubles', String(faults.length), '0', yesNo(faults.length === 0)],
  [
    'catalogue holds the folder',
    `${caughtUp.toFixed(0)} ms after the last change`,
    `within ${quietMs} ms`,
    yesNo(caughtUp <= quietMs),
  ],
  [
    `lost, left over, old, of ${expected.size.toLocaleString('en')}`,
    String(wrong.length),
    '0',
    yesNo(wrong.length === 0),
  ],
  [
    `ids other than a clean build's, of ${unmoved.length.toLocaleString('en')} never moved`,
    String(otherIds.length),
    '0',
    yesNo(otherIds.length === 0),
  ],
])
for (const fault of [...faults, ...wrong].slice(0, 10)) console.log(fault)
await Promise.all([server.stop(), clean.stop()])
const isHeld = !has5xx && caughtUp <= quietMs
process.exit(isHeld && faults.length + wrong.length + otherIds.length === 0 ? 0 : 1)

/** Reads feeds in turn, as fast as they come, until all is still. */
async function poll(): Promise<void> {
  const etags = new Map<string, string>()
  for (let n = 0; isMoving; n += 1) {
    const channel = channelPaths[n % channelPaths.length] ?? '/'
    const path = `${channel}${formats[n % formats.length]}`
    const answer = await server.get(path, n % 2 === 0 ? etags.get(path) : undefined)
    const status = String(answer?.status ?? 'no answer')
    statuses.set(status, (statuses.get(status) ?? 0) + 1)
    if (answer?.status !== 200) continue
    if (answer.etag) etags.set(path, answer.etag)
    try {
      const fault = faultOf(readAnswer(path, answer.body))
      if (fault) faults.push(`${path}: ${fault}`)
    } catch (error) {
      faults.push(`${path} is malformed: ${(error as Error).message}`)
    }
  }
}
