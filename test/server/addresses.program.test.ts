import { mkdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { ask } from '../support/http.ts'
import { startNewsstand, until } from '../support/newsstand.ts'
import { page } from '../support/page.ts'

const files = { 'a.txt': page({ author: 'Ada Ak' }) }

describe('addresses that readers try', () => {
  it('lead to the canonical one for good, under every channel', async () => {
    const newsstand = await startNewsstand(files, { BASE_URL: 'https://news.example/base' })
    for (const folder of ['', '/sections/world', '/authors/ada-ak']) {
      for (const [address, target] of [
        ['/feed/', 'rss.xml'],
        ['/rss', 'rss.xml'],
        ['/rss/', 'rss.xml'],
        ['/rss2', 'rss.xml'],
        ['/feed/rss', 'rss.xml'],
        ['/feed/rss2/', 'rss.xml'],
        ['/feed.xml', 'rss.xml'],
        ['/index.xml', 'rss.xml'],
        ['/feed.rss', 'rss.xml'],
        ['/?feed=rss2', 'rss.xml'],
        ['/rss.xml/', 'rss.xml'],
        ['/RSS.xml', 'rss.xml'],
        ['/atom', 'atom.xml'],
        ['/feed/atom', 'atom.xml'],
        ['/feed/atom/', 'atom.xml'],
        ['/feed.atom', 'atom.xml'],
        ['/?feed=atom', 'atom.xml'],
        ['/ATOM.xml', 'atom.xml'],
        ['/Feed.json', 'feed.json'],
        ['/feed/json', 'feed.json'],
        ['/json', 'feed.json'],
        ['/index.json', 'feed.json'],
      ]) {
        const { status, headers } = await ask(newsstand.url + folder + address)
        expect(status, folder + address).toBe(301)
        expect(headers.location).toBe(`https://news.example/base${folder}/${target}`)
      }
    }
    for (const address of [
      '/rss/more',
      '/?feed=nonsense',
      '/xfeed',
      '/sections//rss',
      '/a/rss',
      '/constructor',
      '/?feed=__proto__',
    ]) {
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
    for (const address of [
      '/%2572ss.xml',
      '/sections%2fworld%2frss.xml',
      '/sections/world%2Frss.xml',
      '/rss.xml%20',
      '/%0d%0aLocation:%20x/%72ss.xml',
      '/%2F%2Felsewhere.example/%72ss.xml',
      '//elsewhere.example/%72ss.xml',
      '/%ff',
    ]) {
      expect((await ask(newsstand.url + address)).status, address).toBeGreaterThanOrEqual(400)
    }
  })

  it('lead nowhere where there is no such feed', async () => {
    const newsstand = await startNewsstand(files)
    for (const address of [
      '/sections/none/rss',
      '/sections/none%2D/rss.xml',
      '/sections/%6Eone/feed',
      '/tags/none/?feed=atom',
      '/archive/%39/rss.xml',
    ]) {
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

  it('include /feed, which gives what is asked for', async () => {
    const newsstand = await startNewsstand(files)
    const type = async (accept?: string) => {
      const headers: Record<string, string> = accept ? { Accept: accept } : {}
      const answer = await ask(`${newsstand.url}/sections/world/feed`, headers)
      expect(answer.status).toBe(200)
      expect(answer.headers.vary).toBe(
        'Accept, Accept-Encoding, Sec-Fetch-Dest, Upgrade-Insecure-Requests',
      )
      return answer.headers['content-type']?.split(';')[0]
    }
    expect(await type()).toBe('application/rss+xml')
    expect(await type('*/*')).toBe('application/rss+xml')
    expect(await type('text/html;q=0.5,application/xml')).toBe('application/rss+xml')
    expect(await type('application/atom+xml')).toBe('application/atom+xml')
    expect(await type('application/feed+json, */*;q=0.1')).toBe('application/feed+json')
    expect(await type('application/json')).toBe('application/feed+json')
    expect(await type('application/json, text/json, text/xml')).toBe('application/feed+json')
    expect(await type('application/json, */*;q=0')).toBe('application/feed+json')
    expect(await type('application/json, text/plain, */*')).toBe('application/rss+xml')
    expect(await type('application/json, */*;q=0.1')).toBe('application/rss+xml')
    expect(await type('application/json, application/feed+json;q=0.9, */*;q=0.5')).toBe(
      'application/feed+json',
    )
    expect(await type('application/atom+xml;q=0.5, application/rss+xml;q=0.9')).toBe(
      'application/rss+xml',
    )
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

  it('is told in plain text, or as problem details to those who ask for JSON', async () => {
    const newsstand = await startNewsstand(files)
    const plain = await ask(`${newsstand.url}/nothing`)
    expect(plain.headers['content-type']).toBe('text/plain; charset=utf-8')
    expect(plain.body.toString()).toBe(
      'The address may be misspelt, or its page was never there.\n',
    )
    expect(plain.headers).toMatchObject({
      'content-length': String(plain.body.length),
      'cache-control': 'no-cache',
      'access-control-allow-origin': '*',
      'x-content-type-options': 'nosniff',
      vary: 'Accept',
    })
    for (const type of ['application/problem+json', 'application/feed+json']) {
      const { headers } = await ask(`${newsstand.url}/nothing`, { Accept: type })
      expect(headers['content-type'], type).toBe('application/problem+json')
    }
    const json = await ask(`${newsstand.url}/nothing`, { Accept: 'application/json' })
    expect(json.headers['content-type']).toBe('application/problem+json')
    expect(JSON.parse(json.body.toString())).toEqual({
      type: 'about:blank',
      title: 'Not Found',
      status: 404,
      detail: 'The address may be misspelt, or its page was never there.',
    })
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
        `<${folder}/feed.json>; rel="alternate"; type="application/feed+json"`,
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
