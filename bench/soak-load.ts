/** Asks for everything in every way, and reads and compares every answer. */
import { Agent } from 'node:http'
import { brotliDecompressSync, gunzipSync, zstdDecompressSync } from 'node:zlib'
import { type Answer, ask } from '../test/support/http.ts'
import { randomFrom } from '../test/support/random.ts'
import { channelPaths, type Story, sections, wordOf } from '../test/support/stories.ts'
import { readAnswer, type ShownItem } from './answers.ts'
import type { SoakModel } from './soak-model.ts'

/** What is known of a document since it was asked for last. */
interface Known {
  readonly text: Buffer
  readonly items: ShownItem[]
  readonly etag: string
  readonly date: string
}

interface Request {
  readonly kind: string
  readonly path: string
  readonly allowed: readonly number[]
  readonly headers?: Readonly<Record<string, string>>
  /** The channel whose newest articles it shows. */
  readonly channel?: string
  readonly before?: Known | undefined
  /** The only article that it may show. */
  readonly story?: Story
}

/** Connections that are kept. */
export const sockets = 32
const tickMs = 10
const mostAtOnce = 200
const mostExamples = 10
const formats = ['rss.xml', 'atom.xml', 'feed.json']
const codings = ['gzip', 'br', 'zstd', 'identity', 'gzip, deflate, br, zstd']
const others = ['/feeds.opml', '/sitemap.xml', '/sitemap-channels.xml', '/sitemap-news.xml']
const decoders: Readonly<Record<string, (bytes: Buffer) => Buffer>> = {
  gzip: gunzipSync,
  br: brotliDecompressSync,
  zstd: zstdDecompressSync,
}

export class SoakLoad {
  /** How many answers there were, by what was asked for and the status. */
  readonly answers = new Map<string, number>()
  /** By what is wrong. */
  readonly faults = new Map<string, number>()
  readonly examples: string[] = []
  readonly #url: string
  readonly #model: SoakModel
  readonly #random = randomFrom(1)
  readonly #agent = new Agent({ keepAlive: true, maxSockets: sockets })
  readonly #known = new Map<string, Known>()
  /** Pages of articles, some of which may be gone. */
  #pages = ['/']
  readonly #underWay = new Set<Promise<void>>()
  readonly #ticking: NodeJS.Timeout

  /** @param rate requests a second */
  constructor(url: string, rate: number, model: SoakModel) {
    this.#url = url
    this.#model = model
    let last = performance.now()
    let due = 0
    this.#ticking = setInterval(() => {
      const now = performance.now()
      // What could not be asked in time is not made up for: a flood is another test.
      due = Math.min(due + ((now - last) * rate) / 1000, (2 * tickMs * rate) / 1000)
      last = now
      for (; due >= 1 && this.#underWay.size < mostAtOnce; due -= 1) this.#start(this.#choose())
    }, tickMs)
  }

  /** Asks for nothing more, and waits for the answers that are still to come. */
  async stop(): Promise<void> {
    clearInterval(this.#ticking)
    await Promise.all(this.#underWay)
    this.#agent.destroy()
  }

  #choose(): Request {
    const random = this.#random
    const kind = random.between(1, 100)
    const channel = random.pick(channelPaths)
    const format = random.pick(formats)
    const allowed = [200]
    if (kind <= 72) return this.#chooseFeed(channel, channel + format)
    if (kind <= 80) {
      return {
        kind: 'archive',
        path: `${channel}archive/${random.between(1, 3)}/${format}`,
        allowed,
      }
    }
    const story = kind <= 84 ? random.pick(this.#model.settled()) : undefined
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
    if (kind <= 96)
      return { kind: 'article page', path: random.pick(this.#pages), allowed: [200, 410] }
    return { kind: 'sitemap, OPML', path: random.pick(others), allowed }
  }

  #chooseFeed(channel: string, path: string): Request {
    const before = this.#known.get(path)
    const feed = { path, channel, before }
    const way = this.#random.between(1, 10)
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

  #start(request: Request): void {
    const running = this.#run(request).finally(() => this.#underWay.delete(running))
    this.#underWay.add(running)
  }

  async #run(request: Request): Promise<void> {
    const { kind, path, allowed } = request
    const asked = Date.now()
    const headers = { 'Accept-Encoding': this.#random.pick(codings), ...request.headers }
    try {
      const answer = await ask(this.#url + path, headers, 'GET', this.#agent)
      const { status } = answer
      count(this.answers, `${kind} ${status}`)
      if (status >= 500) this.#fault('5xx', `${path}: ${status} ${answer.body}`)
      else if (!allowed.includes(status)) this.#fault('unexpected status', `${path}: ${status}`)
      else if (status !== 410) this.#check(request, asked, answer)
    } catch (error) {
      this.#fault('no answer', `${path}: ${(error as Error).message}`)
    }
  }

  #check(request: Request, asked: number, answer: Answer): void {
    const { kind, path, channel, story, before } = request
    const { status } = answer
    let items: ShownItem[]
    try {
      items = this.#read(request, answer)
    } catch (error) {
      this.#fault('malformed', `${path}: ${(error as Error).message}`)
      return
    }
    const stale = (what: string) => this.#fault('stale', `${path} (${kind} ${status}): ${what}`)
    const outdated = this.#model.outdated(items, asked)
    if (outdated) stale(outdated)
    const { title } = story?.content ?? {}
    const isFound = items.map((item) => item.title).join() === title
    if (story && this.#model.isSettled(story, asked) && !isFound) stale(`"${title}" is not found`)
    // A delta says what is new to somebody who has the rest.
    const all = status === 226 ? [...items, ...(before?.items ?? [])] : items
    const missing = channel && this.#model.missing(channel, all, asked)
    if (missing) stale(missing)
  }

  /** @throws Error when it is malformed */
  #read({ kind, path, before }: Request, { status, headers, body }: Answer): ShownItem[] {
    if (status === 304) return before?.items ?? []
    const text = decoders[headers['content-encoding'] ?? '']?.(body) ?? body
    // What is byte for byte as it was read before need not be read again.
    const read = status === 200 && before?.text.equals(text) ? before.items : undefined
    const items = read ?? readAnswer(path, text.toString())
    if (status === 200 && kind !== 'search' && path.includes('.')) {
      const { etag = '', 'last-modified': date = '' } = headers
      this.#known.set(path, { text, items, etag, date })
    }
    if (path === '/feed.json') this.#pages = items.map((item) => new URL(item.url).pathname)
    return items
  }

  #fault(kind: string, example: string): void {
    count(this.faults, kind)
    if (this.examples.length < mostExamples) this.examples.push(`${kind}: ${example.slice(0, 300)}`)
  }
}

function count(counts: Map<string, number>, name: string): void {
  counts.set(name, (counts.get(name) ?? 0) + 1)
}
