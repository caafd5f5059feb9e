import { brotliDecompressSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { toBrotli } from '../../src/channels/compress.ts'
import { encode } from '../../src/channels/encodings.ts'
import { feedFormats } from '../../src/channels/feed-formats.ts'
import { createItems } from '../../src/channels/items.ts'
import { site } from '../../src/channels/selection.ts'
import { loadConfig } from '../../src/config.ts'
import { openDesk } from '../support/desk.ts'
import { page } from '../support/page.ts'
import { until } from '../support/until.ts'

const ownsAll = (bytes: Buffer | undefined) => bytes?.buffer.byteLength === bytes?.length

describe('bytes that are kept', () => {
  it('hold on to no other memory', async () => {
    const desk = await openDesk({ 'a.txt': page() })
    const items = createItems(desk.catalogue, loadConfig({}, desk.folder))
    const listed = await desk.catalogue.listed(site, 10)
    for (const format of feedFormats) {
      const [item] = await items.rendered(format, listed, 1_000_000)
      expect(item?.length).toBeGreaterThan(100)
      expect(ownsAll(item), format.name).toBe(true)
    }
    const small = await encode(Buffer.from('small'))
    expect(ownsAll(small.ready('identity'))).toBe(true)
  })

  it('are packed in no time while they may soon be others, and stay as they were packed', async () => {
    const text = Buffer.from('Ferries return to the old harbour. '.repeat(500))
    const expected = await toBrotli(text, 5)
    expect(expected.equals(await toBrotli(text, 11))).toBe(false)
    const encodings = await encode(Buffer.from(text))
    const packed = await encodings.make('br')
    expect(packed.equals(expected)).toBe(true)
    expect(brotliDecompressSync(packed).equals(text)).toBe(true)
    await until(() => encodings.hasSettled())
    expect(await encodings.make('br')).toBe(packed)
  })

  it('are shared by all who are being sent them, where there is no room to keep them as well', async () => {
    const megabytes = (letter: string) => encode(Buffer.from(letter.repeat(15_000_000)))
    const documents = await Promise.all(['a', 'b', 'c'].map(megabytes))
    const texts = await Promise.all(documents.map((document) => document.make('identity')))
    for (const [n, document] of documents.entries()) {
      expect(await document.make('identity')).toBe(texts[n])
    }
  })
})
