/**
 * Whether deploy/nginx.conf, as a cache in front, gives everyone what they asked for, and how seldom
 * it has to ask us; and the same of a cache that goes by Vary alone.
 * node bench/cache.ts [requests]
 */
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { request } from 'node:http'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { brotliDecompressSync, gunzipSync, zstdDecompressSync } from 'node:zlib'
import { expectedFeeds, generateArticles } from './generate.ts'
import { printTable, workspace } from './measure.ts'
import { freePort, startNewsstand } from './newsstand.ts'
import { randomFrom } from './random.ts'

const { positionals } = parseArgs({ allowPositionals: true })
const count = Number(positionals[0] ?? 5000)
const ARTICLES = 500

const decoders: Readonly<Record<string, (bytes: Buffer) => Buffer>> = {
  identity: (bytes) => bytes,
  gzip: gunzipSync,
  br: brotliDecompressSync,
  zstd: zstdDecompressSync,
}
type Headers = Readonly<Record<string, string>>

const accepted = ['', 'identity', 'gzip', 'gzip, deflate', 'gzip, deflate, br', 'br', 'zstd']

const folder = workspace()
generateArticles(join(folder, 'articles'), ARTICLES, 'seed')
const server = await startNewsstand(folder, join(folder, 'articles'), join(folder, 'data'))
await server.ready(expectedFeeds(ARTICLES))
const paths = ['', 'sections/world/', 'sections/sport/', 'archive/1/'].flatMap((channel) =>
  ['rss.xml', 'atom.xml', 'feed.json'].map((name) => `/${channel}${name}`),
)
const truth = new Map<string, string>()
for (const path of paths) truth.set(path, (await server.get(path))?.body ?? '')

const browser = 'text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,*/*;q=0.8'
const navigates = { 'Upgrade-Insecure-Requests': '1' }
/** What readers, and what people say. */
const readers: readonly Headers[] = [
  {},
  { Accept: '*/*' },
  { Accept: 'application/rss+xml, application/atom+xml;q=0.9, text/html;q=0.5' },
  { Accept: 'application/xml, text/xml' },
  { Accept: 'text/html', 'Sec-Fetch-Dest': 'empty' },
  { Accept: 'text/html, image/gif, image/jpeg, */*; q=0.2' },
  { Accept: browser },
]
const people: readonly Headers[] = [
  { Accept: browser, 'Sec-Fetch-Dest': 'document', ...navigates },
  { Accept: browser, ...navigates },
  { Accept: 'text/html', ...navigates },
]

const shipped = readFileSync(
  fileURLToPath(new URL('../deploy/nginx.conf', import.meta.url)),
  'utf8',
)
/** What somebody writes who knows nothing of us: the address is the key, and Vary does the rest. */
const plain = shipped
  .replace(/^map .*?^}$/gms, '')
  .replace(/proxy_cache_key .*/, 'proxy_cache_key $scheme$host$request_uri;')
  .replace('proxy_ignore_headers Vary;', '')
  .replace(/^.*\$newsstand_.*$/gm, '')

let wrong = 0
for (const [name, site] of [
  ['deploy/nginx.conf', shipped],
  ['a plain proxy_cache', plain],
] as const) {
  wrong += await tryCache(name, site)
}
await server.stop()
process.exit(wrong > 0 ? 1 : 0)

async function tryCache(name: string, site: string): Promise<number> {
  const port = await freePort()
  const nginx = await startCache(site, port)
  const random = randomFrom(1)
  const tags = new Map<string, string>()
  const seen: Record<string, number> = {}
  let hits = 0
  let fromReaders = 0
  let wrong = 0
  for (let n = 0; n < count; n += 1) {
    const path = random.pick(paths)
    const coding = random.pick(accepted)
    const isPerson = random.between(1, 5) === 1
    const said = random.pick(isPerson ? people : readers)
    const known = `${path} ${coding} ${isPerson}`
    const etag = random.between(1, 3) === 1 ? tags.get(known) : undefined
    const answer = await ask(`http://127.0.0.1:${port}${path}`, said, coding, etag)
    const state = `${isPerson ? 'person' : 'reader'} ${answer.status} ${answer.headers['x-cache']}`
    seen[state] = (seen[state] ?? 0) + 1
    if (!isPerson) fromReaders += 1
    if (state.startsWith('reader') && state.endsWith('HIT')) hits += 1
    const decode = decoders[answer.headers['content-encoding'] ?? 'identity']
    const text = answer.status === 200 ? decode?.(answer.body).toString() : undefined
    const isWanted = isPerson ? text?.startsWith('<!doctype html>') : text === truth.get(path)
    if (answer.status === 304 ? etag === undefined : !isWanted) wrong += 1
    if (answer.headers.etag) tags.set(known, answer.headers.etag)
  }
  wrong += await wrongDates(port)
  console.log(`\n${name}`)
  printTable([
    ['who asked, the answer, and what the cache says of it', 'times'],
    ...Object.entries(seen).map(([state, times]) => [state, String(times)]),
  ])
  const ratio = ((100 * hits) / fromReaders).toFixed(1)
  console.log(`Readers' hit ratio ${ratio} % of ${fromReaders}; ${wrong} wrong answers`)
  nginx.kill()
  await once(nginx, 'exit')
  return wrong
}

/** Dates are written as the reader has them, also for those who ask as programs do. */
async function wrongDates(port: string): Promise<number> {
  let wrong = 0
  for (const language of ['tr', 'en', 'de', 'tr']) {
    for (const said of [{}, { 'Sec-Fetch-Dest': 'empty' }, { Accept: browser }]) {
      const headers = { ...said, 'Accept-Language': language }
      const url = `http://127.0.0.1:${port}/sections/world/`
      const { body } = await ask(url, headers, 'identity', undefined)
      const dates = [...body.toString().matchAll(/<time[^>]*><bdi lang="([^"]*)">/g)]
      if (!dates.every(([, written]) => written === language) || dates.length === 0) wrong += 1
    }
  }
  return wrong
}

function ask(url: string, said: Headers, coding: string, etag: string | undefined) {
  const headers = {
    ...said,
    ...(coding && { 'Accept-Encoding': coding }),
    ...(etag && { 'If-None-Match': etag }),
  }
  return new Promise<{ status: number; headers: Record<string, string>; body: Buffer }>(
    (resolve, reject) => {
      request(url, { headers }, async (response) => {
        const body = Buffer.concat(await response.toArray())
        const given = response.headers as Record<string, string>
        resolve({ status: response.statusCode ?? 0, headers: given, body })
      })
        .on('error', reject)
        .end()
    },
  )
}

/** A configuration, with ports and folders of this run. */
async function startCache(configuration: string, port: string): Promise<ChildProcess> {
  const root = join(folder, `cache-${port}`)
  mkdirSync(root)
  const site = configuration
    .replace('/var/cache/nginx/newsstand', join(root, 'files'))
    .replace('listen 80;', `listen 127.0.0.1:${port};`)
    .replace('127.0.0.1:3000', new URL(server.url).host)
  const user = process.getuid?.() === 0 ? 'user root;' : ''
  writeFileSync(
    join(root, 'nginx.conf'),
    `${user} daemon off; pid ${root}/pid; error_log ${root}/error.log; events {}
http { access_log off; ${site} }`,
  )
  const child = spawn('nginx', ['-c', join(root, 'nginx.conf')], { stdio: 'inherit' })
  process.prependOnceListener('exit', () => child.kill())
  await sleep(500)
  return child
}
