/**
 * What real readers make of the feeds, as rows of a table: each reads RSS, Atom and JSON Feed of a
 * server over a small folder, and again after an article was edited and another added.
 *   npx node bench/readers/run.ts FOLDER [PART OF A NAME …]
 */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, writeFileSync } from 'node:fs'
import { createServer, request } from 'node:http'
import { join, resolve } from 'node:path'
import { text } from 'node:stream/consumers'
import { freePort } from '../../test/support/program.ts'
import { until } from '../../test/support/until.ts'
import { workspace } from '../measure.ts'
import { startNewsstand } from '../newsstand.ts'
import { type Reader, readers } from './readers.ts'

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
  readonly items: readonly Item[]
  readonly requests: readonly Request[]
}

const formats = { RSS: 'rss.xml', Atom: 'atom.xml', JSON: 'feed.json' }
const columns = [
  ...(['all authors', 'date', 'edit', 'dek', 'picture', 'categories', 'right-to-left'] as const),
  ...(['304', 'delta'] as const),
]
const authors = ['Ada Ak', 'Bela Bor', 'Cem Can']
const categories = ['World & Sea', 'API', 'AT&T']
const date = '2026-03-02T06:30:00Z'
const png =
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=='

const [installed = '', ...wanted] = process.argv.slice(2)
if (installed === '')
  throw new Error('Name the folder in which the readers are; see bench/readers/README.md.')
const folder = workspace()
const articles = join(folder, 'articles')
mkdirSync(articles)

function write(name: string, head: Record<string, unknown>, body: string): void {
  const lines = Object.entries(head).map(([key, value]) => `${key}: ${JSON.stringify(value)}`)
  writeFileSync(join(articles, name), `---\n${lines.join('\n')}\n---\n${body}\n`)
}

function writeStory(version: string, more: Record<string, unknown> = {}): void {
  const terms = { section: categories[0], tags: categories.slice(1), authors }
  const shown = { title: 'Ferry & harbour', summary: `DEK ${version}`, image: 'ferry.png' }
  write('ferry.md', { ...shown, ...terms, date, ...more }, version)
}

/** What a command prints; undefined when it fails. */
async function printed(command: string, env: Record<string, string>): Promise<string | undefined> {
  const child = spawn('sh', ['-c', command], {
    cwd: resolve(installed),
    env: { ...process.env, HERE: import.meta.dirname, ...env },
    stdio: ['ignore', 'pipe', 'ignore'],
    timeout: 120_000,
  })
  const [out] = await Promise.all([text(child.stdout), once(child, 'close')])
  return child.exitCode === 0 ? out.trim() : undefined
}

async function poll(reader: Reader, feed: string): Promise<Poll> {
  seen.length = 0
  const state = join(folder, `${reader.name} ${feed}`.replaceAll(/\W/g, '-'))
  mkdirSync(state, { recursive: true })
  const out = await printed(reader.command, { URL: `${base}/${feed}`, STATE: state })
  try {
    return { items: JSON.parse(out ?? '[]'), requests: [...seen] }
  } catch {
    // A reader that fails may still print something.
    return { items: [], requests: [...seen] }
  }
}

const stories = (poll?: Poll) => poll?.items.filter(({ title }) => title?.includes('Ferry')) ?? []
const yesNo = (is: boolean | undefined) => (is ? 'yes' : 'no')

/** What the columns say of a reader's polls of one format. */
function cellsOf(polls: readonly Poll[]): Record<(typeof columns)[number], string> {
  const [first, arabic, , second, third] = polls
  const { shown = '', ...story } = stories(first)[0] ?? {}
  const has = authors.filter((name) => story.authors?.join().includes(name)).length
  const isEdited = stories(second).some((one) => one.shown?.includes('TWO'))
  const isNewSeen = second?.items.some(({ title }) => title?.includes('Second'))
  const isArabic = ({ language, shown = '' }: Item) =>
    language?.startsWith('ar') || /dir="?(rtl|auto)/.test(shown)
  const conditional = third?.requests.filter(({ isConditional }) => isConditional) ?? []
  const deltas = second?.requests.filter(({ asksForDelta }) => asksForDelta) ?? []
  const isAnsweredWith = (requests: readonly Request[], status: number) =>
    requests.length > 0 ? yesNo(requests.some((one) => one.status === status)) : '–'
  return {
    'all authors': !story.authors ? '–' : has === 3 ? 'yes' : `${has} of 3`,
    date: story.date ? yesNo(new Date(story.date).getTime() === Date.parse(date)) : '–',
    edit: isEdited ? yesNo(isNewSeen) : isNewSeen ? 'new ones only' : 'no',
    dek: ['never', 'once', 'twice'][shown.split('DEK').length - 1] ?? 'often',
    picture: story.picture ? 'yes' : shown.includes('<img') ? 'in the text' : 'no',
    categories: story.categories
      ? yesNo(categories.every((one) => story.categories?.includes(one)))
      : '–',
    'right-to-left': yesNo(arabic?.items.some(isArabic)),
    '304': isAnsweredWith(conditional, 304),
    delta: isAnsweredWith(deltas, 226),
  }
}

/** One cell of what the formats have: `yes`, or `RSS 1 of 3; Atom yes`. */
function merged(byFormat: readonly (readonly [format: string, cell: string])[]): string {
  const groups = Map.groupBy(byFormat, ([, cell]) => cell)
  if (groups.size < 2) return [...groups.keys()].join() || '–'
  const named = [...groups].map(
    ([cell, all]) => `${all.map(([format]) => format).join(', ')} ${cell}`,
  )
  return named.join('; ')
}

writeFileSync(join(articles, 'ferry.png'), Buffer.from(png, 'base64'))
writeStory('ONE')
const arabic = { title: 'عودة العبارات', date: '2026-02-01', section: 'Arabic', language: 'ar' }
write('arabic.md', arabic, 'رست أول عبارة ظهر اليوم.')
const port = await freePort()
const base = `http://127.0.0.1:${port}`
const data = join(folder, 'data')
const server = await startNewsstand(folder, articles, data, { BASE_URL: base })
const served = (word: string) =>
  until(async () => (await server.get('/rss.xml'))?.body.includes(word) ?? false, word)

/** Between the readers and the server: sees what is asked and answered. */
const seen: Request[] = []
const proxy = createServer((asked, answer) => {
  const { method, headers } = asked
  const passed = request(server.url + asked.url, { method, headers }, (got) => {
    const { statusCode: status = 502 } = got
    const isConditional = 'if-none-match' in headers || 'if-modified-since' in headers
    seen.push({ status, isConditional, asksForDelta: 'a-im' in headers })
    answer.writeHead(status, got.headers)
    got.pipe(answer)
  })
  passed.on('error', () => answer.destroy())
  asked.pipe(passed)
}).listen(port, '127.0.0.1')

const missing: string[] = []
const polls = new Map<string, Poll[]>()
const pollsOf = ({ name }: Reader, format: string) => polls.get(`${name} ${format}`) ?? []

/** Every reader polls each format that it could read so far, of one channel. */
async function pollAll(channel = ''): Promise<void> {
  for (const [reader] of there) {
    for (const [format, file] of Object.entries(formats)) {
      const before = pollsOf(reader, format)
      if (before[0] && stories(before[0]).length === 0) continue
      const more = await poll(reader, channel + file)
      polls.set(`${reader.name} ${format}`, [...before, more])
    }
  }
}

await served('ONE')
const there: [Reader, string][] = []
for (const reader of readers) {
  if (wanted.length > 0 && !wanted.some((part) => reader.name.includes(part))) continue
  const version = await printed(reader.version, {})
  if (version) there.push([reader, version])
  else missing.push(reader.name)
}
await pollAll()
await pollAll('sections/arabic/')
// newsboat asks by condition from its third poll on.
await pollAll()
writeStory('TWO', { updated: '2026-03-02T09:00:00Z' })
write('second.md', { title: 'Second', date: '2026-03-03T08:00:00Z' }, 'Later.')
await served('TWO')
await served('Second')
await pollAll()
await pollAll()
proxy.close()
await server.stop()

const printRow = (all: readonly string[]) => console.log(`| ${all.join(' | ')} |`)
printRow(['reader', 'version', 'subscribe', ...columns])
printRow(['---', '---', '---', ...columns.map(() => '---')])
for (const [reader, version] of there) {
  const all = Object.keys(formats).map((format) => [format, pollsOf(reader, format)] as const)
  const read = all.filter(([, [first]]) => stories(first).length > 0)
  const mistaken = all.filter(([, [first, ...more]]) => first?.items.length && more.length === 0)
  const subscribed = read.map(([format]) => format).join(', ') || 'no'
  const misread = mistaken.map(([format]) => `; ${format} with wrong titles`).join('')
  const cells = read.map(([format, polls]) => [format, cellsOf(polls)] as const)
  const byColumn = columns.map((name) =>
    merged(cells.map(([format, cell]) => [format, cell[name]] as const)),
  )
  printRow([reader.name, version, subscribed + misread, ...byColumn])
}
if (missing.length > 0) console.log(`\nNot installed: ${missing.join(', ')}.`)
process.exit(0)
