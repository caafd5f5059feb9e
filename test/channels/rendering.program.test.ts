import { XMLParser, XMLValidator } from 'fast-xml-parser'
import { describe, expect, it } from 'vitest'
import { feedFormats } from '../../src/channels/feed-formats.ts'
import { site } from '../../src/channels/selection.ts'
import { type Desk, openDesk } from '../support/desk.ts'
import { page } from '../support/page.ts'

const parser = new XMLParser({
  ignoreAttributes: false,
  // It reads no characters written as numbers otherwise.
  htmlEntities: true,
  isArray: (name) => ['item', 'entry', 'category', 'dc:creator'].includes(name),
})

const illustrated = `---
title: Bread & <roses>
date: 2024-05-06T07:08:09+03:00
summary: Ten "loaves" & a rose
section: Culture
tags: [Bakers, Türkiye]
authors: [Ada Ak, Bo Lin]
language: en
image: {url: bread.png, alt: Bread, caption: Loaves in a row, credit: Ada Ak}
source: {name: The Baker, url: https://baker.example/}
canonical: https://baker.example/bread
---
See [more](/more) and <script>alert(1)</script>![here](bread.png).
`

/** A PNG of one pixel. */
const png = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
)

const bread = { 'a.md': illustrated, 'bread.png': png }

/** An article in Markdown that says no more than this. */
const story = (body: string, head = 'title: T\ndate: 2024-01-01') => ({
  'a.md': `---\n${head}\n---\n${body}\n`,
})

async function firstItems(files: Record<string, string | Buffer>) {
  const desk = await openDesk(files, { BASE_URL: 'https://news.example/base' })
  const [rssText, atomText] = [await desk.feed('rss.xml'), await desk.feed('atom.xml')]
  expect(XMLValidator.validate(rssText)).toBe(true)
  expect(XMLValidator.validate(atomText)).toBe(true)
  const rss = parser.parse(rssText).rss.channel
  const atom = parser.parse(atomText).feed
  const feed = JSON.parse(await desk.feed('feed.json'))
  const [item, entry, jsonItem] = [rss.item[0], atom.entry[0], feed.items[0]]
  return { rss, item, atom, entry, feed, jsonItem }
}

describe('an article in the feeds', () => {
  it('names its source in the own way of each format, and in its last line', async () => {
    const { item, entry, jsonItem } = await firstItems({ 'a.txt': page() })
    const url = 'https://www.trtworld.com/'
    expect(item.source).toEqual({ '#text': 'TRT World', '@_url': url })
    expect(item['dc:publisher']).toBe('TRT World')
    expect(entry.source).toEqual({ id: url, title: 'TRT World', updated: entry.updated })
    expect(entry.rights).toBe('© TRT World')
    expect(jsonItem._newsstand.about).toBe('https://news.example/base/json-feed-extension.html')
    expect(jsonItem._newsstand.sources).toEqual(['TRT World', 'agencies'])
    const line = `<p>Source: <a href="${url}">TRT World</a> and agencies</p>`
    const contents = [item['content:encoded'], entry.content['#text'], jsonItem.content_html]
    for (const content of contents) expect(content.endsWith(line)).toBe(true)
  })

  it('names another publisher where it states one', async () => {
    const { item, entry, jsonItem } = await firstItems(bread)
    expect(item.source).toEqual({ '#text': 'The Baker', '@_url': 'https://baker.example/' })
    expect(entry.source.title).toBe('The Baker')
    expect(jsonItem._newsstand.publisher.name).toBe('The Baker')
    expect(item.link).toBe('https://baker.example/bread')
  })

  it('has its section and tags as categories', async () => {
    const { item, entry, jsonItem } = await firstItems(bread)
    expect(item.category).toEqual([
      { '#text': 'Culture', '@_domain': 'https://news.example/base/sections/' },
      { '#text': 'Bakers', '@_domain': 'https://news.example/base/tags/' },
      { '#text': 'Türkiye', '@_domain': 'https://news.example/base/tags/' },
    ])
    expect(entry.category[2]).toEqual({
      '@_term': 'Türkiye',
      '@_scheme': 'https://news.example/base/tags/',
      '@_label': 'Türkiye',
    })
    expect(jsonItem.tags).toEqual(['Culture', 'Bakers', 'Türkiye'])
  })

  it('has all its authors, with an address in Atom alone; without one, the publisher', async () => {
    const text = illustrated.replace('[Ada Ak, Bo Lin]', '[Ada Ak <ada@a.example>, Bo Lin]')
    const { item, entry, jsonItem } = await firstItems({ 'a.md': text })
    expect(item['dc:creator']).toEqual(['Ada Ak, Bo Lin'])
    // feedparser takes an address for that of whoever follows without one.
    const [ada, bo] = [{ name: 'Ada Ak' }, { name: 'Bo Lin' }]
    expect(entry.author).toEqual([ada, bo])
    expect(jsonItem.authors).toEqual([ada, bo])
    const swapped = text.replace(/\[Ada.*\]/, '[Bo Lin, Ada Ak <ada@a.example>]')
    const other = await firstItems({ 'a.md': swapped })
    expect(other.entry.author).toEqual([bo, { ...ada, email: 'ada@a.example' }])
    const anonymous = await firstItems({ 'a.txt': page({ author: '' }) })
    expect(anonymous.item['dc:creator']).toEqual(['TRT World'])
    expect(anonymous.entry.author).toEqual({ name: 'TRT World' })
  })

  it('has the real type and size of its image, with caption and credit', async () => {
    const { item, entry, jsonItem } = await firstItems(bread)
    const url = 'https://news.example/base/media/bread.png'
    expect(item['media:content']).toMatchObject({
      '@_url': url,
      '@_type': 'image/png',
      '@_fileSize': String(png.length),
      '@_width': '1',
      '@_height': '1',
      'media:description': { '#text': 'Loaves in a row' },
      'media:credit': { '#text': 'Ada Ak' },
    })
    expect(jsonItem.image).toBe(url)
    expect(item).not.toHaveProperty('media:thumbnail')
    expect(entry).not.toHaveProperty('media:thumbnail')
    expect(entry['media:content']).toEqual(item['media:content'])
  })

  it('has safe content with absolute links, and its title as it was written', async () => {
    const { item, entry, jsonItem } = await firstItems(bread)
    for (const { title } of [item, entry, jsonItem]) expect(title).toBe('Bread & <roses>')
    expect(jsonItem.summary).toBe('Ten "loaves" & a rose')
    expect(jsonItem.content_html).toContain('<a href="https://baker.example/more">more</a>')
    expect(jsonItem.content_html).toContain('src="https://news.example/base/media/bread.png"')
    expect(jsonItem.content_html).not.toContain('script')
    // The text shows the lead image itself.
    expect(jsonItem.content_html.match(/bread\.png/g)).toHaveLength(1)
    expect(jsonItem.date_published).toBe('2024-05-06T04:08:09Z')
  })

  it('has an image without words, and names no file where it has none', async () => {
    const bare = illustrated.replace(/^image: .*$/m, 'image: bread.png').replace(/!\[.*\)/, '')
    const { jsonItem } = await firstItems({ 'a.md': bare, 'bread.png': png })
    const src = 'https://news.example/base/media/bread.png'
    expect(jsonItem.content_html).toContain(
      `<figure><img src="${src}" alt="" width="1" height="1"></figure>`,
    )
    const without = await firstItems({ 'a.txt': page() })
    expect(without.jsonItem).not.toHaveProperty('image')
    expect(without.item).not.toHaveProperty('media:content')
  })

  it.each([
    ['what its picture shows', '![Pier at dawn](https://a.example/b.png)', '', 'Pier at dawn'],
    [
      'the caption of its lead image',
      '<video src="https://a.example/b.mp4"></video>',
      '\nimage: {url: "https://a.example/b.png", alt: Pier, caption: A pier}',
      'A pier',
    ],
    ['its title', '![](https://a.example/b.png)', '', 'Film &amp; picture'],
    [
      'its first words',
      '<p><iframe src="https://a.example/"></iframe></p>\n\nSo. And',
      '',
      'So. And',
    ],
  ])('is never without a description, which may be %s', async (_name, body, matter, words) => {
    const files = story(body, `title: Film & picture\ndate: 2024-01-01${matter}`)
    const { item, entry, jsonItem } = await firstItems(files)
    expect(item.description).toBe(words)
    expect(entry.summary['#text']).toBe(words)
    // There it is only what the article says itself.
    expect(jsonItem.summary).toBeUndefined()
  })
})

describe('the head of a feed', () => {
  it('names a picture in the own way of each format', async () => {
    const { rss, atom, feed } = await firstItems({ 'a.txt': page() })
    expect(rss.image).toEqual({
      url: 'https://news.example/base/icon-144.png',
      title: rss.title,
      link: rss.link,
      width: 144,
      height: 144,
    })
    expect(atom.icon).toBe('https://news.example/base/icon-144.png')
    expect(atom.logo).toBe('https://news.example/base/logo.png')
    expect(feed.icon).toBe('https://news.example/base/icon-512.png')
    expect(feed.favicon).toBe('https://news.example/base/icon-144.png')
  })
})

describe('an article in another language', () => {
  it.each([
    ['de', '<p>Quelle: <a', 'de'],
    ['he', '<p>מקור: <a', 'he'],
    ['sw', '<p><span lang="en" dir="ltr">Source:</span> <a', 'sw'],
    // Nigerian Pidgin, which validators do not know, by its group.
    ['pcm', '<p><span lang="en" dir="ltr">Source:</span> <a', 'cpe'],
    // The language of the feed.
    ['en', '<p>Source: <a', undefined],
  ])('says so, and where it is from: %s', async (language, line, stated) => {
    const text = illustrated.replace('language: en', `language: ${language}`)
    const { item, entry, jsonItem } = await firstItems({ 'a.md': text })
    expect(jsonItem.language).toBe(language)
    expect(item['dc:language']).toBe(stated)
    expect(entry['@_xml:lang']).toBe(stated)
    expect(item['content:encoded']).toContain(line)
  })
})

describe('links in Markdown', () => {
  it('lead to files beside the article, and nowhere where there are none', async () => {
    const body =
      '[file](bread.png) [note](#note) [other](b.md) [away](https://x.example/) [more](/more)'
    const { jsonItem } = await firstItems({ ...bread, ...story(body) })
    const links = [...jsonItem.content_html.matchAll(/<a href="([^"]*)"/g)].map(([, url]) => url)
    expect(links.slice(0, -1)).toEqual([
      'https://news.example/base/media/bread.png',
      expect.stringMatching(/^https:\/\/news\.example\/base\/articles\/t-[0-9a-f]{8}#_note$/),
      'https://x.example/',
      // What an author wrote starts at the host.
      'https://news.example/more',
    ])
    expect(jsonItem.content_html).toContain('note')
  })
})

describe('a channel', () => {
  it.each([
    ['site', '', 'TRT World', 'The newest articles of TRT World.'],
    ['section', 'culture', 'Culture', 'The newest articles of TRT World in the section Culture.'],
    ['tag', 'bakers', 'Bakers', 'The newest articles of TRT World about Bakers.'],
    ['author', 'ada-ak', 'Ada Ak', 'The newest articles of TRT World by Ada Ak.'],
    ['search', 'rose', 'rose', 'The newest articles of TRT World found by searching for rose.'],
  ] as const)('of kind %s says what it is', async (kind, slug, name, description) => {
    const desk = await openDesk(bread)
    const feed = JSON.parse(await desk.feed('feed.json', { kind, slug }))
    expect(feed.title).toBe(kind === 'site' ? name : `${name} · TRT World`)
    expect(feed.description).toBe(description)
    expect(feed.items).toHaveLength(1)
  })

  it('has one full stop behind the name of its publisher', async () => {
    const desk = await openDesk(bread, { PUBLISHER_NAME: 'Bread & Co.' })
    const { description } = JSON.parse(await desk.feed('feed.json'))
    expect(description).toBe('The newest articles of Bread & Co.')
  })

  it('is called what most of its articles call it, and not what one to come does', async () => {
    const tagged = (date: string, tag: string) =>
      story(`Text ${date}.`, `title: T ${date}\ndate: ${date}\ntags: [${tag}]`)['a.md']
    const desk = await openDesk({ 'a.md': tagged('2024-01-01', 'Foo Bar') })
    const title = async () => {
      const text = await desk.feed('atom.xml', { kind: 'tag', slug: 'foo-bar' })
      return /<title>(.*?)<\/title>/.exec(text)?.[1]
    }
    expect(await title()).toBe('Foo Bar · TRT World')
    desk.write('b.md', tagged('2990-01-01', 'FOO-bar'))
    await desk.refresh()
    expect(await title()).toBe('Foo Bar · TRT World')
    desk.write('c.md', tagged('2024-02-01', 'foo-BAR'))
    await desk.refresh()
    expect(await title()).toBe('Foo Bar · TRT World')
    desk.write('d.md', tagged('2023-02-01', 'foo-BAR'))
    await desk.refresh()
    expect(await title()).toBe('foo-BAR · TRT World')
  })
})

describe('a feed without articles', () => {
  it('is valid, and as old as what is known of the folder, also after a restart', async () => {
    const start = Math.floor(Date.now() / 1000) * 1000
    const desk = await openDesk()
    const documents = (one: Desk) =>
      Promise.all(feedFormats.map(({ fileName }) => one.feed(fileName)))
    const [rss = '', atom = '', json = ''] = await documents(desk)
    for (const text of [rss, atom]) expect(XMLValidator.validate(text)).toBe(true)
    expect(parser.parse(rss).rss.channel.title).toBe('TRT World')
    const updated = Date.parse(parser.parse(atom).feed.updated)
    expect(updated).toBeGreaterThanOrEqual(start)
    expect(Date.parse(parser.parse(rss).rss.channel.lastBuildDate)).toBe(updated)
    expect(JSON.parse(json).items).toEqual([])
    await desk.refresh()
    await desk.close()
    const { folder, dataDir } = desk
    expect(await documents(await openDesk({}, {}, { folder, dataDir }))).toEqual([rss, atom, json])
  })

  it('is followed by a newer one when the first article comes, whatever its date', async () => {
    const desk = await openDesk()
    const changed = async () => Date.parse((await desk.catalogue.channel(site))?.changed ?? '')
    const before = await changed()
    desk.write('a.txt', page({ date: 'March 4, 2024' }))
    await desk.refresh()
    expect(await changed()).toBeGreaterThan(before)
  })
})

describe('whether there is a document', () => {
  it('is known without rendering it', async () => {
    const files = { 'a.txt': page(), 'b.txt': page({ title: 'B' }) }
    const desk = await openDesk(files, { FEED_ITEMS: '1' })
    const world = { kind: 'section', slug: 'world' } as const
    for (const format of feedFormats) {
      const key = { channel: world, format }
      expect(await desk.channels.exists(key)).toBe(true)
      expect(await desk.channels.exists({ ...key, archive: 1 })).toBe(true)
      expect(desk.channels.ready(`/sections/world/${format.fileName}`)).toBeUndefined()
      expect(desk.channels.ready(`/sections/world/archive/1/${format.fileName}`)).toBeUndefined()
      expect(await desk.channels.exists({ ...key, archive: 9 })).toBe(false)
      expect(await desk.channels.exists({ ...key, channel: { ...world, slug: 'no' } })).toBe(false)
    }
  })
})
