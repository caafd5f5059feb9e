import { copyFileSync } from 'node:fs'
import { join } from 'node:path'
import { XMLParser, XMLValidator } from 'fast-xml-parser'
import { parseAtomFeed, parseJsonFeed, parseRssFeed } from 'feedsmith'
import { describe, expect, it } from 'vitest'
import { ask } from '../support/http.ts'
import { startNewsstand } from '../support/newsstand.ts'
import { page } from '../support/page.ts'
import { until } from '../support/until.ts'
import { askMany } from '../support/workers.ts'

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

/** What somebody who has this version is given: the status, and the titles. */
async function since(url: string, etag: string): Promise<[number, (string | undefined)[]]> {
  const answer = await ask(url, { 'A-IM': 'feed', 'If-None-Match': etag })
  return [answer.status, titles['feed.json'](answer.body.toString())]
}

describe('a delta since a version that somebody else has made', () => {
  it('is given after a restart', async () => {
    const newsstand = await startNewsstand(files)
    const url = `${newsstand.url}/feed.json`
    const etag = String((await ask(url)).headers.etag)
    await newsstand.stop()
    newsstand.write('d.txt', story('Fourth', 'May 4, 2024'))
    await newsstand.start()
    await until(async () => (await newsstand.text('/feed.json')).includes('Fourth'))
    expect(await since(url, etag)).toEqual([226, ['Fourth']])
    const asked = { 'A-IM': 'feed', 'If-None-Match': etag.replace(/"$/, '-gzip"') }
    const packed = await ask(url, { ...asked, 'Accept-Encoding': 'gzip' })
    expect([packed.status, packed.headers['delta-base']]).toEqual([226, etag])
    // What an older Newsstand gave out says of its bytes alone what they are.
    const former = `${etag.slice(0, 28)}"`
    expect(await since(url, former)).toEqual([200, ['Fourth', 'Third', 'Second', 'First']])
    const now = String((await ask(url)).headers.etag)
    const same = { 'A-IM': 'feed', 'If-None-Match': `${now.slice(0, 28)}"` }
    expect((await ask(url, same)).status).toBe(304)
  })

  it('is the same from each of several processes', async () => {
    const newsstand = await startNewsstand(files, { WORKERS: '2' })
    const url = `${newsstand.url}/sections/world/feed.json`
    const etag = String((await ask(url)).headers.etag)
    newsstand.write('d.txt', story('Fourth', 'May 4, 2024'))
    const asked = { 'A-IM': 'feed', 'If-None-Match': etag }
    await until(async () => (await askMany(url)).every(({ body }) => body.includes('Fourth')))
    const answers = await askMany(url, asked)
    const given = answers.map(({ status, headers, body }) => `${status} ${headers.etag} ${body}`)
    expect([...new Set(given)]).toEqual([expect.stringMatching(/^226 .*Fourth/s)])
    expect(given[0]).not.toContain('Third')
  })

  it('is not given where documents are made otherwise by now', async () => {
    const newsstand = await startNewsstand(files)
    const url = `${newsstand.url}/feed.json`
    for (const settings of [{ FEED_ITEMS: '2' }, { FEED_ITEMS: '60' }, { SITE_TITLE: 'News' }]) {
      const etag = String((await ask(url)).headers.etag)
      await newsstand.stop()
      newsstand.write('b.txt', story(`Second, with ${JSON.stringify(settings)}`, 'May 2, 2024'))
      await newsstand.start(settings)
      await until(async () => (await newsstand.text('/feed.json')).includes('Second, with'))
      const [status] = await since(url, etag)
      expect(status, JSON.stringify(settings)).toBe(200)
      await newsstand.stop()
      await newsstand.start()
    }
  })

  it('is not given of a version that the catalogue has lost', async () => {
    const newsstand = await startNewsstand(files)
    const url = `${newsstand.url}/feed.json`
    const catalogue = join(newsstand.dataDir, 'catalogue.sqlite')
    const kept = String((await ask(url)).headers.etag)
    await newsstand.stop()
    copyFileSync(catalogue, `${catalogue}.copy`)
    newsstand.remove('c.txt')
    await newsstand.start()
    await until(async () => !(await newsstand.text('/feed.json')).includes('Third'))
    newsstand.write('d.txt', story('Fourth', 'May 4, 2024'))
    await until(async () => (await newsstand.text('/feed.json')).includes('Fourth'))
    const lost = String((await ask(url)).headers.etag)
    await newsstand.stop()
    // Its file and its article are as they were in the copy, and whoever has the version that was lost has never seen them.
    newsstand.write('c.txt', files['c.txt'])
    copyFileSync(`${catalogue}.copy`, catalogue)
    await newsstand.start()
    newsstand.write('e.txt', story('Fifth', 'May 5, 2024'))
    await until(async () => (await newsstand.text('/feed.json')).includes('Fifth'))
    expect(await since(url, lost)).toEqual([200, ['Fifth', 'Fourth', 'Third', 'Second', 'First']])
    expect(await since(url, kept)).toEqual([226, ['Fifth', 'Fourth']])
  })

  it('is given of a search that has found all there is, and of no other', async () => {
    const newsstand = await startNewsstand(files, { FEED_ITEMS: '3' })
    const all = `${newsstand.url}/search/feed.json?q=story`
    const some = `${newsstand.url}/search/feed.json?q=second`
    const found = async (url: string) => {
      const answer = await ask(url)
      return answer.status === 200 && String(answer.headers.etag)
    }
    await until(async () => (await found(all)) !== false)
    const [ofAll, ofSome] = [String(await found(all)), String(await found(some))]
    newsstand.write('d.txt', story('A second one', 'May 4, 2024'))
    await until(async () => (await newsstand.text('/search/feed.json?q=one')).includes('second'))
    expect(await since(some, ofSome)).toEqual([226, ['A second one']])
    expect(await since(some, ofAll)).toEqual([200, ['A second one', 'Second']])
    expect(await since(all, ofAll)).toEqual([200, ['A second one', 'Third', 'Second']])
  })
})
