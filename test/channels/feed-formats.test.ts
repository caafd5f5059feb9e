import { expect, it, onTestFinished } from 'vitest'
import type { FeedFormat } from '../../src/channels/feed-format.ts'
import { feedFormats } from '../../src/channels/feed-formats.ts'
import { openDesk } from '../support/desk.ts'
import { ask } from '../support/http.ts'
import { serve } from '../support/serve.ts'

/** One line an article (twtxt.readthedocs.io). */
const twtxt: FeedFormat = {
  name: 'twtxt',
  fileName: 'twtxt.txt',
  aliases: ['twtxt'],
  mediaType: 'text/plain',
  otherMediaTypes: [],
  contentType: 'text/plain; charset=utf-8',
  frame: async (_channel, { self }) => ({ before: `# url = ${self}\n`, between: '', after: '' }),
  item: async ({ published, title }) => `${published}\t${title}\n`,
}

const baseUrl = 'https://news.example'
const settings = { BASE_URL: baseUrl, FEED_ITEMS: '1' }

const story = (title: string, day: number) =>
  `---\ntitle: ${title}\ndate: 2024-05-0${day}\nsection: World\ntags: [Harbour]\nauthors: [Ada Ak]\n---\nA ferry.\n`

it('a new output format is at every address once it is in the table', async () => {
  const table = feedFormats as unknown as FeedFormat[]
  table.push(twtxt)
  onTestFinished(() => void table.pop())
  const desk = await openDesk({ 'a.md': story('First', 1), 'b.md': story('Second', 2) }, settings)
  const url = await serve(desk.app)
  const search = async () => (await ask(`${url}/search/rss.xml?q=ferry`)).status
  await expect.poll(search, { timeout: 30_000 }).toBe(200)
  const browser = { 'Sec-Fetch-Dest': 'document' }

  for (const [folder, title, query = ''] of [
    ['/', 'Second'],
    ['/sections/world/', 'Second'],
    ['/tags/harbour/', 'Second'],
    ['/authors/ada-ak/', 'Second'],
    ['/archive/1/', 'First'],
    ['/sections/world/archive/1/', 'First'],
    ['/search/', 'Second', '?q=ferry'],
  ] as const) {
    for (const { name, fileName, contentType } of feedFormats) {
      const path = folder + fileName + query
      const feed = await ask(url + path)
      expect(feed.status, path).toBe(200)
      expect(feed.headers['content-type']).toBe(contentType)
      expect(feed.body.toString()).toContain(title)
      const shown = await ask(url + path, browser)
      expect(shown.status, path).toBe(200)
      expect(shown.headers['content-type']).toBe('text/html; charset=utf-8')
      expect(shown.body.toString()).toContain(name)
    }
  }

  const archive = await ask(`${url}/archive/1/twtxt.txt`)
  expect(archive.body.toString()).toContain(`# url = ${baseUrl}/archive/1/twtxt.txt\n`)
  const alias = await ask(`${url}/tags/harbour/twtxt`)
  expect(alias.status).toBe(301)
  expect(alias.headers.location).toMatch(/\/tags\/harbour\/twtxt\.txt$/)
  const chosen = await ask(`${url}/feed`, { Accept: 'text/plain' })
  expect(chosen.headers['content-type']).toBe('text/plain; charset=utf-8')
  expect(chosen.headers.link).toContain('/twtxt.txt>; rel="self"; type="text/plain"')
  expect((await ask(`${url}/feed`)).headers['content-type']).toContain('application/rss+xml')

  const etag = String((await ask(`${url}/twtxt.txt`)).headers.etag)
  desk.write('c.md', story('Third', 3))
  await desk.refresh()
  const delta = await ask(`${url}/twtxt.txt`, { 'A-IM': 'feed', 'If-None-Match': etag })
  expect(delta.status).toBe(226)
  expect(delta.body.toString()).toContain('\tThird\n')

  const front = (await ask(url, browser)).body.toString()
  expect(front).toMatch(
    /<link rel="alternate" type="text\/plain" title="[^"]*" href="[^"]*\/twtxt.txt">/,
  )
  const subscribe = (await ask(`${url}/subscribe`, browser)).body.toString()
  for (const path of ['/twtxt.txt', '/sections/world/twtxt.txt']) {
    expect(subscribe).toContain(`href="${path}"`)
  }
})
