/**
 * What real readers make of the feeds, as rows of a table: each reads RSS, Atom and JSON Feed of a
 * server over a small folder, and again after an article was edited and another added.
 *   npx node bench/readers/run.ts FOLDER [PART OF A NAME …]
 */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, request } from 'node:http'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { text } from 'node:stream/consumers'
import { setTimeout as sleep } from 'node:timers/promises'
import { freePort, startNewsstand } from '../newsstand.ts'
import { clients, type Reader, readers } from './readers.ts'

/** An article as a reader has it. */
interface Item {
  readonly title?: string
  readonly authors?: readonly (string | null)[]
  readonly date?: string | number
  /** What the reader shows of the text: the content, where it has one. */
  readonly shown?: string
  readonly picture?: string | null
  readonly categories?: readonly string[]
  readonly language?: string | null
}

interface Request {
  readonly status: number
  readonly isConditional: boolean
  readonly asksForDelta: boolean
}

/** One poll of one feed. */
interface Poll {
  readonly items: readonly Item[] | undefined
  readonly requests: readonly Request[]
}

const formats = { RSS: 'rss.xml', Atom: 'atom.xml', JSON: 'feed.json' }
const columns = [
  'all authors',
  'date',
  'edit',
  'dek',
  'picture',
  'categories',
  'right-to-left',
  '304',
  'delta',
]
const authors = ['Ada Ak', 'Bela Bor', 'Cem Can']
const categories = ['World & Sea', 'API', 'AT&T']
const date = '2026-03-02T06:30:00Z'
const png =
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=='

const [folder = '', ...wanted] = process.argv.slice(2)
if (folder === '')
  throw new Error('Name the folder in which the readers are; see bench/readers/README.md.')
const workspace = mkdtempSync(join(tmpdir(), 'newsstand-readers-'))
const articles = join(workspace, 'articles')

function article(name: string, head: Record<string, unknown>, body: string): void {
  const lines = Object.entries(head).map(([key, value]) => `${key}: ${JSON.stringify(value)}`)
  writeFileSync(join(articles, name), `---\n${lines.join('\n')}\n---\n${body}\n`)
}

function writeStory(version: string, more: Record<string, unknown> = {}): void {
  const head = { title: 'Ferry & harbour', date, section: categories[0], tags: categories.slice(1) }
  article(
    'ferry.md',
    { ...head, authors, summary: `DEK ${version}`, image: 'ferry.png', ...more },
    version,
  )
}

/** Between the readers and the server: sees what is asked and answered. */
async function startProxy(port: string, target: () => string, seen: Request[]) {
  const proxy = createServer((asked, answer) => {
    const { method, headers } = asked
    const passed = request(target() + asked.url, { method, headers }, (got) => {
      const isConditional = 'if-none-match' in headers || 'if-modified-since' in headers
      seen.push({ status: got.statusCode ?? 0, isConditional, asksForDelta: 'a-im' in headers })
      answer.writeHead(got.statusCode ?? 502, got.headers)
      got.pipe(answer)
    })
    passed.on('error', () => answer.destroy())
    asked.pipe(passed)
  }).listen(Number(port), '127.0.0.1')
  await once(proxy, 'listening')
  return proxy
}

/** What a command prints; undefined when it fails. */
async function printed(command: string, env: Record<string, string>): Promise<string | undefined> {
  const child = spawn('sh', ['-c', command], {
    cwd: resolve(folder),
    env: { ...process.env, HERE: import.meta.dirname, ...env },
    stdio: ['ignore', 'pipe', 'ignore'],
    timeout: 120_000,
  })
  const [out] = await Promise.all([text(child.stdout), once(child, 'close')])
  return child.exitCode === 0 ? out.trim() : undefined
}

const stateOf = ({ name }: Reader, feed: string) => {
  const state = join(workspace, `${name} ${feed}`.replaceAll(/\W/g, '-'))
  mkdirSync(state, { recursive: true })
  return state
}

/** A reader that fails may still print something. */
function parsed(out = ''): Item[] | undefined {
  try {
    return JSON.parse(out)
  } catch {
    return undefined
  }
}

/** What a reader prints of a feed. */
const ask = (reader: Reader, base: string, feed: string) =>
  printed(reader.command, { URL: `${base}/${feed}`, STATE: stateOf(reader, feed) })

async function poll(reader: Reader, base: string, feed: string, seen: Request[]): Promise<Poll> {
  seen.length = 0
  const out = await ask(reader, base, feed)
  return { items: parsed(out), requests: [...seen] }
}

const stories = ({ items = [] }: Poll) => items.filter(({ title }) => title?.includes('Ferry'))

/** @returns the cells of a reader's row for one format, in the order of the columns */
function cells(polls: readonly Poll[]): string[] {
  const [first, arabic, , second, third] = polls as [Poll, Poll, Poll, Poll, Poll]
  const story = stories(first)[0] ?? {}
  const shown = story.shown ?? ''
  const named = story.authors?.join(', ') ?? ''
  const has = authors.filter((name) => named.includes(name)).length
  const isEdited = stories(second).some((one) => one.shown?.includes('TWO'))
  const isNewSeen = second.items?.some(({ title }) => title?.includes('Second'))
  const deks = shown.split('DEK').length - 1
  const rightToLeft = arabic.items?.some(
    (one) => one.language?.startsWith('ar') || /dir="?(rtl|auto)/.test(one.shown ?? ''),
  )
  const yes = (is: boolean | undefined) => (is ? 'yes' : 'no')
  const asked = second.requests.some((one) => one.asksForDelta)
  return [
    story.authors ? (has === authors.length ? 'yes' : `${has} of ${authors.length}`) : '–',
    story.date ? yes(new Date(story.date).getTime() === Date.parse(date)) : '–',
    isEdited ? yes(isNewSeen) : isNewSeen ? 'new ones only' : 'no',
    ['never', 'once', 'twice'][deks] ?? 'often',
    story.picture ? 'yes' : /<img/.test(shown) ? 'in the text' : 'no',
    story.categories ? yes(categories.every((one) => story.categories?.includes(one))) : '–',
    yes(rightToLeft),
    third.requests.some((one) => one.isConditional)
      ? yes(third.requests.some((one) => one.status === 304))
      : '–',
    asked ? yes(second.requests.some((one) => one.status === 226)) : '–',
  ]
}

/** One cell of what the formats have: `yes`, or `RSS 1 of 3; Atom yes`. */
function merged(byFormat: ReadonlyMap<string, string>): string {
  const values = new Set(byFormat.values())
  if (values.size < 2) return [...values].join()
  const groups = [...values].map((value) => {
    const names = [...byFormat].filter(([, other]) => other === value).map(([name]) => name)
    return `${names.join(', ')} ${value}`
  })
  return groups.join('; ')
}

mkdirSync(articles)
writeFileSync(join(articles, 'ferry.png'), Buffer.from(png, 'base64'))
writeStory('ONE')
const ar = { title: 'عودة العبارات', date: '2026-02-01', section: 'Arabic', language: 'ar' }
article('arabic.md', ar, 'رست أول عبارة ظهر اليوم.')
const seen: Request[] = []
const port = await freePort()
const base = `http://127.0.0.1:${port}`
const server = await startNewsstand(workspace, articles, join(workspace, 'data'), {
  BASE_URL: base,
})
const proxy = await startProxy(port, () => server.url, seen)

async function served(word: string): Promise<void> {
  while (!(await server.get('/rss.xml'))?.body.includes(word)) {
    if (server.hasEnded()) throw new Error('The server ended.')
    await sleep(100)
  }
}

const rows: { reader: Reader; version: string; polls: Map<string, Poll[]> }[] = []
const missing: string[] = []
const gotFeeds: string[] = []
const gotElse: string[] = []

/** The version of a reader that is wanted and installed. */
async function found(reader: Reader): Promise<string | undefined> {
  if (wanted.length > 0 && !wanted.some((part) => reader.name.includes(part))) return undefined
  const version = await printed(reader.version, {})
  if (!version) missing.push(reader.name)
  return version
}

/** Every reader polls each format that it could read so far, of one channel. */
async function pollAll(channel = ''): Promise<void> {
  for (const { reader, polls } of rows) {
    for (const [format, file] of Object.entries(formats)) {
      const before = polls.get(format) ?? []
      if (before[0] && stories(before[0]).length === 0) continue
      polls.set(format, [...before, await poll(reader, base, channel + file, seen)])
    }
  }
}

/** A client gets the feed at each address, or the names of the formats where it gets something else. */
async function tryClient(client: Reader, version: string): Promise<void> {
  const others: string[] = []
  for (const [format, file] of Object.entries(formats)) {
    const isFeed = /^(<\?xml|\{)/.test((await ask(client, base, file)) ?? '')
    if (!isFeed) others.push(format)
  }
  const name = `${client.name} ${version}`
  if (others.length === 0) gotFeeds.push(name)
  else gotElse.push(`${name} (${others.join(', ')})`)
}

try {
  await served('ONE')
  for (const reader of readers) {
    const version = await found(reader)
    if (version) rows.push({ reader, version, polls: new Map() })
  }
  for (const client of clients) {
    const version = await found(client)
    if (version) await tryClient(client, version)
  }
  await pollAll()
  await pollAll('sections/arabic/')
  // newsboat asks by condition from its third poll on.
  await pollAll()
  writeStory('TWO', { updated: '2026-03-02T09:00:00Z' })
  article('second.md', { title: 'Second', date: '2026-03-03T08:00:00Z' }, 'Later.')
  await served('TWO')
  await served('Second')
  await pollAll()
  await pollAll()
} finally {
  proxy.close()
  await server.stop()
  rmSync(workspace, { recursive: true })
}

const line = (all: readonly string[]) => console.log(`| ${all.join(' | ')} |`)
line(['reader', 'version', 'subscribe', ...columns])
line(['---', '---', '---', ...columns.map(() => '---')])
for (const { reader, version, polls } of rows) {
  const read = [...polls].filter(([, [first]]) => first && stories(first).length > 0)
  const mistaken = [...polls].filter(([, [first, ...more]]) => first?.items?.length && !more.length)
  const subscribed = read.map(([format]) => format).join(', ') || 'no'
  const misread = mistaken.map(([format]) => `; ${format} with wrong titles`).join('')
  const values = read.map(([format, all]) => [format, cells(all)] as const)
  const byColumn = columns.map((_, at) => {
    return merged(new Map(values.map(([format, all]) => [format, all[at] ?? '']))) || '–'
  })
  line([reader.name, version, subscribed + misread, ...byColumn])
}
const lists = {
  'Get the feed of every format': gotFeeds,
  'Get something else': gotElse,
  'Not installed': missing,
}
for (const [title, names] of Object.entries(lists)) {
  if (names.length > 0) console.log(`\n${title}: ${names.join(', ')}.`)
}
