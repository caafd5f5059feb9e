import { XMLParser, XMLValidator } from 'fast-xml-parser'
import { parseAtomFeed, parseJsonFeed, parseRssFeed } from 'feedsmith'
import { describe, expect, it } from 'vitest'
import { ask } from '../support/http.ts'
import { startNewsstand } from '../support/newsstand.ts'
import { page } from '../support/page.ts'
import { until } from '../support/until.ts'

const story = (title: string, date: string) => page({ title, date, body: `The story of ${title}.` })

const files = {
  'a.txt': story('First', 'May 1, 2024'),
  'b.txt': story('Second', 'May 2, 2024'),
  'c.txt': story('Third', 'May 3, 2024'),
}

const titles = {
  'rss.xml': (text: string) => parseRssFeed(text).items?.map(({ title }) => title) ?? [],
  'atom.xml': (text: string) =>
    (parseAtomFeed(text).entries ?? []).map(({ title }) => title?.value ?? title),
  'feed.json': (text: string) => parseJsonFeed(text).items?.map(({ title }) => title) ?? [],
}
const names = Object.keys(titles) as (keyof typeof titles)[]

describe('a delta', () => {
  it('has what is new or edited since a version, in every format', async () => {
    const newsstand = await startNewsstand(files)
    const before = new Map<string, string>()
    for (const name of names) {
      before.set(name, String((await ask(`${newsstand.url}/${name}`)).headers.etag))
    }
    newsstand.write('b.txt', story('Second, corrected', 'May 2, 2024'))
    newsstand.write('d.txt', story('Fourth', 'May 4, 2024'))
    newsstand.remove('a.txt')
    const feed = () => newsstand.text('/rss.xml')
    await until(async () => /Fourth/.test(await feed()) && /corrected/.test(await feed()))
    await until(async () => !(await feed()).includes('First'))
    for (const name of names) {
      const url = `${newsstand.url}/${name}`
      const whole = await ask(url)
      const delta = await ask(url, { 'A-IM': 'feed', 'If-None-Match': before.get(name) ?? '' })
      expect(delta.status).toBe(226)
      expect(delta.headers.im).toBe('feed')
      expect(delta.headers.etag).toBe(whole.headers.etag)
      expect(delta.headers['content-type']).toBe(whole.headers['content-type'])
      expect(delta.headers['cache-control']).toBe('no-store, im')
      const text = delta.body.toString()
      if (name !== 'feed.json') expect(XMLValidator.validate(text)).toBe(true)
      expect(titles[name](text)).toEqual(['Fourth', 'Second, corrected'])
      expect(titles[name](whole.body.toString())).toEqual(['Fourth', 'Third', 'Second, corrected'])
    }
  })

  it('is given to those only who ask for one, and have a version that is known', async () => {
    const newsstand = await startNewsstand(files)
    const url = `${newsstand.url}/rss.xml`
    const etag = String((await ask(url)).headers.etag)
    const asked = { 'A-IM': 'feed', 'If-None-Match': etag }
    expect((await ask(url, asked)).status).toBe(304)
    newsstand.write('d.txt', story('Fourth', 'May 4, 2024'))
    await until(async () => (await newsstand.text('/rss.xml')).includes('Fourth'))
    expect((await ask(url, asked)).status).toBe(226)
    expect((await ask(url, { 'If-None-Match': etag })).status).toBe(200)
    expect((await ask(url, { ...asked, 'A-IM': 'vcdiff, gzip' })).status).toBe(200)
    expect((await ask(url, { ...asked, 'A-IM': 'feed;q=0' })).status).toBe(200)
    expect((await ask(`${newsstand.url}/atom.xml`, asked)).status).toBe(200)
    expect((await ask(url, { ...asked, 'A-IM': 'vcdiff;q=1, feed' })).status).toBe(226)
    expect((await ask(url, { ...asked, 'If-None-Match': '"unknown"' })).status).toBe(200)
    expect((await ask(url, { 'A-IM': 'feed' })).status).toBe(200)
    const now = String((await ask(url)).headers.etag)
    expect((await ask(url, { ...asked, 'If-None-Match': `${etag}, ${now}` })).status).toBe(304)
    const packed = await ask(url, { ...asked, 'Accept-Encoding': 'gzip' })
    expect(packed.status).toBe(226)
  })

  it('is not given to feedparser, which asks for it without the knowledge of who uses it', async () => {
    const newsstand = await startNewsstand(files)
    const url = `${newsstand.url}/rss.xml`
    const etag = String((await ask(url)).headers.etag)
    newsstand.write('d.txt', story('Fourth', 'May 4, 2024'))
    await until(async () => (await newsstand.text('/rss.xml')).includes('Fourth'))
    const whole = await ask(url)
    const asked = { 'A-IM': 'feed', 'If-None-Match': etag }
    const accept =
      'application/atom+xml,application/rdf+xml,application/rss+xml,application/x-netcdf,application/xml;q=0.9,text/xml;q=0.2,*/*;q=0.1'
    for (const reader of [
      { 'User-Agent': 'feedparser/6.0.10 +https://github.com/kurtmckee/feedparser/' },
      { 'User-Agent': 'UniversalFeedParser/4.1 +http://feedparser.org/' },
      { 'User-Agent': 'rss2email/3.13.1 (https://github.com/rss2email/rss2email)' },
      { 'User-Agent': 'somebody/1.0', Accept: accept },
    ]) {
      const answer = await ask(url, { ...asked, ...reader })
      expect(answer.status, reader['User-Agent']).toBe(200)
      expect(answer.headers).toMatchObject({
        etag: whole.headers.etag,
        vary: whole.headers.vary,
        'cache-control': whole.headers['cache-control'],
      })
      expect(answer.body.equals(whole.body)).toBe(true)
    }
    for (const agent of ['newsboat/2.30.1 (Linux x86_64)', 'newsraft/0.23 (Linux)']) {
      expect((await ask(url, { ...asked, 'User-Agent': agent })).status, agent).toBe(226)
    }
  })

  it('is empty, and valid, when articles were only removed', async () => {
    const newsstand = await startNewsstand(files)
    const url = `${newsstand.url}/atom.xml`
    const etag = String((await ask(url)).headers.etag)
    newsstand.remove('a.txt')
    await until(async () => !(await newsstand.text('/atom.xml')).includes('First'))
    const delta = await ask(url, { 'A-IM': 'feed', 'If-None-Match': etag })
    expect(delta.status).toBe(226)
    const { feed } = new XMLParser().parse(delta.body.toString())
    expect(feed.title).toBe('TRT World')
    expect(feed.entry).toBeUndefined()
  })
})
