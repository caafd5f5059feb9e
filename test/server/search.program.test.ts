import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { XMLValidator } from 'fast-xml-parser'
import { parseJsonFeed } from 'feedsmith'
import { describe, expect, it } from 'vitest'
import { feedFormats } from '../../src/channels/feed-formats.ts'
import { ask } from '../support/http.ts'
import { type Newsstand, startNewsstand } from '../support/newsstand.ts'
import { page } from '../support/page.ts'
import { until } from '../support/until.ts'

const files = {
  'a.txt': page(),
  'b.txt': page({
    title: 'Istanbul opens a tram line',
    section: 'TÜRKİYE',
    author: 'Ada Ak',
    date: 'May 1, 2024',
    body: 'The tram runs through Diyarbakır & Beyoğlu.\n\nAn old harbour is its last stop.',
  }),
  'c.txt': page({
    title: 'Cup final goes to penalties',
    section: 'SPORTS',
    author: 'Bo Lin',
    date: 'June 1, 2024',
    body: 'Nobody had expected it.',
  }),
}

async function found(newsstand: Newsstand, query: string): Promise<string[]> {
  const path = `/search/feed.json?q=${encodeURIComponent(query)}`
  let answer = await ask(newsstand.url + path)
  await until(async () => {
    if (answer.status === 503) answer = await ask(newsstand.url + path)
    return answer.status !== 503
  })
  expect(answer.status, query).toBe(200)
  return parseJsonFeed(answer.body.toString()).items?.map(({ title }) => String(title)) ?? []
}

describe('a search', () => {
  it('finds words, phrases, fields and dates, newest first', async () => {
    const newsstand = await startNewsstand(files)
    const [ferries, tram, cup] = [
      'Ferries return to the old harbour',
      'Istanbul opens a tram line',
      'Cup final goes to penalties',
    ]
    for (const [query, expected] of [
      ['harbour', [tram, ferries]],
      ['"old harbour"', [tram, ferries]],
      ['"harbour old"', []],
      ['harbour -tram', [ferries]],
      ['HARBOUR section:world', [ferries]],
      ['turkiye', [tram]],
      ['Türkiye', [tram]],
      ['diyarbakir', [tram]],
      ['beyoglu', [tram]],
      ['section:turkiye', [tram]],
      ['section:Türkiye', [tram]],
      ['author:"Ada Ak"', [tram]],
      ['author:bo-lin', [cup]],
      ['ada', [tram]],
      ['section:sports after:2024-06-01', [cup]],
      ['section:sports before:2024-06-01', []],
      ['harbour before:2024-04', [ferries]],
      ['amp', []],
      ['nothing-like-it', []],
    ] as const) {
      expect(await found(newsstand, query), query).toEqual(expected)
    }
  })

  it('means days where the site is', async () => {
    const newsstand = await startNewsstand(
      {
        'a.md': '---\ntitle: Day\ndate: 2026-03-05\n---\nFog.\n',
        'b.md': '---\ntitle: Last minute\ndate: 2026-03-04T23:59\n---\nFog.\n',
      },
      { TIME_ZONE: 'Europe/Berlin' },
    )
    expect(await found(newsstand, 'fog after:2026-03-05')).toEqual(['Day'])
    expect(await found(newsstand, 'fog before:2026-03-05')).toEqual(['Last minute'])
    expect(await found(newsstand, 'fog after:2026-03-04 before:2026-03-06')).toHaveLength(2)
  })

  it('shows changes as soon as the feeds do, and is cached like them', async () => {
    const newsstand = await startNewsstand(files)
    expect(await found(newsstand, 'harbour')).toHaveLength(2)
    const url = `${newsstand.url}/search/atom.xml?q=harbour`
    const first = await ask(url)
    const etag = String(first.headers.etag)
    expect((await ask(`${url}&utm_source=x`, { 'If-None-Match': etag })).status).toBe(304)
    expect((await ask(`${newsstand.url}/search/atom.xml?x=1&q=harbour`)).headers.etag).toBe(etag)
    const asked = `${newsstand.url}/search/atom.xml?q=section:world,africa+harbour`
    const text = (await ask(asked)).body.toString()
    expect(text).toContain(`rel="self" type="application/atom+xml" href="${asked}"`)
    // A search has no archive.
    expect(text).not.toContain('prev-archive')
    newsstand.write(
      'd.txt',
      page({ title: 'The harbour freezes', date: 'July 1, 2024', body: 'x' }),
    )
    await until(async () => (await found(newsstand, 'harbour')).includes('The harbour freezes'))
    const delta = await ask(url, { 'A-IM': 'feed', 'If-None-Match': etag })
    expect(delta.status).toBe(226)
    expect(delta.body.toString().match(/<entry/g)).toHaveLength(1)
    newsstand.remove('d.txt')
    await until(async () => !(await found(newsstand, 'harbour')).includes('The harbour freezes'))
    expect((await ask(url, { 'If-None-Match': etag })).status).toBe(304)
  })

  it('that is wrong is 400, and says where', async () => {
    const newsstand = await startNewsstand(files)
    const answer = await ask(`${newsstand.url}/search/rss.xml?q=a+%22b`, {
      Accept: 'application/json',
    })
    expect(answer.status).toBe(400)
    expect(JSON.parse(answer.body.toString()).detail).toBe(
      'The phrase at character 3 has no closing quotation mark.',
    )
    for (const path of ['/search/rss.xml', '/search/rss.xml?q=', '/search/rss.xml?q=%ZZ%20-']) {
      expect((await ask(newsstand.url + path)).status, path).toBe(400)
    }
  })

  it('is still there after a restart, and after its index was damaged or taken away', async () => {
    const newsstand = await startNewsstand(files)
    expect(await found(newsstand, 'tram')).toHaveLength(1)
    await newsstand.stop()
    newsstand.write('d.txt', page({ title: 'Another tram', date: 'July 1, 2024', body: 'x' }))
    await newsstand.start()
    await until(async () => (await found(newsstand, 'tram')).length === 2)
    await newsstand.stop()
    writeFileSync(join(newsstand.dataDir, 'search.sqlite'), 'This is no database. '.repeat(1000))
    await newsstand.start()
    expect(await found(newsstand, 'tram')).toHaveLength(2)
  })

  it('survives what people may send, and articles of the far future', async () => {
    const newsstand = await startNewsstand({
      ...files,
      'far.txt': page({ title: 'A letter to those to come', date: 'May 1, 9000', body: 'Later.' }),
    })
    expect(await found(newsstand, 'tram')).toHaveLength(1)
    for (const query of 'a%00b %00a %01a a%EF%BF%BFb a%1bb %ff%fe %3C%26%3E+x'.split(' ')) {
      for (const { fileName } of feedFormats) {
        const { status, body } = await ask(`${newsstand.url}/search/${fileName}?q=${query}`)
        expect([200, 400], `${fileName} ${query}`).toContain(status)
        if (status === 200 && fileName !== 'feed.json') {
          expect(XMLValidator.validate(body.toString())).toBe(true)
        }
      }
    }
    expect(await found(newsstand, 'tram line')).toHaveLength(1)
    const floods = Array.from({ length: 200 }, (_, n) =>
      ask(`${newsstand.url}/search/rss.xml?q=flood${n}`),
    )
    const statuses = new Set((await Promise.all(floods)).map(({ status }) => status))
    expect([...statuses].filter((status) => status !== 200 && status !== 503)).toEqual([])
    expect(await found(newsstand, 'cup')).toHaveLength(1)
  })
})
