/**
 * One of the processes that ask and read what is answered; started by soak.ts, which tells it of every
 * change. node bench/soak-load.ts url rate feedItems sockets seed
 */
import { Agent, get } from 'node:http'
import { constants, setPriority } from 'node:os'
import { setTimeout as sleep } from 'node:timers/promises'
import { brotliDecompressSync, gunzipSync, zstdDecompressSync } from 'node:zlib'
import { faultOf, readAnswer, type ShownItem } from './answers.ts'
import { channelPaths, channelsOf, wordOf } from './history.ts'
import { randomFrom } from './random.ts'
import { type Change, SoakModel } from './soak-model.ts'

/** What a load process has seen. */
export interface Seen {
  readonly answers: number
  /** By what was asked for, and the status. */
  readonly kinds: Record<string, number>
  /** By what is wrong. */
  readonly faults: Record<string, number>
  readonly examples: string[]
  /** Of a sample of the answers, in ms. */
  readonly latencies: number[]
}

/** Told by the parent: changes, the highest number of a story, or that it is over. */
export type Told = { changes: Change[]; oldest: number; newest: number } | 'stop'

interface Asked {
  readonly kind: string
  readonly path: string
  readonly headers: Readonly<Record<string, string>>
  /** The channel whose newest articles it shows. */
  readonly channel?: string
  /** What was known of it when it was asked for. */
  readonly before?: Known | undefined
  /** The only article that it may show. */
  readonly title?: string
  readonly allowed: readonly number[]
}

interface Known {
  readonly text: Buffer
  readonly items: ShownItem[]
  readonly etag: string
  readonly date: string
}

// Those who ask have computers of their own: here they take what the server leaves.
setPriority(constants.priority.PRIORITY_LOW)
const [url = '', ...numbers] = process.argv.slice(2)
const [rate = 500, feedItems = 20, maxSockets = 16, seed = 1] = numbers.map(Number)
const random = randomFrom(seed)
const model = new SoakModel(feedItems)
const agent = new Agent({ keepAlive: true, maxSockets })
const formats = ['rss.xml', 'atom.xml', 'feed.json']
const codings = ['gzip', 'br', 'zstd', 'identity', 'gzip, deflate, br, zstd']
const others = ['/feeds.opml', '/sitemap.xml', '/sitemap-channels.xml', '/sitemap-news.xml']
const tickMs = 10
const mostAtOnce = 200
/** So long after an answer it is known which changes were told of before it. */
const lateNewsMs = 20

/** The last answer at each address: its text, what was read in it, and its validators. */
const last = new Map<string, Known>()
const seen = { answers: 0, kinds: {}, faults: {}, examples: [], latencies: [] } as Seen & {
  answers: number
}
const links: string[] = []
let oldest = 0
let newest = 0
let underWay = 0
let sent = 0
let isOver = false

process.on('message', (told: Told) => {
  if (told === 'stop') {
    isOver = true
    clearInterval(ticking)
    clearInterval(tidying)
    agent.destroy()
    // Ten minutes make a long message, which takes a while to go out.
    process.send?.(seen, () => process.disconnect?.())
    return
  }
  for (const change of told.changes) model.note(change)
  oldest = told.oldest
  newest = told.newest
})
const tidying = setInterval(() => model.tidy(), 10_000)
const started = performance.now()
const ticking = setInterval(() => {
  if (newest === 0) return
  const due = ((performance.now() - started) * rate) / 1000
  // What could not be asked in time is not made up for: a flood is another test.
  sent = Math.max(sent, due - (2 * tickMs * rate) / 1000)
  while (sent < due && underWay < mostAtOnce) {
    sent += 1
    void ask(choose())
  }
}, tickMs)

function choose(): Asked {
  const kind = random.between(1, 100)
  const channel = random.pick(channelPaths)
  const format = random.pick(formats)
  const headers = { 'accept-encoding': random.pick(codings) }
  const allowed = [200]
  if (kind <= 72) {
    const path = channel + format
    const before = last.get(path)
    const way = random.between(1, 10)
    const feed = { path, channel, before, headers, allowed }
    if (!before || way <= 3) return { ...feed, kind: 'feed' }
    const conditional = { ...headers, 'if-none-match': before.etag }
    if (way <= 7) return { ...feed, kind: 'etag', headers: conditional, allowed: [200, 304] }
    if (way <= 8) {
      const since = { ...headers, 'if-modified-since': before.date }
      return { ...feed, kind: 'date', headers: since, allowed: [200, 304] }
    }
    const delta = { ...conditional, 'a-im': 'feed' }
    return { ...feed, kind: 'delta', headers: delta, allowed: [200, 226, 304] }
  }
  if (kind <= 80) {
    const path = `${channel}archive/${random.between(1, 3)}/${format}`
    return { kind: 'archive', path, headers, allowed }
  }
  if (kind <= 84) {
    const number = random.between(oldest, newest)
    const title = model.titleOf(number)
    const path = `/search/${format}?q=${wordOf(number)}`
    return { kind: 'search', path, ...(title !== undefined && { title }), headers, allowed }
  }
  if (kind <= 86) {
    const section = channelsOf(random.between(0, 3))[1] ?? '/'
    const path = `/search/${format}?q=seen+section:${section.split('/')[2]}`
    return { kind: 'search', path, channel: section, headers, allowed }
  }
  if (kind <= 92) return { kind: 'list page', path: channel, headers, allowed }
  if (kind <= 96) {
    const path = random.pick(links.length > 0 ? links : ['/'])
    return { kind: 'article page', path, headers, allowed: [200, 410] }
  }
  return { kind: 'sitemap, OPML', path: random.pick(others), headers, allowed }
}

async function ask(asked: Asked): Promise<void> {
  underWay += 1
  const start = performance.now()
  const at = Date.now()
  try {
    const { status, headers, text } = await fetchOne(asked)
    if (seen.answers % 20 === 0) seen.latencies.push(performance.now() - start)
    seen.answers += 1
    await sleep(lateNewsMs)
    count(seen.kinds, `${asked.kind} ${status}`)
    if (status >= 500) fault('5xx', `${asked.path}: ${status} ${text.toString().slice(0, 200)}`)
    else if (!asked.allowed.includes(status)) fault('status', `${asked.path}: ${status}`)
    else if (status !== 410) check(asked, at, status, headers, text)
  } catch (error) {
    if (!isOver) fault('no answer', `${asked.path}: ${(error as Error).message}`)
  } finally {
    underWay -= 1
  }
}

function check(
  asked: Asked,
  at: number,
  status: number,
  headers: Record<string, unknown>,
  text: Buffer,
): void {
  const { path, channel, title, before } = asked
  let items: ShownItem[] = []
  try {
    // What is byte for byte as it was read before need not be read again.
    const isKnown = status === 304 || (status === 200 && before?.text.equals(text))
    items = isKnown && before ? before.items : readAnswer(path, text.toString())
  } catch (error) {
    fault('malformed', `${path}: ${(error as Error).message}`)
    return
  }
  const broken = faultOf(items)
  if (broken) fault('malformed', `${path}: ${broken}`)
  const old = model.outdated(items, at)
  if (old) fault('stale', `${path} (${asked.kind} ${status}): ${old}`)
  if (title !== undefined && items.map((item) => item.title).join() !== title) {
    fault('stale', `${path}: "${title}" is not found`)
  }
  if (channel) {
    // A delta says what is new to somebody who has the rest.
    const all = status === 226 ? [...items, ...(before?.items ?? [])] : items
    const missing = model.missing(channel, all, at)
    if (missing) fault('stale', `${path} (${asked.kind} ${status}): ${missing}`)
  }
  if (status !== 200 || !path.includes('.')) return
  const [etag, date] = [String(headers.etag ?? ''), String(headers['last-modified'] ?? '')]
  if (asked.kind !== 'search') last.set(path, { text, items, etag, date })
  if (path === '/feed.json') noteLinks(text)
}

/** Pages of articles, some of which may be removed meanwhile. */
function noteLinks(text: Buffer): void {
  const { items } = JSON.parse(text.toString()) as { items: { url: string }[] }
  links.splice(0, links.length, ...items.map((item) => new URL(item.url).pathname))
}

function fetchOne({ path, headers }: Asked) {
  return new Promise<{ status: number; headers: Record<string, unknown>; text: Buffer }>(
    (resolve, reject) => {
      const request = get(url + path, { agent, headers }, (response) => {
        const chunks: Buffer[] = []
        response.on('data', (chunk: Buffer) => chunks.push(chunk))
        response.on('error', reject)
        response.on('end', () => {
          const { statusCode: status = 0, headers } = response
          try {
            const text = decoded(Buffer.concat(chunks), headers['content-encoding'])
            resolve({ status, headers, text })
          } catch (error) {
            reject(error)
          }
        })
      })
      request.on('error', reject)
    },
  )
}

function decoded(bytes: Buffer, coding: string | undefined): Buffer {
  if (bytes.length === 0) return bytes
  if (coding === 'gzip') return gunzipSync(bytes)
  if (coding === 'br') return brotliDecompressSync(bytes)
  return coding === 'zstd' ? zstdDecompressSync(bytes) : bytes
}

function fault(kind: string, example: string): void {
  count(seen.faults, kind)
  if (seen.examples.length < 10) seen.examples.push(`${kind}: ${example}`)
}

function count(counts: Record<string, number>, name: string): void {
  counts[name] = (counts[name] ?? 0) + 1
}
