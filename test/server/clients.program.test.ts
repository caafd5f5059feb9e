/** What programs and browsers send if nobody tells them otherwise, and what they have to get. */
import { describe, expect, it } from 'vitest'
import { ask } from '../support/http.ts'
import { type Newsstand, startNewsstand } from '../support/newsstand.ts'
import { page } from '../support/page.ts'

type Headers = Readonly<Record<string, string>>

const rss = 'application/rss+xml'
const atom = 'application/atom+xml'
const json = 'application/feed+json'

const anything = { Accept: '*/*' }
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
]

const browsers: readonly (readonly [name: string, headers: Headers])[] = [
  [
    'Chromium on https',
    { Accept: ofChromium, 'Sec-Fetch-Dest': 'document', 'Upgrade-Insecure-Requests': '1' },
  ],
  ['Chromium on http', { Accept: ofChromium, 'Upgrade-Insecure-Requests': '1' }],
  ['Firefox and Safari on http', { Accept: ofBrowsers, 'Upgrade-Insecure-Requests': '1' }],
  [
    'Edge before Chromium on http',
    {
      Accept: 'text/html, application/xhtml+xml, image/jxr, */*',
      'Upgrade-Insecure-Requests': '1',
    },
  ],
  ['Safari on https', { Accept: ofBrowsers, 'Sec-Fetch-Dest': 'document' }],
]

const startWithArchive = () =>
  startNewsstand(
    { 'a.txt': page(), 'b.txt': page({ title: 'Another', body: 'Other words.' }) },
    { FEED_ITEMS: '1' },
  )

async function typeAt(newsstand: Newsstand, path: string, headers: Headers) {
  const answer = await ask(newsstand.url + path, headers)
  expect(answer.status, path).toBe(200)
  return answer.headers['content-type']?.split(';')[0]
}

describe('what clients send by themselves', () => {
  const files = [
    ['rss.xml', rss],
    ['atom.xml', atom],
    ['feed.json', json],
  ] as const
  const folders = ['/', '/sections/world/', '/archive/1/', '/search/']

  it('gives programs the feed, whatever its format', async () => {
    const newsstand = await startWithArchive()
    for (const [name, headers, choice] of programs) {
      for (const folder of folders) {
        for (const [file, type] of files) {
          const path = `${folder}${file}${folder === '/search/' ? '?q=ferry' : ''}`
          expect(await typeAt(newsstand, path, headers), `${name} ${path}`).toBe(type)
        }
      }
      for (const path of ['/feed', '/sections/world/feed']) {
        expect(await typeAt(newsstand, path, headers), `${name} ${path}`).toBe(choice)
      }
    }
  })

  it('gives people who open a feed in a browser a page', async () => {
    const newsstand = await startWithArchive()
    for (const [name, headers] of browsers) {
      for (const folder of folders) {
        for (const [file] of files) {
          const path = `${folder}${file}${folder === '/search/' ? '?q=ferry' : ''}`
          expect(await typeAt(newsstand, path, headers), `${name} ${path}`).toBe('text/html')
        }
      }
      for (const path of ['/feed', '/sections/world/feed']) {
        expect(await typeAt(newsstand, path, headers), `${name} ${path}`).toBe('text/html')
      }
    }
  })
})
