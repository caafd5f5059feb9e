import { XMLParser, XMLValidator } from 'fast-xml-parser'
import { describe, expect, it } from 'vitest'
import { feedFormats } from '../../src/channels/formats.ts'
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

/** HTML without elements as text. */
const unescaped = (html: string) => html.replaceAll('&amp;', '&')

async function firstItems(files: Record<string, string | Buffer>) {
  const desk = await openDesk(files, { BASE_URL: 'https://news.example/base' })
  const [rss, atom, json] = [
    await desk.feed('rss.xml'),
    await desk.feed('atom.xml'),
    await desk.feed('feed.json'),
  ]
  expect(XMLValidator.validate(rss)).toBe(true)
  expect(XMLValidator.validate(atom)).toBe(true)
  return {
    rss: parser.parse(rss).rss.channel,
    item: parser.parse(rss).rss.channel.item[0],
    atom: parser.parse(atom).feed,
    entry: parser.parse(atom).feed.entry[0],
    feed: JSON.parse(json),
    jsonItem: JSON.parse(json).items[0],
  }
}

describe('an article in the feeds', () => {
  it('names its source in the own way of each format, and in its last line', async () => {
    const { item, entry, jsonItem } = await firstItems({ 'a.txt': page() })
    expect(item.source).toEqual({ '#text': 'TRT World', '@_url': 'https://www.trtworld.com/' })
    expect(item['dc:publisher']).toBe('TRT World')
    expect(entry.source).toEqual({
      id: 'https://www.trtworld.com/',
      title: 'TRT World',
      updated: entry.updated,
    })
    expect(entry.rights).toBe('© TRT World')
    expect(jsonItem._newsstand.about).toBe('https://news.example/base/json-feed-extension.html')
    expect(jsonItem._newsstand.sources).toEqual(['TRT World', 'agencies'])
    const line = '<p>Source: <a href="https://www.trtworld.com/">TRT World and agencies</a></p>'
    for (const content of [
      item['content:encoded'],
      entry.content['#text'],
      jsonItem.content_html,
    ]) {
      expect(content.endsWith(line)).toBe(true)
    }
  })

  it('names another publisher where it states one', async () => {
    const { item, entry, jsonItem } = await firstItems({ 'a.md': illustrated, 'bread.png': png })
    expect(item.source).toEqual({ '#text': 'The Baker', '@_url': 'https://baker.example/' })
    expect(entry.source.title).toBe('The Baker')
    expect(jsonItem._newsstand.publisher.name).toBe('The Baker')
    expect(item.link).toBe('https://baker.example/bread')
  })

  it('has its section and tags as categories', async () => {
    const { item, entry, jsonItem } = await firstItems({ 'a.md': illustrated, 'bread.png': png })
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

  it('has all its authors; without one, the publisher', async () => {
    const { item, entry, jsonItem } = await firstItems({ 'a.md': illustrated, 'bread.png': png })
    expect(item['dc:creator']).toEqual(['Ada Ak, Bo Lin'])
    expect(entry.author).toEqual([{ name: 'Ada Ak' }, { name: 'Bo Lin' }])
    expect(jsonItem.authors).toEqual([{ name: 'Ada Ak' }, { name: 'Bo Lin' }])
    const anonymous = await firstItems({ 'a.txt': page({ author: '' }) })
    expect(anonymous.item['dc:creator']).toEqual(['TRT World'])
    expect(anonymous.entry.author).toEqual({ name: 'TRT World' })
  })

  it('has the real type and size of its image, with caption and credit', async () => {
    const { item, entry, jsonItem } = await firstItems({ 'a.md': illustrated, 'bread.png': png })
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
    for (const one of [item, entry]) {
      expect(one).not.toHaveProperty('media:thumbnail')
    }
    expect(entry['media:content']).toEqual(item['media:content'])
    // A picture is no file to fetch: podcast readers would take it for an episode.
    expect(item).not.toHaveProperty('enclosure')
    expect(JSON.stringify(entry.link)).not.toContain('enclosure')
    expect(jsonItem).not.toHaveProperty('attachments')
  })

  it('has safe content with absolute links, and its title as it was written', async () => {
    const { item, entry, jsonItem } = await firstItems({ 'a.md': illustrated, 'bread.png': png })
    expect(item.title).toBe('Bread & <roses>')
    expect(entry.title).toBe('Bread & <roses>')
    expect(jsonItem.title).toBe('Bread & <roses>')
    expect(jsonItem.summary).toBe('Ten "loaves" & a rose')
    expect(jsonItem.content_html).toContain('<a href="https://baker.example/more">more</a>')
    expect(jsonItem.content_html).toContain('src="https://news.example/base/media/bread.png"')
    expect(jsonItem.content_html).not.toContain('script')
    // The text shows the lead image itself.
    expect(jsonItem.content_html.match(/bread\.png/g)).toHaveLength(1)
    expect(jsonItem.date_published).toBe('2024-05-06T04:08:09Z')
  })

  it('survives control characters, and text that looks like markup', async () => {
    const nasty =
      '---\ntitle: "A \\u0001 bell ]]> & <b>"\ndate: 2024-01-01\ntags: ["<Tag> & \\"More\\""]\n---\nText ]]> here.\n'
    const { item, entry, jsonItem } = await firstItems({ 'a.md': nasty })
    for (const title of [item.title, entry.title, jsonItem.title]) {
      expect(title).toBe('A bell ]]> & <b>')
    }
    expect(jsonItem.tags).toEqual(['<Tag> & "More"'])
  })

  it('has an image without words, and names no file where it has none', async () => {
    const bare = illustrated.replace(/^image: .*$/m, 'image: bread.png').replace(/!\[.*\)/, '')
    const { jsonItem } = await firstItems({ 'a.md': bare, 'bread.png': png })
    const src = 'https://news.example/base/media/bread.png'
    expect(jsonItem.content_html).toContain(
      `<figure><img src="${src}" alt="" width="1" height="1"></figure>`,
    )
    const without = await firstItems({ 'a.txt': page() })
    for (const name of ['image', 'attachments']) {
      expect(without.jsonItem).not.toHaveProperty(name)
    }
    expect(without.item).not.toHaveProperty('enclosure')
    expect(without.item).not.toHaveProperty('media:content')
  })

  it.each([
    ['what its picture shows', '![Pier at dawn](https://a.example/b.png)', '', 'Pier at dawn'],
    [
      'the caption of its lead image',
      '<video src="https://a.example/b.mp4"></video>',
      'image: {url: "https://a.example/b.png", alt: Pier, caption: A pier}\n',
      'A pier',
    ],
    ['its title', '![](https://a.example/b.png)', '', 'Film & picture'],
    [
      'its first words below a picture',
      '![Pier](https://a.example/b.png)\n\nThe opening.',
      '',
      'The opening.',
    ],
    [
      'its first words below a film',
      '<p><iframe src="https://a.example/"></iframe></p>\n\nThe opening.',
      '',
      'The opening.',
    ],
  ])('is never without a description, which may be %s', async (_name, body, matter, words) => {
    const text = `---\ntitle: Film & picture\ndate: 2024-01-01\n${matter}---\n${body}\n`
    const { item, entry } = await firstItems({ 'a.md': text })
    expect(unescaped(item.description)).toBe(words)
    expect(unescaped(entry.summary['#text'])).toBe(words)
  })

  it('names the addresses of its authors in Atom alone, and only where its file does', async () => {
    const text = illustrated.replace('[Ada Ak, Bo Lin]', '[Ada Ak <ada@a.example>, Bo Lin]')
    const { item, entry, jsonItem } = await firstItems({ 'a.md': text, 'bread.png': png })
    const ada = { name: 'Ada Ak', email: 'ada@a.example' }
    // feedparser takes it for the address of whoever follows without one.
    expect(entry.author).toEqual([{ name: 'Ada Ak' }, { name: 'Bo Lin' }])
    expect(item['dc:creator']).toEqual(['Ada Ak, Bo Lin'])
    expect(jsonItem.authors).toEqual([{ name: 'Ada Ak' }, { name: 'Bo Lin' }])
    const other = await firstItems({
      'a.md': text.replace(/\[Ada.*\]/, '[Bo Lin, Ada Ak <ada@a.example>]'),
    })
    expect(other.entry.author).toEqual([{ name: 'Bo Lin' }, ada])
  })

  it('begins its description with its text where it has no dek', async () => {
    const { item, jsonItem } = await firstItems({ 'a.txt': page({ dek: '' }) })
    expect(item.description).toBe('The first ferry in nine years tied up at noon.')
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

describe('a text without spaces', () => {
  it('has no space in its description where a link ends', async () => {
    const text = 'So says <a href="https://a.example/">the <b>har</b>bour</a>.<br>And so do we.'
    const { item } = await firstItems({
      'a.md': `---\ntitle: T\ndate: 2024-05-06\n---\n${text}\n`,
    })
    expect(item.description).toBe('So says the harbour. And so do we.')
  })

  it('is cut for the description between characters, and never inside one', async () => {
    const story = (body: string) => `---\ntitle: T\ndate: 2024-01-01\n---\n${body}\n`
    const { item } = await firstItems({ 'a.md': story(`${'漢'.repeat(1000)}😀`) })
    expect(item.description).toBe(`${'漢'.repeat(300)}…`)
    const emoji = await firstItems({ 'a.md': story(`漢${'😀'.repeat(500)}`) })
    expect(emoji.item.description.isWellFormed()).toBe(true)
    const entities = await firstItems({
      'a.md': story(`${'a'.repeat(298)}&amp;${'b'.repeat(300)}`),
    })
    expect(entities.item.description).toBe(`${'a'.repeat(298)}&amp;b…`)
    const early = await firstItems({ 'a.md': story(`A &amp; ${'b'.repeat(400)} c`) })
    expect(early.item.description).toBe('A &amp;…')
    const words = await firstItems({ 'a.md': story(`A &amp; B ${'word '.repeat(100)}`) })
    expect(words.item.description).toMatch(/^A &amp; B (?:word )+word…$/)
  })
})

describe('an article in another language', () => {
  it.each([
    ['de', '<p>Quelle: <a'],
    ['he', '<p>מקור: <a'],
    ['sw', '<p><span lang="en" dir="ltr">Source:</span> <a'],
  ])('says so, and where it is from: %s', async (language, line) => {
    const { item, entry } = await firstItems({
      'a.md': illustrated.replace('language: en', `language: ${language}`),
      'bread.png': png,
    })
    expect(item['dc:language']).toBe(language)
    expect(entry['@_xml:lang']).toBe(language)
    expect(item['content:encoded']).toContain(line)
  })

  it('is not said to be in one where that is the language of the feed', async () => {
    const { item } = await firstItems({ 'a.md': illustrated, 'bread.png': png })
    expect(item['dc:language']).toBeUndefined()
  })
})

describe('links in Markdown', () => {
  it('lead to files beside the article, and nowhere where there are none', async () => {
    const { jsonItem } = await firstItems({
      'a.md': illustrated
        .replace(/canonical: .*\n/, '')
        .replace(
          'See ',
          '[file](bread.png) [note](#note) [other](b.md) [away](https://x.example/) ',
        ),
      'bread.png': png,
    })
    const links = [...jsonItem.content_html.matchAll(/<a href="([^"]*)"/g)].map(([, url]) => url)
    expect(links.slice(0, -1)).toEqual([
      'https://news.example/base/media/bread.png',
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
    const desk = await openDesk({ 'a.md': illustrated, 'bread.png': png })
    const feed = JSON.parse(await desk.feed('feed.json', { kind, slug }))
    expect(feed.title).toBe(kind === 'site' ? name : `${name} · TRT World`)
    expect(feed.description).toBe(description)
    expect(feed.items).toHaveLength(1)
  })

  it('is called what its newest listed article calls it, and not what one to come does', async () => {
    const story = (date: string, tag: string) =>
      `---\ntitle: T ${date}\ndate: ${date}\ntags: [${tag}]\n---\nText ${date}.\n`
    const desk = await openDesk({ 'a.md': story('2024-01-01', 'Foo Bar') })
    const title = async () => {
      const text = await desk.feed('atom.xml', { kind: 'tag', slug: 'foo-bar' })
      return /<title>(.*?)<\/title>/.exec(text)?.[1]
    }
    expect(await title()).toBe('Foo Bar · TRT World')
    desk.write('b.md', story('2990-01-01', 'FOO-bar'))
    await desk.refresh()
    expect(await title()).toBe('Foo Bar · TRT World')
    desk.write('c.md', story('2024-02-01', 'foo-BAR'))
    await desk.refresh()
    expect(await title()).toBe('foo-BAR · TRT World')
  })

  it('that is refreshed while it is rendered is rendered anew for who asks later', async () => {
    const desk = await openDesk({ 'a.txt': page({ section: 'SPACE' }) })
    const [format] = feedFormats
    const channel = { kind: 'section', slug: 'space' } as const
    const former = desk.channels.document({ channel, format })
    await desk.channels.update([channel])
    expect(await former).toBeDefined()
    expect(desk.channels.ready('/sections/space/rss.xml')).toBeUndefined()
    const later = await desk.channels.document({ channel, format })
    expect(desk.channels.ready('/sections/space/rss.xml')).toBe(later)
  })

  it('was updated when the article changed that changed last', async () => {
    const story = (date: string) => `---\ntitle: T ${date}\ndate: ${date}\n---\nText ${date}.\n`
    const desk = await openDesk({ 'a.md': story('2024-01-01'), 'b.md': story('2024-01-02') })
    const { updated } = parser.parse(await desk.feed('atom.xml')).feed
    expect(updated).toMatch(/^2024-01-02T/)
  })

  it('may have articles from before 1970', async () => {
    const desk = await openDesk({ 'a.txt': page({ date: 'July 21, 1965', section: 'SPACE' }) })
    expect(await desk.feed('atom.xml', { kind: 'section', slug: 'space' })).toContain('1965-07-21')
  })
})

describe('a feed without articles', () => {
  it('is valid, and as old as what is known of the folder, also after a restart', async () => {
    const start = Math.floor(Date.now() / 1000) * 1000
    const desk = await openDesk()
    const documents = (one: Desk) =>
      Promise.all(feedFormats.map(({ fileName }) => one.feed(fileName)))
    const [rss = '', atom = '', json = ''] = await documents(desk)
    expect(XMLValidator.validate(rss)).toBe(true)
    expect(XMLValidator.validate(atom)).toBe(true)
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
    const desk = await openDesk(
      { 'a.txt': page(), 'b.txt': page({ title: 'B' }) },
      { FEED_ITEMS: '1' },
    )
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
