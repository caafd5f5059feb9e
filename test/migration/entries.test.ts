/** Entries of articles, compared once for all documents. */
import { describe, expect, it, onTestFinished, vi } from 'vitest'
import { createDocumentRenderer, longestDocument } from '../../src/channels/document-renderer.ts'
import { feedFormats } from '../../src/channels/feed-formats.ts'
import { rss } from '../../src/channels/rss.ts'
import { createSelection, site } from '../../src/channels/selection.ts'
import { loadConfig } from '../../src/config.ts'
import { createEntries, withNumbers, withNumbersOnly } from '../../src/migration/entries.ts'
import { openDesk } from '../support/desk.ts'

const search = { find: () => Promise.reject(new Error('nothing is searched for')) }
const day = (n: number) => `---\ntitle: Number ${n}\ndate: 2026-01-1${n}\n---\nText.\n`

describe('compared entries', () => {
  it('stand in a document by the numbers of their articles, and are read once for all of it', async () => {
    const { catalogue, folder } = await openDesk({ 'a.md': day(1), 'b.md': day(2) })
    const config = loadConfig({}, folder)
    const read: number[] = []
    const counted: typeof catalogue = Object.create(catalogue, {
      articleByNumber: {
        value: (number: number) => {
          read.push(number)
          return catalogue.articleByNumber(number)
        },
      },
    })
    const numbered = withNumbersOnly(counted)
    const renderer = createDocumentRenderer(
      numbered,
      createSelection(numbered, search, config),
      config,
    )
    const document = await renderer.whole({ channel: site, format: withNumbers(rss) })
    if (!document) throw new Error('there is no document')
    const text = String(await document.encodings.make('identity'))
    const numbers = document.listed.map(({ number }) => number)
    expect(text).toContain(numbers.map((number) => `\0${number}\0`).join(''))
    expect(read).toEqual([])

    const entries = createEntries(counted, catalogue, config)
    expect(await entries.areSame(document)).toBe(true)
    expect(await entries.areSame(document)).toBe(true)
    expect(read).toEqual(numbers)
    // Of one that may be longer than documents are, what stands in it in brief was not compared.
    const { length } = document.encodings
    const long = (by: number) => ({
      ...document,
      encodings: { ...document.encodings, length: longestDocument - by },
    })
    expect(await entries.areSame(long(length + 10_000))).toBe(true)
    expect(await entries.areSame(long(100))).toBe(false)
  })

  it.each(feedFormats)('are others where only $name shows it', async (format) => {
    const { catalogue, folder } = await openDesk({ 'a.md': day(1) })
    const config = loadConfig({}, folder)
    const renderer = createDocumentRenderer(
      catalogue,
      createSelection(catalogue, search, config),
      config,
    )
    const document = await renderer.whole({ channel: site, format: rss })
    if (!document) throw new Error('there is no document')
    expect(await createEntries(catalogue, catalogue, config).areSame(document)).toBe(true)
    let made = 0
    const item = vi.spyOn(format, 'item').mockImplementation(async () => {
      made += 1
      return String(made)
    })
    onTestFinished(() => item.mockRestore())
    expect(await createEntries(catalogue, catalogue, config).areSame(document)).toBe(false)
  })
})
