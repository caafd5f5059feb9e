import { brotliDecompressSync, gunzipSync, zstdDecompressSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { ask } from '../support/http.ts'
import { startNewsstand } from '../support/newsstand.ts'
import { page } from '../support/page.ts'
import { until } from '../support/until.ts'

const files = {
  'a.txt': page({ body: 'A long story, told twice. '.repeat(200) }),
  'b.txt': page({ title: 'Another', body: 'Other words. '.repeat(200), section: 'SPORTS' }),
}

describe('a compressed feed', () => {
  it('says the same in every coding', async () => {
    const newsstand = await startNewsstand(files)
    const url = `${newsstand.url}/rss.xml`
    const plain = await ask(url)
    for (const [coding, decode] of [
      ['identity', (bytes: Buffer) => bytes],
      ['gzip', gunzipSync],
      ['br', brotliDecompressSync],
      ['zstd', zstdDecompressSync],
    ] as const) {
      const answer = await ask(url, { 'Accept-Encoding': coding })
      const isPlain = coding === 'identity'
      expect(answer.headers['content-encoding']).toBe(isPlain ? undefined : coding)
      expect(answer.headers['content-length']).toBe(String(answer.body.length))
      expect(decode(answer.body).equals(plain.body), coding).toBe(true)
      expect(answer.body.length < plain.body.length / 2).toBe(!isPlain)
      // Other bytes are another representation (RFC 9110 §8.8.3).
      expect(answer.headers.etag === plain.headers.etag).toBe(isPlain)
      const head = await ask(url, { 'Accept-Encoding': coding }, 'HEAD')
      expect({ ...head.headers, date: '' }).toEqual({ ...answer.headers, date: '' })
      expect(head.body.length).toBe(0)
    }
  })

  it('is chosen by what the client prefers', async () => {
    const newsstand = await startNewsstand(files)
    const coding = async (accepted: string) => {
      const { headers } = await ask(`${newsstand.url}/rss.xml`, { 'Accept-Encoding': accepted })
      return headers['content-encoding'] ?? 'identity'
    }
    expect(await coding('gzip;q=0.5, identity')).toBe('identity')
    expect(await coding('gzip;q=0')).toBe('identity')
    expect(await coding('br;q=0, gzip')).toBe('gzip')
    expect(await coding('deflate')).toBe('identity')
    expect(await coding('identity')).toBe('identity')
    expect(await coding('*;q=0')).toBe('identity')
    expect(await coding('identity;q=0, *;q=0')).toBe('identity')
    expect(await coding('GZIP')).toBe('gzip')
    expect(await coding('x-gzip')).toBe('gzip')
    expect(await coding('zstd;q=0.9, br;q=0.1')).toBe('zstd')
    // The smallest is made meanwhile, for those who come later.
    await until(async () => (await coding('gzip, deflate, br, zstd')) === 'br')
  })

  it('is made of what is small only for those who refuse the text as it is', async () => {
    const newsstand = await startNewsstand({})
    const paths = ['/rss.xml', '/robots.txt', '/site.webmanifest']
    for (const path of paths) {
      const plain = await ask(newsstand.url + path)
      expect(plain.body.length).toBeLessThan(1400)
      for (const accepted of [
        'gzip, br',
        'gzip, identity;q=0.1',
        'br, *;q=0.1',
        'identity;q=0',
        '*;q=0',
      ]) {
        const answer = await ask(newsstand.url + path, { 'Accept-Encoding': accepted })
        expect(answer.headers['content-encoding'], `${path} ${accepted}`).toBeUndefined()
      }
      for (const [accepted, coding, decode] of [
        ['gzip, identity;q=0', 'gzip', gunzipSync],
        ['gzip;q=0.1, *;q=0', 'gzip', gunzipSync],
        ['identity;q=0, *', 'gzip', gunzipSync],
        ['br, identity;q=0', 'br', brotliDecompressSync],
      ] as const) {
        const answer = await ask(newsstand.url + path, { 'Accept-Encoding': accepted })
        expect(answer.headers['content-encoding'], `${path} ${accepted}`).toBe(coding)
        expect(decode(answer.body).equals(plain.body)).toBe(true)
        expect(answer.headers.etag).toBe(plain.headers.etag?.replace(/"$/, `-${coding}"`))
      }
    }
  })
})
