/**
 * A long load: everything is asked for in every way while articles come, change, move and go; every answer
 * is read, and compared with what the folder held, and in the end everything with all it holds.
 * node bench/soak.ts [seconds] [requests a second] [changes a second] [files]
 */
import { mkdirSync, readdirSync, readlinkSync } from 'node:fs'
import { setPriority } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { History } from '../test/support/history.ts'
import { wrongInAll } from '../test/support/stock.ts'
import { host } from '../test/support/stories.ts'
import {
  collectedHeap,
  heapFlags,
  heapSettings,
  machine,
  numbers,
  printTable,
  residentMemory,
  warnIfBusy,
  workspace,
  yesNo,
} from './measure.ts'
import { startNewsstand } from './newsstand.ts'
import { SoakLoad, sockets } from './soak-load.ts'
import { SoakModel, soonMs } from './soak-model.ts'

const usage = 'soak.ts [seconds, 20 or more] [requests a second] [changes a second] [files]'
const [seconds = 0, rate = 0, changeRate = 0, files = 0] = numbers(
  usage,
  [600, 1000, 10, 800],
  [20, 1, 1, 100],
)
const feedItems = 20
/** Nothing is promised of what changes again before it was seen. */
const restMs = 3000
/** From then on memory has to stay as it is. */
const markAt = seconds >= 240 ? 120 : seconds / 2
const kinds = ['add', 'add', 'edit', 'edit', 'delete', 'delete', 'move', 'bad'] as const

const folder = workspace()
const articles = join(folder, 'articles')
mkdirSync(articles)
const bounds = { fewest: 0.9 * files, most: 1.1 * files }
const history = new History(articles, 5, { ...bounds, isRising: true })
const model = new SoakModel(history, feedItems)
for (let n = 0; n < files; n += 1) history.actions.add()
model.note(0)
history.settle(0)
const settings = { FEED_ITEMS: String(feedItems), BASE_URL: host, ...heapSettings(folder) }
const data = join(folder, 'data')
const server = await startNewsstand(folder, articles, data, settings, { flags: heapFlags })
// The first searches make the index, which is what a first start does anyway.
while ((await server.get('/search/rss.xml?q=seen'))?.status !== 200) await sleep(100)
await warnIfBusy()
// Those who ask have computers of their own: here they take what the server leaves.
setPriority(5)

const load = new SoakLoad(server.url, rate, model)
const started = performance.now()
const changes = new Map<string, number>()
const changing = setInterval(changeOne, 1000 / changeRate)
await sleep(markAt * 1000)
const mark = await measure()
await sleep(seconds * 1000 - (performance.now() - started))
const end = await measure()
clearInterval(changing)
await Promise.all([load.stop(), sleep(soonMs)])
const wrong = await wrongInAll(async (path) => (await server.get(path))?.body, history)
const elapsed = (performance.now() - started) / 1000
await server.stop()
process.exit(summary() ? 0 : 1)

function changeOne(): void {
  const kind = history.random.pick(kinds)
  if (!history.actions[kind]()) return
  changes.set(kind, (changes.get(kind) ?? 0) + 1)
  model.note()
  history.settle(restMs)
}

/** The heap after a collection, resident memory in MB, open files and connections. */
async function measure() {
  const names = readdirSync(`/proc/${server.pid}/fd`).map(targetOf)
  const connected = names.filter((name) => name.startsWith('socket:')).length
  const { heap, buffers } = await collectedHeap(server.pid, folder)
  const resident = residentMemory(server.pid)
  return { heap, buffers, resident, open: names.length - connected, sockets: connected }
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
  const held: boolean[] = []
  const must = (what: string, value: string, rule: string, isHeld: boolean) => {
    held.push(isHeld)
    return [what, value, rule, yesNo(isHeld)]
  }
  const none = (what: string, kind = what) => {
    const number = load.faults.get(kind) ?? 0
    return must(what, String(number), '0', number === 0)
  }
  const both = (field: keyof typeof mark) =>
    [mark, end].map((one) => one[field].toFixed(field === 'heap' ? 1 : 0)).join(', ')
  const perSecond = (counts: ReadonlyMap<string, number>) => {
    const total = [...counts.values()].reduce((sum, one) => sum + one, 0)
    return `${total.toLocaleString('en')}, ${(total / elapsed).toFixed(1)}/s`
  }
  console.log(`${machine()}; ${seconds} s, the load on the same machine\n`)
  printTable([
    ['what', 'seen', 'must hold', 'held'],
    ['answers', perSecond(load.answers)],
    ['changes', `${perSecond(changes)}; ${changes.get('bad') ?? 0} of them bad files`],
    ...[none('5xx'), none('no answer'), none('unexpected status')],
    none('malformed, halves, doubles', 'malformed'),
    none(`stale beyond ${soonMs} ms`, 'stale'),
    must(
      `lost, left over, old, of ${history.published().length.toLocaleString('en')}`,
      String(wrong.length),
      `0 after ${soonMs} ms`,
      wrong.length === 0,
    ),
    must(
      'heap after collection, MB',
      `${both('heap')} (at ${markAt} s, at the end)`,
      'within 10 %',
      end.heap <= mark.heap * 1.1,
    ),
    ['buffers, MB', both('buffers')],
    ['resident memory, MB', both('resident')],
    must('open files', both('open'), 'at most 5 more', end.open <= mark.open + 5),
    must('sockets', both('sockets'), `at most ${sockets + 10}`, end.sockets <= sockets + 10),
  ])
  console.log()
  printTable([...load.answers].sort().map(([name, number]) => [name, number.toLocaleString('en')]))
  for (const example of [...load.examples, ...wrong].slice(0, 10)) console.log(example)
  return held.every(Boolean)
}
