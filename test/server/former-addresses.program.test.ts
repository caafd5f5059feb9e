/** Addresses that pages had elsewhere, as files state them. */
import { describe, expect, it } from 'vitest'
import { ask } from '../support/http.ts'
import { startNewsstand } from '../support/newsstand.ts'
import { until } from '../support/until.ts'

/** @param head further lines of the front matter */
const story = (title: string, head = '') =>
  `---\ntitle: ${title}\ndate: 2024-05-06\n${head}\n---\nWhat ${title} says.\n`

const baseUrl = 'https://news.example/site'

/** As nothing has changed it: fetch would tidy the address. */
async function lookAt(url: string, path: string, method = 'GET') {
  const { status, headers } = await ask(url + path, {}, method)
  return { status, location: headers.location, caching: headers['cache-control'] }
}

describe('a former address of a page', () => {
  it('leads to the page for good, however it is written', async () => {
    const { url } = await startNewsstand(
      {
        'posts/a.md': story(
          'One',
          `slug: one\naliases:
            - /2020/01/hello
            - /old/index.html
            - https://old.example/blog/first/?p=1#top
            - früher
            - "/caf\u0065\u0301/100%/"
            - /articles/named
            - /tags/nothing
            - /Case.html`,
        ),
        'posts/two/index.md': story('Two', 'slug: two\naliases: [earlier]'),
      },
      { BASE_URL: baseUrl },
    )
    const to = (page: string) => ({
      status: 301,
      location: `${baseUrl}/articles/${page}`,
      caching: 'public, max-age=86400',
    })
    for (const path of [
      ...['/2020/01/hello', '/2020/01/hello/', '/2020/01/hello/index.html', '/2020/01/h%65llo'],
      ...['/old', '/old/', '/old/index.html', '/old/index.htm', '/blog/first', '/blog/first/'],
      ...['/posts/fr%C3%BCher', '/posts/fru%CC%88her/', '/caf%C3%A9/100%25', '/cafe%CC%81/100%'],
      ...['/articles/named', '/articles/named/', '/articles/named/index.html'],
      ...['/tags/nothing', '/tags/nothing/', '/Case.html', '/Case.html/'],
    ]) {
      expect(await lookAt(url, path), path).toEqual(to('one'))
      expect(await lookAt(url, path, 'HEAD'), path).toEqual(to('one'))
    }
    // Hugo means the folder of the page, and Zola the root.
    expect(await lookAt(url, '/posts/earlier')).toEqual(to('two'))
    expect(await lookAt(url, '/earlier')).toEqual(to('two'))
    expect((await lookAt(url, '/old?utm=1')).location).toBe(`${baseUrl}/articles/one?utm=1`)
    for (const path of [
      '/case.html',
      '/2020/01',
      '/2020/01/hello/more',
      '/posts/two/earlier',
      '/%E0%A4%A',
    ]) {
      expect((await lookAt(url, path)).status, path).toBe(404)
    }
    expect((await lookAt(url, '/old', 'POST')).status).toBe(405)
  })

  it('is the address of an original that is one of this site', async () => {
    const files = {
      'a.md': story('One', 'slug: one\ncanonical_url: https://news.example/site/2026/früher/'),
      'b.md': story('Two', 'slug: two\npermalink: http://news.example/site/2026/two/index.html'),
      'c.md': story('Three', 'slug: three\ncanonical: https://news.example/site/articles/third'),
      'd.md': story('Four', 'slug: four\ncanonical: https://news.example/other/four'),
    }
    const here = await startNewsstand(files, { BASE_URL: baseUrl, GUID: 'permalink' })
    for (const [path, page] of [
      ...[
        ['/2026/fr%C3%BCher', 'one'],
        ['/2026/fru%CC%88her/', 'one'],
      ],
      ...[
        ['/2026/two/', 'two'],
        ['/articles/third', 'three'],
      ],
    ]) {
      const answer = { status: 301, location: `${baseUrl}/articles/${page}` }
      expect(await lookAt(here.url, path ?? ''), path).toMatchObject(answer)
    }
    expect((await lookAt(here.url, '/other/four')).status).toBe(404)
    const feed = await here.text('/rss.xml')
    const linksIn = (rss: string) => [...rss.matchAll(/<link>(.*?)<\/link>/g)].map(([, to]) => to)
    const pages = ['one', 'two', 'three'].map((slug) => `${baseUrl}/articles/${slug}`)
    expect(linksIn(feed)).toEqual(
      expect.arrayContaining([...pages, 'https://news.example/other/four']),
    )
    expect(feed).toContain('>https://news.example/site/2026/fr%C3%BCher/</guid>')
    const sitemap = await here.text('/sitemap-articles-1.xml')
    expect(sitemap.match(/<loc>.*?(?=<)/g)?.sort()).toEqual(
      pages.sort().map((page) => `<loc>${page}`),
    )
    expect(await here.text('/articles/one')).toContain(`rel="canonical" href="${pages[0]}"`)

    await here.stop()
    await here.start({ BASE_URL: 'https://my.example' })
    expect((await lookAt(here.url, '/2026/two')).status).toBe(404)
    expect(linksIn(await here.text('/rss.xml'))).toContain(
      'http://news.example/site/2026/two/index.html',
    )
    expect(await here.text('/sitemap-articles-1.xml')).not.toContain('/articles/')
  })

  it('never takes the place of an address of ours', async () => {
    const ours = [
      ...[
        '/',
        '/index.html',
        '/rss.xml',
        '/feed',
        '/feed.xml',
        '/feed.json',
        '/search',
        '/subscribe',
      ],
      ...['/sections/', '/sections/city/', '/sections/city', '/sections/city/rss.xml', '/tags'],
      ...['/sitemap.xml', '/robots.txt', '/style.css', '/favicon.ico', '/healthz', '/media/a.png'],
      ...['/articles', '/articles/', '/articles/other', '/json-feed-extension.html'],
    ]
    const png = Buffer.from('89504e470d0a1a0a', 'hex')
    const other = { 'other.md': story('Other', 'slug: other\nsection: City'), 'a.png': png }
    const without = await startNewsstand({ ...other, 'a.md': story('One') })
    const aliases = `aliases: [${ours.map((path) => `"${path}"`).join(', ')}]`
    const withThem = await startNewsstand({ ...other, 'a.md': story('One', aliases) })
    for (const path of ours) {
      const [mine, theirs] = [await lookAt(withThem.url, path), await lookAt(without.url, path)]
      expect(mine.status, path).toBe(theirs.status)
      expect(mine.location?.replace(withThem.url, ''), path).toBe(
        theirs.location?.replace(without.url, ''),
      )
    }
  })

  it('is gone with its article', async () => {
    const newsstand = await startNewsstand({
      'a.md': story('One', 'slug: one\naliases: [/old]'),
      'b.md': story('Two'),
    })
    expect((await newsstand.get('/old/')).status).toBe(301)
    newsstand.remove('a.md')
    await until(async () => (await newsstand.get('/old/')).status === 410)
    expect((await newsstand.get('/articles/one')).status).toBe(410)
  })

  it('is what a slug was before its file stated another', async () => {
    const newsstand = await startNewsstand({ 'a.md': story('One', 'slug: one') })
    expect((await newsstand.get('/articles/one')).status).toBe(200)
    newsstand.write('a.md', story('One', 'slug: two'))
    await until(async () => (await newsstand.get('/articles/two')).status === 200)
    const answer = await newsstand.get('/articles/one')
    expect(answer.status).toBe(301)
    expect(answer.headers.get('location')).toBe(`${newsstand.url}/articles/two`)
    expect(await newsstand.text('/rss.xml')).toContain(`${newsstand.url}/articles/two</link>`)
  })
})

describe('a page that is unlisted', () => {
  it('is answered and in the sitemap, and in nothing else', async () => {
    const newsstand = await startNewsstand({
      'a.md': story(
        'Imprint',
        'slug: imprint\nsection: City\ntags: [paragraphs]\nauthors: Xanthippe\nunlisted: true',
      ),
      'b.md': story('News', 'section: City'),
    })
    const page = await newsstand.get('/articles/imprint')
    expect(page.status).toBe(200)
    expect(await page.text()).toContain('What Imprint says.')
    expect(await newsstand.text('/sitemap-articles-1.xml')).toContain('/articles/imprint<')
    for (const path of [
      ...['/', '/rss.xml', '/atom.xml', '/feed.json', '/sections/city/', '/sections/city/rss.xml'],
      ...['/search?q=says', '/search/rss.xml?q=says', '/sitemap-news.xml', '/tags/', '/authors/'],
      ...['/feeds.opml', '/subscribe', '/sitemap-channels.xml'],
    ]) {
      expect(await newsstand.text(path), path).not.toMatch(/imprint|paragraphs|xanthippe/i)
    }
    expect((await newsstand.get('/tags/paragraphs/')).status).toBe(404)
    expect((await newsstand.get('/authors/xanthippe/rss.xml')).status).toBe(404)
    newsstand.write('c.md', story('More', 'slug: more\nunlisted: true'))
    const map = () => newsstand.text('/sitemap-articles-1.xml')
    await until(async () => (await map()).includes('/articles/more<'))
    newsstand.remove('a.md')
    await until(async () => !(await map()).includes('/articles/imprint<'))
  })
})

describe('an address that another generator computed of a file', () => {
  it('leads to its page for good, where it means no other', async () => {
    const newsstand = await startNewsstand(
      {
        '_posts/2024-05-06-pier-crane.md': story('The crane of the pier', 'categories: [Harbour]'),
        'posts/tides.md': story('Tides'),
        'notes/tides.md': story('Tides again'),
        'articles/gulls/index.md': story('Gulls', 'slug: gulls-of-may'),
        'b/2024-05-06-hidden.md': story('Hidden', 'draft: true'),
        'b/2024-05-06-later.md': story('Later').replace('2024', '2124'),
        'linked.md': story('Linked', 'aliases: [/posts/gulls]'),
      },
      { BASE_URL: baseUrl },
    )
    const { url } = newsstand
    const page = async (title: string) => {
      const found = new RegExp(`<title>${title}</title>\\s*<link>([^<]+)`)
      return found.exec(await newsstand.text('/rss.xml'))?.[1]
    }
    const answers = {
      'The crane of the pier': [
        '/2024/05/06/pier-crane.html',
        '/2024/05/06/pier-crane/',
        '/harbour/2024/05/06/pier-crane/',
        '/blog/2024/pier-crane/',
        '/harbour/2024/127/pier-crane.html',
        '/pier-crane',
        '/2024/05/the-crane-of-the-pier/',
      ],
      Tides: ['/posts/tides/', '/posts/tides.html', '/posts/tides/index.html'],
      'Tides again': ['/notes/tides/'],
      Gulls: ['/articles/gulls/', '/2024/05/gulls-of-may/'],
      Linked: ['/posts/gulls/'],
    }
    for (const [title, paths] of Object.entries(answers)) {
      const location = await page(title)
      expect(location).toContain(`${baseUrl}/articles/`)
      for (const path of paths) {
        expect(await lookAt(url, path), path).toMatchObject({ status: 301, location })
      }
    }
    for (const path of [
      ...['/tides/', '/2024/05/tides/', '/2024/05/07/pier-crane/', '/2024/05/06/pier/'],
      ...['/2024/05/06/hidden/', '/2124/05/06/later/', '/shop/pier-crane/', '/2024/05/06/'],
    ]) {
      expect((await lookAt(url, path)).status, path).toBe(404)
    }
  })

  it('follows the article, and is not found once that is gone', async () => {
    const newsstand = await startNewsstand({ 'posts/one.md': story('Tides', 'slug: tides') })
    const at = async (path: string) => (await newsstand.get(path)).status
    expect(await at('/posts/one/')).toBe(301)
    newsstand.remove('posts/one.md')
    newsstand.write('notes/two.md', story('Tides', 'slug: tides'))
    await until(async () => (await at('/notes/two/')) === 301)
    expect(await at('/posts/one/')).toBe(404)
    newsstand.remove('notes/two.md')
    await until(async () => (await at('/notes/two/')) === 404)
  })

  it('means no page that is not out, whose name then takes nothing from one that is', async () => {
    const newsstand = await startNewsstand({
      'posts/tides.md': story('Tides'),
      'b/tides.md': story('Later').replace('2024', '2124'),
      'c/tides.md': story('Over', 'expires: 2024-06-01'),
      'd/tides.md': story('Draft', 'draft: true'),
    })
    const at = async (path: string) => (await newsstand.get(path)).status
    expect(await at('/2024/05/06/tides/')).toBe(301)
    expect(await at('/posts/tides/')).toBe(301)
    for (const folder of ['b', 'c', 'd']) expect(await at(`/${folder}/tides/`), folder).toBe(404)
  })

  it('is told by its date from any number of others of the same name', async () => {
    const days = Array.from({ length: 150 }, (_, n) =>
      new Date(Date.UTC(2024, 0, 1 + n)).toISOString().slice(0, 10),
    )
    const column = (day: string) => `---\ntitle: Briefing of ${day}\n---\nWhat ${day} brought.\n`
    const newsstand = await startNewsstand(
      Object.fromEntries(days.map((day) => [`posts/${day}-briefing.md`, column(day)])),
    )
    const at = async (path: string) => (await newsstand.get(path)).headers.get('location')
    for (const day of ['2024-01-01', '2024-03-09', '2024-05-29']) {
      const path = `/${day.replaceAll('-', '/')}/briefing/`
      expect(await at(path), path).toContain(`briefing-of-${day}`)
      expect(await at(`/posts/${day}-briefing.html`), day).toContain(`briefing-of-${day}`)
    }
    for (const path of [
      '/briefing/',
      '/posts/briefing/',
      '/2024/briefing/',
      '/2024/02/briefing/',
    ]) {
      expect((await newsstand.get(path)).status, path).toBe(404)
    }
    newsstand.write(
      `posts/2024-03-09-briefing.md`,
      `---\ndate: 2023-07-01\n${column('2024-03-09').slice(4)}`,
    )
    await until(async () => (await newsstand.get('/2023/07/01/briefing/')).status === 301)
    expect((await newsstand.get('/2024/03/09/briefing/')).status).toBe(404)
  })
})
