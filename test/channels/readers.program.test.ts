/** What was seen to go wrong in feed readers, each with what serves the most of them. */
import { XMLParser } from 'fast-xml-parser'
import { describe, expect, it } from 'vitest'
import type { ChannelKey } from '../../src/catalogue/catalogue.ts'
import { openDesk } from '../support/desk.ts'
import { type Node, parseStrictly } from '../support/xml.ts'

const story = (head: string, body = 'Text.') => `---\ntitle: T\n${head}\n---\n${body}\n`

interface Feeds {
  readonly rss: Node
  readonly atom: Node
  // biome-ignore lint/suspicious/noExplicitAny: parsed JSON
  readonly json: any
  readonly rssText: string
}

async function feedsOf(
  files: Record<string, string>,
  channel?: ChannelKey,
  env: Record<string, string> = {},
): Promise<Feeds> {
  const desk = await openDesk(files, { BASE_URL: 'https://news.example', ...env })
  const rssText = await desk.feed('rss.xml', channel)
  const [rss] = parseStrictly(rssText).children
  if (!rss) throw new Error('there is no channel')
  const atom = parseStrictly(await desk.feed('atom.xml', channel))
  return { rss, atom, json: JSON.parse(await desk.feed('feed.json', channel)), rssText }
}

const a = (name: string) => `{http://www.w3.org/2005/Atom}${name}`
const all = (node: Node, name: string) => node.children.filter((one) => one.name === name)
const textsOf = (node: Node, name: string) => all(node, name).map(({ text }) => text)
const rssItems = ({ rss }: Feeds) => all(rss, 'item')
const entries = ({ atom }: Feeds) => all(atom, a('entry'))

/** The content of the first article, in each format. */
const contents = (feeds: Feeds): string[] => [
  ...rssItems(feeds).flatMap((item) =>
    textsOf(item, '{http://purl.org/rss/1.0/modules/content/}encoded'),
  ),
  ...entries(feeds).flatMap((entry) => textsOf(entry, a('content'))),
  ...feeds.json.items.map((item: { content_html: string }) => item.content_html),
]

describe('HTML in RSS and Atom', () => {
  it('is read by parsers that take a thousand escaped characters at most', async () => {
    const body = `${'*A* **b** & <u>c</u>. '.repeat(100)}\n\n\\]\\]&gt; <b>d</b>`
    const desk = await openDesk({ 'a.md': story('date: 2024-05-06', body) })
    const parser = new XMLParser({ processEntities: { maxTotalExpansions: 1000 } })
    for (const name of ['rss.xml', 'atom.xml'] as const) {
      const text = await desk.feed(name)
      const { rss, feed } = parser.parse(text)
      const content = rss?.channel.item['content:encoded'] ?? feed.entry.content
      expect(content).toContain('<p><em>A</em> <strong>b</strong> &amp; <u>c</u>. ')
      expect(content).toContain(']]&gt; <b>d</b>')
      expect(text.match(/&/g)?.length).toBeLessThan(500)
    }
  })
})

describe('the dek', () => {
  it('is what the content begins with, for readers that show nothing else', async () => {
    const image = 'image: {url: https://a.example/a.jpg, caption: Loaves}'
    const head = `date: 2024-05-06T07:08:09Z\nsummary: Ten "loaves" & a rose\n${image}`
    const feeds = await feedsOf({ 'a.md': story(head) })
    for (const content of contents(feeds)) {
      expect(content).toMatch(/^<p><strong>Ten "loaves" &amp; a rose<\/strong><\/p>\n<figure>/)
    }
    expect(contents(feeds)).toHaveLength(3)
    expect(rssItems(feeds).flatMap((item) => textsOf(item, 'description'))).toEqual([
      'Ten "loaves" &amp; a rose',
    ])
    expect(feeds.json.items[0].summary).toBe('Ten "loaves" & a rose')
  })

  it.each([
    ['the whole text', 'The ferry is back.', 'The ferry is back.'],
    ['its first paragraph, cut short', 'The ferry is …', 'The *ferry* is back & well.'],
    [
      'its first two paragraphs',
      'The ferry is back. It is late.',
      'The ferry is back.\n\nIt is late.',
    ],
    [
      'its first paragraph, below a heading',
      'The ferry & I',
      '## Heading\n\nThe ferry &amp; I are back.',
    ],
    ['a heading', 'The ferry is back', '## The ferry is back\n\nText.'],
  ])('is not shown again where it is how the text begins: %s', async (_, summary, body) => {
    const feeds = await feedsOf({
      'a.md': story(`date: 2024-05-06\nsummary: ${JSON.stringify(summary)}`, body),
    })
    for (const content of contents(feeds)) expect(content).not.toContain('<strong>')
  })

  it('is no longer than the article says: without one nothing is added', async () => {
    const feeds = await feedsOf({ 'a.md': story('date: 2024-05-06') })
    for (const content of contents(feeds)) expect(content).toMatch(/^<p>Text\.<\/p>/)
  })
})

describe('a recording or a film', () => {
  const picture = 'image: {url: https://a.example/a.jpg, caption: Loaves}'
  const enclosuresOf = (feeds: Feeds) => ({
    rss: rssItems(feeds).flatMap((item) => all(item, 'enclosure').map((one) => one.attributes)),
    atom: entries(feeds).flatMap((entry) =>
      all(entry, a('link'))
        .map((one) => one.attributes)
        .filter(({ rel }) => rel === 'enclosure'),
    ),
    json: feeds.json.items.flatMap((item: { attachments?: object[] }) => item.attachments ?? []),
  })

  it('of ours is an enclosure with its real type and length, and the picture beside it is none', async () => {
    const head = `date: 2024-05-06\naudio: a b.mp3\n${picture}`
    const feeds = await feedsOf({ 'a.md': story(head), 'a b.mp3': 'ID3 and a sound' })
    const url = 'https://news.example/media/a%20b.mp3'
    const type = 'audio/mpeg'
    expect(enclosuresOf(feeds)).toEqual({
      rss: [{ url, type, length: '15' }],
      atom: [{ rel: 'enclosure', href: url, type, length: '15' }],
      json: [{ url, mime_type: type, size_in_bytes: 15 }],
    })
  })

  it('of others is one whose length nobody knows', async () => {
    const url = 'https://a.example/film.mp4?x=1&y=2'
    const type = 'video/mp4'
    const feeds = await feedsOf({ 'a.md': story(`date: 2024-05-06\naudio: ${url}\n${picture}`) })
    expect(enclosuresOf(feeds)).toEqual({
      // RSS wants a length.
      rss: [{ url, type, length: '0' }],
      atom: [{ rel: 'enclosure', href: url, type }],
      json: [{ url, mime_type: type }],
    })
  })

  it('is all that is one: a picture alone, or in the text, is not', async () => {
    const text = 'A pier. ![Pier](https://a.example/b.png)'
    const feeds = await feedsOf({ 'a.md': story(`date: 2024-05-06\n${picture}`, text) })
    expect(enclosuresOf(feeds)).toEqual({ rss: [], atom: [], json: [] })
  })
})

describe('the date of an article', () => {
  it('is the same moment in the three formats, and in the order of the feed', async () => {
    const files = Object.fromEntries(
      Array.from({ length: 50 }, (_, n) => [`${n}.md`, story('date: 2024-01-01', `Text ${n}.`)]),
    )
    const feeds = await feedsOf(files, undefined, { TIME_ZONE: 'Europe/Istanbul' })
    const published = entries(feeds).flatMap((entry) => textsOf(entry, a('published')))
    const updated = entries(feeds).flatMap((entry) => textsOf(entry, a('updated')))
    expect(new Set(updated).size).toBe(50)
    expect(updated.toSorted().reverse()).toEqual(updated)
    expect(updated).toEqual(published)
    for (const time of published) expect(time).toMatch(/^2023-12-31T21:00:\d\d\.\d{3}Z$/)
    expect(feeds.json.items.map((item: { date_published: string }) => item.date_published)).toEqual(
      published,
    )
    const seconds = rssItems(feeds).flatMap((item) => textsOf(item, 'pubDate'))
    expect(seconds).toEqual(published.map((time) => new Date(time).toUTCString()))
    expect(textsOf(feeds.atom, a('updated'))).toEqual([updated[0]])
  })

  it('of an edit stands beside that of its publication, in RSS only where there was one', async () => {
    const feeds = await feedsOf({
      'a.md': story('date: 2024-05-06T07:08:09Z\nupdated: 2024-05-07T01:02:03Z', 'One.'),
      'b.md': story('date: 2024-05-05T07:08:09Z', 'Two.'),
    })
    const dates = rssItems(feeds).map((item) => textsOf(item, a('updated')))
    expect(dates).toEqual([['2024-05-07T01:02:03Z'], []])
    const [rss] = rssItems(feeds).flatMap((item) => textsOf(item, 'pubDate'))
    expect(rss).toBe('Mon, 06 May 2024 07:08:09 GMT')
    const [entry] = entries(feeds)
    expect(entry && textsOf(entry, a('published'))).toEqual(['2024-05-06T07:08:09Z'])
    expect(entry && textsOf(entry, a('updated'))[0]).toMatch(/^2024-05-07T01:02:03\.[0-4]\d\dZ$/)
    expect(feeds.json.items[0]).toMatchObject({
      date_published: '2024-05-06T07:08:09Z',
      date_modified: '2024-05-07T01:02:03Z',
    })
  })
})

describe('plain text in RSS', () => {
  it('has "<" and "&" as numbers, so that nobody takes it for HTML', async () => {
    const name = 'What <canvas> means: 5 < 6 & AT&T'
    const value = JSON.stringify(name)
    const image = `image: {url: https://a.example/a.jpg, caption: ${value}, credit: ${value}}`
    const head = `date: 2024-05-06\nsection: ${value}\nauthors: [${value}]\n${image}`
    const feeds = await feedsOf(
      { 'a.md': `---\ntitle: ${value}\n${head}\n---\nText.\n` },
      undefined,
      { PUBLISHER_NAME: name },
    )
    const written = 'What &#x3C;canvas&gt; means: 5 &#x3C; 6 &#x26; AT&#x26;T'
    const elements = ['title', 'dc:creator', 'dc:publisher', 'source', 'category']
    for (const element of [...elements, 'media:description', 'media:credit']) {
      const texts = [...feeds.rssText.matchAll(new RegExp(`<${element}[ >][^>]*?>?([^<]*)<`, 'g'))]
      expect(texts.length, element).toBeGreaterThan(0)
      for (const [text] of texts) expect(text.toLowerCase()).toContain(written.toLowerCase())
    }
    expect(textsOf(feeds.rss, 'title')).toEqual([name])
    expect(textsOf(feeds.rss, 'description')).toEqual([`The newest articles of ${name}.`])
    expect(rssItems(feeds).flatMap((item) => textsOf(item, 'title'))).toEqual([name])
    expect(entries(feeds).flatMap((entry) => textsOf(entry, a('title')))).toEqual([name])
  })
})

describe('Atom', () => {
  it('links to the page first, and has the title and source where no reader mixes them up', async () => {
    const { atom } = await feedsOf({ 'a.md': story('date: 2024-05-06') })
    expect(all(atom, a('link')).map(({ attributes }) => attributes.rel)).toEqual([
      'alternate',
      'self',
      'hub',
    ])
    const [entry] = all(atom, a('entry'))
    expect(entry?.children.at(-1)?.name).toBe(a('source'))
    expect(entry && all(entry, a('title'))[0]?.attributes).toEqual({})
  })
})

describe('a language', () => {
  const arabic = story('date: 2024-05-06\nlanguage: ar\nsection: ثقافة', 'نص عربي.')
  const thqaft = { kind: 'section', slug: 'thqaft' } as const
  const languages = ({ rss, atom, json }: Feeds) => [
    ...textsOf(rss, 'language'),
    atom.attributes['xml:lang'],
    json.language,
  ]

  it('that all articles of a channel share is that of the channel', async () => {
    const files = { 'a.md': arabic, 'b.md': story('date: 2024-05-07') }
    expect(languages(await feedsOf(files, thqaft))).toEqual(['ar', 'ar', 'ar'])
    expect(languages(await feedsOf(files))).toEqual(['en', 'en', 'en'])
  })

  it('is shared by those that differ in region or script', async () => {
    const egyptian = arabic.replace('language: ar', 'language: ar-EG').replace('نص', 'نصوص')
    const files = { 'a.md': arabic, 'b.md': egyptian }
    expect(languages(await feedsOf(files, thqaft))).toEqual(['ar', 'ar', 'ar'])
    const english = {
      'a.md': story('date: 2024-05-06\nlanguage: en-GB'),
      'b.md': story('date: 2024-05-07', 'B.'),
    }
    expect(languages(await feedsOf(english))).toEqual(['en', 'en', 'en'])
  })

  it('that is read from right to left says so around the content', async () => {
    for (const content of contents(await feedsOf({ 'a.md': arabic }))) {
      expect(content).toMatch(/^<div dir="rtl" lang="ar"><p>نص عربي\.<\/p>\n.*<\/div>$/)
    }
    const program = story('date: 2024-05-06\nlanguage: ar', 'نص `npm start` عربي.\n\n    ls -l\n')
    for (const content of contents(await feedsOf({ 'a.md': program }))) {
      expect(content).toContain('<code dir="ltr">npm start</code>')
      expect(content).toContain('<pre dir="ltr">')
    }
    for (const content of contents(await feedsOf({ 'a.md': story('date: 2024-05-06', '`ls`') }))) {
      expect(content).not.toContain('dir=')
      expect(content).not.toContain('<div')
    }
  })
})
