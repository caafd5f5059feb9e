/**
 * Polls of a ready feed are answered before Express. With the access log on, all goes through Express: so two programs over the
 * same folder and data, one with the log and one without, have to answer with the same bytes, and count the same.
 */
import { cpSync } from 'node:fs'
import { expect, it } from 'vitest'
import { temporaryFolder } from '../support/folder.ts'
import { ask } from '../support/http.ts'
import { type Newsstand, startNewsstand } from '../support/newsstand.ts'
import { page } from '../support/page.ts'
import { type Random, randomFrom } from '../support/random.ts'
import { exchange } from '../support/raw.ts'
import { until } from '../support/until.ts'

const requests = 1500
/** So many come through one connection. */
const together = 50

const files = Object.fromEntries(
  Array.from({ length: 4 }, (_, n) => [`${n}.txt`, page({ title: `Story ${n}` })]),
)
const feeds = ['/rss.xml', '/atom.xml', '/feed.json', '/sections/world/rss.xml']

it.each([
  ['as it is', {}],
  ['below a path', { BASE_URL: 'http://news.example/news' }],
  ['with a limit of downloads', { DOWNLOADS_PER_HOUR: '20' }],
])('answers and counts the same before Express and behind it: %s', async (_, more) => {
  const ways = await bothWays({ BASE_URL: 'http://news.example', TRUST_PROXY: '1', ...more })
  const tags = await versionsOf(ways)
  const before = await Promise.all(ways.map(counted))
  const random = randomFrom(19)
  for (const one of oddRequests(tags)) {
    const [first, second] = await Promise.all(ways.map(({ url }) => exchange(url, one)))
    expect([one, comparable(second)]).toEqual([one, comparable(first)])
  }
  for (let sent = 0; sent < requests; sent += together) {
    const list = Array.from({ length: together }, () => randomRequest(random, tags))
    const all = `${list.join('')}GET /healthz HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n`
    const [first, second] = await Promise.all(
      ways.map(({ url }) => exchange(url, all, together + 1)),
    )
    expect(comparable(second)).toBe(comparable(first))
    expect(first?.text.split('HTTP/1.1 ')).toHaveLength(together + 2)
  }
  const after = await Promise.all(ways.map(counted))
  const [mine, theirs] = after.map(({ metrics, readers }, n) => ({
    readers,
    metrics: [...metrics].map(([name, value]) => [
      name,
      value - (before[n]?.metrics.get(name) ?? 0),
    ]),
  }))
  expect(mine).toEqual(theirs)
  expect(mine?.readers).toHaveLength(5)
})

/** The first answers before Express. */
async function bothWays(env: Readonly<Record<string, string>>): Promise<Newsstand[]> {
  const quick = await startNewsstand(files, env)
  // What is asked for the first time is no reader's: the salt of the day goes with it, and is that of both.
  await quick.stop()
  const dataDir = temporaryFolder()
  cpSync(quick.dataDir, dataDir, { recursive: true })
  await quick.start()
  const logging = await startNewsstand(
    {},
    {
      ...env,
      ACCESS_LOG: 'true',
      ARTICLES_DIR: quick.articlesDir,
      DATA_DIR: dataDir,
    },
  )
  return [quick, logging]
}

/** ETags and dates of the feeds, of which all codings are made by then. */
async function versionsOf(ways: readonly Newsstand[]): Promise<string[]> {
  const found = new Set<string>()
  for (const { url } of ways) {
    await until(async () => (await ask(`${url}/search/rss.xml?q=story`)).status === 200)
    for (const feed of feeds) {
      for (const coding of ['br', 'zstd', 'gzip', 'identity']) {
        // A better coding takes gzip's place when it is made; a download may be one too many.
        await until(async () => {
          const headers = { 'Accept-Encoding': `${coding}, gzip;q=0.5` }
          const answer = await ask(url + feed, headers, 'HEAD')
          found.add(String(answer.headers.etag)).add(String(answer.headers['last-modified']))
          return (answer.headers['content-encoding'] ?? 'identity') === coding
        })
      }
    }
  }
  return [...found]
}

interface Counted {
  readonly metrics: ReadonlyMap<string, number>
  readonly readers: unknown[]
}

async function counted({ adminUrl }: Newsstand): Promise<Counted> {
  const metrics = (await ask(`${adminUrl}/metrics`)).body.toString()
  const lines = metrics.matchAll(/^(newsstand_(?:requests|sent|saved)\S*) (\d+)$/gm)
  const { subscribers } = JSON.parse((await ask(`${adminUrl}/status`)).body.toString())
  return {
    metrics: new Map([...lines].map(([, name = '', value]) => [name, Number(value)])),
    readers: subscribers,
  }
}

/** Without the time of each answer, and how long somebody has to wait. */
const comparable = (exchanged: { readonly text: string; readonly isClosed: boolean } | undefined) =>
  [exchanged?.isClosed, ...(exchanged?.text.split('HTTP/1.1 ').map(comparableAnswer) ?? [])].join()

function comparableAnswer(text: string): string {
  const answer = text
    .replace(/^Date: .*$/m, '')
    .replace(/^Retry-After: \d+/m, 'Retry-After')
    .replace(/in \d+ s\./, 'in n s.')
  // Pages go through Express in any case, and are others as soon as the sections are known.
  return /^Content-Type: text\/html/m.test(answer) ? String(answer.split('\r\n', 1)) : answer
}

const request = (line: string, ...headers: readonly string[]) =>
  [line, ...headers, '', ''].join('\r\n')

/** Each through a connection of its own: it may be the end of it. */
function oddRequests([tag = '']: readonly string[]): string[] {
  const lines = [
    'GET /rss.xml HTTP/1.0',
    'HEAD /rss.xml HTTP/1.0',
    'GET /rss.xml',
    'GET rss.xml HTTP/1.1',
    'GET /rss.xml#x HTTP/1.1',
    'GET /rss.xml\xff HTTP/1.1',
    'GET http://x/rss.xml HTTP/1.1',
    'GET HTTP://user:secret@x/rss.xml HTTP/1.1',
    'GET //rss.xml HTTP/1.1',
    `GET /rss.xml?${'x'.repeat(9000)} HTTP/1.1`,
    'get /rss.xml HTTP/1.1',
    'PROPFIND /rss.xml HTTP/1.1',
    'POST /rss.xml HTTP/1.1',
    'OPTIONS /rss.xml HTTP/1.1',
    'OPTIONS * HTTP/1.1',
    'TRACE /rss.xml HTTP/1.1',
    'GET /rss.xml HTTP/2.0',
  ]
  const headers = [
    ['Host: x'],
    [],
    ['Host: x', 'Connection: close', `If-None-Match: ${tag}`],
    ['Host: x', 'Connection: keep-alive'],
    ['Host: x', 'Content-Length: 3'],
    ['Host: x', 'Connection: Upgrade', 'Upgrade: websocket'],
    ['Host: x', 'Expect: 100-continue'],
    ['Host: x', 'If-None-Match: \xff\xfe'],
  ]
  // Waiting for what follows takes long: each line with one kind of headers, each kind with one line.
  return [
    ...lines.map((line) => request(line, 'Host: x', 'Connection: close')),
    ...headers.map((list) => request('GET /rss.xml HTTP/1.1', ...list)),
  ]
}

function randomRequest(random: Random, tags: readonly string[]): string {
  const tag = () => random.pick(tags.filter((one) => one.includes('"')))
  const date = () => random.pick(tags.filter((one) => one.includes('GMT')))
  const kinds: readonly (() => string)[] = [
    () => `Accept-Encoding: ${random.pick(codings)}`,
    () => `Accept: ${random.pick(types)}`,
    () => `User-Agent: ${random.pick(agents)}`,
    () => `X-Forwarded-For: ${random.pick(forwarded)}`,
    () => 'Forwarded: for=192.0.2.60;proto=http;by=203.0.113.43',
    () =>
      `If-None-Match: ${random.pick([tag(), tag(), `W/${tag()}`, `"x", ${tag()}`, '*', '', 'x'])}`,
    () => `If-None-Match: ${tag().slice(0, -1)}`,
    () => `If-Modified-Since: ${random.pick([date(), 'Sun Nov  6 08:49:37 1994', 'x'])}`,
    () => `If-Match: ${random.pick([tag(), '*', '"x"'])}`,
    () => `If-Unmodified-Since: ${random.pick([date(), 'Sun, 06 Nov 1994 08:49:37 GMT'])}`,
    () => `A-IM: ${random.pick(['feed', 'feed;q=0', 'gzip'])}`,
    () => `Sec-Fetch-Dest: ${random.pick(['document', 'empty'])}`,
    () => 'Upgrade-Insecure-Requests: 1',
    () => 'Range: bytes=0-9',
    () => `X-Odd: ${random.pick(['\xe9\xff', '', '\t'])}`,
  ]
  const method = random.pick(['GET', 'GET', 'GET', 'GET', 'HEAD', 'OPTIONS', 'DELETE'])
  const path = random.pick(['', '', '', '/news']) + random.pick(random.pick([feeds, others]))
  const headers = Array.from({ length: random.between(0, 5) }, () => random.pick(kinds)())
  return request(`${method} ${path} HTTP/1.1`, 'Host: x', ...headers)
}

const others = [
  ...feeds.map((feed) => `${feed}?utm=1`),
  ...feeds.map((feed) => `${feed}/`),
  ...['/', '/feed', '/RSS.xml', '/rss%2Exml', '/archive/1/rss.xml', '/sections/none/rss.xml'],
  ...['/search/rss.xml?q=story', '/search/rss.xml', '/favicon.svg', '/healthz', '/nothing'],
]
const codings = ['gzip', 'br', 'zstd', 'gzip, br', 'x-gzip', 'identity', '*', '', 'br;q=0', '*;q=0']
const types = [
  '*/*',
  'text/html',
  'application/json',
  'application/atom+xml',
  'text/html, */*;q=0.1',
]
const agents = [
  'NetNewsWire/6',
  'Feedly/1.0 (10 subscribers)',
  'Mozilla/5.0 (X11)',
  'feedparser/6',
  'x'.repeat(600),
]
const forwarded = ['192.0.2.1', '192.0.2.2', '2001:db8::1', '9.9.9.9, 192.0.2.3', 'x', '', ',']
