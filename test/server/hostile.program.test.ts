import { mkdirSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { wordSet } from '../../src/text.ts'
import { temporaryFolder } from '../support/folder.ts'
import { ask } from '../support/http.ts'
import { startNewsstand } from '../support/newsstand.ts'
import { page } from '../support/page.ts'
import { exchange, expectWell, get } from '../support/raw.ts'

const files = { 'a.txt': page({ author: 'Ada Ak' }), 'boat.png': 'not an image' }

/** Answers of the client's making, and no answer at all. */
const isTheirs = (status: number) => status < 500

describe('a header of an answer', () => {
  it('holds no line that a request brought', async () => {
    const newsstand = await startNewsstand(files)
    const lines = ['\r\nX-Injected: 1', '\nX-Injected: 1', '\rX-Injected: 1', '\u0085X-Injected: 1']
    const encoded = [
      '%0d%0aX-Injected:1',
      '%0aX-Injected:1',
      '%0dX-Injected:1',
      '%E5%98%8A%E5%98%8DX-Injected:1',
    ]
    for (const end of encoded) {
      const targets = wordSet(`
        /sections/World${end} /sections/World${end}/ /sections/World/rss${end}
        /sections/World${end}/rss /rss?a=${end} /RSS.xml?${end} /${end}rss.xml /articles/x${end}/
        /articles/?${end} /subscribe/?${end} /search/rss.xml?q=${end} /search?q=${end}
        /?feed=rss${end} /%72ss${end}.xml http://x${end}/rss
      `)
      for (const target of targets) {
        const { text, statuses } = await exchange(newsstand.url, get(target, 'Connection: close'))
        expect(text.split('\r\n\r\n')[0], target).not.toMatch(/^X-Injected/im)
        expect(statuses.length, target).toBe(1)
        expect(statuses.every(isTheirs), `${target}: ${statuses}`).toBe(true)
      }
    }
    for (const line of lines) {
      for (const header of [
        'If-None-Match: "x',
        'Accept-Language: de',
        'Accept: text/html',
        'A-IM: feed',
      ]) {
        const bytes = get('/', `${header}${line}`, 'Connection: close')
        const { text, statuses } = await exchange(newsstand.url, bytes)
        expect(text.split('\r\n\r\n')[0]).not.toMatch(/^X-Injected/im)
        expect(statuses.every(isTheirs), `${header}: ${statuses}`).toBe(true)
      }
    }
    await expectWell(newsstand)
  })
})

describe('a path', () => {
  it('leads to nothing outside of what is published, however it is written', async () => {
    const newsstand = await startNewsstand({ ...files, '.hidden/boat.png': 'SECRET' })
    const outside = temporaryFolder({ 'secret.png': 'SECRET', 'folder/secret.png': 'SECRET' })
    symlinkSync(join(outside, 'secret.png'), join(newsstand.articlesDir, 'link.png'))
    symlinkSync(join(outside, 'folder'), join(newsstand.articlesDir, 'linked'))
    mkdirSync(join(newsstand.articlesDir, 'folder.png'))
    const name = outside.slice(outside.lastIndexOf('/') + 1)
    expect((await ask(`${newsstand.url}/media/boat.png`)).body.toString()).toBe('not an image')
    const ups = wordSet(`
      ../ %2e%2e/ %2e%2e%2f ..%2f %252e%252e%252f ..%5c ..\\ %2e%2e%5c %c0%ae%c0%ae/
      %c0%ae%c0%ae%c0%af %e0%80%ae%e0%80%ae/ %uff0e%uff0e/ ..;/ ....//
    `)
    const named = wordSet(`
      /media/link.png /media/linked/secret.png /media/folder.png /media/.hidden/boat.png
      /media/%2ehidden/boat.png /media/a.txt /media/a.txt%00.png /media/boat.png%00
      /media/boat.png%00.txt /media//etc/hosts /media/boat.png/ /media/boat.png/..;/a.txt
      //etc/passwd /media/ /media /media/% /media/%ff.png /media${outside}/secret.png
    `)
    const targets = [...named]
    const folders = '/media/ / /articles/ /sections/ /sections/world/ /authors/x/'.split(' ')
    for (const up of ups) {
      for (const folder of folders) {
        targets.push(`${folder}${up.repeat(8)}etc/passwd`)
        targets.push(`${folder}${up}${name}/secret.png`)
        targets.push(
          `${folder}${up}package.json`,
          `${folder}${up}src/main.ts`,
          `${folder}${up}a.txt`,
        )
      }
      targets.push(`http://x/media/${up.repeat(3)}etc/passwd`, `http://x/${up}package.json`)
    }
    for (const target of targets) {
      const bytes = get(target, 'Connection: close')
      const { text, statuses } = await exchange(newsstand.url, bytes)
      expect(text, target).not.toMatch(/SECRET|root:|"license"|The first ferry|import /)
      expect(statuses, target).not.toContain(200)
      expect(statuses.every(isTheirs), `${target}: ${statuses}`).toBe(true)
    }
    await expectWell(newsstand)
  })
})

describe('a request that two servers could read in two ways', () => {
  it('is refused, and what follows it is not taken for another', async () => {
    const newsstand = await startNewsstand(files)
    const inner = 'GET /rss.xml?smuggled HTTP/1.1\r\nHost: x\r\n\r\n'
    const start = 'POST / HTTP/1.1\r\nHost: x\r\n'
    const chunked = 'Transfer-Encoding: chunked\r\n'
    for (const bytes of [
      `${start}Content-Length: 6\r\n${chunked}\r\n0\r\n\r\n${inner}`,
      `${start}${chunked}Content-Length: 6\r\n\r\n0\r\n\r\n${inner}`,
      `${start}Content-Length: 0\r\nContent-Length: 40\r\n\r\n${inner}`,
      `${start}Content-Length: 0, 40\r\n\r\n${inner}`,
      `${start}Content-Length: +0\r\n\r\n${inner}`,
      `${start}Content-Length: -1\r\n\r\n${inner}`,
      `${start}Content-Length: 0x0\r\n\r\n${inner}`,
      `${start}Content-Length : 0\r\n\r\n${inner}`,
      `${start}Transfer-Encoding : chunked\r\n\r\n0\r\n\r\n${inner}`,
      `${start}Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n${inner}`,
      `${start}Transfer-Encoding: chunked, identity\r\n\r\n0\r\n\r\n${inner}`,
      `${start}Transfer-Encoding: \x0bchunked\r\n\r\n0\r\n\r\n${inner}`,
      `${start}Transfer-Encoding: identity\r\n${chunked}Content-Length: 3\r\n\r\n0\r\n\r\n${inner}`,
      `${start}X: a\n${chunked}\r\n0\r\n\r\n${inner}`,
      `${start}X: a\r${chunked}\r\n0\r\n\r\n${inner}`,
      `${start} Content-Length: 40\r\n\r\n${inner}`,
      `${start}${chunked}\r\n0x1\r\na\r\n0\r\n\r\n${inner}`,
      `${start}${chunked}\r\n1\na\n0\n\n${inner}`,
      `${start}${chunked}\r\n1\r\nab\r\n0\r\n\r\n${inner}`,
      `${start}${chunked}\r\n-1\r\na\r\n0\r\n\r\n${inner}`,
      `${start}${chunked}\r\n${'f'.repeat(17)}\r\na\r\n0\r\n\r\n${inner}`,
      `GET / HTTP/1.1\nHost: x\n\n${inner}`,
    ]) {
      const { text, statuses } = await exchange(newsstand.url, bytes)
      expect(statuses.every(isTheirs), bytes).toBe(true)
      expect(text, bytes).not.toContain('<rss')
    }
    // These are right, and the second request of each is one.
    for (const bytes of [
      `${start}${chunked}\r\n3;a=b;c="d"\r\nabc\r\n0\r\nTrailer: x\r\n\r\n${inner}`,
      `${start}Content-Length: 3\r\n\r\nabc${inner}`,
    ]) {
      const { text, statuses } = await exchange(newsstand.url, bytes, 2)
      expect(statuses, bytes).toEqual([405, 200])
      expect(text).toContain('<rss')
    }
    await expectWell(newsstand)
  })
})

describe('a request that is no usual one', () => {
  it('gets an answer of its kind, and never ours for a fault', async () => {
    const newsstand = await startNewsstand(files)
    const long = 'a'.repeat(20_000)
    const places = wordSet(`
      / /articles/ /sections/ /tags/x/ /media/ /search?q= /subscribe?words= /?page=
      /search/rss.xml?q= /sections/world/
    `)
    const cases: [string, number[] | undefined][] = [
      [get(`/${long}`), [431]],
      [get('/', `X: ${long}`), [431]],
      [get('/', ...Array.from({ length: 1500 }, (_, n) => `X-${n}: 0123456789`)), [431]],
      [get(`/search?q=${'a'.repeat(15_000)}`), [414]],
      [get(`/search?q=${'a'.repeat(7900)}`), [200]],
      [get('/', `If-None-Match: ${'"x",'.repeat(3500)}`, 'Connection: close'), [200]],
      [get('/', `Accept-Language: ${'x-y,'.repeat(3500)}`), [200]],
      [get('/rss.xml', `Accept-Encoding: ${'x,'.repeat(7000)}`), [200]],
      [get('/rss.xml', 'Range: bytes=0-3'), [200]],
      [get('/media/boat.png', 'Range: bytes=0-2'), [206]],
      [get('/media/boat.png', `Range: bytes=${'0-1,'.repeat(3000)}0-1`), undefined],
      [get('/media/boat.png', 'Range: bytes=99-'), [416]],
      [get('/media/boat.png', 'Range: bytes=-0'), undefined],
      [
        get('/', 'Upgrade: h2c', 'Connection: Upgrade, HTTP2-Settings', 'HTTP2-Settings: AAMAAABk'),
        [200],
      ],
      [get('/', 'Upgrade: websocket', 'Connection: Upgrade'), [200]],
      [get('/', 'Expect: 100-continue'), [100, 200]],
      [get('/', 'Expect: the-unexpected'), [417]],
      ['HEAD /rss.xml HTTP/1.1\r\nHost: x\r\n\r\n', [200]],
      ['OPTIONS * HTTP/1.1\r\nHost: x\r\n\r\n', [204]],
      ['TRACE / HTTP/1.1\r\nHost: x\r\nCookie: secret\r\n\r\n', [405]],
      ['PROPFIND / HTTP/1.1\r\nHost: x\r\n\r\n', [405]],
      ['CONNECT x:80 HTTP/1.1\r\nHost: x\r\n\r\n', []],
      ['BREW / HTTP/1.1\r\nHost: x\r\n\r\n', [400]],
      ['get / HTTP/1.1\r\nHost: x\r\n\r\n', [400]],
      ['GET\r\n\r\n', [400]],
      ['\r\n\r\nGET / HTTP/1.1\r\nHost: x\r\n\r\n', [200]],
      ['GET / HTTP/1.1\r\n\r\n', [400]],
      ['GET / HTTP/1.1\r\nHost: \r\n\r\n', undefined],
      ['GET / HTTP/1.1\r\nHost: a b\r\n\r\n', undefined],
      ['GET / HTTP/1.1\r\nHost: x/../y@z:99999999\r\n\r\n', undefined],
      ['GET / HTTP/1.0\r\n\r\n', [200]],
      ['GET / HTTP/1.0\r\nConnection: keep-alive\r\n\r\nGET / HTTP/1.0\r\n\r\n', [200, 200]],
      ['GET /\r\n\r\n', undefined],
      ['GET / HTTP/0.9\r\n\r\n', undefined],
      ['GET / HTTP/2.0\r\nHost: x\r\n\r\n', undefined],
      ['GET / HTTP/9.9\r\nHost: x\r\n\r\n', [400]],
      ['PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n', [400]],
      ['GET * HTTP/1.1\r\nHost: x\r\n\r\n', undefined],
      ['GET rss.xml HTTP/1.1\r\nHost: x\r\n\r\n', undefined],
      ['GET ?feed=rss HTTP/1.1\r\nHost: x\r\n\r\n', undefined],
      ['GET http:// HTTP/1.1\r\nHost: x\r\n\r\n', undefined],
      ['GET http://[::1 HTTP/1.1\r\nHost: x\r\n\r\n', undefined],
      ['GET http://x HTTP/1.1\r\nHost: x\r\n\r\n', [200]],
      ['GET http://x?page=1 HTTP/1.1\r\nHost: x\r\n\r\n', [200]],
      ['GET ftp://x/rss.xml HTTP/1.1\r\nHost: x\r\n\r\n', undefined],
      ['GET //x/rss.xml HTTP/1.1\r\nHost: x\r\n\r\n', [404]],
      ['GET /\0 HTTP/1.1\r\nHost: x\r\n\r\n', [400]],
      ['GET /\xff\xfe HTTP/1.1\r\nHost: x\r\n\r\n', undefined],
      ['GET / HTTP/1.1\r\nHost: x\r\nX: \0\r\n\r\n', [400]],
      ['GET / HTTP/1.1\r\nHost: x\r\n: empty\r\n\r\n', [400]],
      ['GET / HTTP/1.1\r\nHost: x\r\nno colon\r\n\r\n', [400]],
      ['\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03', [400]],
      ['\0'.repeat(1000), [400]],
      ['%'.repeat(100_000), [400]],
      ...['%', '%f', '%zz', '%ff', '%c3%28', '%ed%a0%80', '%00', '%u0041', '%2'].flatMap((bad) =>
        [...places].map((place): [string, undefined] => [get(`${place}${bad}`), undefined]),
      ),
      [get('/rss.xml', 'If-Modified-Since: Thu, 99 Foo 99999 99:99:99 GMT'), [200]],
      [get('/rss.xml', 'Accept: ;;;,,,/;q=,*/*;q=x'), [200]],
      [get('/rss.xml', 'Accept-Encoding: gzip;q=1e999, br;q=-1, ;;;'), [200]],
      [get('/rss.xml', 'A-IM: feed;q=', 'If-None-Match: """,W/,"'), [200]],
      [get('/', 'Accept-Language: en-u-ca-\xff, *;q=NaN, -, a'), [200]],
      [get('/', 'X-Forwarded-For: \xff, 999.1.1.1, ::::', 'Forwarded: for=_'), [200]],
      [get('/', 'Cookie: \xff;=;__proto__=1'), [200]],
      [get('/rss.xml?__proto__[x]=1&constructor.prototype=2'), [200]],
    ]
    const answers = await Promise.all(
      cases.map(([bytes, expected]) => exchange(newsstand.url, bytes, expected?.length)),
    )
    for (const [n, [bytes, expected]] of cases.entries()) {
      const statuses = answers[n]?.statuses ?? []
      const what = bytes.slice(0, 100)
      expect(statuses.every(isTheirs), `${what}: ${statuses}`).toBe(true)
      if (expected) expect(statuses, what).toEqual(expected)
    }
    await expectWell(newsstand)
  })

  it('may come with others in one packet', async () => {
    const newsstand = await startNewsstand(files)
    const bytes = get('/rss.xml', 'If-None-Match: *').repeat(500) + get('/healthz')
    const { statuses } = await exchange(newsstand.url, bytes, 501)
    expect(statuses).toHaveLength(501)
    expect(new Set(statuses)).toEqual(new Set([304, 200]))
    await expectWell(newsstand)
  })
})

describe('a User-Agent that takes long to read', () => {
  it('is not read', async () => {
    const newsstand = await startNewsstand(files)
    const started = performance.now()
    for (let n = 0; n < 10; n += 1) {
      const agent = `User-Agent: a${' '.repeat(15_000 - n)}a`
      const { statuses } = await exchange(
        newsstand.url,
        get('/rss.xml', agent, 'Connection: close'),
      )
      expect(statuses).toEqual([200])
    }
    // Each of them took half a second.
    expect(performance.now() - started).toBeLessThan(2000)
  })
})
