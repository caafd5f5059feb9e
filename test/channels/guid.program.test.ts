/** What readers know articles by, as other parsers read it. */
import { XMLParser } from 'fast-xml-parser'
import { parseFeed } from 'feedsmith'
import { describe, expect, it } from 'vitest'
import { site } from '../../src/channels/selection.ts'
import { type Desk, openDesk } from '../support/desk.ts'
import { ask } from '../support/http.ts'
import { startNewsstand } from '../support/newsstand.ts'
import { until } from '../support/until.ts'

const baseUrl = 'https://news.example/site'

/** @param head further lines of the front matter */
const story = (title: string, head = '') =>
  `---\ntitle: ${title}\ndate: 2024-05-06T07:00\n${head}\n---\nWhat ${title} says.\n`

const stories = {
  'plain.md': story('Plain', 'slug: plain'),
  'elsewhere.md': story('Elsewhere', 'canonical: https://old.example/posts/else/'),
  'text.md': story('Text', 'guid: "123 at <old>"'),
  'iri.md': story('Iri', 'guid: "tag:old.example,2020:7"'),
  'address.md': story('Address', 'guid: https://old.example/?p=7&x=1'),
  'itself.md': story('Itself', `slug: itself\nguid: ${baseUrl}/articles/itself`),
}

const parser = new XMLParser({ ignoreAttributes: false, htmlEntities: true })

/** By title: the guid of RSS and whether it is an address, Atom's id, JSON Feed's id and our own in it. */
async function read(desk: Desk) {
  const known: Record<string, unknown[]> = {}
  const add = (title = '', ...values: unknown[]) => {
    known[title] = [...(known[title] ?? []), ...values]
  }
  const rssText = await desk.feed('rss.xml')
  const rss = parseFeed(rssText)
  if (rss.format !== 'rss') throw new Error(rss.format)
  for (const { title, guid } of rss.feed.items ?? []) add(title, guid?.value, guid?.isPermaLink)
  const { item: items } = parser.parse(rssText).rss.channel
  for (const { title, guid } of items) expect(guid['#text']).toBe(known[title]?.[0])
  const atom = parseFeed(await desk.feed('atom.xml'))
  if (atom.format !== 'atom') throw new Error(atom.format)
  for (const { title, id } of atom.feed.entries ?? []) add(title?.value ?? String(title), id)
  const { items: json } = JSON.parse(await desk.feed('feed.json'))
  for (const { title, id, _newsstand } of json) add(title, id, _newsstand.id)
  return known
}

const idsOf = async (desk: Desk) =>
  Object.fromEntries((await desk.articles()).map(({ title, id }) => [title, id]))

describe('what readers know an article by', () => {
  it('is what its file states, else its id', async () => {
    const desk = await openDesk(stories, { BASE_URL: baseUrl })
    const ids = await idsOf(desk)
    const same = (guid: string, title: string) => [guid, false, guid, guid, ids[title]]
    expect(await read(desk)).toEqual({
      Plain: [ids.Plain, false, ids.Plain, ids.Plain, undefined],
      Elsewhere: [ids.Elsewhere, false, ids.Elsewhere, ids.Elsewhere, undefined],
      // Atom wants an absolute IRI.
      Text: ['123 at <old>', false, ids.Text, '123 at <old>', ids.Text],
      Iri: same('tag:old.example,2020:7', 'Iri'),
      Address: same('https://old.example/?p=7&x=1', 'Address'),
      Itself: [
        ...[`${baseUrl}/articles/itself`, true, `${baseUrl}/articles/itself`],
        ...[`${baseUrl}/articles/itself`, ids.Itself],
      ],
    })
  })

  it('is one article’s with GUID=permalink, whichever states the same original too', async () => {
    const stating = (title: string, head = '') =>
      story(title, `canonical: https://old.example/?p=7\n${head}`)
    const desk = await openDesk(
      { 'a.md': stating('One'), 'b.md': stating('Two', 'slug: two'), 'c.md': story('Three') },
      { BASE_URL: baseUrl, GUID: 'permalink' },
    )
    const guids = async () => {
      const known = await read(desk)
      return [known.One?.[0], known.Two?.[0]]
    }
    const own = `${baseUrl}/articles/two`
    expect(await guids()).toEqual(['https://old.example/?p=7', own])
    const told = async () =>
      (await desk.catalogue.notes(10)).map(({ path, notes }) => [path, notes])
    const text =
      'its original "https://old.example/?p=7" is that of "a.md" too; with GUID=permalink readers know that one by it, and this one by its own address'
    expect(await told()).toEqual([['b.md', [{ text }]]])
    desk.write('a.md', stating('One', 'tags: [ferry]'))
    desk.write('b.md', stating('Two', 'slug: two\ntags: [ferry]'))
    await desk.refresh()
    expect(await guids()).toEqual(['https://old.example/?p=7', own])
    expect(await told()).toEqual([['b.md', [{ text }]]])
    // Readers know it by its own address by now.
    desk.remove('a.md')
    await desk.refresh()
    desk.write('b.md', stating('Two', 'slug: two\ntags: [quay]'))
    await desk.refresh()
    expect(await guids()).toEqual([undefined, own])
    expect(await told()).toEqual([])
    desk.write('b.md', story('Two', 'slug: two\ncanonical: https://old.example/?p=8'))
    await desk.refresh()
    expect(await guids()).toEqual([undefined, 'https://old.example/?p=8'])
  })

  it('is its address with GUID=permalink, and stays when its slug becomes another', async () => {
    const desk = await openDesk(stories, { BASE_URL: baseUrl, GUID: 'permalink' })
    const ids = await idsOf(desk)
    const address = (guid: string, title: string, isLink = true) => [
      ...[guid, isLink, guid, guid, ids[title]],
    ]
    const before = await read(desk)
    expect(before).toMatchObject({
      Plain: address(`${baseUrl}/articles/plain`, 'Plain'),
      Elsewhere: address('https://old.example/posts/else/', 'Elsewhere'),
      Text: ['123 at <old>', false, ids.Text, '123 at <old>', ids.Text],
    })
    desk.write('plain.md', story('Plain', 'slug: other'))
    await desk.refresh()
    const after = await read(desk)
    expect(after).toEqual({
      ...before,
      Plain: address(`${baseUrl}/articles/plain`, 'Plain', false),
    })
    expect(await desk.feed('rss.xml')).toContain(`<link>${baseUrl}/articles/other</link>`)
  })

  it('is told anew to all when the setting changes', async () => {
    const desk = await openDesk(stories, { BASE_URL: baseUrl })
    const before = await desk.catalogue.channel(site)
    await desk.close()
    const again = await openDesk({}, { BASE_URL: baseUrl, GUID: 'permalink' }, desk)
    expect((await again.catalogue.channel(site))?.changed).not.toBe(before?.changed)
    const { changed } = (await again.catalogue.channel(site)) ?? {}
    await again.close()
    const same = await openDesk({}, { BASE_URL: baseUrl, GUID: 'permalink' }, desk)
    expect((await same.catalogue.channel(site))?.changed).toBe(changed)
  })

  it.each(['uuid', 'permalink'])(
    'is nothing that deltas, archives and searches go by: GUID=%s',
    async (guid) => {
      const shared = Object.fromEntries(
        Array.from({ length: 7 }, (_, n) => [
          `${n}.md`,
          story(`Story ${n}`, n % 2 ? `guid: g${n}` : ''),
        ]),
      )
      const newsstand = await startNewsstand(shared, { GUID: guid, FEED_ITEMS: '3' })
      const first = await ask(`${newsstand.url}/rss.xml`)
      newsstand.write('8.md', story('Story 8', 'guid: g8').replace('2024-', '2025-'))
      const etag = String(first.headers.etag)
      await until(
        async () =>
          (await ask(`${newsstand.url}/rss.xml`, { 'If-None-Match': etag })).status === 200,
      )
      const delta = await ask(`${newsstand.url}/rss.xml`, { 'If-None-Match': etag, 'A-IM': 'feed' })
      expect(delta.status).toBe(226)
      expect(delta.body.toString().match(/<guid/g)).toHaveLength(1)
      const guids: string[] = []
      for (let path: string | undefined = '/rss.xml'; path; ) {
        const text = await newsstand.text(path)
        guids.push(...[...text.matchAll(/<guid[^>]*>([^<]+)/g)].map(([, one = '']) => one))
        path = /rel="prev-archive"[^>]*?href="[^"]*?(\/archive\/\d+\/rss.xml)"/.exec(text)?.[1]
      }
      expect(guids).toHaveLength(8)
      expect(new Set(guids).size).toBe(8)
      const found = JSON.parse(await newsstand.text('/search/feed.json?q=story'))
      expect(found.items).toHaveLength(3)
    },
  )
})
