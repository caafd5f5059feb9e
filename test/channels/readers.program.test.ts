/** What was seen to go wrong in feed readers, each with what serves the most of them. */
import { describe, expect, it } from 'vitest'
import { openDesk } from '../support/desk.ts'
import { type Node, parseStrictly } from '../support/outputs.ts'

const story = (head: string, body = 'Text.') => `---\ntitle: T\n${head}\n---\n${body}\n`

interface Feeds {
  readonly rss: Node
  readonly atom: Node
  // biome-ignore lint/suspicious/noExplicitAny: parsed JSON
  readonly json: any
}

async function feedsOf(files: Record<string, string>): Promise<Feeds> {
  const desk = await openDesk(files, { BASE_URL: 'https://news.example' })
  const [rss] = parseStrictly(await desk.feed('rss.xml')).children
  if (!rss) throw new Error('there is no channel')
  const atom = parseStrictly(await desk.feed('atom.xml'))
  return { rss, atom, json: JSON.parse(await desk.feed('feed.json')) }
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

describe('a language', () => {
  const arabic = story('date: 2024-05-06\nlanguage: ar\nsection: ثقافة', 'نص عربي.')

  it('that is read from right to left says so around the content', async () => {
    for (const content of contents(await feedsOf({ 'a.md': arabic }))) {
      expect(content).toMatch(/^<div dir="rtl" lang="ar"><p>نص عربي\.<\/p>\n.*<\/div>$/)
    }
    for (const content of contents(await feedsOf({ 'a.md': story('date: 2024-05-06') }))) {
      expect(content).not.toContain('<div')
    }
  })
})
