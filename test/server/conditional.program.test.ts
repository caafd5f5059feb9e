import { describe, expect, it } from 'vitest'
import { parseHttpDate } from '../../src/server/conditional.ts'
import { ask } from '../support/http.ts'
import { startNewsstand } from '../support/newsstand.ts'
import { page } from '../support/page.ts'
import { until } from '../support/until.ts'

const files = { 'a.txt': page() }

describe('If-None-Match', () => {
  it('is understood in every form in which an ETag comes back', async () => {
    const newsstand = await startNewsstand(files)
    const url = `${newsstand.url}/rss.xml`
    const { headers } = await ask(url, { 'Accept-Encoding': 'gzip' })
    const tag = String(headers.etag)
    const plain = tag.replaceAll('"', '').replace(/-gzip$/, '')
    const [bytes = '', mark, version] = plain.split('.')
    const former = `${bytes}.${mark}.1`
    for (const sent of [
      tag,
      `W/${tag}`,
      `w/${tag}`,
      plain,
      `"${plain}`,
      `${plain}"`,
      `"${plain}-gzip"`,
      `"${plain}-br"`,
      `"${plain};gzip"`,
      `"${plain}-gzip-gzip"`,
      `"${bytes}"`,
      `${bytes}-br`,
      `"${former}"`,
      `W/"${former}-gzip"`,
      `"${former}.-zz.0123abcd.1;gzip"`,
      `"other", ${tag}`,
      `"other",W/${tag},"more"`,
      '*',
      ' * ',
    ]) {
      expect((await ask(url, { 'If-None-Match': sent })).status, sent).toBe(304)
    }
    for (const sent of [
      '"other"',
      '',
      `"${plain.slice(1)}"`,
      `"${plain}-x"`,
      `"${plain}.x"`,
      `"${bytes}x"`,
      `"${bytes}.${mark}"`,
      `"${bytes}.${version}.${mark}"`,
      `"x${plain}"`,
      `"${plain.toUpperCase()}"`,
    ]) {
      expect((await ask(url, { 'If-None-Match': sent })).status, sent).toBe(200)
    }
  })

  it('wins over If-Modified-Since', async () => {
    const newsstand = await startNewsstand(files)
    const url = `${newsstand.url}/feed.json`
    const { headers } = await ask(url)
    const modified = String(headers['last-modified'])
    const both = { 'If-None-Match': '"other"', 'If-Modified-Since': modified }
    expect((await ask(url, both)).status).toBe(200)
    const old = 'Thu, 01 Jan 2015 00:00:00 GMT'
    const fresh = { 'If-None-Match': String(headers.etag), 'If-Modified-Since': old }
    expect((await ask(url, fresh)).status).toBe(304)
    const since = async (date: string) => (await ask(url, { 'If-Modified-Since': date })).status
    expect(await since(modified)).toBe(304)
    for (const date of [old, 'yesterday', '9999']) expect(await since(date), date).toBe(200)
  })
})

describe('If-Modified-Since', () => {
  it('is understood in all three forms of a date, and ignored in any other', () => {
    const time = Date.UTC(1994, 10, 6, 8, 49, 37)
    expect(parseHttpDate('Sun, 06 Nov 1994 08:49:37 GMT')).toBe(time)
    expect(parseHttpDate('Sunday, 06-Nov-94 08:49:37 GMT')).toBe(time)
    expect(parseHttpDate('Sun Nov  6 08:49:37 1994')).toBe(time)
    for (const other of [
      '',
      '9999',
      'yesterday',
      '2024-05-06',
      'Sun, 06 Nov 1994 08:49:37 +0100',
    ]) {
      expect(parseHttpDate(other), other).toBeUndefined()
    }
  })

  it('gives 200 again after a removal, and after another setting that shows', async () => {
    const newsstand = await startNewsstand(
      { ...files, 'b.txt': page({ title: 'Another', body: 'Other words.', date: 'May 1, 2024' }) },
      { REFRESH_CRON: '0 0 1 1 *', WATCH: 'false', TIME_ZONE: 'UTC' },
    )
    const url = `${newsstand.url}/rss.xml`
    let known = ''
    const status = async () => (await ask(url, { 'If-Modified-Since': known })).status
    let settings = {}
    async function restart(more: Record<string, string> = {}) {
      known = String((await ask(url)).headers['last-modified'])
      expect(await status()).toBe(304)
      // It is told in seconds.
      await until(() => Date.now() >= Date.parse(known) + 1000)
      await newsstand.stop()
      settings = { ...settings, ...more }
      await newsstand.start(settings)
    }
    await restart({ PUBLISHER_NAME: 'Another Publisher' })
    expect(await status()).toBe(200)
    await restart()
    expect(await status()).toBe(304)
    // Every article is as it was.
    await restart({ TIME_ZONE: '+00:00' })
    expect(await status()).toBe(200)
    newsstand.remove('b.txt')
    await restart()
    await until(async () => (await status()) === 200)
  })
})

describe('If-Match', () => {
  it('that names another version is 412, for feeds, pages, assets and media', async () => {
    const newsstand = await startNewsstand({ ...files, 'dot.gif': Buffer.from('GIF89a') })
    const { items } = JSON.parse(await newsstand.text('/feed.json'))
    const style = /href="([^"]*style[^"]*)"/.exec(await newsstand.text('/'))?.[1] ?? ''
    const sitemap = '/sitemap.xml'
    const article = new URL(items[0].url).pathname
    for (const path of [
      '/rss.xml',
      '/feed',
      '/search/atom.xml?q=a',
      '/',
      article,
      sitemap,
      style,
    ]) {
      const url = newsstand.url + path
      const tag = String((await ask(url)).headers.etag)
      const packed = String((await ask(url, { 'Accept-Encoding': 'gzip' })).headers.etag)
      for (const sent of [
        tag,
        packed,
        `"other", ${tag}`,
        '*',
        ' * ',
        tag.replace(/"$/, '-gzip"'),
      ]) {
        expect((await ask(url, { 'If-Match': sent })).status, `${path} ${sent}`).toBe(200)
      }
      for (const sent of ['"other"', '', `W/${tag}`, `"other", W/${tag}`, `"x${tag.slice(1)}`]) {
        const answer = await ask(url, { 'If-Match': sent })
        expect(answer.status, `${path} ${sent}`).toBe(412)
        expect(answer.body.toString()).toContain('not what the request says it knows')
        expect(answer.headers['cache-control']).toBe('no-cache')
        expect((await ask(url, { 'If-Match': sent }, 'HEAD')).status).toBe(412)
      }
    }
    for (const path of ['/rss.xml', '/', style, '/media/dot.gif']) {
      const person = { Accept: 'text/html', 'If-Match': '"other"' }
      const { status, headers, body } = await ask(newsstand.url + path, person)
      expect(status, path).toBe(412)
      expect(headers['content-type']).toContain('text/html')
      expect(body.toString()).toContain('<h1>This has changed</h1>')
      expect(body.toString()).toContain('not what the request says it knows')
    }
    for (const path of ['/media/dot.gif', '/favicon.svg']) {
      const media = newsstand.url + path
      expect((await ask(media, { 'If-Match': '*' })).status).toBe(200)
      const answer = await ask(media, { 'If-Match': '"other"' })
      expect(answer.status, path).toBe(412)
      expect(answer.body.toString()).toContain('not what the request says it knows')
    }
  })

  it('comes before If-None-Match and deltas, and after whether there is anything', async () => {
    const newsstand = await startNewsstand(files)
    const url = `${newsstand.url}/rss.xml`
    const tag = String((await ask(url)).headers.etag)
    const both = (match: string) => ({ 'If-Match': match, 'If-None-Match': tag, 'A-IM': 'feed' })
    expect((await ask(url, both('"other"'))).status).toBe(412)
    expect((await ask(url, both(tag))).status).toBe(304)
    newsstand.write('b.txt', page({ title: 'Another', body: 'Other words.' }))
    await until(async () => (await newsstand.text('/rss.xml')).includes('Another'))
    expect((await ask(url, both(tag))).status).toBe(412)
    expect((await ask(url, both('*'))).status).toBe(200)
    const other = { 'If-Match': '"other"' }
    expect((await ask(`${newsstand.url}/sections/no/rss.xml`, other)).status).toBe(404)
    expect((await ask(`${newsstand.url}/rss`, other)).status).toBe(301)
  })
})

describe('If-Unmodified-Since', () => {
  it('is 412 after a change, and means nothing without a date on either side', async () => {
    const newsstand = await startNewsstand(files)
    const url = `${newsstand.url}/atom.xml`
    const { headers } = await ask(url)
    const since = (date: string) => ({ 'If-Unmodified-Since': date })
    const old = 'Thu, 01 Jan 2015 00:00:00 GMT'
    expect((await ask(url, since(String(headers['last-modified'])))).status).toBe(200)
    expect((await ask(url, since(old))).status).toBe(412)
    expect((await ask(url, since('yesterday'))).status).toBe(200)
    expect((await ask(`${newsstand.url}/`, since(old))).status).toBe(200)
    const known = { ...since(old), 'If-Match': String(headers.etag) }
    expect((await ask(url, known)).status).toBe(200)
    const both = { ...since(old), 'If-None-Match': String(headers.etag) }
    expect((await ask(url, both)).status).toBe(412)
  })
})

describe('a part of a file', () => {
  it('that is beyond its end is 416, with a sentence', async () => {
    const newsstand = await startNewsstand({ ...files, 'dot.gif': Buffer.from('GIF89a') })
    const url = `${newsstand.url}/media/dot.gif`
    expect((await ask(url, { Range: 'bytes=0-2' })).body.toString()).toBe('GIF')
    const answer = await ask(url, { Range: 'bytes=6-' })
    expect(answer.status).toBe(416)
    expect(answer.body.toString()).toBe('It is shorter than the part that is asked for.\n')
  })
})

describe('an answer of 304', () => {
  it('carries the headers of the 200 but for those of the content', async () => {
    const newsstand = await startNewsstand(files)
    const url = `${newsstand.url}/atom.xml`
    const whole = await ask(url, { 'Accept-Encoding': 'gzip' })
    const same = await ask(url, {
      'Accept-Encoding': 'gzip',
      'If-None-Match': String(whole.headers.etag),
    })
    expect(same.status).toBe(304)
    expect(same.body.length).toBe(0)
    const {
      'content-type': _type,
      'content-length': _length,
      'content-encoding': _encoding,
      date: _date,
      ...expected
    } = whole.headers
    const { date: _now, ...given } = same.headers
    expect(given).toEqual(expected)
  })
})

describe('caching', () => {
  it('lasts as long as the schedule says, and an hour at most', async () => {
    const newsstand = await startNewsstand(files, { REFRESH_CRON: '*/10 * * * *' })
    const last = async (seconds: number) => {
      for (const path of ['/feeds.opml', '/rss.xml']) {
        expect((await ask(newsstand.url + path)).headers['cache-control'], path).toBe(
          `public, max-age=${seconds}, stale-while-revalidate=${seconds}, stale-if-error=86400`,
        )
      }
    }
    await last(600)
    await newsstand.stop()
    await newsstand.start({ REFRESH_CRON: '0 0 * * *' })
    await last(3600)
  })

  it('is not misled by query strings that mean nothing', async () => {
    const newsstand = await startNewsstand(files)
    const plain = await ask(`${newsstand.url}/rss.xml`)
    for (const query of '? ?null ?_=123 ?utm_source=x&utm_medium=feed ?q=a ?feed=json'.split(' ')) {
      const answer = await ask(`${newsstand.url}/rss.xml${query}`)
      expect(answer.headers.etag, query).toBe(plain.headers.etag)
      expect(answer.body.equals(plain.body), query).toBe(true)
    }
  })
})
