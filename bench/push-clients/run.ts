/**
 * What real subscribers make of our hub, and real hubs of our pings, as rows of tables: each subscriber subscribes to RSS, Atom and JSON Feed,
 * and is sent articles until it unsubscribes; each hub is told of an article, and passes it on to a subscriber.
 *   npx node bench/push-clients/run.ts FOLDER [PART OF A NAME …]
 */
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { createInterface } from 'node:readline'
import { text } from 'node:stream/consumers'
import { setTimeout as sleep } from 'node:timers/promises'
import { end, freePort } from '../../test/support/program.ts'
import { until } from '../../test/support/until.ts'
import { workspace } from '../measure.ts'
import { startNewsstand } from '../newsstand.ts'
import { type Client, clients, hubs, type Program } from './clients.ts'

/** What a client prints. */
interface Event {
  readonly is: 'subscribe' | 'unsubscribe' | 'content' | 'denied' | 'leaves'
  readonly text?: string
  readonly at: number
}

interface Running {
  readonly child: ChildProcess
  readonly events: Event[]
}

const formats = { RSS: 'rss.xml', Atom: 'atom.xml', JSON: 'feed.json' }
const columns = ['subscribed', 'new', 'edit', 'renewed', 'sent after that', 'unsubscribed'] as const
const secret = 'a secret of the subscriber'
/** What takes longer does not come. */
const patienceMs = 30_000
/** What has not come by then, when others have it, is not sent. */
const silenceMs = 2000

const [installed = '', ...wanted] = process.argv.slice(2)
if (installed === '')
  throw new Error('Name the folder in which the clients are; see bench/push-clients/README.md.')
process.setMaxListeners(0)
const folder = workspace()
let folders = 0
function newFolder(): string {
  const name = join(folder, String(++folders))
  mkdirSync(join(name, 'articles'), { recursive: true })
  return name
}

async function versionOf({ version }: Program): Promise<string | undefined> {
  const child = spawn('sh', ['-c', version], { cwd: resolve(installed), stdio: 'pipe' })
  const [out] = await Promise.all([text(child.stdout), once(child, 'close')])
  return child.exitCode === 0 ? out.trim() : undefined
}

function start({ command }: Program, env: Record<string, string>): Running {
  const given = { HERE: import.meta.dirname, NODE: process.execPath, STATE: newFolder(), ...env }
  const child = spawn('sh', ['-c', command], {
    cwd: resolve(installed),
    env: { ...process.env, ...given },
    stdio: ['pipe', 'pipe', 'ignore'],
  })
  process.prependOnceListener('exit', () => child.kill())
  const events: Event[] = []
  createInterface(child.stdout).on('line', (line) => {
    if (line.startsWith('{')) events.push({ ...JSON.parse(line), at: performance.now() })
  })
  return { child, events }
}

/** The first event after a time that is so; undefined where there is none. */
async function first({ events }: Running, after: number, is: (event: Event) => boolean) {
  for (;;) {
    const found = events.find((event) => event.at > after && is(event))
    if (found || performance.now() > after + patienceMs) return found
    await sleep(5)
  }
}

const has = (word: string) => (event: Event) =>
  event.is === 'content' && (event.text ?? '').includes(word)
const seconds = (since: number, event: Event | undefined) =>
  event ? `${((event.at - since) / 1000).toFixed(2)} s` : 'no'
const ask = ({ child }: Running, line: string) => child.stdin?.write(`${line}\n`)

/** A server with one article, and how to add others. */
async function site(settings: Record<string, string>) {
  const own = newFolder()
  const articles = join(own, 'articles')
  /** @returns when its file was closed */
  const write = (name: string, body: string) => {
    const head = `title: ${name}\ndate: 2026-03-02`
    writeFileSync(join(articles, `${name}.md`), `---\n${head}\n---\n${body}\n`)
    return performance.now()
  }
  write('first', 'FIRST')
  const server = await startNewsstand(own, articles, join(own, 'data'), settings)
  await until(async () => (await server.get('/rss.xml'))?.body.includes('FIRST') ?? false)
  return { server, write }
}

/** What becomes of all these clients, with the documents of one format; a cell of each column for each. */
async function follow(all: readonly Client[], file: string): Promise<string[][]> {
  const { server, write } = await site({ WEBSUB_ALLOW_NETWORKS: '127.0.0.0/8' })
  const started = performance.now()
  const running = await Promise.all(
    all.map(async (client) => {
      const callback = `http://127.0.6.1:${await freePort()}`
      const env = { TOPIC: `${server.url}/${file}`, CALLBACK: callback }
      return start(client, { ...env, SECRET: client.takesSecret ? secret : '' })
    }),
  )
  const each = <T>(what: (one: Running, client: Client) => Promise<T>) =>
    Promise.all(running.map((one, n) => what(one, all[n] as Client)))
  const subscribed = await each((one) => first(one, started, ({ is }) => is === 'subscribe'))
  const sent = async (name: string, word: string) => {
    const closed = write(name, word)
    return each(async (one) => seconds(closed, await first(one, closed, has(word))))
  }
  const isNew = await sent('second', 'SECOND')
  const edit = await sent('second', 'EDITED')
  const renewed = await each(async (one, { renews }) => {
    if (!renews) return '–'
    const asked = performance.now()
    ask(one, 'renew')
    return seconds(asked, await first(one, asked, ({ is }) => is === 'subscribe'))
  })
  const again = await sent('third', 'THIRD')
  await sleep(silenceMs)
  const times = running.map(({ events }) => events.filter(has('THIRD')).length)
  const left = performance.now()
  await each(async (one) => {
    ask(one, 'unsubscribe')
    await first(one, left, ({ is }) => is === 'unsubscribe' || is === 'leaves')
  })
  write('fourth', 'FOURTH')
  const ended = await each((one) => first(one, left, ({ is }) => is === 'unsubscribe'))
  await sleep(silenceMs)
  const isStillSent = running.map(({ events }) => events.some(has('FOURTH')))
  await each(async ({ child }) => end(child, 'SIGTERM'))
  await server.stop()
  return running.map((_, n) => {
    const once = times[n] === 1 ? '' : ` (${times[n]} times)`
    const then = isStillSent[n] ? 'no, sent all the same' : ended[n] ? 'yes' : 'no'
    const cells = [isNew[n], edit[n], renewed[n], `${again[n]}${once}`, then]
    return [subscribed[n] ? 'yes' : 'no', ...cells.map(String)]
  })
}

/** Until when a subscriber of this hub has a new article. */
async function through(hub: Program, client: Client): Promise<string> {
  const address = `http://127.0.6.2:${await freePort()}/hub`
  const passing = start(hub, { HUB: address })
  await until(() =>
    fetch(address).then(
      () => true,
      () => false,
    ),
  )
  const { server, write } = await site({ HUBS: address })
  const callback = `http://127.0.6.1:${await freePort()}`
  const env = { TOPIC: `${server.url}/rss.xml`, CALLBACK: callback, SECRET: secret }
  const started = performance.now()
  const one = start(client, env)
  await first(one, started, ({ is }) => is === 'subscribe')
  const closed = write('second', 'SECOND')
  const cell = seconds(closed, await first(one, closed, has('SECOND')))
  for (const { child } of [one, passing]) await end(child, 'SIGTERM')
  await server.stop()
  return cell
}

const missing: string[] = []
/** Those that are there and meant, with their versions. */
async function among<T extends Program>(programs: readonly T[]): Promise<[T, string][]> {
  const found: [T, string][] = []
  for (const program of programs) {
    if (wanted.length > 0 && !wanted.some((part) => program.name.includes(part))) continue
    const version = await versionOf(program)
    if (version) found.push([program, version])
    else missing.push(program.name)
  }
  return found
}

function printTable(head: readonly string[], rows: readonly (readonly string[])[]): void {
  for (const row of [head, head.map(() => '---'), ...rows]) console.log(`| ${row.join(' | ')} |`)
  console.log()
}

const meant = await among(clients)
const rows: string[][] = []
for (const [format, file] of Object.entries(formats)) {
  const reading = meant.filter(([{ readsJson }]) => readsJson || format !== 'JSON')
  const cells = await follow(
    reading.map(([client]) => client),
    file,
  )
  rows.push(
    ...reading.map(([{ name }, version], n) => [name, version, format, ...(cells[n] ?? [])]),
  )
}
printTable(['subscriber', 'version', 'format', ...columns], rows)
const throughHubs: string[][] = []
const judge = clients.find(({ name }) => name === 'go-websub (Go)') as Client
for (const [hub, version] of await among(hubs)) {
  throughHubs.push([hub.name, version, await through(hub, judge)])
}
printTable(['hub', 'version', 'new'], throughHubs)
if (missing.length > 0) console.log(`Not installed: ${missing.join(', ')}.`)
process.exit(0)
