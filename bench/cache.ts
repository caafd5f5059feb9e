/**
 * Whether deploy/nginx.conf, as a cache in front, gives everyone what they asked for, and how seldom
 * it has to ask us.
 * node bench/cache.ts [requests]
 */
import { type ChildProcess, spawn } from 'node:child_process'
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
const accepted = ['', 'identity', 'gzip', 'gzip, deflate', 'gzip, deflate, br', 'br', 'zstd']

const folder = workspace()
generateArticles(join(folder, 'articles'), ARTICLES, 'seed')
const server = await startNewsstand(folder, join(folder, 'articles'), join(folder, 'data'))
await server.ready(expectedFeeds(ARTICLES))
const port = await freePort()
const nginx = await startCache(port)
const front = `http://127.0.0.1:${port}`

const paths = ['', 'sections/world/', 'sections/sport/', 'archive/1/'].flatMap((channel) =>
  ['rss.xml', 'atom.xml', 'feed.json'].map((name) => `/${channel}${name}`),
)
const truth = new Map<string, string>()
for (const path of paths) truth.set(path, (await server.get(path))?.body ?? '')

const random = randomFrom(1)
const tags = new Map<string, string>()
const seen: Record<string, number> = {}
let wrong = 0
for (let n = 0; n < count; n += 1) {
  const path = random.pick(paths)
  const coding = random.pick(accepted)
  const name = `${path} ${coding}`
  const known = random.between(1, 3) === 1 ? tags.get(name) : undefined
  const answer = await ask(front + path, coding, known)
  const state = `${answer.status} ${answer.headers['x-cache']}`
  seen[state] = (seen[state] ?? 0) + 1
  const decode = decoders[answer.headers['content-encoding'] ?? 'identity']
  const isRight =
    answer.status === 304
      ? known !== undefined
      : answer.status === 200 && decode?.(answer.body).toString() === truth.get(path)
  if (!isRight) wrong += 1
  const { etag } = answer.headers
  if (etag) tags.set(name, etag)
}
const hits = Object.entries(seen)
  .filter(([state]) => state.endsWith('HIT'))
  .reduce((sum, [, times]) => sum + times, 0)
printTable([
  ['answer, and what the cache says of it', 'times'],
  ...Object.entries(seen).map(([state, times]) => [state, String(times)]),
])
console.log(
  `\nHit ratio ${((100 * hits) / count).toFixed(1)} % of ${count} requests; ${wrong} wrong answers`,
)
nginx.kill()
await server.stop()
process.exit(wrong > 0 ? 1 : 0)

function ask(url: string, coding: string, etag: string | undefined) {
  const headers = {
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

/** The shipped configuration, with ports and folders of this run. */
async function startCache(port: string): Promise<ChildProcess> {
  const shipped = readFileSync(
    fileURLToPath(new URL('../deploy/nginx.conf', import.meta.url)),
    'utf8',
  )
  const root = join(folder, 'cache')
  mkdirSync(root)
  const site = shipped
    .replace('/var/cache/nginx/newsstand', join(root, 'files'))
    .replace('listen 80;', `listen 127.0.0.1:${port};`)
    .replace('http://127.0.0.1:3000', server.url)
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
