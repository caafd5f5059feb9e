/** What programs and browsers send if nobody tells them otherwise, and what they have to get. */
import { describe, expect, it } from 'vitest'
import { feedFormats } from '../../src/channels/feed-formats.ts'
import { ask } from '../support/http.ts'
import { startNewsstand } from '../support/newsstand.ts'
import { page } from '../support/page.ts'
import { expectWell } from '../support/raw.ts'

type Headers = Readonly<Record<string, string>>

const rss = 'application/rss+xml'
const atom = 'application/atom+xml'
const json = 'application/feed+json'

const anything = { Accept: '*/*' }
const varying = 'Accept, Accept-Encoding, Sec-Fetch-Dest, Upgrade-Insecure-Requests'
const navigates = { 'Upgrade-Insecure-Requests': '1' }
const ofBrowsers = 'text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8'
const ofChromium =
  'text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,image/apng,*/*;q=0.8,application/signed-exchange;v=b3;q=0.7'
const ofJava = 'text/html, image/gif, image/jpeg, *; q=.2, */*; q=.2'
const ofFeedparser =
  'application/atom+xml,application/rdf+xml,application/rss+xml,application/x-netcdf,application/xml;q=0.9,text/xml;q=0.2,*/*;q=0.1'

/** With what each gets at `/feed`. */
const programs: readonly (readonly [name: string, headers: Headers, choice: string])[] = [
  ['curl, wget, requests, aiohttp, needle, node-fetch, Ruby', anything, rss],
  ['Go, PHP, Perl, urllib, got, superagent, OkHttp, .NET, PowerShell, Java’s HttpClient', {}, rss],
  ['fetch() of Node', { ...anything, 'Accept-Language': '*', 'Sec-Fetch-Mode': 'cors' }, rss],
  ['URL.openStream() of Java, and so ROME', { Accept: ofJava }, rss],
  ['the same, newer', { Accept: 'text/html, image/gif, image/jpeg, */*; q=0.2' }, rss],
  ['rss-feed-emitter', { Accept: 'text/html,application/xhtml+xml,application/xml,text/xml' }, rss],
  ['Scrapy, wget2', { Accept: ofBrowsers, 'Accept-Language': 'en' }, rss],
  ['axios, and so rss-to-json; Angular', { Accept: 'application/json, text/plain, */*' }, rss],
  ['RestTemplate', { Accept: 'text/plain, application/json, application/*+json, */*' }, rss],
  ['a client of APIs', { Accept: 'application/json' }, json],
  ['a client of APIs and of XML', { Accept: 'application/json, application/xml;q=0.9' }, json],
  ['rss-parser', { Accept: 'application/rss+xml' }, rss],
  ['a reader of JSON Feed', { Accept: 'application/feed+json, application/json;q=0.9' }, json],
  ['feedparser', { Accept: ofFeedparser, 'A-IM': 'feed' }, atom],
  ['Lynx', { Accept: 'text/html, text/plain, text/sgml, text/css, */*;q=0.01' }, rss],
  ['a script in a page', { ...anything, 'Sec-Fetch-Dest': 'empty' }, rss],
  ['a script that wants HTML', { Accept: 'text/html', 'Sec-Fetch-Dest': 'empty' }, rss],
  ['a frame', { Accept: ofBrowsers, 'Sec-Fetch-Dest': 'iframe', ...navigates }, rss],
  ['two values', { Accept: ofBrowsers, 'Upgrade-Insecure-Requests': '1, 1' }, rss],
  ['one that likes XML as well', { Accept: 'application/xml,text/html', ...navigates }, rss],
  ['one that has no wish', { ...anything, ...navigates }, rss],
  ['one that takes any text', { Accept: 'text/*', ...navigates }, rss],
  ['a reader in a browser', { Accept: `text/html, ${rss};q=0.1`, ...navigates }, rss],
  ['a reader', { Accept: `${atom}, ${rss}, text/html;q=0.7` }, atom],
  ['a reader that lists HTML first', { Accept: `text/html, ${rss}` }, rss],
  ['one that prefers XML', { Accept: 'application/xml, text/html;q=0.9' }, rss],
  ['one that would take HTML', { Accept: 'text/html;q=0.5,application/xml' }, rss],
  ['a reader of Atom', { Accept: atom }, atom],
  ['one that prefers RSS', { Accept: `${atom};q=0.5, ${rss};q=0.9` }, rss],
  ['one that prefers JSON Feed', { Accept: `${json}, */*;q=0.1` }, json],
  ['one that lists JSON first', { Accept: 'application/json, text/json, text/xml' }, json],
  ['one that takes nothing but JSON', { Accept: 'application/json, */*;q=0' }, json],
  ['one that would take anything', { Accept: 'application/json, */*;q=0.1' }, rss],
  ['one that knows JSON Feed', { Accept: `application/json, ${json};q=0.9, */*;q=0.5` }, json],
]

const browsers: readonly (readonly [name: string, headers: Headers])[] = [
  ['Chromium on https', { Accept: ofChromium, 'Sec-Fetch-Dest': 'document', ...navigates }],
  ['Chromium on http', { Accept: ofChromium, ...navigates }],
  ['Firefox and Safari on http', { Accept: ofBrowsers, ...navigates }],
  [
    'Edge before Chromium on http',
    { Accept: 'text/html, application/xhtml+xml, image/jxr, */*', ...navigates },
  ],
  ['Safari on https', { Accept: ofBrowsers, 'Sec-Fetch-Dest': 'document' }],
  ['an old browser', { Accept: 'text/html, image/gif', ...navigates }],
  ['one that says nothing', { Accept: ofBrowsers, 'Sec-Fetch-Dest': '', ...navigates }],
  ['one that takes XML as well', { Accept: 'text/html,application/xml', ...navigates }],
]

const startWithArchive = () =>
  startNewsstand(
    { 'a.txt': page(), 'b.txt': page({ title: 'Another', body: 'Other words.' }) },
    { FEED_ITEMS: '1' },
  )

const feeds = ['/', '/sections/world/', '/archive/1/', '/search/'].flatMap((folder) =>
  feedFormats.map(({ fileName, mediaType }) => ({
    path: `${folder}${fileName}${folder === '/search/' ? '?q=ferry' : ''}`,
    type: mediaType,
  })),
)
const choices = ['/feed', '/sections/world/feed']

describe('what clients send by themselves', () => {
  it('gives programs the feed, whatever its format', async () => {
    const newsstand = await startWithArchive()
    for (const [name, headers, choice] of programs) {
      for (const { path, type } of [...feeds, ...choices.map((path) => ({ path, type: choice }))]) {
        const answer = await ask(newsstand.url + path, headers)
        expect(answer.status, `${name} ${path}`).toBe(200)
        expect(answer.headers['content-type'], `${name} ${path}`).toBe(`${type}; charset=utf-8`)
        expect(answer.headers.vary).toBe(varying)
      }
    }
  })

  it('gives people who open a feed in a browser a page, with validators of its own', async () => {
    const newsstand = await startWithArchive()
    for (const path of [...feeds.map((feed) => feed.path), ...choices]) {
      const feed = await ask(newsstand.url + path)
      for (const [name, headers] of browsers) {
        const given = async (more: Headers) =>
          (await ask(newsstand.url + path, { ...headers, ...more })).status
        const answer = await ask(newsstand.url + path, headers)
        expect(answer.status, `${name} ${path}`).toBe(200)
        expect(answer.headers, `${name} ${path}`).toMatchObject({
          'content-type': 'text/html; charset=utf-8',
          'cache-control': 'private, no-cache',
          vary: `${varying}, Accept-Language`,
        })
        expect(answer.headers.etag).not.toBe(feed.headers.etag)
        expect(await given({ 'If-None-Match': String(answer.headers.etag) })).toBe(304)
        expect(await given({ 'If-None-Match': String(feed.headers.etag) })).toBe(200)
        expect(await given({ 'If-Modified-Since': 'Fri, 01 Jan 2100 00:00:00 GMT' })).toBe(200)
      }
    }
    const person = { Accept: ofBrowsers, ...navigates }
    for (const path of ['/sections/no/rss.xml', '/sections/no/feed']) {
      expect((await ask(newsstand.url + path, person)).status, path).toBe(404)
    }
    const wrong = await ask(`${newsstand.url}/search/rss.xml?q=%22a`, person)
    expect(wrong.status).toBe(400)
    expect(wrong.body.toString()).toContain('closing quotation mark')
    await expectWell(newsstand)
  })
})
