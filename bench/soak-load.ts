/**
 * One of the processes that ask and read what is answered; started by soak.ts, which tells it of every
 * change. node bench/soak-load.ts url rate feedItems sockets seed
 */
import { Agent } from 'node:http'
import { constants, setPriority } from 'node:os'
import { setTimeout as sleep } from 'node:timers/promises'
import { brotliDecompressSync, gunzipSync, zstdDecompressSync } from 'node:zlib'
import { type Answer, ask } from '../test/support/http.ts'
import { randomFrom } from '../test/support/random.ts'
import { channelPaths, sections, wordOf } from '../test/support/stories.ts'
import { readAnswer, type ShownItem } from './answers.ts'
import { type Change, SoakModel } from './soak-model.ts'

/** What a load process has seen. */
export interface Seen {
  answers: number
  /** By what was asked for, and the status. */
  readonly kinds: Record<string, number>
  /** By what is wrong. */
  readonly faults: Record<string, number>
  readonly examples: string[]
  /** Of a sample of the answers, in ms. */
  readonly latencies: number[]
}

/** Told by the parent: what has changed, and until when that is all, in ms since 1970; or that it is over. */
export type Told = { readonly changes: readonly Change[]; readonly until: number } | 'stop'

interface Asked {
  readonly kind: string
  readonly path: string
  readonly allowed: readonly number[]
  readonly headers?: Readonly<Record<string, string>>
  /** The channel whose newest articles it shows. */
  readonly channel?: string
  /** What was known of it when it was asked for. */
  readonly before?: Known | undefined
  /** The only article that it may show. */
  readonly story?: Change
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
/** So often it is looked whether all is known that happened before an answer. */
const newsMs = 20
/** Answers are compared so soon after the end. */
const endMs = 1000

/** The last answer at each address: its text, what was read in it, and its validators. */
const last = new Map<string, Known>()
const seen: Seen = { answers: 0, kinds: {}, faults: {}, examples: [], latencies: [] }
let links = ['/']
let underWay = 0
let sent = 0
let isOver = false
/** All changes until then are known. */
let newsUntil = 0

process.on('message', async (told: Told) => {
  if (told !== 'stop') {
    for (const change of told.changes) model.note(change)
    newsUntil = told.until
    return
  }
  isOver = true
  clearInterval(ticking)
  clearInterval(tidying)
  // What was answered is still compared.
  await sleep(endMs)
  agent.destroy()
  // Ten minutes make a long message, which takes a while to go out.
  process.send?.(seen, () => process.disconnect?.())
})
const tidying = setInterval(() => model.tidy(), 10_000)
const started = performance.now()
const ticking = setInterval(() => {
  const due = ((performance.now() - started) * rate) / 1000
  // What could not be asked in time is not made up for: a flood is another test.
  sent = Math.max(sent, due - (2 * tickMs * rate) / 1000)
  while (sent < due && underWay < mostAtOnce) {
    sent += 1
    void tryOne(choose())
  }
}, tickMs)

function choose(): Asked {
  const kind = random.between(1, 100)
  const channel = random.pick(channelPaths)
  const format = random.pick(formats)
  const allowed = [200]
  if (kind <= 72) return chooseFeed(channel, channel + format)
  if (kind <= 80) {
    return { kind: 'archive', path: `${channel}archive/${random.between(1, 3)}/${format}`, allowed }
  }
  const story = kind <= 84 ? model.settled((all) => random.pick(all)) : undefined
  if (story) {
    const path = `/search/${format}?q=${wordOf(story.content.title)}`
    return { kind: 'search', path, story, allowed }
  }
  if (kind <= 86) {
    const section = random.pick(sections).toLowerCase()
    const path = `/search/${format}?q=seen+section:${section}`
    return { kind: 'search', path, channel: `/sections/${section}/`, allowed }
  }
  if (kind <= 92) return { kind: 'list page', path: channel, allowed }
  if (kind <= 96) return { kind: 'article page', path: random.pick(links), allowed: [200, 410] }
  return { kind: 'sitemap, OPML', path: random.pick(others), allowed }
}

function chooseFeed(channel: string, path: string): Asked {
  const before = last.get(path)
  const feed = { path, channel, before }
  const way = random.between(1, 10)
  if (!before || way <= 3) return { ...feed, kind: 'feed', allowed: [200] }
  const tag = { 'If-None-Match': before.etag }
  if (way <= 7) return { ...feed, kind: 'etag', headers: tag, allowed: [200, 304] }
  if (way <= 8) {
    const headers = { 'If-Modified-Since': before.date }
    return { ...feed, kind: 'date', headers, allowed: [200, 304] }
  }
  const headers = { ...tag, 'A-IM': 'feed' }
  return { ...feed, kind: 'delta', headers, allowed: [200, 226, 304] }
}

async function tryOne(asked: Asked): Promise<void> {
  underWay += 1
  const start = performance.now()
  const at = Date.now()
  const { path, allowed } = asked
  const headers = { 'Accept-Encoding': random.pick(codings), ...asked.headers }
  try {
    const answer = await ask(url + path, headers, 'GET', agent).finally(() => {
      underWay -= 1
    })
    const { status } = answer
    if (seen.answers % 20 === 0) seen.latencies.push(performance.now() - start)
    seen.answers += 1
    count(seen.kinds, `${asked.kind} ${status}`)
    if (status >= 500) fault('5xx', `${path}: ${status} ${answer.body}`)
    else if (!allowed.includes(status)) fault('status', `${path}: ${status}`)
    else if (status !== 410) await check(asked, at, answer)
  } catch (error) {
    if (!isOver) fault('no answer', `${path}: ${(error as Error).message}`)
  }
}

async function check(asked: Asked, at: number, { status, headers, body }: Answer): Promise<void> {
  const { path, channel, story, before } = asked
  let items: ShownItem[] = []
  try {
    const text = decoded(body, headers['content-encoding'])
    // What is byte for byte as it was read before need not be read again.
    const isKnown = status === 304 || (status === 200 && before?.text.equals(text))
    items = isKnown && before ? before.items : readAnswer(path, text.toString())
    if (status === 200 && asked.kind !== 'search' && path.includes('.')) {
      const date = headers['last-modified'] ?? ''
      last.set(path, { text, items, etag: headers.etag ?? '', date })
    }
  } catch (error) {
    return fault('malformed', `${path}: ${(error as Error).message}`)
  }
  // Pages of articles, some of which may be removed meanwhile.
  if (path === '/feed.json') links = items.map((item) => new URL(item.url).pathname)
  const answered = Date.now()
  while (newsUntil <= answered) await sleep(newsMs)
  const old = model.outdated(items, at)
  if (old) fault('stale', `${path} (${asked.kind} ${status}): ${old}`)
  if (story && model.isCurrent(story)) {
    const { title } = story.content
    if (items.map((item) => item.title).join() !== title) {
      fault('stale', `${path}: "${title}" is not found`)
    }
  }
  if (!channel) return
  // A delta says what is new to somebody who has the rest.
  const all = status === 226 ? [...items, ...(before?.items ?? [])] : items
  const missing = model.missing(channel, all, at)
  if (missing) fault('stale', `${path} (${asked.kind} ${status}): ${missing}`)
}

function decoded(bytes: Buffer, coding: string | undefined): Buffer {
  if (bytes.length === 0) return bytes
  if (coding === 'gzip') return gunzipSync(bytes)
  if (coding === 'br') return brotliDecompressSync(bytes)
  return coding === 'zstd' ? zstdDecompressSync(bytes) : bytes
}

function fault(kind: string, example: string): void {
  count(seen.faults, kind)
  if (seen.examples.length < 10) seen.examples.push(`${kind}: ${example.slice(0, 300)}`)
}

function count(counts: Record<string, number>, name: string): void {
  counts[name] = (counts[name] ?? 0) + 1
}
