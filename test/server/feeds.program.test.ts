import { rmSync } from 'node:fs'
import { parseJsonFeed } from 'feedsmith'
import { describe, expect, it } from 'vitest'
import { feedFormats } from '../../src/channels/feed-formats.ts'
import { startNewsstand } from '../support/newsstand.ts'
import { page } from '../support/page.ts'
import { until } from '../support/until.ts'

const files = {
  'a.txt': page(),
  'b.txt': page({
    title: 'Ankara plants trees',
    section: 'TÜRKİYE',
    date: 'May 1, 2024',
    author: 'Ada Ak, Bo Lin',
  }),
}

describe('the feeds', () => {
  it('have the same bytes after a restart without the database, and know them by the former ETags', async () => {
    const one = await startNewsstand(files, { BASE_URL: 'https://news.example' })
    const two = await startNewsstand(files, { BASE_URL: 'https://news.example' })
    for (const { fileName } of feedFormats) {
      const [first, second] = [await one.get(`/${fileName}`), await two.get(`/${fileName}`)]
      const known = { 'If-None-Match': first.headers.get('etag') ?? '' }
      expect((await two.get(`/${fileName}`, known)).status).toBe(304)
      expect(second.headers.get('last-modified')).toBe(first.headers.get('last-modified'))
      expect(await second.text()).toBe(await first.text())
    }
    const before = await one.text('/rss.xml')
    expect(await one.stop()).toBe(0)
    await one.start()
    expect(await one.text('/rss.xml')).toBe(before)
  })

  it('show a new file, an edit and a deletion at once', async () => {
    const newsstand = await startNewsstand(files, { REFRESH_CRON: '0 0 1 1 *' })
    newsstand.write('new/c.txt', page({ title: 'Something just happened', date: 'June 1, 2024' }))
    await until(async () => (await newsstand.text('/rss.xml')).includes('Something just happened'))
    newsstand.write('new/c.txt', page({ title: 'Something else happened', date: 'June 1, 2024' }))
    await until(async () => (await newsstand.text('/rss.xml')).includes('Something else happened'))
    rmSync(`${newsstand.articlesDir}/new`, { recursive: true })
    await until(async () => !(await newsstand.text('/rss.xml')).includes('Something else happened'))
  })

  it('are refreshed on schedule when nobody watches', async () => {
    const newsstand = await startNewsstand(files, { WATCH: 'false', REFRESH_CRON: '* * * * * *' })
    newsstand.write('c.txt', page({ title: 'Something just happened', date: 'June 1, 2024' }))
    await until(async () => (await newsstand.text('/rss.xml')).includes('Something just happened'))
  })
})

describe('beside the feeds', () => {
  it('there are images whatever their names have in them, at the addresses that feeds give', async () => {
    const image = Buffer.from('R0lGODlhAQABAAAAACH5BAEKAAEALAAAAAABAAEAAAICTAEAOw==', 'base64')
    const names = ['a b.gif', '100%.gif', 'a%41.gif', 'a#b?c=d.gif', 'a|b[c].gif', 'İzmir 東京.gif']
    const articles = names.map((name, n): [string, string] => [
      `in/${n}.md`,
      `---\ntitle: Story ${n}\ndate: 2024-01-0${n + 1}\nimage: ${JSON.stringify(name)}\n---\nText ${n}.\n`,
    ])
    const newsstand = await startNewsstand({
      ...Object.fromEntries(articles),
      ...Object.fromEntries(names.map((name) => [`in/${name}`, image])),
    })
    const items = parseJsonFeed(await newsstand.text('/feed.json')).items ?? []
    expect(items.map((item) => item.image?.split('/media/')[1])).toEqual(
      names.map((name) => `in/${encodeURIComponent(name)}`).reverse(),
    )
    for (const item of items) {
      const answer = await fetch(String(item.image))
      expect(answer.status, String(item.image)).toBe(200)
      expect(answer.headers.get('content-type')).toBe('image/gif')
      expect(Buffer.from(await answer.arrayBuffer())).toEqual(image)
    }
  })
})
