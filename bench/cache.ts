/**
 * Whether deploy/nginx.conf, as a cache in front, gives everyone what they asked for, and how seldom
 * it has to ask us; and the same of a cache that goes by Vary alone.
 * node bench/cache.ts [requests]
 */
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { brotliDecompressSync, gunzipSync, zstdDecompressSync } from 'node:zlib'
import { ask } from '../test/support/http.ts'
import { freePort } from '../test/support/program.ts'
import { randomFrom } from '../test/support/random.ts'
import { numbers, printTable } from './measure.ts'
import { startOver } from './newsstand.ts'
import { startNginx } from './nginx.ts'

const [count = 0] = numbers('cache.ts [requests]', [5000])
const decoders: Readonly<Record<string, (bytes: Buffer) => Buffer>> = {
  identity: (bytes) => bytes,
  gzip: gunzipSync,
  br: brotliDecompressSync,
  zstd: zstdDecompressSync,
}
type Headers = Readonly<Record<string, string>>

const accepted = ['', 'identity', 'gzip', 'gzip, deflate', 'gzip, deflate, br', 'br', 'zstd']
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

const { server, folder } = await startOver(500)
const truth = new Map<string, string>()
for (const channel of ['', 'sections/world/', 'sections/sport/', 'archive/1/']) {
  for (const name of ['rss.xml', 'atom.xml', 'feed.json']) {
    const path = `/${channel}${name}`
    truth.set(path, (await server.get(path))?.body ?? '')
  }
}
const paths = [...truth.keys()]

const file = fileURLToPath(new URL('../deploy/nginx.conf', import.meta.url))
const shipped = readFileSync(file, 'utf8')
/** What somebody writes who knows nothing of us: the address is the key, and Vary does the rest. */
const plain = shipped
  .replace(/^map .*?^}$/gms, '')
  .replace(/proxy_cache_key .*/, 'proxy_cache_key $scheme$host$request_uri;')
  .replace('proxy_ignore_headers Vary;', '')
  .replace(/^.*\$newsstand_.*$/gm, '')
const wrong =
  (await tryCache('deploy/nginx.conf', shipped)) + (await tryCache('a plain proxy_cache', plain))
await server.stop()
process.exit(wrong > 0 ? 1 : 0)

/** @returns how many answers were wrong */
async function tryCache(name: string, configuration: string): Promise<number> {
  const port = await freePort()
  const base = `http://127.0.0.1:${port}`
  const site = configuration
    .replace('/var/cache/nginx/newsstand', join(folder, `cache-${port}`))
    .replace('listen 80;', `listen 127.0.0.1:${port};`)
    .replace('127.0.0.1:3000', new URL(server.url).host)
  const nginx = await startNginx(folder, port, site)
  const random = randomFrom(1)
  const tags = new Map<string, string>()
  const seen = new Map<string, number>()
  let wrong = 0
  for (let n = 0; n < count; n += 1) {
    const path = random.pick(paths)
    const coding = random.pick(accepted)
    const isPerson = random.between(1, 5) === 1
    const said = random.pick(isPerson ? people : readers)
    const known = `${path} ${coding} ${isPerson}`
    const etag = random.between(1, 3) === 1 ? tags.get(known) : undefined
    const { status, headers, body } = await ask(base + path, {
      ...said,
      ...(coding && { 'Accept-Encoding': coding }),
      ...(etag && { 'If-None-Match': etag }),
    })
    const state = `${isPerson ? 'person' : 'reader'} ${status} ${headers['x-cache']}`
    seen.set(state, (seen.get(state) ?? 0) + 1)
    const decode = decoders[headers['content-encoding'] ?? 'identity']
    const text = status === 200 ? decode?.(body).toString() : undefined
    const isWanted = isPerson ? text?.startsWith('<!doctype html>') : text === truth.get(path)
    if (status === 304 ? etag === undefined : !isWanted) wrong += 1
    if (headers.etag) tags.set(known, headers.etag)
  }
  wrong += await wrongDates(base)
  console.log(`\n${name}`)
  const rows = [...seen].map(([state, times]) => [state, String(times)])
  printTable([['who asked, the answer, and what the cache says of it', 'times'], ...rows])
  const sum = (pattern: RegExp) =>
    [...seen].reduce((total, [state, times]) => total + (pattern.test(state) ? times : 0), 0)
  const ratio = ((100 * sum(/^reader .*HIT$/)) / sum(/^reader/)).toFixed(1)
  console.log(`Readers' hit ratio ${ratio} % of ${sum(/^reader/)}; ${wrong} wrong answers`)
  nginx.kill()
  await once(nginx, 'exit')
  return wrong
}

/** Dates are written as the reader has them, also for those who ask as programs do. */
async function wrongDates(base: string): Promise<number> {
  let wrong = 0
  for (const language of ['tr', 'en', 'de', 'tr']) {
    for (const said of [{}, { 'Sec-Fetch-Dest': 'empty' }, { Accept: browser }]) {
      const headers = { ...said, 'Accept-Language': language }
      const { body } = await ask(`${base}/sections/world/`, headers)
      const dates = [...body.toString().matchAll(/<time[^>]*><bdi lang="([^"]*)">/g)]
      if (!dates.every(([, written]) => written === language) || dates.length === 0) wrong += 1
    }
  }
  return wrong
}
