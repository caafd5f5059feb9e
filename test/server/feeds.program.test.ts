import { rmSync, symlinkSync } from 'node:fs'
import { request } from 'node:http'
import { XMLParser, XMLValidator } from 'fast-xml-parser'
import { parseAtomFeed, parseJsonFeed, parseRssFeed } from 'feedsmith'
import { describe, expect, it } from 'vitest'
import { startNewsstand, until } from '../support/newsstand.ts'
import { page } from '../support/page.ts'

const files = {
  'a.txt': page(),
  'b.txt': page({
    title: 'Ankara plants trees',
    section: 'TÜRKİYE',
    date: 'May 1, 2024',
    author: 'Ada Ak, Bo Lin',
  }),
}

const documents = [
  ['rss.xml', 'application/rss+xml; charset=utf-8'],
  ['atom.xml', 'application/atom+xml; charset=utf-8'],
  ['feed.json', 'application/feed+json; charset=utf-8'],
] as const

describe('the feeds', () => {
  it('are served for the site, each section, tag and author, in three formats', async () => {
    const newsstand = await startNewsstand(files)
    for (const channel of ['', 'sections/world/', 'sections/turkiye/', 'authors/ada-ak/']) {
      for (const [name, type] of documents) {
        const answer = await newsstand.get(`/${channel}${name}`)
        expect(answer.status, channel + name).toBe(200)
        expect(answer.headers.get('content-type')).toBe(type)
        const text = await answer.text()
        if (name !== 'feed.json') expect(XMLValidator.validate(text)).toBe(true)
        else expect(JSON.parse(text).feed_url).toBe(`${newsstand.url}/${channel}feed.json`)
      }
    }
    expect((await newsstand.get('/sections/sports/rss.xml')).status).toBe(404)
    expect((await newsstand.get('/nothing')).status).toBe(404)
  })

  it('say the same to independent parsers', async () => {
    const newsstand = await startNewsstand(files)
    const rss = parseRssFeed(await newsstand.text('/rss.xml'))
    const atom = parseAtomFeed(await newsstand.text('/atom.xml'))
    const json = parseJsonFeed(await newsstand.text('/feed.json'))
    const expected = ['Ankara plants trees', 'Ferries return to the old harbour']
    expect(rss.items?.map(({ title }) => title)).toEqual(expected)
    expect(atom.entries?.map(({ title }) => title?.value)).toEqual(expected)
    expect(json.items?.map(({ title }) => title)).toEqual(expected)
    const ids = rss.items?.map(({ guid }) => guid?.value)
    expect(atom.entries?.map(({ id }) => id)).toEqual(ids)
    expect(json.items?.map(({ id }) => id)).toEqual(ids)
    expect(rss.items?.[0]?.dc?.creators).toEqual(['Ada Ak, Bo Lin'])
    expect(atom.entries?.[0]?.authors?.map(({ name }) => name)).toEqual(['Ada Ak', 'Bo Lin'])
    expect(json.items?.[0]?.authors?.map(({ name }) => name)).toEqual(['Ada Ak', 'Bo Lin'])
  })

  it('answer HEAD with the headers of GET and no body', async () => {
    const newsstand = await startNewsstand(files)
    const get = await newsstand.get('/rss.xml', { 'Accept-Encoding': 'identity' })
    const body = await get.text()
    const head = await new Promise<import('node:http').IncomingMessage>((resolve, reject) =>
      request(`${newsstand.url}/rss.xml`, { method: 'HEAD' }, resolve).on('error', reject).end(),
    )
    expect(head.statusCode).toBe(200)
    expect(head.headers['content-length']).toBe(String(Buffer.byteLength(body)))
    expect(head.headers.etag).toBe(get.headers.get('etag'))
    expect((await head.toArray()).length).toBe(0)
  })

  it('answer 304 to whoever has this version, and 200 to others', async () => {
    const newsstand = await startNewsstand(files)
    const first = await newsstand.get('/atom.xml')
    const etag = first.headers.get('etag') ?? ''
    const modified = first.headers.get('last-modified') ?? ''
    const status = async (headers: Record<string, string>) =>
      (await newsstand.get('/atom.xml', headers)).status
    expect(await status({ 'If-None-Match': etag })).toBe(304)
    expect(await status({ 'If-None-Match': `W/${etag}` })).toBe(304)
    expect(await status({ 'If-None-Match': `"other", ${etag}` })).toBe(304)
    expect(await status({ 'If-None-Match': '*' })).toBe(304)
    expect(await status({ 'If-Modified-Since': modified })).toBe(304)
    expect(await status({ 'If-None-Match': '"other"' })).toBe(200)
    expect(await status({ 'If-None-Match': '"other"', 'If-Modified-Since': modified })).toBe(200)
    expect(await status({ 'If-Modified-Since': 'Thu, 01 Jan 2015 00:00:00 GMT' })).toBe(200)
    expect(await status({ 'If-Modified-Since': 'yesterday' })).toBe(200)
    expect(await status({ 'If-Modified-Since': '9999' })).toBe(200)
  })

  it('have the same bytes and ETags after a restart without the database', async () => {
    const one = await startNewsstand(files, { BASE_URL: 'https://news.example' })
    const two = await startNewsstand(files, { BASE_URL: 'https://news.example' })
    for (const [name] of documents) {
      const [first, second] = [await one.get(`/${name}`), await two.get(`/${name}`)]
      expect(second.headers.get('etag')).toBe(first.headers.get('etag'))
      expect(second.headers.get('last-modified')).toBe(first.headers.get('last-modified'))
      expect(await second.text()).toBe(await first.text())
    }
    const before = await one.text('/rss.xml')
    expect(await one.stop()).toBe(0)
    await one.start()
    expect(await one.text('/rss.xml')).toBe(before)
  })

  it('show a new file, an edit and a deletion at once', async () => {
    const newsstand = await startNewsstand(files, { REFRESH_CRON: '0 0 1 1 *' })
    newsstand.write('new/c.txt', page({ title: 'Something just happened', date: 'June 1, 2024' }))
    await until(async () => (await newsstand.text('/rss.xml')).includes('Something just happened'))
    newsstand.write('new/c.txt', page({ title: 'Something else happened', date: 'June 1, 2024' }))
    await until(async () => (await newsstand.text('/rss.xml')).includes('Something else happened'))
    rmSync(`${newsstand.articlesDir}/new`, { recursive: true })
    await until(async () => !(await newsstand.text('/rss.xml')).includes('Something else happened'))
  })

  it('are refreshed on schedule when nobody watches', async () => {
    const newsstand = await startNewsstand(files, { WATCH: 'false', REFRESH_CRON: '* * * * * *' })
    newsstand.write('c.txt', page({ title: 'Something just happened', date: 'June 1, 2024' }))
    await until(async () => (await newsstand.text('/rss.xml')).includes('Something just happened'))
  })

  it('hold no more than FEED_ITEMS', async () => {
    const many = Object.fromEntries(
      Array.from({ length: 12 }, (_, n) => [
        `${n}.txt`,
        page({ title: `Story number ${n}`, body: String(n) }),
      ]),
    )
    const newsstand = await startNewsstand(many, { FEED_ITEMS: '5' })
    const { rss } = new XMLParser().parse(await newsstand.text('/rss.xml'))
    expect(rss.channel.item).toHaveLength(5)
  })
})

describe('beside the feeds', () => {
  it('there is a page for each article, and images from the folder, and nothing else of it', async () => {
    const newsstand = await startNewsstand({
      'a.txt': page(),
      'photo.gif': Buffer.from('R0lGODlhAQABAAAAACH5BAEKAAEALAAAAAABAAEAAAICTAEAOw==', 'base64'),
    })
    const [item] = parseJsonFeed(await newsstand.text('/feed.json')).items ?? []
    const article = await fetch(String(item?.url))
    expect(article.status).toBe(200)
    expect(await article.text()).toContain('<h1>Ferries return to the old harbour</h1>')
    const image = await newsstand.get('/media/photo.gif')
    expect(image.headers.get('content-type')).toBe('image/gif')
    symlinkSync('/etc/hostname', `${newsstand.articlesDir}/linked.gif`)
    for (const path of [
      '/media/a.txt',
      '/media/linked.gif',
      '/media/../package.json',
      '/media/%2e%2e/package.json',
    ]) {
      expect((await newsstand.get(path)).status, path).toBe(404)
    }
    expect((await newsstand.get('/')).headers.get('content-type')).toContain('text/html')
  })

  it('there are images whatever their names have in them, at the addresses that feeds give', async () => {
    const image = Buffer.from('R0lGODlhAQABAAAAACH5BAEKAAEALAAAAAABAAEAAAICTAEAOw==', 'base64')
    const names = ['a b.gif', '100%.gif', 'a%41.gif', 'a#b?c=d.gif', 'a|b[c].gif', 'İzmir 東京.gif']
    const articles = names.map((name, n): [string, string] => [
      `in/${n}.md`,
      `---\ntitle: Story ${n}\ndate: 2024-01-0${n + 1}\nimage: ${JSON.stringify(name)}\n---\nText ${n}.\n`,
    ])
    const newsstand = await startNewsstand({
      ...Object.fromEntries(articles),
      ...Object.fromEntries(names.map((name) => [`in/${name}`, image])),
    })
    const items = parseJsonFeed(await newsstand.text('/feed.json')).items ?? []
    expect(items.map((item) => item.image?.split('/media/')[1])).toEqual(
      names.map((name) => `in/${encodeURIComponent(name)}`).reverse(),
    )
    for (const item of items) {
      const answer = await fetch(String(item.image))
      expect(answer.status, String(item.image)).toBe(200)
      expect(Buffer.from(await answer.arrayBuffer())).toEqual(image)
    }
  })
})
