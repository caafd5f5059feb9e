/**
 * Floods: queries, paths, headers and methods that were never there before, and downloads that are broken off.
 * Twice each; what is kept after the second round must not be more than after the first.
 * node bench/attack.ts [seconds of each flood]
 */
import { readdirSync } from 'node:fs'
import { Agent } from 'node:http'
import { connect } from 'node:net'
import { ask } from '../test/support/http.ts'
import { collectedHeap, heapFlags, heapSettings, numbers, printTable, yesNo } from './measure.ts'
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
const { server, folder } = await startOver(1000, heapSettings, { flags: heapFlags })
console.log(`${seconds} s of each flood, ${atOnce} connections\n`)
/** By the flood and the status. */
const answers = new Map<string, number>()
const states = [await state()]
for (let round = 0; round < rounds; round += 1) {
  for (const [name, once] of Object.entries(floods)) {
    const end = performance.now() + seconds * 1000
    const all = Array.from({ length: atOnce }, async () => {
      while (performance.now() < end) {
        const kind = `${name}: ${await once()}`
        answers.set(kind, (answers.get(kind) ?? 0) + 1)
      }
    })
    await Promise.all(all)
  }
  states.push(await state())
}

printTable([
  ['flood and answer', 'times'],
  ...[...answers].map(([kind, times]) => [kind, times.toLocaleString('en')]),
  ['heap, MB: at the start, after each round', states.map(({ heap }) => heap.toFixed(1)).join()],
  ['descriptors', states.map(({ files }) => files).join()],
])
// Too many searches at once are turned away.
const faults = [...answers.keys()].filter((kind) => /: 5|no answer/.test(kind))
const isWell = faults.every((kind) => /searches.*: 503$/.test(kind))
const [, first, last] = states
const isBounded =
  first && last && last.heap <= first.heap * 1.1 + slack && last.files <= first.files + atOnce
console.log(
  `\nNo 5xx, and all are answered: ${yesNo(isWell)}; nothing grows: ${yesNo(!!isBounded)}`,
)
agent.destroy()
await server.stop()
process.exit(isWell && isBounded ? 0 : 1)

async function state() {
  const { heap } = await collectedHeap(server.pid, folder)
  return { heap, files: readdirSync(`/proc/${server.pid}/fd`).length }
}
