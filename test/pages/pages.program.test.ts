import { gunzipSync } from 'node:zlib'
import { XMLParser } from 'fast-xml-parser'
import { parseHTML } from 'linkedom'
import { describe, expect, it } from 'vitest'
import { feedFormats } from '../../src/channels/feed-formats.ts'
import { ask } from '../support/http.ts'
import { type Newsstand, startNewsstand } from '../support/newsstand.ts'
import { page } from '../support/page.ts'
import { until } from '../support/until.ts'

const xml = new XMLParser({ ignoreAttributes: false })

async function open(newsstand: Newsstand, path: string, headers: Record<string, string> = {}) {
  const answer = await newsstand.get(path, { Accept: 'text/html', ...headers })
  const { document } = parseHTML(await answer.text())
  return { answer, document }
}

/** The path of the page of the newest article. */
async function articlePath(newsstand: Newsstand): Promise<string> {
  const feed = JSON.parse(await newsstand.text('/feed.json'))
  return new URL(feed.items[0].url).pathname
}

const meta = (document: Awaited<ReturnType<typeof open>>['document'], name: string) =>
  document.querySelector(`meta[property="${name}"]`)?.getAttribute('content')

describe('the page of an article', () => {
  it('shows no more of an image than is known, and says nothing twice', async () => {
    const dot = Buffer.from('R0lGODlhAQABAAAAACH5BAEKAAEALAAAAAABAAEAAAICTAEAOw==', 'base64')
    const newsstand = await startNewsstand({
      'a.md':
        '---\ntitle: T\ndate: 2024-03-04\nimage: {url: dot.gif, credit: Ann Photo}\n---\nText.\n',
      'dot.gif': dot,
      'b.txt': page({ title: 'A video', dek: 'Told in a dek.', body: 'Told in a dek.' }),
      'c.md':
        '---\ntitle: Twice\ndate: 2023-03-04\nimage: https://elsewhere.example/i.jpg?w=1&h=2\n---\n![i](https://elsewhere.example/i.jpg?w=1&h=2)\n',
    })
    const { items } = JSON.parse(await newsstand.text('/feed.json'))
    const [video, credited, twice] = await Promise.all(
      items.map(({ url }: { url: string }) => open(newsstand, new URL(url).pathname)),
    )
    expect(credited.document.querySelector('figcaption')?.textContent?.trim()).toBe('Ann Photo')
    expect(
      video.document.querySelector('article').textContent.match(/Told in a dek/g),
    ).toHaveLength(1)
    expect(twice.document.querySelectorAll('article a[href^="https://elsewhere"]')).toHaveLength(1)
  })

  it('says what it is to people, crawlers and readers, and what else its section has', async () => {
    const other = page({ title: 'A former story', date: 'March 3, 2024' })
    const newsstand = await startNewsstand({ 'a.txt': page(), 'b.txt': other })
    const path = await articlePath(newsstand)
    const { answer, document } = await open(newsstand, path)
    expect(answer.status).toBe(200)
    expect(document.querySelector('h1')?.textContent).toBe('Ferries return to the old harbour')
    expect(document.querySelector('.dek')?.textContent).toContain('After nine years')
    expect(document.querySelector('a[rel=author]')?.getAttribute('href')).toBe(
      '/authors/mira-onal/',
    )
    expect(document.querySelector('.byline')?.textContent).toContain('3 min read')
    expect(document.querySelector('.source')?.textContent).toContain('TRT World and agencies')
    expect(document.querySelector('link[rel=canonical]')?.getAttribute('href')).toBe(
      newsstand.url + path,
    )
    const alternates = [...document.querySelectorAll('link[rel=alternate]')]
    expect(alternates.map((link) => link.getAttribute('href'))).toEqual(
      ['/', '/sections/world/'].flatMap((folder) =>
        feedFormats.map(({ fileName }) => newsstand.url + folder + fileName),
      ),
    )
    expect(meta(document, 'og:title')).toBe('Ferries return to the old harbour')
    expect(meta(document, 'og:type')).toBe('article')
    expect(meta(document, 'og:locale')).toBe('en_US')
    expect(document.querySelector('.more')?.textContent).toContain('A former story')
    expect(document.querySelector('.more')?.textContent).not.toContain('Ferries')
    const data = JSON.parse(
      document.querySelector('script[type="application/ld+json"]')?.textContent ?? '',
    )
    expect(data).toMatchObject({
      '@type': 'NewsArticle',
      headline: 'Ferries return to the old harbour',
      datePublished: '2024-03-04T00:00:00Z',
      author: [{ '@type': 'Person', name: 'Mira Onal' }],
      articleSection: 'World',
      timeRequired: 'PT3M',
    })
  })

  it('has the date in the language of the site, as the region of the reader writes it, on one page for all tags that mean the same', async () => {
    const newsstand = await startNewsstand({ 'a.txt': page() })
    const path = await articlePath(newsstand)
    for (const [text, ...languages] of [
      [
        'March 4, 2024',
        '',
        'en',
        'en-abcde',
        'en-Abcd',
        'en-QQ',
        'en-u-ca-buddhist',
        'de',
        'xx, tr',
      ],
      ['March 4, 2024', 'en-US'],
      ['4 March 2024', 'en-GB', 'fr-CA,fr;q=0.9,en-GB;q=0.5', 'en-GB-x-private'],
    ]) {
      const etags = new Set<string | null>()
      for (const language of languages) {
        const { answer, document } = await open(newsstand, path, { 'Accept-Language': language })
        expect(document.querySelector('time')?.textContent, language).toBe(text)
        expect(answer.headers.get('vary')).toContain('Accept-Language')
        etags.add(answer.headers.get('etag'))
      }
      expect(etags.size, text).toBe(1)
    }
  })

  it('is in the language of the article, from the right where it is written so', async () => {
    const arabic =
      '---\ntitle: أسطح المدينة\ndate: 2024-03-04\nlanguage: ar\nsection: ثقافة\n---\nنص.'
    const newsstand = await startNewsstand({ 'a.md': arabic })
    const { document } = await open(newsstand, await articlePath(newsstand))
    expect(document.documentElement.getAttribute('lang')).toBe('ar')
    expect(document.documentElement.getAttribute('dir')).toBe('rtl')
    expect(meta(document, 'og:locale')).toBe('ar_EG')
    expect(document.querySelector('time bdi')?.getAttribute('lang')).toBe('en')
    expect(document.querySelector('header.masthead')?.getAttribute('lang')).toBe('en')
    const list = (await open(newsstand, '/sections/thqaft/')).document
    expect(list.querySelector('h1 bdi')?.getAttribute('lang')).toBe('ar')
  })

  it('may load nothing of others, nor run what stands in it', async () => {
    const newsstand = await startNewsstand({ 'a.txt': page() })
    const { answer } = await open(newsstand, await articlePath(newsstand))
    const policy = answer.headers.get('content-security-policy') ?? ''
    expect(policy).toContain("default-src 'none'")
    // Those of a stylesheet that the site's owner brings.
    expect(policy).toContain("font-src 'self'")
    expect(policy).not.toMatch(/unsafe|https?:|\*/)
  })

  it('stays where it is, and is found under a former title', async () => {
    const newsstand = await startNewsstand({ 'a.txt': page() })
    const path = await articlePath(newsstand)
    newsstand.write('a.txt', page({ title: 'Another headline' }))
    await until(async () => (await newsstand.text(path)).includes('Another headline'))
    const former = path.replace('ferries-return', 'boats-come')
    const moved = await newsstand.get(`${former}?ref=mail`)
    expect(moved.status).toBe(301)
    expect(moved.headers.get('location')).toBe(`${newsstand.url}${path}?ref=mail`)
    expect((await newsstand.get(`${path}/`)).headers.get('location')).toBe(newsstand.url + path)
    newsstand.remove('a.txt')
    await until(async () => (await newsstand.get(path)).status === 410)
    expect((await newsstand.get('/articles/never-00000000')).status).toBe(404)
  })
})

describe('pages', () => {
  it('are kept, and made anew by the refresh that changes them', async () => {
    const newsstand = await startNewsstand({ 'a.txt': page() })
    for (const path of ['/', '/sections/world/', '/search?q=ferry', '/subscribe', '/feeds.opml']) {
      const first = await ask(newsstand.url + path, { 'Accept-Encoding': 'gzip' })
      expect(first.status, path).toBe(200)
      const isPacked = first.headers['content-encoding'] === 'gzip'
      const text = (isPacked ? gunzipSync(first.body) : first.body).toString()
      expect(isPacked, path).toBe(text.length > 1400)
      expect(text, path).toMatch(/^<(!doctype html|\?xml)/)
      const tag = first.headers.etag ?? ''
      expect(first.headers['cache-control'], path).toContain('max-age=60')
      expect((await ask(newsstand.url + path, { 'If-None-Match': tag })).status, path).toBe(304)
    }
    newsstand.write(
      'b.txt',
      page({ title: 'The ferry again', section: 'AFRICA', date: 'March 9, 2024' }),
    )
    for (const [path, text] of [
      ['/', 'The ferry again'],
      ['/search?q=ferry', 'The ferry again'],
      ['/subscribe', '/sections/africa/rss.xml'],
      ['/feeds.opml', '/sections/africa/rss.xml'],
      ['/sections/world/', '/sections/africa/'],
      ['/sitemap-articles-1.xml', 'the-ferry-again'],
    ] as const) {
      await until(async () => (await newsstand.text(path)).includes(text), path)
    }
    // This one changes nothing that stands on every page.
    newsstand.write('c.txt', page({ title: 'A third story', date: 'March 10, 2024' }))
    for (const path of ['/', '/sections/world/', '/search?q=story', '/sitemap-articles-1.xml']) {
      await until(async () => /third.story/.test(await newsstand.text(path)), path)
    }
  })

  it('of a list lead to the next ones, thirty articles each', async () => {
    const files = Object.fromEntries(
      Array.from({ length: 65 }, (_, n) => [`${n}.txt`, page({ title: `Story number ${n}` })]),
    )
    const newsstand = await startNewsstand(files)
    const titles = new Set<string>()
    let path: string | undefined = '/sections/world/'
    let pages = 0
    while (path) {
      const { document } = await open(newsstand, path)
      for (const title of document.querySelectorAll('.entry h2'))
        titles.add(title.textContent ?? '')
      path = document.querySelector('a[rel=next]')?.getAttribute('href') ?? undefined
      pages += 1
    }
    expect(pages).toBe(3)
    expect(titles.size).toBe(65)
    for (const path of [
      '/page/4/',
      '/page/0/',
      '/?page=0',
      '/?page=x',
      '/?page=99999',
      '/tags/page/2/',
    ]) {
      expect((await newsstand.get(path)).status, path).toBe(404)
    }
  })

  it('of lists have paths, to which their former addresses lead', async () => {
    const files = Object.fromEntries(
      Array.from({ length: 31 }, (_, n) => [`${n}.txt`, page({ title: `Story number ${n}` })]),
    )
    const newsstand = await startNewsstand(files)
    const leads = [
      ['/?page=2', '/page/2/'],
      ['/page/2', '/page/2/'],
      ['/page/1/', '/'],
      ['/sections/world?page=2&a=b', '/sections/world/page/2/?a=b'],
      ['/sections/World/page/2', '/sections/world/page/2/'],
      ['/tags/page/1', '/tags/'],
    ]
    for (const [from = '', to = ''] of leads) {
      const { status, headers } = await newsstand.get(from)
      expect([status, headers.get('location')], from).toEqual([301, newsstand.url + to])
    }
  })

  it('are there before an article is, with files whose address names their version alone', async () => {
    const newsstand = await startNewsstand({})
    const { document } = await open(newsstand, '/')
    const path = document.querySelector('link[rel=stylesheet]')?.getAttribute('href') ?? ''
    const lasting = async (one: string) =>
      (await newsstand.get(one)).headers.get('cache-control')?.includes('immutable')
    expect(await lasting(path)).toBe(true)
    expect(await lasting('/style.css?v=another')).toBe(false)
    expect(document.querySelector('.empty')?.textContent).toContain('Nothing has been published')
    expect(document.querySelector('.empty')?.textContent).toContain('Is this your site?')
    expect(newsstand.output()).toContain('Put an article into')
  })

  it('say how many articles that are out a section and a tag have', async () => {
    const article = (date: string, more = '') =>
      `---\ntitle: ${date}\ndate: ${date}\nsection: Town\ntags: [Piers]\n${more}---\nText.\n`
    const newsstand = await startNewsstand({
      'a.md': article('2024-03-04'),
      'b.md': article('2024-03-05'),
      'later.md': article('2999-03-05'),
      'gone.md': article('2024-03-06', 'expires: 2024-03-07\n'),
    })
    for (const path of ['/', '/sections/', '/tags/', '/subscribe']) {
      const { document } = await open(newsstand, path)
      const counts = [...document.querySelectorAll('.count')].map((one) => one.textContent)
      expect(new Set(counts), path).toEqual(new Set(['2']))
    }
  })

  it('have one address each', async () => {
    const newsstand = await startNewsstand({ 'a.txt': page() })
    for (const [from, to] of [
      ['/sections/world', '/sections/world/'],
      ['/sections/World/', '/sections/world/'],
      ['/sections', '/sections/'],
      ['/subscribe/', '/subscribe'],
      ['/search/?q=a', '/search?q=a'],
      ['/index.html', '/'],
    ] as const) {
      const answer = await newsstand.get(from)
      expect(answer.status, from).toBe(301)
      expect(answer.headers.get('location'), from).toBe(newsstand.url + to)
    }
    // Caches would keep for a day that they lead somewhere.
    for (const nowhere of ['/sections/nowhere/', '/sections/NOWHERE', '/tags/a', '/articles/b/']) {
      expect((await newsstand.get(nowhere)).status, nowhere).toBe(404)
    }
  })

  it('work below a path', async () => {
    const newsstand = await startNewsstand(
      {
        'a.md':
          '---\ntitle: T\ndate: 2024-03-04\n---\nSee [this](/x), [that](/below/tags/) and [hear](b.mp3).\n',
        'b.mp3': 'sound',
      },
      { BASE_URL: 'http://news.example/below' },
    )
    const article = (await articlePath(newsstand)).replace('/below', '')
    for (const [place, least] of [
      ['/subscribe', 10],
      [article, 10],
    ] as const) {
      const { document } = await open(newsstand, place)
      const ours = [...document.querySelectorAll('[href^="/"], [src^="/"], [action^="/"]')]
      expect(ours.length, place).toBeGreaterThan(least)
      for (const one of ours) {
        const path =
          one.getAttribute('href') ?? one.getAttribute('src') ?? one.getAttribute('action')
        // What an author wrote starts at the host.
        if (path !== '/x') expect(path).toMatch(/^\/below\//)
      }
    }
    const { document } = await open(newsstand, article)
    const links = [...document.querySelectorAll('.body a')].map((one) => one.getAttribute('href'))
    const [feed] = JSON.parse(await newsstand.text('/feed.json')).items
    for (const path of ['/x', '/below/tags/', '/below/media/b.mp3']) {
      expect(links).toContain(path)
      expect(feed.content_html).toContain(`href="http://news.example${path}"`)
    }
  })
})

describe('for crawlers and readers there are', () => {
  it('every feed in OPML', async () => {
    const newsstand = await startNewsstand({
      'a.txt': page(),
      'b.txt': page({ section: 'AFRICA' }),
    })
    const answer = await newsstand.get('/feeds.opml')
    expect(answer.headers.get('content-type')).toContain('text/x-opml')
    const text = await answer.text()
    expect(text).toContain('<title>Feeds of TRT World</title>')
    const addresses = [...text.matchAll(/xmlUrl="([^"]+)"/g)].map(([, one]) => one)
    expect(addresses).toContain(`${newsstand.url}/rss.xml`)
    expect(addresses).toContain(`${newsstand.url}/authors/mira-onal/rss.xml`)
    for (const address of addresses) expect((await ask(address ?? '')).status, address).toBe(200)
  })

  it('sitemaps of all pages, and of the news of two days', async () => {
    const today = new Date().toISOString().slice(0, 10)
    const newsstand = await startNewsstand({
      'a.txt': page(),
      'new.md': `---\ntitle: Fresh & new\ndate: ${today}\nlanguage: zh-HK\nsource: {name: The Baker, url: 'https://baker.example/'}\n---\nText.`,
      'elsewhere.md': `---\ntitle: Elsewhere\ndate: ${today}\ncanonicalUrl: https://first.example/a\n---\nText.`,
    })
    const index = xml.parse(await newsstand.text('/sitemap.xml')).sitemapindex.sitemap
    const paths: string[] = index.map(({ loc }: { loc: string }) => new URL(loc).pathname)
    expect(paths).toEqual(['/sitemap-channels.xml', '/sitemap-articles-1.xml'])
    const pages = (await Promise.all(paths.map((path) => newsstand.text(path)))).flatMap((text) =>
      xml.parse(text).urlset.url.map(({ loc }: { loc: string }) => loc),
    )
    expect(pages.filter((one: string) => one.includes('/articles/'))).toHaveLength(2)
    for (const one of pages) expect((await ask(one)).status, one).toBe(200)
    const news = xml.parse(await newsstand.text('/sitemap-news.xml')).urlset.url
    // In the name of the site, whoever it is from, and in a language as Google writes it.
    expect(news['news:news']).toMatchObject({
      'news:publication': { 'news:name': 'TRT World', 'news:language': 'zh-tw' },
      'news:title': 'Fresh & new',
    })
    const robots = await newsstand.text('/robots.txt')
    expect(robots).toContain(`Sitemap: ${newsstand.url}/sitemap.xml`)
  })

  it('no sitemap without an address, which its schema forbids', async () => {
    const newsstand = await startNewsstand({})
    const index = xml.parse(await newsstand.text('/sitemap.xml')).sitemapindex.sitemap
    const paths = index.map(({ loc }: { loc: string }) => new URL(loc).pathname)
    for (const path of [...paths, '/sitemap-news.xml']) {
      const { url } = xml.parse(await newsstand.text(path)).urlset
      expect([url].flat()[0].loc, path).toBe(`${newsstand.url}/`)
    }
  })

  it('icons and a web manifest', async () => {
    const newsstand = await startNewsstand({})
    const icon = await newsstand.get('/favicon.ico')
    expect(icon.status).toBe(200)
    expect(icon.headers.get('content-type')).toContain('icon')
    expect(icon.headers.get('cache-control')).toContain('max-age')
    const { icons } = JSON.parse(await newsstand.text('/site.webmanifest'))
    for (const { src, type } of icons) {
      const answer = await newsstand.get(src)
      expect(answer.headers.get('content-type')).toContain(type)
    }
  })
})
