import { mkdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { wordSet } from '../../src/text.ts'
import { ask } from '../support/http.ts'
import { startNewsstand } from '../support/newsstand.ts'
import { page } from '../support/page.ts'
import { until } from '../support/until.ts'

const files = { 'a.txt': page({ author: 'Ada Ak' }) }

describe('addresses that readers try', () => {
  it('lead to the canonical one for good, under every channel', async () => {
    const newsstand = await startNewsstand(files, { BASE_URL: 'https://news.example/base' })
    for (const folder of ['', '/sections/world', '/authors/ada-ak']) {
      for (const [target, addresses] of [
        [
          'rss.xml',
          '/feed/ /rss /rss/ /rss2 /feed/rss /feed/rss2/ /feed.xml /index.xml /feed.rss /?feed=rss2 /rss.xml/ /RSS.xml',
        ],
        ['atom.xml', '/atom /feed/atom /feed/atom/ /feed.atom /?feed=atom /ATOM.xml'],
        ['feed.json', '/Feed.json /feed/json /json /index.json'],
      ] as const) {
        for (const address of addresses.split(' ')) {
          const { status, headers } = await ask(newsstand.url + folder + address)
          expect(status, folder + address).toBe(301)
          expect(headers.location).toBe(`https://news.example/base${folder}/${target}`)
        }
      }
    }
    for (const address of wordSet(`
      /rss/more /?feed=nonsense /xfeed /sections//rss /a/rss /constructor /?feed=__proto__
    `)) {
      expect((await ask(newsstand.url + address)).status, address).not.toBe(301)
    }
  })

  it('include those with letters encoded that need not be', async () => {
    const another = page({ title: 'Another', body: 'Other words.' })
    const newsstand = await startNewsstand({ ...files, 'b.txt': another }, { FEED_ITEMS: '1' })
    for (const [address, target] of [
      ['/%72ss.xml', '/rss.xml'],
      ['/%72%73%73%2exml', '/rss.xml'],
      ['/sections/%77orld/atom%2Exml', '/sections/world/atom.xml'],
      ['/sections/%57orld/rss', '/sections/world/rss.xml'],
      ['/%61rchive/%31/rss.xml', '/archive/1/rss.xml'],
      ['/search/%66eed.json?q=a%20b', '/search/feed.json?q=a%20b'],
      ['/rss%2Exml', '/rss.xml'],
      ['/rss%2exml?a=1&b=%2F', '/rss.xml?a=1&b=%2F'],
      ['/Feed%2ejson', '/feed.json'],
      ['/sections/wor%6Cd/rss%2Exml', '/sections/world/rss.xml'],
      ['/%66eed', '/feed'],
      ['/sections/wor%6cd/feed?x', '/sections/world/feed?x'],
    ]) {
      const { status, headers } = await ask(newsstand.url + address)
      expect(status, address).toBe(301)
      expect(headers.location).toBe(newsstand.url + target)
    }
    for (const address of wordSet(`
      /%2572ss.xml /sections%2fworld%2frss.xml /sections/world%2Frss.xml /rss.xml%20
      /%0d%0aLocation:%20x/%72ss.xml /%2F%2Felsewhere.example/%72ss.xml
      //elsewhere.example/%72ss.xml /%ff
    `)) {
      expect((await ask(newsstand.url + address)).status, address).toBeGreaterThanOrEqual(400)
    }
  })

  it('lead nowhere where there is no such feed', async () => {
    const newsstand = await startNewsstand(files)
    for (const address of wordSet(`
      /sections/none/rss /sections/none%2D/rss.xml /sections/%6Eone/feed /tags/none/?feed=atom
      /archive/%39/rss.xml
    `)) {
      expect((await ask(newsstand.url + address)).status, address).toBe(404)
    }
  })

  it('are looked up without a search, which may not be possible at the moment', async () => {
    const newsstand = await startNewsstand(files)
    await newsstand.stop()
    rmSync(join(newsstand.dataDir, 'search.sqlite'), { force: true })
    mkdirSync(join(newsstand.dataDir, 'search.sqlite'))
    await newsstand.start()
    const target = `${newsstand.url}/search/feed.json?q=ferry`
    expect((await ask(target)).status).toBe(503)
    const { status, headers } = await ask(`${newsstand.url}/search/%66eed.json?q=ferry`)
    expect(status).toBe(301)
    expect(headers.location).toBe(target)
    const wrong = await ask(`${newsstand.url}/search/%66eed.json?q=%22open`)
    expect(wrong.status).toBe(400)
    expect(wrong.body.toString()).toContain('no closing quotation mark')
  })
})

describe('what is not there', () => {
  it('is 404 if it never was, and 410 or an empty feed if it is gone', async () => {
    const newsstand = await startNewsstand(files)
    const item = JSON.parse(await newsstand.text('/feed.json')).items[0]
    expect((await ask(item.url)).status).toBe(200)
    newsstand.remove('a.txt')
    await until(async () => (await ask(item.url)).status === 410)
    const feed = await ask(`${newsstand.url}/authors/ada-ak/feed.json`)
    expect(feed.status).toBe(200)
    expect(JSON.parse(feed.body.toString()).items).toEqual([])
    expect((await ask(`${newsstand.url}/authors/nobody/feed.json`)).status).toBe(404)
    expect((await ask(`${newsstand.url}/articles/no-such-article-12345678`)).status).toBe(404)
  })

  it('is told in HTML, in plain text, or as problem details to those who ask for JSON', async () => {
    const newsstand = await startNewsstand(files)
    const detail = 'The address may be misspelt, or its page was never there.'
    for (const [accept, type, what] of [
      ['*/*', 'text/plain; charset=utf-8', detail],
      ['text/html,*/*;q=0.8', 'text/html; charset=utf-8', '<h1>There is nothing here</h1>'],
      ['application/json', 'application/problem+json', detail],
      ['application/problem+json', 'application/problem+json', detail],
      ['application/feed+json', 'application/problem+json', detail],
    ] as const) {
      const { status, headers, body } = await ask(`${newsstand.url}/nothing`, { Accept: accept })
      expect(status).toBe(404)
      expect(headers, accept).toMatchObject({
        'content-type': type,
        'content-length': String(body.length),
        'cache-control': 'no-cache',
        'access-control-allow-origin': '*',
        'x-content-type-options': 'nosniff',
        vary: 'Accept',
      })
      expect(body.toString()).toContain(what)
    }
    const json = await ask(`${newsstand.url}/nothing`, { Accept: 'application/json' })
    const problem = { type: 'about:blank', title: 'Not Found', status: 404, detail }
    expect(JSON.parse(json.body.toString())).toEqual(problem)
  })
})

describe('methods', () => {
  it('other than reading are not allowed', async () => {
    const newsstand = await startNewsstand(files)
    for (const method of ['POST', 'PUT', 'DELETE', 'PATCH', 'TRACE']) {
      const { status, headers } = await ask(`${newsstand.url}/rss.xml`, {}, method)
      expect(status, method).toBe(405)
      expect(headers.allow).toBe('GET, HEAD, OPTIONS')
    }
  })
})

describe('a web reader at another origin', () => {
  it('may read feeds, and ask for changes', async () => {
    const newsstand = await startNewsstand(files)
    const origin = { Origin: 'https://reader.example' }
    const { headers } = await ask(`${newsstand.url}/rss.xml`, origin)
    expect(headers['access-control-allow-origin']).toBe('*')
    expect(headers['access-control-expose-headers']).toContain('ETag')
    expect(headers['x-content-type-options']).toBe('nosniff')
    const asked = {
      ...origin,
      'Access-Control-Request-Method': 'GET',
      'Access-Control-Request-Headers': 'if-none-match, a-im',
    }
    const preflight = await ask(`${newsstand.url}/rss.xml`, asked, 'OPTIONS')
    expect(preflight.status).toBe(204)
    expect(preflight.headers['access-control-allow-origin']).toBe('*')
    expect(preflight.headers['access-control-allow-methods']).toBe('GET, HEAD, OPTIONS')
    expect(preflight.headers['access-control-allow-headers']).toContain('If-None-Match')
    expect(preflight.headers['access-control-allow-headers']).toContain('A-IM')
  })

  it('finds the other formats in the Link header', async () => {
    const newsstand = await startNewsstand(files, { BASE_URL: 'https://news.example' })
    const { headers } = await ask(`${newsstand.url}/sections/world/atom.xml`)
    const folder = 'https://news.example/sections/world'
    expect(headers.link).toBe(
      `<${folder}/rss.xml>; rel="alternate"; type="application/rss+xml", ` +
        `<${folder}/atom.xml>; rel="self"; type="application/atom+xml", ` +
        `<${folder}/feed.json>; rel="alternate"; type="application/feed+json", ` +
        '<https://news.example/hub>; rel="hub"',
    )
  })
})

describe('hammering', () => {
  it('is answered with 429, and conditional requests never are', async () => {
    const newsstand = await startNewsstand(files, { DOWNLOADS_PER_HOUR: '2', TRUST_PROXY: '1' })
    const url = `${newsstand.url}/rss.xml`
    const from = (ip: string) => ({ 'X-Forwarded-For': `9.9.9.9, ${ip}` })
    const first = await ask(url, from('10.0.0.1'))
    expect(first.status).toBe(200)
    expect((await ask(url, from('10.0.0.1'))).status).toBe(200)
    const limited = await ask(url, from('10.0.0.1'))
    expect(limited.status).toBe(429)
    const wait = Number(limited.headers['retry-after'])
    expect(wait).toBeGreaterThan(3570)
    expect(wait).toBeLessThanOrEqual(3600)
    const conditional = { 'If-None-Match': String(first.headers.etag) }
    expect((await ask(url, { ...from('10.0.0.1'), ...conditional })).status).toBe(304)
    expect((await ask(url, { ...from('10.0.0.1'), 'If-None-Match': '"old"' })).status).toBe(200)
    expect((await ask(`${newsstand.url}/atom.xml`, from('10.0.0.1'))).status).toBe(200)
    expect((await ask(url, from('10.0.0.2'))).status).toBe(200)
    // Whoever has one IPv6 address has 2^64 of them.
    for (const end of ['1', '2']) await ask(url, from(`2001:db8:1:2::${end}`))
    expect((await ask(url, from('2001:db8:1:2:3::4'))).status).toBe(429)
    expect((await ask(url, from('2001:db8:1:3::1'))).status).toBe(200)
  })

  it('is nobody else’s fault: without TRUST_PROXY nobody is believed about who asks', async () => {
    const newsstand = await startNewsstand(files, { DOWNLOADS_PER_HOUR: '1' })
    const url = `${newsstand.url}/rss.xml`
    expect((await ask(url, { 'X-Forwarded-For': '10.0.0.1' })).status).toBe(200)
    expect((await ask(url, { 'X-Forwarded-For': '10.0.0.2' })).status).toBe(429)
  })
})
