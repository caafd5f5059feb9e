import { type IncomingHttpHeaders, request } from 'node:http'
import { describe, expect, it } from 'vitest'
import { feedFormats } from '../../src/channels/feed-formats.ts'
import { ask } from '../support/http.ts'
import { startNewsstand } from '../support/newsstand.ts'
import { page } from '../support/page.ts'
import { until } from '../support/until.ts'

/** As proxies count them: nginx has 4 kB for all headers of an answer, and its own lines beside ours. */
const mostHeaders = 2000
const mostWithHub = 3000

interface Head {
  readonly status: number
  readonly headers: IncomingHttpHeaders
  readonly bytes: number
}

function head(url: string, headers: Record<string, string> = {}): Promise<Head> {
  return new Promise((resolve, reject) => {
    request(url, { headers, agent: false }, (response) => {
      response.resume()
      const { statusCode = 0, statusMessage = '', rawHeaders } = response
      const lines = [`HTTP/1.1 ${statusCode} ${statusMessage}`, '', '']
      const bytes = rawHeaders.reduce(
        (sum, text) => sum + text.length + 2,
        lines.join('\r\n').length,
      )
      resolve({ status: statusCode, headers: response.headers, bytes })
    })
      .on('error', reject)
      .end()
  })
}

const words = `"${'старая гавань '.repeat(28)}"`
const encoded = encodeURIComponent(words)
const people = { Accept: 'text/html', 'Sec-Fetch-Dest': 'document' }

describe('headers', () => {
  it('stay below 2 kB whatever is searched for: a proxy gives them no more than 4', async () => {
    const newsstand = await startNewsstand({ 'a.txt': page() })
    expect(encoded.length).toBeGreaterThan(2000)
    for (const { fileName: name } of feedFormats) {
      const path = `${newsstand.url}/search/${name}?q=${encoded}`
      const found = await head(path)
      expect(found.status).toBe(200)
      expect(found.bytes).toBeLessThan(mostHeaders)
      expect(found.headers.link).toBe(undefined)
      const fresh = await head(path, { 'If-None-Match': found.headers.etag ?? '' })
      expect([fresh.status, fresh.bytes < mostHeaders]).toEqual([304, true])
      expect((await head(path, people)).bytes).toBeLessThan(mostHeaders)
      const short = await head(`${newsstand.url}/search/${name}?q=${'harbour+'.repeat(10)}`)
      expect(short.headers.link).toContain('rel="self"')
      expect(short.bytes).toBeLessThan(mostHeaders)
    }
    const found = await head(`${newsstand.url}/search?q=${encoded}`, people)
    expect([found.status, found.bytes < mostHeaders]).toEqual([200, true])
  })

  it('stay below 3 kB with the hub, which stands beside an address of 1,500 bytes at most', async () => {
    const newsstand = await startNewsstand({})
    const linkTo = (path: string) =>
      `<${newsstand.url}${path}>; rel="self", <${newsstand.url}/hub>; rel="hub"`
    for (const { fileName: name } of feedFormats) {
      const begin = 'старая гавань '.repeat(18)
      const pathTo = (end: string) => `/search/${name}?q=${encodeURIComponent(`"${begin}${end}"`)}`
      const text = begin + 'x'.repeat(1500 - (newsstand.url + pathTo('')).length)
      const path = pathTo(text.slice(begin.length))
      const first = await head(newsstand.url + path)
      expect(first.headers.link).toBe(linkTo(path))
      expect(first.bytes).toBeLessThan(mostWithHub)
      expect((await head(`${newsstand.url}${path.slice(0, -3)}x%22`)).headers.link).toBe(undefined)
      newsstand.write(`${name}.txt`, page({ title: name, body: text }))
      const asked = { 'If-None-Match': first.headers.etag ?? '', 'A-IM': 'feed' }
      await until(async () => {
        const { status, headers, bytes } = await head(newsstand.url + path, asked)
        expect(headers.link).toBe(linkTo(path))
        expect(bytes).toBeLessThan(mostWithHub)
        return status === 226
      })
    }
  })

  it('stay below 2 kB where an address leads to another: one that is too long does not', async () => {
    const newsstand = await startNewsstand({ 'a.txt': page() })
    const many = 'a'.repeat(1500)
    for (const [path, status] of [
      ['/search/?q=harbour', 301],
      [`/search/?q=${encoded}`, 414],
      [`/subscribe/?${many}`, 414],
      [`/index.html?${many}`, 414],
      [`/tags/${many}/feed`, 404],
      [`/tags/${many}/FEED`, 414],
      [`/tags/${many}`, 404],
      [`/tags/${many.toUpperCase()}/`, 404],
      [`/sections/world?${many}`, 414],
      [`/%73earch/rss.xml?q=${encoded}`, 414],
      [`/articles/${many}/`, 404],
      [`/rss.xml?${many}`, 200],
    ] as const) {
      for (const headers of [{}, people]) {
        const found = await head(newsstand.url + path, headers)
        expect([path.slice(0, 20), found.status]).toEqual([path.slice(0, 20), status])
        expect(found.bytes).toBeLessThan(mostHeaders)
      }
    }
  })

  it('and pages are made for words that are cut off within a letter', async () => {
    const newsstand = await startNewsstand({ 'a.txt': page() })
    for (let more = 0; more < 4; more += 1) {
      const words = `${'a'.repeat(398 + more)}%F0%9F%98%80%F0%9F%98%80`
      expect((await ask(`${newsstand.url}/search?q=${words}`)).status).toBe(200)
      expect((await ask(`${newsstand.url}/subscribe?words=${words.slice(100)}`)).status).toBe(200)
    }
  })

  it('are not made for an address without end', async () => {
    const newsstand = await startNewsstand({ 'a.txt': page() })
    expect((await ask(`${newsstand.url}/rss.xml?${'a'.repeat(7980)}`)).status).toBe(200)
    const { status, body } = await ask(`${newsstand.url}/rss.xml?${'a'.repeat(8000)}`)
    expect(status).toBe(414)
    expect(body.toString()).toBe('An address has 8000 characters at most.\n')
  })
})
