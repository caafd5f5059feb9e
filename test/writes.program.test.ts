import { hash } from 'node:crypto'
import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { expect, it } from 'vitest'
import { ask } from './support/http.ts'
import { type Newsstand, startNewsstand } from './support/newsstand.ts'
import { page } from './support/page.ts'
import { until } from './support/until.ts'

const gif = Buffer.from('R0lGODlhAQABAAAAACH5BAEKAAEALAAAAAABAAEAAAICTAEAOw==', 'base64')

/**
 * Every file of DATA_DIR, as it is on disk. Statistics may change, and -shm, in which SQLite notes who reads.
 * `checked` is when Newsstand last tried whether it can write, which it does by the clock.
 */
function stateOf({ dataDir }: Newsstand) {
  const database = new DatabaseSync(join(dataDir, 'catalogue.sqlite'), { readOnly: true })
  const checked = database.prepare("SELECT value FROM setting WHERE name = 'checked'").get()?.value
  database.close()
  const names = readdirSync(dataDir).filter((name) => !/^statistics\.json|-shm$/.test(name))
  const files = names.map((name) => {
    const path = join(dataDir, name)
    const sum = hash('sha256', readFileSync(path))
    return `${name}: ${sum}, last written ${statSync(path).mtime.toISOString()}`
  })
  return { checked, files }
}

type Request = readonly [url: string, headers?: Record<string, string>, method?: string]

/** A request of each kind, fifty of them. */
function requestsOf({ url, adminUrl }: Newsstand, round: number, article: string): Request[] {
  const coding = ['gzip', 'br', 'zstd'][round % 3] ?? ''
  const documents = ['rss.xml', 'atom.xml', 'feed.json', 'feeds.opml'].map((name) => `/${name}`)
  const others = [
    ...['/', article, '/subscribe', '/sitemap.xml', '/media/p.gif', '/healthz', '/readyz', '/%ff'],
    ...['/sections/world/rss.xml', '/archive/1/atom.xml', `/tags/nowhere${round}/rss.xml`],
    ...['/search/rss.xml?q=ferries', `/search/feed.json?q=nothing${round}`, '/search?q=harbour'],
    ...['/search/rss.xml?q=%22', `/articles/nothing-${round}`, `/${'x'.repeat(5000)}`],
  ]
  return [
    ...documents.flatMap((path) => [[url + path, { 'Accept-Encoding': coding }] as const]),
    ...['HEAD', 'OPTIONS', 'POST', 'DELETE'].flatMap((method) =>
      documents.map((path) => [url + path, {}, method] as const),
    ),
    [`${url}/atom.xml`, { 'If-None-Match': '*' }],
    [`${url}/atom.xml`, { 'If-None-Match': '"another"', 'A-IM': 'feed' }],
    [`${url}/rss.xml`, { 'Sec-Fetch-Dest': 'document', Accept: 'text/html' }],
    [`${url}/media/p.gif`, { Range: 'bytes=0-3' }],
    ...others.map((path) => [url + path] as const),
    ...['/', '/status', '/metrics', '/nothing'].map((path) => [adminUrl + path] as const),
    [`${adminUrl}/refresh`, { Origin: 'https://elsewhere.example' }, 'POST'],
  ]
}

it('no request writes anything but counters: a thousand leave every file of DATA_DIR as it was', async () => {
  const stories = Array.from({ length: 7 }, (_, n) => [
    `${n}.md`,
    `---\ntitle: Story ${n}\ndate: 2024-01-0${n + 1}\nimage: p.gif\n---\nText ${n}.\n`,
  ])
  const newsstand = await startNewsstand(
    { ...Object.fromEntries(stories), 'a.txt': page(), 'p.gif': gif },
    { FEED_ITEMS: '3', REFRESH_CRON: '0 0 1 1 *' },
  )
  // The index is brought up to date once, when all has been read: by the start, or by who searches before.
  await until(async () => (await newsstand.get('/search/rss.xml?q=ferries')).status === 200)
  expect(stateOf(newsstand).files.map((file) => file.split(':')[0])).toEqual(
    expect.arrayContaining(['catalogue.sqlite', 'newsstand.lock', 'search.sqlite']),
  )
  const sitemap = await newsstand.text('/sitemap-articles-1.xml')
  const article = new URL(/<loc>([^<]+)/.exec(sitemap)?.[1] ?? '').pathname
  const statuses: number[] = []
  for (let round = 0; statuses.length < 1000; round += 1) {
    const before = stateOf(newsstand)
    const answers = requestsOf(newsstand, round, article).map((one) => ask(...one))
    const found = (await Promise.all(answers)).map(({ status }) => status)
    const after = stateOf(newsstand)
    if (after.checked !== before.checked) continue
    expect(after, `round ${round}`).toEqual(before)
    statuses.push(...found)
  }
  expect([...new Set(statuses)].sort()).toEqual(
    expect.arrayContaining([200, 204, 206, 304, 400, 403, 404, 405]),
  )
})
