/**
 * What a page weighs on the wire, with its stylesheet and scripts and without images, and how long
 * it takes when it is first asked for and when it is at hand.
 * node bench/pages.ts [articles]
 */
import { get } from 'node:http'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { gunzipSync } from 'node:zlib'
import { expectedFeeds, generateArticles } from './generate.ts'
import { printTable, warnIfBusy, workspace } from './measure.ts'
import { startNewsstand } from './newsstand.ts'

const { positionals } = parseArgs({ allowPositionals: true })
const count = Number(positionals[0] ?? 10_000)
const LIMIT = 60_000

await warnIfBusy()
const folder = workspace()
generateArticles(join(folder, 'articles'), count, 'seed')
const server = await startNewsstand(folder, join(folder, 'articles'), join(folder, 'data'))
await server.ready(expectedFeeds(count))
const sitemap = (await server.get('/sitemap-articles-1.xml'))?.body ?? ''
const article = /<loc>[^<]*?(\/articles\/[^<]+)/.exec(sitemap)?.[1] ?? ''
const author = /<loc>[^<]*?(\/authors\/[^<]+\/)/.exec(
  (await server.get('/sitemap-channels.xml'))?.body ?? '',
)?.[1]
await server.get('/search/rss.xml?q=section:world')

const rows: string[][] = []
let isTooHeavy = false
for (const path of [
  '/',
  '/?page=2',
  '/sections/world/',
  '/sections/',
  '/authors/',
  author ?? '/',
  article,
  '/search?q=section%3Aworld',
  '/subscribe',
  '/subscribe?section=world&section=sport',
  '/rss.xml',
  '/sections/world/atom.xml',
]) {
  const first = await load(path)
  const again = await load(path)
  const assets = [...first.text.matchAll(/<(?:link rel="stylesheet" href|script src)="([^"]+)"/g)]
  let bytes = first.bytes
  for (const [, asset] of assets) bytes += (await load(asset ?? '')).bytes
  if (bytes > LIMIT) isTooHeavy = true
  rows.push([
    path.slice(0, 45),
    (first.bytes / 1000).toFixed(1),
    (bytes / 1000).toFixed(1),
    first.ms.toFixed(1),
    again.ms.toFixed(1),
  ])
}
printTable([['page', 'HTML, kB', 'with CSS and JS, kB', 'first, ms', 'again, ms'], ...rows])
console.log(`\n${count} articles, as gzip with headers; must be below ${LIMIT / 1000} kB.`)
await server.stop()
process.exit(isTooHeavy ? 1 : 0)

/** Asks as a browser does, over a connection of its own, and counts what comes. */
function load(path: string): Promise<{ bytes: number; ms: number; text: string }> {
  const headers = {
    Accept: 'text/html,application/xhtml+xml,*/*;q=0.8',
    'Accept-Encoding': 'gzip',
    'Sec-Fetch-Dest': 'document',
  }
  const started = performance.now()
  return new Promise((resolve, reject) => {
    get(server.url + path, { headers, agent: false }, async (response) => {
      const body = Buffer.concat(await response.toArray())
      const ms = performance.now() - started
      if (response.statusCode !== 200) throw new Error(`${path}: ${response.statusCode}`)
      const isPacked = response.headers['content-encoding'] === 'gzip'
      const text = (isPacked ? gunzipSync(body) : body).toString()
      resolve({ bytes: response.socket.bytesRead, ms, text })
    }).on('error', reject)
  })
}
