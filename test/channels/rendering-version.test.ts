/** What each format makes of articles that have every part, kept beside the version it belongs to. */
import { globSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import type { Article } from '../../src/article.ts'
import { describeChannel, feedId } from '../../src/channels/describe.ts'
import { feedFormats } from '../../src/channels/feed-formats.ts'
import { hubsOf } from '../../src/channels/hubs.ts'
import { renderingVersion } from '../../src/channels/rendering.ts'
import { loadConfig } from '../../src/config.ts'

const config = loadConfig(
  { BASE_URL: 'https://news.example/b&c', HUBS: 'self,https://hub.example/?a=1&b=2' },
  '/',
)
const kept = `${import.meta.dirname}/rendered`

const whatToDo =
  'A format writes something else than before, of which readers learn only by another version. ' +
  'Raise renderingVersion in src/channels/rendering.ts, delete test/channels/rendered, ' +
  'and run this test again: it records anew what is rendered. Commit that. '

const term = (name: string) => ({ name, slug: name.toLowerCase() })

const full: Article = {
  id: 'urn:uuid:8c0a1f6e-5d1c-5c0a-9f00-000000000001',
  slug: 'bread-roses',
  title: 'Bread & <roses> ]]> more',
  summary: 'Ten "loaves" & a rose',
  content: '<p>See <a href="/more">more</a> &amp; ]]&gt; <img src="/media/b.png" alt="B" /></p>',
  published: '2024-05-06T07:08:09Z',
  updated: '2024-05-07T01:02:03.456Z',
  language: 'en',
  section: term('Food & <drink>'),
  tags: [term('Bakers'), term('Türkiye')],
  authors: [term('Bo Lin'), { ...term('Ak, Ada'), email: 'ada@news.example' }],
  image: {
    ...{ url: '/media/a.png', alt: 'A "loaf"', caption: 'Loaves & <more>', credit: 'Ada' },
    ...{ type: 'image/png', length: 123, width: 40, height: 30 },
  },
  audio: { url: '/media/a.mp3', type: 'audio/mpeg', length: 4567 },
  sources: ['TRT World', 'agencies'],
  readingTime: 3,
}
/** Of another publisher, in Arabic, without a time, and with a line end of old files. */
const arabic: Article = {
  id: 'urn:uuid:f00a1f6e-5d1c-5c0a-9f00-000000000002',
  slug: 'khubz',
  title: 'خبز',
  content: '<p>نص عربي\r طويل.</p>',
  ...{ published: '2024-05-05T00:00:00Z', updated: '2024-05-05T00:00:00Z', language: 'ar' },
  tags: [],
  authors: [],
  image: { caption: 'Without a file' },
  audio: { url: 'https://baker.example/a.mp4?b=1&c=2', type: 'video/mp4' },
  sources: [],
  publisher: { name: 'The Baker & Son', url: 'https://baker.example/?a=1&b=2' },
  canonicalUrl: 'https://baker.example/khubz?d=1&e=2',
}
const swahili = { ...arabic, language: 'sw', content: '<p>Mkate ]]&gt; mkate.</p>' }
const articles = [full, arabic, swahili, { ...arabic, content: '' }]

const self = `${config.baseUrl}/sections/food-drink/archive/2/feed`
const archived = {
  self,
  hubs: [],
  current: `${self}3`,
  prevArchive: `${self}1`,
  nextArchive: `${self}3`,
}

describe('what a format writes', () => {
  it.each(feedFormats)('as $name changes with its version only', async (format) => {
    const section = { kind: 'section', slug: 'food-drink', name: 'Food & <drink>' } as const
    const record = { ...section, changed: full.updated, version: 1, archives: 3, fullArchives: 2 }
    const listed = articles.map((article, number) => ({ ...article, number, version: 1 }))
    const channel = {
      ...describeChannel(record, listed, config),
      id: feedId(section, undefined, config),
    }
    const parts: string[] = []
    for (const isBrief of [false, true]) {
      const links = isBrief ? archived : { self, hubs: hubsOf(config) }
      const { before, between, after } = await format.frame(channel, links, config)
      const items = articles.map((article) => format.item(article, config, isBrief))
      parts.push(before + (await Promise.all(items)).join(between) + after)
    }
    const path = `${kept}/${renderingVersion}/${format.fileName}.txt`
    await expect(parts.join('\n'), whatToDo).toMatchFileSnapshot(path)
  })

  it('is kept of the present version alone', () => {
    const others = globSync('*', { cwd: kept, exclude: [`${renderingVersion}`] })
    expect(others, whatToDo).toEqual([])
  })
})
