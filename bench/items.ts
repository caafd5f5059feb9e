/**
 * What rendering costs in each format, here and in another checkout, and whether the two write the same.
 * node bench/items.ts ../former/src/channels/feed-formats.ts
 */
import { resolve } from 'node:path'
import type { Article } from '../src/article.ts'
import type { FeedFormat } from '../src/channels/feed-format.ts'
import { feedFormats } from '../src/channels/feed-formats.ts'
import { loadConfig } from '../src/config.ts'
import { printTable } from './measure.ts'

const config = loadConfig({ BASE_URL: 'https://news.example' }, '.')
const count = 50

const article: Article = {
  id: 'urn:uuid:8c0a1f6e-5d1c-5c0a-9f00-0123456789ab',
  slug: 'ferries-return',
  title: 'Ferries return & stay',
  summary: 'After nine years a boat calls again.',
  content: '',
  ...{ published: '2024-01-01T10:00:00Z', updated: '2024-01-01T10:00:00Z', language: 'en' },
  section: { name: 'World', slug: 'world' },
  tags: ['Sea', 'Harbours', 'Türkiye'].map((name) => ({ name, slug: name })),
  authors: [{ name: 'Mira Onal', slug: 'mira-onal', email: 'mira@news.example' }],
  image: { url: '/media/harbour.jpg', caption: 'A harbour at dusk.', credit: 'AFP' },
  sources: ['TRT World', 'agencies'],
}
const text = '<p>A ferry tied up at noon &amp; a <em>band</em> played on the quay.</p>\n'.repeat(56)

type Work = (format: FeedFormat) => Promise<string>

const itemsOf =
  (content: string): Work =>
  async (format) => {
    let items = ''
    for (let n = 0; n < count; n += 1) {
      items += await format.item({ ...article, content }, config, false)
    }
    return items
  }

async function document(format: FeedFormat): Promise<string> {
  const pageUrl = `${config.baseUrl}/`
  const head = { title: 'News', description: 'The newest.', language: 'en', id: pageUrl, pageUrl }
  const channel = { ...head, updated: article.updated }
  const { before, after } = await format.frame(
    channel,
    { self: `${pageUrl}feed`, hubs: [] },
    config,
  )
  return before + (await itemsOf(text)(format)) + after
}

const works: Readonly<Record<string, Work>> = {
  'without text': itemsOf(''),
  'of 4 kB': itemsOf(text),
  'of 4 kB, with a link to us': itemsOf(`${text}<a href="/more">more</a>`),
  [`of 4 kB, in a document of ${count}`]: document,
}

const [, , table] = process.argv
const there: readonly FeedFormat[] = table
  ? (await import(resolve(table))).feedFormats
  : feedFormats

const rows: string[][] = [['an item', 'there, µs', 'here, µs', 'times']]
for (const [name, work] of Object.entries(works)) {
  for (const format of feedFormats) {
    const former = there.find(({ fileName }) => fileName === format.fileName) ?? format
    // The fastest round of each, since others use the processors, too.
    let [before, after] = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY]
    for (let round = 0; round < 60; round += 1) {
      const start = performance.now()
      const theirs = await work(former)
      const middle = performance.now()
      const ours = await work(format)
      after = Math.min(after, performance.now() - middle)
      before = Math.min(before, middle - start)
      if (theirs !== ours) throw new Error(`${format.name} ${name} is written otherwise there`)
    }
    const shown = [before, after].map((ms) => ((ms * 1000) / count).toFixed(1))
    rows.push([`${format.name}, ${name}`, ...shown, (before / after).toFixed(1)])
  }
}
printTable(rows)
