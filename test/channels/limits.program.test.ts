import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { XMLParser } from 'fast-xml-parser'
import { describe, expect, it } from 'vitest'
import { feedFormats } from '../../src/channels/feed-formats.ts'
import { createItems } from '../../src/channels/items.ts'
import { site } from '../../src/channels/selection.ts'
import { loadConfig } from '../../src/config.ts'
import { openDesk } from '../support/desk.ts'
import { temporaryFolder } from '../support/folder.ts'
import { page } from '../support/page.ts'
import { itOfTheFile } from '../support/sharing.ts'

const megabyte = 1024 * 1024

/** An article of nearly two megabytes. @param day of March 2024 */
const huge = (day: number) =>
  page({
    title: `Number ${day} of many`,
    date: `March ${day}, 2024`,
    body: 'Ferries return to the old harbour.\n'.repeat(45_000),
  })

const parser = new XMLParser({ ignoreAttributes: false, processEntities: false })

describe('a document', () => {
  it('has 20 MB at most, in which every article is: the oldest with their summary only', async () => {
    const files = Array.from({ length: 14 }, (_, n) => [`${n}.txt`, huge(n + 1)])
    const desk = await openDesk(Object.fromEntries(files))
    const texts: Record<string, string> = {}
    for (const { fileName } of feedFormats) {
      const text = await desk.feed(fileName)
      expect(text.length).toBeLessThan(20 * megabyte)
      expect(text.length).toBeGreaterThan(16 * megabyte)
      texts[fileName] = text
    }
    const { item: rss } = parser.parse(texts['rss.xml'] ?? '').rss.channel
    const { entry: atom } = parser.parse(texts['atom.xml'] ?? '').feed
    const { items: json } = JSON.parse(texts['feed.json'] ?? '')
    for (const [list, textOf, summaryOf] of [
      [rss, 'content:encoded', 'description'],
      [atom, 'content', 'summary'],
      [json, 'content_html', 'summary'],
    ]) {
      expect(list).toHaveLength(14)
      const isWhole = list.map((one: Record<string, unknown>) => {
        const text = one[textOf]
        return JSON.stringify(text ?? '').length > megabyte
      })
      const whole = isWhole.indexOf(false)
      expect(whole).toBeGreaterThan(7)
      expect(isWhole.slice(whole)).not.toContain(true)
      for (const one of list) {
        expect(JSON.stringify(one[summaryOf])).toContain('After nine years the first boat calls')
      }
    }
    // JSON Feed wants a content in every item.
    expect(json.at(-1).content_html).toBe('After nine years the first boat calls again.')
  })

  it('has the opening of an article for its text, and makes it no dek', async () => {
    const desk = await openDesk({ 'a.txt': page({ dek: '', body: 'The boat is *here*.' }) })
    const listed = await desk.catalogue.listed(site, 10)
    const items = createItems(desk.catalogue, loadConfig({}, desk.folder))
    const brief: Record<string, string> = {}
    for (const format of feedFormats) {
      const [bytes] = await items.rendered(format, listed, 100)
      brief[format.fileName] = String(bytes)
    }
    expect(brief['rss.xml']).toContain('<description>The boat is *here*.</description>')
    expect(brief['rss.xml']).not.toContain('<content')
    expect(brief['atom.xml']).toContain('<summary type="html">The boat is *here*.</summary>')
    expect(brief['atom.xml']).not.toContain('<content')
    const item = JSON.parse(brief['feed.json'] ?? '')
    expect(item.content_html).toBe('The boat is *here*.')
    expect(item).not.toHaveProperty('summary')
  })

  it('is packed with gzip alone when it is huge', async () => {
    const desk = await openDesk({ 'a.txt': huge(1), 'b.txt': huge(2), 'c.txt': huge(3) })
    const document = await desk.channels.document({ channel: site, format: feedFormats[0] })
    expect(document?.encodings.offered).toEqual(['gzip', 'identity'])
  })
})

describe('a huge article', () => {
  it('pushes no other out of what is kept', async () => {
    const desk = await openDesk({
      'a.txt': page({ date: 'March 1, 2024' }),
      'b.txt': huge(2),
      'c.txt': page({ date: 'March 3, 2024', title: 'Another' }),
    })
    const read: number[] = []
    const counting = Object.create(desk.catalogue, {
      articleByNumber: {
        value(number: number) {
          read.push(number)
          return desk.catalogue.articleByNumber(number)
        },
      },
    })
    const items = createItems(counting, loadConfig({}, desk.folder))
    const listed = await desk.catalogue.listed(site, 10)
    for (let time = 0; time < 3; time += 1) {
      for (const format of feedFormats) await items.rendered(format, listed, 20 * megabyte)
    }
    const [newest, middle, oldest] = listed.map(({ number }) => number)
    expect(read.filter((number) => number === newest)).toHaveLength(3)
    expect(read.filter((number) => number === oldest)).toHaveLength(3)
    expect(read.filter((number) => number === middle)).toHaveLength(9)
  })

  itOfTheFile('that was kept when there was no limit is shown with its summary only', async () => {
    const folders = { folder: temporaryFolder(), dataDir: temporaryFolder() }
    const files = { 'a.txt': page(), 'b.txt': page({ title: 'Another', dek: 'It was long.' }) }
    const before = await openDesk(files, {}, folders)
    await before.close()
    const database = new DatabaseSync(join(folders.dataDir, 'catalogue.sqlite'))
    const text = `<p>${'&amp; '.repeat(600_000)}</p>`
    // Without a checksum, as such rows are.
    database
      .prepare("UPDATE article SET html = ?, content_sum = NULL WHERE path = 'b.txt'")
      .run(text)
    database.close()
    const desk = await openDesk({}, {}, folders)
    const { items } = JSON.parse(await desk.feed('feed.json'))
    expect(items).toHaveLength(2)
    const shown = items.find(({ title }: { title: string }) => title === 'Another')
    expect(shown.content_html).toBe('It was long.')
    // As soon as its file is read again it has a text.
    desk.write('b.txt', page({ title: 'Another', dek: 'It was long.', body: 'It is short now.' }))
    await desk.refresh()
    expect(await desk.feed('feed.json')).toContain('It is short now.')
  })
})
