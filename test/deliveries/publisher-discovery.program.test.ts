/**
 * What a subscriber finds of hubs, one by one of what the W3C's test suite asks of publishers: websub.rocks, and the
 * template of implementation reports (github.com/w3c/websub, PUBLISHER-TEMPLATE.md). Its two other items are not for feeds:
 * HTML, whose pages are no topics here, and host-meta, which the Recommendation has dropped.
 */
import { parseAtomFeed, parseJsonFeed, parseRssFeed } from 'feedsmith'
import { describe, expect, it } from 'vitest'
import { type Answer, ask } from '../support/http.ts'
import { startNewsstand } from '../support/newsstand.ts'
import { page } from '../support/page.ts'
import { until } from '../support/until.ts'
import { all, atom, only, parseStrictly } from '../support/xml.ts'

const BASE_URL = 'https://news.example/b&c'
const own = `${BASE_URL}/hub`
const files = { 'a.txt': page({ author: 'Ada Ak' }) }
const names = ['rss.xml', 'atom.xml', 'feed.json']

const channels = ['/', '/sections/world/', '/tags/kenya/', '/authors/ada-ak/', '/search/']
const topics = channels.flatMap((channel) =>
  names.map((name) => `${channel}${name}${channel === '/search/' ? '?q=band+%22quay%22' : ''}`),
)

interface Found {
  readonly hub: readonly string[]
  readonly self: readonly string[]
}

/** Of the Link header (RFC 8288), by relation: each stands before the others in some client. */
function inHeader({ headers }: Answer): Found {
  const links = String(headers.link ?? '')
    .split(/,\s*(?=<)/)
    .flatMap((link) => {
      const [, href = '', rel = ''] = /^<([^>]*)>.*;\s*rel="?([^";]*)"?/.exec(link) ?? []
      return rel.split(' ').map((one) => ({ href, rel: one }))
    })
  return found(links)
}

const found = (links: readonly { href?: string; rel?: string }[]): Found => {
  const of = (name: string) =>
    links.flatMap(({ rel, href }) => (rel === name && href ? [href] : []))
  return { hub: of('hub'), self: of('self') }
}

/** As websub.rocks does: by XPath, `/rss/channel/atom:link` and `/atom:feed/atom:link`. */
function inXml(text: string): Found {
  const root = parseStrictly(text)
  const top = root.name === 'rss' ? only(root, 'channel') : root
  return found(all(top, atom('link')).map(({ attributes }) => attributes))
}

/** As a library for feeds has it. */
function inDocument({ body }: Answer, name: string): Found {
  const text = body.toString()
  if (name.startsWith('feed.json')) {
    const { hubs = [], feed_url } = parseJsonFeed(text)
    expect(hubs.every(({ type }) => type === 'WebSub')).toBe(true)
    return { hub: hubs.flatMap(({ url }) => url ?? []), self: feed_url ? [feed_url] : [] }
  }
  const links = name.startsWith('rss') ? parseRssFeed(text).atom?.links : parseAtomFeed(text).links
  expect(inXml(text)).toEqual(found(links ?? []))
  return found(links ?? [])
}

const fileOf = (path: string) => path.slice(path.lastIndexOf('/') + 1)

/** A part of the test that needs another server would take longer than all it asks. */
const start = (env = {}) =>
  startNewsstand(
    { ...files, 'b.md': '---\ntitle: B\ndate: 2024-01-01\ntags: [Kenya]\n---\nIn Kenya.\n' },
    { BASE_URL, ...env },
  )

describe('a subscriber finds the hub, and one address of the document', () => {
  it('in the header of a GET and of a HEAD, and the same within RSS, Atom and JSON Feed', async () => {
    const { url } = await start()
    for (const path of topics) {
      const answer = await ask(url + path)
      expect(answer.status, path).toBe(200)
      const expected = { hub: [own], self: [BASE_URL + path] }
      expect(inHeader(answer), path).toEqual(expected)
      expect(inHeader(await ask(url + path, {}, 'HEAD')), path).toEqual(expected)
      expect(inDocument(answer, fileOf(path)), path).toEqual(expected)
    }
  })

  it('whatever was accepted: at /feed each format has an address of its own (§4.1)', async () => {
    const { url } = await start()
    for (const [accept, name] of [
      ['application/json', 'feed.json'],
      ['application/atom+xml', 'atom.xml'],
      ['*/*', 'rss.xml'],
    ] as const) {
      const chosen = inHeader(await ask(`${url}/feed`, { Accept: accept }))
      expect(chosen).toEqual({ hub: [own], self: [`${BASE_URL}/${name}`] })
    }
    for (const accept of ['application/json', 'text/xml;q=0.1', '*/*']) {
      const { headers } = await ask(`${url}/atom.xml`, { Accept: accept })
      expect(headers['content-type']).toContain('application/atom+xml')
    }
  })

  it('in a 304, and in a 226 of what is new', async () => {
    const newsstand = await start()
    const path = '/atom.xml'
    const first = await ask(newsstand.url + path)
    const known = { 'If-None-Match': String(first.headers.etag), 'A-IM': 'feed' }
    const fresh = await ask(newsstand.url + path, known)
    const expected = { hub: [own], self: [BASE_URL + path] }
    expect([fresh.status, inHeader(fresh)]).toEqual([304, expected])
    newsstand.write('c.txt', page({ title: 'The second ferry' }))
    let delta = fresh
    await until(async () => {
      delta = await ask(newsstand.url + path, known)
      return delta.status === 226
    })
    expect(inHeader(delta)).toEqual(expected)
    expect(inDocument(delta, 'atom.xml')).toEqual(expected)
  })

  it('each of several hubs, ours first', async () => {
    const others = ['https://hub.example/?a=1&b=2', 'http://127.0.0.1:1/push']
    for (const [HUBS, hub] of [
      [`${others[0]}, self, ${others[1]}, ${own}`, [own, ...others]],
      [others.join(), others],
    ] as const) {
      const { url } = await start({ HUBS })
      for (const name of names) {
        const answer = await ask(`${url}/sections/world/${name}`)
        const expected = { hub, self: [`${BASE_URL}/sections/world/${name}`] }
        expect(inHeader(answer)).toEqual(expected)
        expect(inDocument(answer, name)).toEqual(expected)
      }
    }
  })

  it('within the document alone where its address is too long for a header', async () => {
    const { url } = await start()
    for (const name of names) {
      for (const [times, header] of [
        [1, true],
        [15, true],
        [19, false],
        [28, false],
      ] as const) {
        const query = encodeURIComponent(`"${'старая гавань '.repeat(times)}"`)
        const path = `/search/${name}?q=${query}`
        const answer = await ask(url + path)
        const expected = { hub: [own], self: [BASE_URL + path] }
        expect(answer.status).toBe(200)
        expect(inHeader(answer), `${path.length}`).toEqual(
          header ? expected : { hub: [], self: [] },
        )
        expect(inDocument(answer, name)).toEqual(expected)
      }
    }
  })
})

describe('a subscriber finds no hub', () => {
  it('of archive documents, which stay as they are: neither in their headers nor within', async () => {
    const { url } = await startNewsstand(
      Object.fromEntries([1, 2, 3, 4].map((n) => [`${n}.txt`, page({ title: `Story ${n}` })])),
      { FEED_ITEMS: '2', BASE_URL },
    )
    for (const name of names) {
      const path = `/archive/1/${name}`
      const answer = await ask(url + path)
      expect(answer.status).toBe(200)
      const expected = { hub: [], self: [BASE_URL + path] }
      expect(inHeader(answer)).toEqual(expected)
      expect(inDocument(answer, name)).toEqual(expected)
      expect(answer.body.toString()).not.toContain('hub')
    }
  })

  it('where there is none, and the documents are otherwise the same', async () => {
    const [none, one] = [await start({ HUBS: 'none' }), await start()]
    for (const path of topics) {
      const [without, answer] = [await ask(none.url + path), await ask(one.url + path)]
      expect(without.headers.link).toBe(
        String(answer.headers.link).replace(`, <${own}>; rel="hub"`, ''),
      )
      const text = answer.body
        .toString()
        .replace(/^ *<(?:atom:)?link rel="hub" .*\n/m, '')
        .replace(/^ "hubs": \[\n[^\]]*\],\n/m, '')
      expect(without.body.toString()).toBe(text)
      expect(text).not.toContain('hub')
    }
  })
})
