/**
 * What a page weighs on the wire, with its stylesheet and scripts and without images, and how long
 * it takes when it is first asked for and when it is at hand.
 * node bench/pages.ts [articles]
 */
import { get } from 'node:http'
import { gunzipSync } from 'node:zlib'
import { numbers, printTable } from './measure.ts'
import { startOver } from './newsstand.ts'

const limit = 60_000
const [count = 0] = numbers('pages.ts [articles]', [10_000], [5])
const { server } = await startOver(count)
const inSitemap = async (name: string, pattern: RegExp) =>
  pattern.exec((await server.get(name))?.body ?? '')?.[1] ?? '/'
await server.get('/search/rss.xml?q=section:world')
const paths = [
  '/',
  '/?page=2',
  '/sections/world/',
  '/sections/',
  '/authors/',
  await inSitemap('/sitemap-channels.xml', /<loc>[^<]*?(\/authors\/[^<]+\/)/),
  await inSitemap('/sitemap-articles-1.xml', /<loc>[^<]*?(\/articles\/[^<]+)/),
  '/search?q=section%3Aworld',
  '/subscribe',
  '/subscribe?section=world&section=sport',
  '/rss.xml',
  '/sections/world/atom.xml',
]

const rows = [['page', 'HTML, kB', 'with CSS and JS, kB', 'first, ms', 'again, ms']]
let isTooHeavy = false
for (const path of paths) {
  const first = await load(path)
  const again = await load(path)
  const assets = [...first.text.matchAll(/<(?:link rel="stylesheet" href|script src)="([^"]+)"/g)]
  let bytes = first.bytes
  for (const [, asset = ''] of assets) bytes += (await load(asset)).bytes
  if (bytes > limit) isTooHeavy = true
  const figures = [first.bytes / 1000, bytes / 1000, first.ms, again.ms]
  rows.push([path.slice(0, 45), ...figures.map((one) => one.toFixed(1))])
}
printTable(rows)
console.log(`\nAs gzip, with headers; must be below ${limit / 1000} kB.`)
await server.stop()
process.exit(isTooHeavy ? 1 : 0)

/** Asks as a browser does, over a connection of its own, and counts what comes. */
function load(path: string): Promise<{ bytes: number; ms: number; text: string }> {
  const accept = 'text/html,application/xhtml+xml,*/*;q=0.8'
  const headers = { Accept: accept, 'Accept-Encoding': 'gzip', 'Sec-Fetch-Dest': 'document' }
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
