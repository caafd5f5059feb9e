/**
 * A long load: everything is asked for in every way while articles come, change and go; every answer is
 * read, and compared with what the folder held. node bench/soak.ts [seconds] [requests a second]
 */
import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, readdirSync, readlinkSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { collectedHeap, heapFileIn, heapFlags } from './collected-heap.ts'
import { textOf, titleOf } from './history.ts'
import { machine, printTable, quantile, residentMemory, warnIfBusy, workspace } from './measure.ts'
import { startNewsstand } from './newsstand.ts'
import { randomFrom } from './random.ts'
import type { Seen, Told } from './soak-load.ts'
import type { Change } from './soak-model.ts'
import { followed } from './stock.ts'

const { positionals } = parseArgs({ allowPositionals: true })
const [seconds = 600, rate = 1000] = positionals.map(Number)
if (![seconds, rate].every((n) => Number.isInteger(n) && n > 0) || seconds < 20) {
  console.error('Usage: node bench/soak.ts [seconds, 20 or more] [requests a second]')
  process.exit(2)
}

const loads = 2
/** Of each load process. */
const sockets = 16
const files = 800
const feedItems = 20
const changeEveryMs = 100
/** Told that long before it is made, so that all who read answers know of it by then. */
const noticeMs = 300
/** From then on memory has to stay as it is. */
const markAt = seconds >= 240 ? 120 : seconds / 2

interface Story {
  readonly number: number
  readonly path: string
  edition: number
  title: string | undefined
}

const folder = workspace()
const articles = join(folder, 'articles')
const dataDir = join(folder, 'data')
const heapFile = heapFileIn(folder)
mkdirSync(articles)
const random = randomFrom(5)
const stories: Story[] = []
let numbers = 0
let bad = 0

for (let n = 0; n < files; n += 1) {
  const story = newStory()
  write(story, false)
  stories.push(story)
}
const server = await startNewsstand(
  folder,
  articles,
  dataDir,
  { FEED_ITEMS: String(feedItems), HEAP_FILE: heapFile },
  { flags: heapFlags },
)
await followed(server, articles, dataDir)
// The first searches make the index, which is what a first start does anyway.
while ((await server.get('/search/rss.xml?q=seen'))?.status !== 200) await sleep(100)
await warnIfBusy()

const children = Array.from({ length: loads }, (_, n) => {
  const script = fileURLToPath(new URL('soak-load.ts', import.meta.url))
  return fork(script, [server.url, rate / loads, feedItems, sockets, n + 1].map(String))
})
tell(stories.map(({ number, title }) => ({ number, at: 0, ...(title !== undefined && { title }) })))
const started = performance.now()
const changing = setInterval(() => void changeOne(), changeEveryMs)
let changes = 0

await sleep(markAt * 1000)
const mark = await measure()
await sleep(seconds * 1000 - (performance.now() - started))
const end = await measure()
clearInterval(changing)
await sleep(2 * noticeMs)
const seen = await Promise.all(children.map(report))
const elapsed = (performance.now() - started) / 1000
await server.stop()
process.exit(summary() ? 0 : 1)

function newStory(): Story {
  const number = numbers
  numbers += 1
  return { number, path: `${number % 20}/story-${number}.md`, edition: 0, title: undefined }
}

/** Adds, edits or removes a story: as many of each as keep the folder at its size. */
async function changeOne(): Promise<void> {
  const kind = random.between(1, 100)
  const story = kind <= 40 ? newStory() : pick()
  if (!story) return
  tell([{ number: story.number }])
  await sleep(noticeMs)
  const isRemoval = kind > 60
  if (isRemoval) {
    rmSync(join(articles, story.path))
    story.title = undefined
  } else write(story, random.between(1, 20) === 1)
  changes += 1
  const { number, title } = story
  tell([{ number, at: Date.now(), ...(title !== undefined && { title }) }])
  if (!isRemoval) stories.push(story)
}

/** Takes a story out of the list while something happens to it; half the time one that feeds show. */
function pick(): Story | undefined {
  const newest = random.between(0, 1) === 0 ? Math.max(0, stories.length - 25) : 0
  return stories.splice(random.between(newest, stories.length - 1), 1)[0]
}

function write(story: Story, isBad: boolean): void {
  const { number } = story
  story.edition += 1
  const text = { number, edition: story.edition, state: isBad ? 'bad' : 'good' } as const
  const path = join(articles, story.path)
  mkdirSync(join(path, '..'), { recursive: true })
  writeFileSync(path, textOf(text, 1))
  if (isBad) bad += 1
  else story.title = titleOf(text)
}

function tell(changes: Change[]): void {
  const told: Told = { changes, oldest: Math.max(0, numbers - files), newest: numbers - 1 }
  for (const child of children) child.send(told)
}

async function report(child: ChildProcess): Promise<Seen> {
  child.send('stop' satisfies Told)
  const [seen] = await once(child, 'message')
  return seen as Seen
}

/** The heap after a collection, resident memory in MB, open files and connections. */
async function measure() {
  const { heapUsed, arrayBuffers } = await collectedHeap(server.pid ?? 0, heapFile)
  const names = readdirSync(`/proc/${server.pid}/fd`).map(targetOf)
  const connected = names.filter((name) => name.startsWith('socket:')).length
  const open = names.length - connected
  const resident = residentMemory(server.pid)
  const buffers = arrayBuffers / 1e6
  return { heap: heapUsed / 1e6, buffers, resident, open, sockets: connected }
}

function targetOf(descriptor: string): string {
  try {
    return readlinkSync(`/proc/${server.pid}/fd/${descriptor}`)
  } catch {
    // Closed meanwhile, but open when it was counted.
    return ''
  }
}

/** @returns whether everything held */
function summary(): boolean {
  const sum = (counts: readonly Record<string, number>[], names: (name: string) => boolean) =>
    counts
      .flatMap((one) => Object.entries(one))
      .filter(([name]) => names(name))
      .reduce((total, [, number]) => total + number, 0)
  const kinds = seen.map((one) => one.kinds)
  const faults = seen.map((one) => one.faults)
  const answers = seen.reduce((total, one) => total + one.answers, 0)
  const faulty = (kind: string) => sum(faults, (name) => name === kind)
  const latencies = seen.flatMap((one) => one.latencies)
  const held: boolean[] = []
  const must = (what: string, value: string, rule: string, isHeld: boolean) => {
    held.push(isHeld)
    return [what, value, rule, isHeld ? 'yes' : 'NO']
  }
  const none = (what: string, kind: string) =>
    must(what, String(faulty(kind)), '0', faulty(kind) === 0)
  const growth = (end.heap / mark.heap - 1) * 100
  console.log(`${machine()}; ${seconds} s, ${loads} load processes on the same machine\n`)
  printTable([
    ['what', 'seen', 'must hold', 'held'],
    ['answers', `${answers.toLocaleString('en')}, ${(answers / elapsed).toFixed(0)}/s`, '', ''],
    [
      'latency p50, p99',
      [0.5, 0.99].map((q) => `${quantile(latencies, q).toFixed(1)} ms`).join(', '),
    ],
    ['changes', `${changes}, ${(changes / elapsed).toFixed(1)}/s; ${bad} bad files`],
    none('5xx', '5xx'),
    none('no answer', 'no answer'),
    none('unexpected status', 'status'),
    none('malformed, halves, doubles', 'malformed'),
    none('stale beyond 2 s', 'stale'),
    must(
      'heap after collection',
      `${mark.heap.toFixed(1)} MB at ${markAt} s, ${end.heap.toFixed(1)} MB at the end`,
      'within 10 %',
      growth <= 10,
    ),
    ['buffers', `${mark.buffers.toFixed(1)} MB, ${end.buffers.toFixed(1)} MB`],
    ['resident memory', `${mark.resident.toFixed(0)} MB, ${end.resident.toFixed(0)} MB`],
    must('open files', `${mark.open}, ${end.open}`, 'at most 5 more', end.open <= mark.open + 5),
    must(
      'sockets',
      `${mark.sockets}, ${end.sockets}`,
      `${loads * sockets} of the load, and 10`,
      end.sockets <= loads * sockets + 10,
    ),
  ])
  console.log()
  const names = [...new Set(kinds.flatMap((one) => Object.keys(one)))].sort()
  printTable(names.map((name) => [name, sum(kinds, (one) => one === name).toLocaleString('en')]))
  for (const example of seen.flatMap((one) => one.examples).slice(0, 10)) console.log(example)
  return held.every(Boolean)
}
