/**
 * Floods: unique queries, paths and headers, garbage methods, broken requests, aborted downloads.
 * Twice each; what is kept after the second round must not be more than after the first.
 * node bench/attack.ts [seconds of each flood]
 */
import { readdirSync } from 'node:fs'
import { Agent, request } from 'node:http'
import { connect } from 'node:net'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { collectedHeap, heapFileIn, heapFlags } from './collected-heap.ts'
import { expectedFeeds, generateArticles } from './generate.ts'
import { machine, printTable, residentMemory, warnIfBusy, workspace } from './measure.ts'
import { freePort, startNewsstand } from './newsstand.ts'

const { positionals } = parseArgs({ allowPositionals: true })
const seconds = Number(positionals[0] ?? 5)
if (!Number.isInteger(seconds) || seconds < 1) {
  console.error('Usage: node bench/attack.ts [seconds of each flood]')
  process.exit(2)
}
const ROUNDS = 2
const AT_ONCE = 32
/** MB that the heap may differ by between two rounds: what is garbage is not collected at once. */
const SLACK = 15
const GIVE_UP_AFTER = 10_000

let count = 0
/** Another text every time. */
const next = (length = 12) => {
  count += 1
  return `${count.toString(36)}z`.padEnd(length, 'xy')
}

interface Shot {
  readonly path: string
  readonly headers?: Record<string, string>
  readonly method?: string
}

const floods: Readonly<Record<string, () => Shot>> = {
  'queries at a feed': () => ({ path: `/rss.xml?${next()}` }),
  'searches as feeds': () => ({ path: `/search/rss.xml?q=${next()}` }),
  'long searches as feeds': () => ({ path: `/search/atom.xml?q=${next()}${'+'.repeat(4000)}` }),
  'searches as pages': () => ({ path: `/search?q=${next(300)}` }),
  'choices at /subscribe': () => ({
    path: `/subscribe?words=${next()}${`&tag=${next(150)}`.repeat(20)}`,
  }),
  'articles and channels that are not there': () => {
    const places = ['/articles/', '/sections/', '/media/', '/tags/a/archive/1/', '/']
    return { path: `${places[count % places.length]}${next(200)}${count % 2 ? '/rss.xml' : ''}` }
  },
  'User-Agents': () => ({
    path: '/rss.xml',
    headers: { 'User-Agent': `${next(4000)} ${count % 2 ? '7 subscribers' : ''}` },
  }),
  'If-None-Match and A-IM': () => ({
    path: '/rss.xml',
    headers: { 'If-None-Match': `"${next(27)}", "${next(27)}"`, 'A-IM': 'feed' },
  }),
  'Accept-Encoding': () => ({
    path: '/atom.xml',
    headers: { 'Accept-Encoding': `gzip, ${next(3000)}` },
  }),
  'Accept-Language at pages': () => ({
    path: '/',
    headers: { Accept: 'text/html', 'Accept-Language': `en-${next(8).slice(0, 8)}` },
  }),
  methods: () => ({
    path: '/',
    method: ['POST', 'TRACE', 'PROPFIND', 'M-SEARCH'][count % 4] ?? '',
  }),
}

const broken = [
  () => `${next()} / HTTP/1.1\r\n\r\n`,
  () => `GET /${next(20_000)} HTTP/1.1\r\nHost: x\r\n\r\n`,
  () => `GET / HTTP/1.1\r\nHost: x\r\nX: ${next(20_000)}\r\n\r\n`,
  () =>
    `POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n${next()}`,
  () => `GET /%${next()} HTTP/1.1\r\n\r\n`,
  () => `\0\x16\x03${next(500)}`,
]

await warnIfBusy()
const folder = workspace()
const articles = join(folder, 'articles')
generateArticles(articles, 1000, 'seed')
const adminPort = await freePort()
const heapFile = heapFileIn(folder)
const server = await startNewsstand(
  folder,
  articles,
  join(folder, 'data'),
  { ADMIN_PORT: adminPort, HEAP_FILE: heapFile },
  { flags: heapFlags },
)
await server.ready(expectedFeeds(1000))
console.log(`${machine()}; ${seconds} s of each flood, ${AT_ONCE} connections\n`)

const agent = new Agent({ keepAlive: true, maxSockets: AT_ONCE })
const answers = new Map<string, Map<string, number>>()
const states: { heap: number; rss: number; files: number }[] = [await state()]
for (let round = 0; round < ROUNDS; round += 1) {
  for (const [name, shot] of Object.entries(floods)) {
    await flood(name, async () => shoot(shot()))
  }
  await flood('broken requests', async () => raw(broken[count % broken.length]?.() ?? ''))
  await flood('downloads broken off', async () => abort(`/rss.xml?${next()}`))
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
  ...states.map(({ heap, rss, files }, round) => [
    round === 0 ? 'the start' : `round ${round}`,
    heap.toFixed(1),
    rss.toFixed(0),
    String(files),
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
  const end = performance.now() + seconds * 1000
  await Promise.all(
    Array.from({ length: AT_ONCE }, async () => {
      while (performance.now() < end) {
        const status = await once()
        byStatus.set(status, (byStatus.get(status) ?? 0) + 1)
      }
    }),
  )
}

function shoot({ path, headers = {}, method = 'GET' }: Shot): Promise<string> {
  return new Promise((resolve) => {
    const call = request(server.url + path, { agent, headers, method }, (answer) => {
      answer.resume().once('end', () => resolve(String(answer.statusCode)))
    })
    call.setTimeout(GIVE_UP_AFTER, () => call.destroy(new Error('no answer')))
    call.once('error', () => resolve('no answer')).end()
  })
}

function raw(bytes: string): Promise<string> {
  return new Promise((resolve) => {
    let text = ''
    const socket = connect(Number(new URL(server.url).port), '127.0.0.1')
    socket.setTimeout(GIVE_UP_AFTER, () => socket.destroy())
    socket.on('data', (chunk) => {
      text += chunk.toString('latin1')
      socket.end()
    })
    socket.on('error', () => {})
    socket.on('close', () => resolve(/^HTTP\/1\.1 (\d+)/.exec(text)?.[1] ?? 'closed'))
    socket.write(bytes, 'latin1')
  })
}

function abort(path: string): Promise<string> {
  return new Promise((resolve) => {
    const socket = connect(Number(new URL(server.url).port), '127.0.0.1')
    socket.on('error', () => {})
    socket.once('data', () => socket.resetAndDestroy())
    socket.once('close', () => resolve('broken off'))
    socket.write(`GET ${path} HTTP/1.1\r\nHost: x\r\n\r\n`)
  })
}

async function state() {
  const { heapUsed } = await collectedHeap(server.pid ?? 0, heapFile)
  const files = readdirSync(`/proc/${server.pid}/fd`).length
  return { heap: heapUsed / 1e6, rss: residentMemory(server.pid), files }
}

function findFaults(): string[] {
  const found: string[] = []
  for (const [name, byStatus] of answers) {
    for (const status of byStatus.keys()) {
      // Too many searches at once are turned away.
      const isAllowed = status === '503' && name.includes('searches')
      if ((status.startsWith('5') && !isAllowed) || status === 'no answer') {
        found.push(`${name}: ${status}`)
      }
    }
  }
  const [first, last] = [states.at(1), states.at(-1)]
  if (first && last && last.heap > first.heap * 1.1 + SLACK) found.push('the heap grows')
  if (first && last && last.files > first.files + AT_ONCE) found.push('descriptors grow')
  return found
}
