/** The static build behind nginx, with the configuration that it prints, beside the program: both are asked the same. */
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { beforeAll, expect, it } from 'vitest'
import { temporaryFolder } from '../support/folder.ts'
import { followAll } from '../support/follow.ts'
import { type Answer, ask } from '../support/http.ts'
import { runNewsstand, startNewsstand } from '../support/newsstand.ts'
import { findingMs, findNginx } from '../support/nginx.ts'
import { serveByNginx } from '../support/nginx-site.ts'
import { photograph } from '../support/photograph.ts'
import { freePort } from '../support/program.ts'
import { withoutSearching } from '../support/searching.ts'
import { until } from '../support/until.ts'

const story = (title: string, more = '') =>
  `---\ntitle: ${title}\ndate: 2026-01-01\nsection: World\ntags: [Sea]\n${more}---\n\nText. [Data](data.csv), [paper](paper.pdf), ![](photo.jpg) ![](drawing.svg)\n`
const drawing = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"/>'

const html = { Accept: 'text/html' }
const asPage = { 'content-type': 'text/html; charset=utf-8' }
const secured = { ...asPage, 'content-security-policy': /^default-src 'none';style-src 'self'/ }
const usual = { 'cache-control': /^public, max-age=60, stale-while-revalidate=60, stale-if/ }
const kept = { 'cache-control': 'public, max-age=3600' }
const anywhere = { 'access-control-allow-origin': '*' }
const embedded = { 'cross-origin-resource-policy': 'cross-origin' }
const plain = { 'x-content-type-options': 'nosniff' }
const asError = { ...secured, ...plain, ...anywhere, 'cache-control': 'no-cache' }
const feed = (type: string) => ({
  ...{ ...usual, ...anywhere, ...embedded, ...plain },
  'content-type': `application/${type}; charset=utf-8`,
  vary: /Accept-Encoding/,
})
const page = { ...secured, ...usual, ...plain }
const media = { ...kept, ...embedded, ...plain, 'content-security-policy': /^default-src 'none'; / }

type Expected = Readonly<Record<string, string | RegExp | undefined>>
interface Row {
  readonly path: string
  readonly asked?: Readonly<Record<string, string>>
  readonly method?: string
  readonly status: number
  readonly headers?: Expected
}

/** @param base where all is; article the address of one, below that; gone that of a removed one */
function rowsOf(base: string, article: string, gone: string): Row[] {
  const found = (path: string, headers: Expected): Row => ({ path, status: 200, headers })
  const leads = (path: string, to: string): Row => ({
    ...{ path, status: 301 },
    headers: { 'cache-control': 'public, max-age=86400', location: base + to },
  })
  const missing = (path: string, status = 404): Row => ({
    ...{ path, status, asked: html, headers: asError },
  })
  const [rss, atom, json] = ['rss.xml', 'atom.xml', 'feed.json'].map((name) => `${base}/${name}`)
  const link =
    `<${rss}>; rel="self"; type="application/rss+xml", <${atom}>; rel="alternate"; type="application/atom+xml", ` +
    `<${json}>; rel="alternate"; type="application/feed+json", <https://hub.example/>; rel="hub"`
  return [
    found('/rss.xml', { ...feed('rss+xml'), link }),
    found('/sections/world/atom.xml', {
      ...feed('atom+xml'),
      link: /world\/atom\.xml>; rel="self"/,
    }),
    found('/tags/sea/feed.json', feed('feed+json')),
    ...['/atom.xml', '/feed.json', '/sections/world/rss.xml'].map((path) => found(path, anywhere)),
    { ...found('/rss.xml', feed('rss+xml')), method: 'HEAD' },
    found('/archive/1/rss.xml', {
      ...anywhere,
      link: /^(?!.*hub).*archive\/1\/rss\.xml>; rel="self"/,
    }),
    ...['/', '/sections/', '/sections/world/', '/tags/sea/', article, '/subscribe', '/?page=1'].map(
      (path) => found(path, page),
    ),
    { ...found(article, page), method: 'HEAD' },
    found('/feeds.opml', { ...usual, ...anywhere, 'content-type': 'text/x-opml; charset=utf-8' }),
    ...['/sitemap.xml', '/sitemap-articles-1.xml', '/sitemap-news.xml'].map((path) =>
      found(path, { ...usual, ...anywhere, 'content-type': 'application/xml; charset=utf-8' }),
    ),
    found('/robots.txt', { ...usual, 'content-type': 'text/plain; charset=utf-8' }),
    found('/site.webmanifest', { ...usual, 'content-type': 'application/manifest+json' }),
    found('/style.css', { ...kept, ...embedded, 'content-type': 'text/css; charset=utf-8' }),
    found('/copy.js', { ...kept, 'content-type': 'text/javascript; charset=utf-8' }),
    found('/favicon.ico', { ...kept, 'content-type': 'image/vnd.microsoft.icon' }),
    found('/media/photo.jpg', { ...media, 'content-type': 'image/jpeg', 'accept-ranges': 'bytes' }),
    {
      ...found('/media/photo.jpg', { ...media, 'content-range': /^bytes 2-5\// }),
      ...{ asked: { Range: 'bytes=2-5' }, status: 206 },
    },
    { path: '/media/photo.jpg', asked: { Range: 'bytes=99999999-' }, status: 416 },
    found('/media/photo.jpg?width=640&as=webp', { ...kept, 'content-type': 'image/webp' }),
    found('/media/photo.jpg?utm_source=a&width=640&as=avif', { 'content-type': 'image/avif' }),
    found('/media/photo.jpg?width=641&as=webp', { 'content-type': 'image/jpeg' }),
    found('/media/drawing.svg', {
      'content-type': 'image/svg+xml',
      'content-security-policy': /sandbox$/,
    }),
    found('/media/paper.pdf', { ...media, 'content-disposition': 'inline' }),
    found('/media/data.csv', { 'content-disposition': 'attachment', 'cache-control': 'no-cache' }),
    found('/page/2/', page),
    leads('/page/2', '/page/2/'),
    leads('/?page=2', '/page/2/'),
    leads('/sections/world/?page=2', '/sections/world/page/2/'),
    leads('/sections/world', '/sections/world/'),
    leads('/tags', '/tags/'),
    leads(`${article}/`, article),
    leads('/subscribe/', '/subscribe'),
    leads('/index.html', '/'),
    leads('/articles/', '/'),
    leads('/old/one', article),
    leads('/old/one/?a=b', `${article}?a=b`),
    leads('/2024/caf%C3%A9', article),
    leads('/$uri', article),
    leads('/feed/', '/rss.xml'),
    leads('/feed/atom', '/atom.xml'),
    leads('/Feed.Atom/', '/atom.xml'),
    leads('/sections/world/rss', '/sections/world/rss.xml'),
    leads('/tags/sea/index.json', '/tags/sea/feed.json'),
    leads('/rss.xml/', '/rss.xml'),
    leads('/?feed=rss2', '/rss.xml'),
    leads('/sections/world/?feed=atom', '/sections/world/atom.xml'),
    missing(gone, 410),
    missing('/once', 410),
    ...['/nothing', '/articles/none', `${article}.html`, '/index', '/404.html', '/_headers'].map(
      (path) => missing(path),
    ),
    ...['/page/99/', '/?page=x', '/sections/none/', '/sections/none/rss.xml'].map((path) =>
      missing(path),
    ),
    ...['/sections/none/feed', '/archive/99/rss.xml', '/media/none.jpg', '/media/one.md'].map(
      (path) => missing(path),
    ),
    ...[
      '/rss.xml.gz',
      '/sections/index.html',
      '/fitted/photo.jpg/640.webp',
      '/%2e%2e/%2e%2e/etc/passwd',
    ].map((path) => missing(path)),
    { path: '/', method: 'POST', status: 405, headers: { allow: 'GET, HEAD, OPTIONS' } },
    {
      ...{ path: '/rss.xml', method: 'OPTIONS', status: 204 },
      headers: {
        ...{ ...anywhere, 'access-control-allow-methods': 'GET, HEAD, OPTIONS' },
        'access-control-allow-headers': 'A-IM, If-Modified-Since, If-None-Match',
      },
    },
  ]
}

const name = ({ path, asked, method = 'GET' }: Row) =>
  `${method} ${path}${asked ? ` ${JSON.stringify(asked)}` : ''}`

/** What is answered to each row, by its name. */
async function answersOf(url: string, rows: readonly Row[]): Promise<Map<string, Answer>> {
  const answers = new Map<string, Answer>()
  for (const row of rows) answers.set(name(row), await ask(url + row.path, row.asked, row.method))
  return answers
}

function expectAll(answers: ReadonlyMap<string, Answer>, rows: readonly Row[], who: string) {
  for (const row of rows) {
    const { status, headers } = answers.get(name(row)) ?? expect.fail()
    const what = `${who}: ${name(row)}`
    expect.soft(status, what).toBe(row.status)
    for (const [header, value] of Object.entries(row.headers ?? {})) {
      if (value instanceof RegExp) expect.soft(headers[header], what).toMatch(value)
      else expect.soft(headers[header], `${what} ${header}`).toBe(value)
    }
  }
}

/** Conditions hold and fail alike. */
async function expectConditions(url: string) {
  for (const path of ['/rss.xml', '/', '/media/photo.jpg']) {
    const { etag, 'last-modified': modified } = (await ask(url + path)).headers
    const statusWith = async (headers: Record<string, string>) =>
      (await ask(url + path, headers)).status
    expect(await statusWith({ 'If-None-Match': `"other", ${etag}` }), path).toBe(304)
    expect(await statusWith({ 'If-None-Match': '"other"' }), path).toBe(200)
    expect(await statusWith({ 'If-Match': '"other"' }), path).toBe(412)
    expect(await statusWith({ 'If-Match': String(etag) }), path).toBe(200)
    if (modified) expect(await statusWith({ 'If-Modified-Since': modified }), path).toBe(304)
  }
  const packed = await ask(`${url}/rss.xml`, { 'Accept-Encoding': 'gzip' })
  expect(packed.headers['content-encoding']).toBe('gzip')
  expect(gunzipSync(packed.body).equals((await ask(`${url}/rss.xml`)).body)).toBe(true)
  const via = await ask(`${url}/rss.xml`, { 'Accept-Encoding': 'gzip', Via: '1.1 proxy' })
  expect(via.headers['content-encoding']).toBe('gzip')
}

let nginx: Promise<string>
beforeAll(async () => {
  nginx = findNginx()
  await nginx.catch(() => {})
}, findingMs)

it.each([
  ['', ''],
  [', below a path too', '/news'],
])(
  'nginx answers as the program does, with the same bytes%s',
  { timeout: 180_000 },
  async (_, below) => {
    const url = `http://127.0.0.1:${await freePort()}`
    const base = url + below
    const env = { BASE_URL: base, HUBS: 'https://hub.example/', FEED_ITEMS: '20' }
    const stories = Object.fromEntries(
      Array.from({ length: 45 }, (_, n) => [`more/${n}.md`, story(`Number ${n}`)]),
    )
    const newsstand = await startNewsstand(
      {
        ...stories,
        'one.md': story('One', 'aliases: [/old/one, /2024/café/, /$uri]\n'),
        'gone.md': story('Gone', 'aliases: [/once]\n'),
        'photo.jpg': await photograph(1300, 800).jpeg().toBuffer(),
        ...{ 'drawing.svg': drawing, 'paper.pdf': '%PDF-1.4', 'data.csv': 'a,b\n' },
      },
      env,
    )
    const addressOf = async (title: string) => {
      const { items } = JSON.parse(await newsstand.text(`/search/feed.json?q=${title}`))
      return new URL(items[0].url).pathname.slice(below.length)
    }
    const live = newsstand.url
    await until(async () => (await newsstand.get('/search/feed.json?q=one')).status === 200)
    const [article, gone] = [await addressOf('one'), await addressOf('gone')]
    newsstand.remove('gone.md')
    await until(async () => (await newsstand.get(gone)).status === 410)
    const rows = rowsOf(base, article, gone)
    const expected = await answersOf(live + below, rows)
    expectAll(expected, rows, 'the program')
    await expectConditions(live)
    await newsstand.stop()
    const { articlesDir, dataDir } = newsstand
    const built = await runNewsstand(
      ['build', '--out', join(temporaryFolder(), 'dist'), '--print', 'nginx'],
      { ...env, ARTICLES_DIR: articlesDir, DATA_DIR: dataDir },
    )
    expect(built).toMatchObject({ code: 0, err: expect.stringContaining(' written') })
    await serveByNginx(await nginx, built.out, url)
    const answers = await answersOf(base, rows)
    expectAll(answers, rows, 'nginx')
    await expectConditions(base)
    expect(await followAll(base)).toBeGreaterThan(80)
    for (const row of rows) {
      if (row.status !== 200) continue
      const mine = answers.get(name(row))?.body
      const { body, headers } = expected.get(name(row)) ?? expect.fail()
      const theirs =
        headers['content-type'] === asPage['content-type'] ? withoutSearching(body) : body
      expect.soft(mine?.equals(theirs), `the bytes of ${name(row)}`).toBe(true)
    }
  },
)
