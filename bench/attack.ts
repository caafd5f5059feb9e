/**
 * Floods: queries, paths, headers and methods that were never there before, and downloads that are broken off.
 * Twice each; what is kept after the second round must not be more than after the first.
 * node bench/attack.ts [seconds of each flood]
 */
import { Agent } from 'node:http'
import { connect } from 'node:net'
import { ask } from '../test/support/http.ts'
import {
  collectedHeap,
  heapFlags,
  heapSettings,
  numbers,
  openFiles,
  printTable,
  residentMemory,
} from './measure.ts'
import { startOver } from './newsstand.ts'

const [seconds = 0] = numbers('attack.ts [seconds of each flood]', [5])
const rounds = 2
const atOnce = 32
/** MB that the heap may differ by between two rounds: what is garbage is not collected at once. */
const slack = 15
const giveUpMs = 10_000

let count = 0
/** Another text every time. */
function next(length = 12): string {
  count += 1
  return `${count.toString(36)}z`.padEnd(length, 'xy')
}
/** Each time another one of them. */
const turn = <T>(all: readonly [T, ...T[]]): T => all[count % all.length] ?? all[0]

/** Asks for a path. @returns the status */
function shoot(path: string, headers: Record<string, string> = {}, method = 'GET') {
  return ask(server.url + path, headers, method, agent).then(
    ({ status }) => String(status),
    () => 'no answer',
  )
}

/** Asks for a path, and resets the connection at the first of the answer. */
function breakOff(path: string): Promise<string> {
  return new Promise((resolve) => {
    const socket = connect(Number(new URL(server.url).port), '127.0.0.1')
    socket.setTimeout(giveUpMs, () => socket.destroy())
    socket.once('data', () => socket.resetAndDestroy())
    socket.on('error', () => {})
    socket.on('close', () => resolve('closed'))
    socket.write(`GET ${path} HTTP/1.1\r\nHost: x\r\n\r\n`)
  })
}

const places = ['/articles/', '/sections/', '/media/', '/tags/a/archive/1/', '/'] as const
const floods: Readonly<Record<string, () => Promise<string>>> = {
  'queries at a feed': () => shoot(`/rss.xml?${next()}`),
  'searches as feeds': () => shoot(`/search/rss.xml?q=${next()}`),
  'long searches as feeds': () => shoot(`/search/atom.xml?q=${next()}${'+'.repeat(4000)}`),
  'searches as pages': () => shoot(`/search?q=${next(300)}`),
  'choices at /subscribe': () =>
    shoot(`/subscribe?words=${next()}${`&tag=${next(150)}`.repeat(20)}`),
  'articles and channels that are not there': () =>
    shoot(`${turn(places)}${next(200)}${turn(['', '/rss.xml'])}`),
  'User-Agents': () =>
    shoot('/rss.xml', { 'User-Agent': `${next(4000)} ${turn(['', '7 subscribers'])}` }),
  'If-None-Match and A-IM': () =>
    shoot('/rss.xml', { 'If-None-Match': `"${next(27)}", "${next(27)}"`, 'A-IM': 'feed' }),
  'Accept-Encoding': () => shoot('/atom.xml', { 'Accept-Encoding': `gzip, ${next(3000)}` }),
  'Accept-Language at pages': () =>
    shoot('/', { Accept: 'text/html', 'Accept-Language': `en-${next(8).slice(0, 8)}` }),
  methods: () => shoot(`/?${next()}`, {}, turn(['POST', 'TRACE', 'PROPFIND', 'M-SEARCH'])),
  'downloads broken off': () => breakOff(`/rss.xml?${next()}`),
}

const agent = new Agent({ keepAlive: true, maxSockets: atOnce })
const { server, folder } = await startOver(1000, heapSettings, heapFlags)
console.log(`${seconds} s of each flood, ${atOnce} connections\n`)
const answers = new Map<string, Map<string, number>>()
const states = [await state()]
for (let round = 0; round < rounds; round += 1) {
  for (const [name, once] of Object.entries(floods)) await flood(name, once)
  states.push(await state())
}

printTable([
  ['flood', 'requests', 'answers'],
  ...[...answers].map(([name, byStatus]) => [
    name,
    [...byStatus.values()].reduce((sum, one) => sum + one, 0).toLocaleString('en'),
    [...byStatus].map(([status, number]) => `${status}: ${number.toLocaleString('en')}`).join(', '),
  ]),
])
console.log()
printTable([
  ['after', 'heap, MB', 'resident, MB', 'descriptors'],
  ...states.map(({ heap, resident, files }, round) => [
    round === 0 ? 'the start' : `round ${round}`,
    ...[heap.toFixed(1), resident.toFixed(0), String(files)],
  ]),
])
const faults = findFaults()
for (const fault of faults) console.log(`NOT AS IT MUST BE: ${fault}`)
agent.destroy()
await server.stop()
process.exit(faults.length > 0 ? 1 : 0)

async function flood(name: string, once: () => Promise<string>): Promise<void> {
  const byStatus = answers.get(name) ?? new Map<string, number>()
  answers.set(name, byStatus)
  const add = (status: string) => byStatus.set(status, (byStatus.get(status) ?? 0) + 1)
  const end = performance.now() + seconds * 1000
  const all = Array.from({ length: atOnce }, async () => {
    while (performance.now() < end) add(await once())
  })
  await Promise.all(all)
}

async function state() {
  const { heap } = await collectedHeap(server.pid, folder)
  return { heap, resident: residentMemory(server.pid), files: openFiles(server.pid) }
}

function findFaults(): string[] {
  const found: string[] = []
  for (const [name, byStatus] of answers) {
    for (const status of byStatus.keys()) {
      // Too many searches at once are turned away.
      const isAllowed = status === '503' && name.includes('searches')
      if (/^5|no answer/.test(status) && !isAllowed) found.push(`${name}: ${status}`)
    }
  }
  const [first, last] = [states.at(1), states.at(-1)]
  if (first && last && last.heap > first.heap * 1.1 + slack) found.push('the heap grows')
  if (first && last && last.files > first.files + atOnce) found.push('descriptors grow')
  return found
}
