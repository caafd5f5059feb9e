import { XMLValidator } from 'fast-xml-parser'
import { describe, expect, it } from 'vitest'
import { ask } from '../support/http.ts'
import { type Newsstand, startNewsstand } from '../support/newsstand.ts'
import { page } from '../support/page.ts'
import { until } from '../support/until.ts'

const story = (n: number) =>
  page({ title: `Story ${n}`, date: `May ${n}, 2024`, body: `The story number ${n}.` })

const stories = (from: number, to: number) =>
  Object.fromEntries(
    Array.from({ length: to - from + 1 }, (_, n) => [`${from + n}.txt`, story(from + n)]),
  )

const rel = (text: string, name: string) =>
  new RegExp(`<(?:atom:)?link [^>]*rel="${name}"[^>]*href="([^"]+)"`).exec(text)?.[1]

const titlesIn = (text: string) =>
  [...text.matchAll(/<title[^>]*>(Story \d+)<\/title>/g)].map(([, title]) => title ?? '')

/** The titles of every document, from the feed to its oldest archive document. */
async function walk(newsstand: Newsstand, feed = '/atom.xml'): Promise<string[][]> {
  const documents: string[][] = []
  for (let next: string | undefined = newsstand.url + feed; next; ) {
    const { status, body } = await ask(next)
    expect(status).toBe(200)
    const text = body.toString()
    expect(XMLValidator.validate(text)).toBe(true)
    documents.push(titlesIn(text))
    next = rel(text, 'prev-archive')
  }
  return documents
}

const names = (...numbers: number[]) => numbers.map((n) => `Story ${n}`)

describe('the archive of a channel', () => {
  it('holds every article once, linked from the newest to the oldest and back', async () => {
    const newsstand = await startNewsstand(stories(1, 12), { FEED_ITEMS: '5' })
    for (const feed of ['/atom.xml', '/rss.xml', '/sections/world/atom.xml']) {
      expect(await walk(newsstand, feed), feed).toEqual([
        names(12, 11, 10, 9, 8),
        names(7, 6),
        names(5, 4, 3, 2, 1),
      ])
    }
    const first = await newsstand.text('/archive/1/atom.xml')
    expect(first).toContain('<fh:archive')
    expect(rel(first, 'current')).toBe(`${newsstand.url}/atom.xml`)
    expect(rel(first, 'next-archive')).toBe(`${newsstand.url}/archive/2/atom.xml`)
    expect(rel(first, 'prev-archive')).toBeUndefined()
    const second = await newsstand.text('/archive/2/rss.xml')
    expect(rel(second, 'prev-archive')).toBe(`${newsstand.url}/archive/1/rss.xml`)
    expect(rel(second, 'next-archive')).toBeUndefined()
    expect(await newsstand.text('/atom.xml')).not.toContain('fh:archive')
    const json = JSON.parse(await newsstand.text('/feed.json'))
    expect(json.next_url).toBe(`${newsstand.url}/archive/2/feed.json`)
    const archived = JSON.parse(await newsstand.text('/archive/2/feed.json'))
    expect(archived.next_url).toBe(`${newsstand.url}/archive/1/feed.json`)
    expect(archived._newsstand.archive).toBe(true)
    for (const path of ['/archive/3/rss.xml', '/archive/0/rss.xml', '/archive/01/rss.xml']) {
      expect((await ask(newsstand.url + path)).status, path).toBe(404)
    }
  })

  it('is cached for a year where it is full, and like a feed where it is not', async () => {
    const newsstand = await startNewsstand(stories(1, 12), { FEED_ITEMS: '5' })
    const full = await ask(`${newsstand.url}/archive/1/rss.xml`)
    expect(full.headers['cache-control']).toBe('public, max-age=31536000, immutable')
    const begun = await ask(`${newsstand.url}/archive/2/rss.xml`)
    expect(begun.headers['cache-control']).toMatch(/^public, max-age=60,/)
    const again = { 'If-None-Match': String(full.headers.etag) }
    expect((await ask(`${newsstand.url}/archive/1/rss.xml`, again)).status).toBe(304)
  })

  it('has a full document that links to the next one before there is anything in it', async () => {
    const newsstand = await startNewsstand(stories(1, 10), { FEED_ITEMS: '5' })
    const full = await newsstand.text('/archive/1/atom.xml')
    expect(rel(await newsstand.text('/atom.xml'), 'prev-archive')).toBe(
      `${newsstand.url}/archive/1/atom.xml`,
    )
    expect(rel(full, 'next-archive')).toBe(`${newsstand.url}/archive/2/atom.xml`)
    expect(titlesIn(await newsstand.text('/archive/2/atom.xml'))).toEqual([])
    newsstand.write('11.txt', story(11))
    await until(async () => (await newsstand.text('/archive/2/atom.xml')).includes('Story 6'))
    expect(await newsstand.text('/archive/1/atom.xml')).toBe(full)
  })

  it('stays right while articles come and go: a full document keeps its bytes', async () => {
    const newsstand = await startNewsstand(stories(1, 12), { FEED_ITEMS: '5' })
    const full = await newsstand.text('/archive/1/atom.xml')
    const without = (n: number) => until(async () => !(await everything()).includes(`Story ${n}`))
    const everything = async () => (await walk(newsstand)).flat()
    for (let n = 13; n <= 20; n += 1) {
      newsstand.write(`${n}.txt`, story(n))
      await until(async () => (await everything()).includes(`Story ${n}`))
      const titles = await everything()
      expect(titles).toHaveLength(n)
      expect(new Set(titles).size).toBe(n)
    }
    expect(await newsstand.text('/archive/1/atom.xml')).toBe(full)
    // An old story that comes late goes where there is room.
    newsstand.write('late.txt', page({ title: 'Story 99', date: 'May 2, 2020', body: 'Late.' }))
    await until(async () => (await everything()).includes('Story 99'))
    expect((await everything()).filter((title) => title === 'Story 99')).toHaveLength(1)
    expect(await newsstand.text('/archive/1/atom.xml')).toBe(full)
    newsstand.remove('3.txt')
    await without(3)
    expect(titlesIn(await newsstand.text('/archive/1/atom.xml'))).toEqual(names(5, 4, 2, 1))
    const titles = await everything()
    expect(new Set(titles).size).toBe(titles.length)
    expect(titles).toHaveLength(20)
  })

  it('loses nothing while the newest are removed, even to someone who is walking', async () => {
    const newsstand = await startNewsstand(stories(1, 12), { FEED_ITEMS: '5' })
    const seen = titlesIn(await newsstand.text('/atom.xml'))
    newsstand.remove('12.txt')
    await until(async () => !(await newsstand.text('/atom.xml')).includes('Story 12'))
    const rest = [
      ...titlesIn(await newsstand.text('/archive/2/atom.xml')),
      ...titlesIn(await newsstand.text('/archive/1/atom.xml')),
    ]
    expect(new Set([...seen, ...rest]).size).toBe(12)
    expect(titlesIn(await newsstand.text('/atom.xml'))).toEqual(names(11, 10, 9, 8, 7))
  })

  it('is the same after a restart, and takes in more when feeds become smaller', async () => {
    const newsstand = await startNewsstand(stories(1, 12), { FEED_ITEMS: '5' })
    const before = await walk(newsstand)
    await newsstand.stop()
    await newsstand.start()
    expect(await walk(newsstand)).toEqual(before)
    await newsstand.stop()
    newsstand.write('13.txt', story(13))
    await newsstand.start({ FEED_ITEMS: '3' })
    await until(async () => (await newsstand.text('/atom.xml')).includes('Story 13'))
    const titles = (await walk(newsstand)).flat()
    expect(titles.slice(0, 3)).toEqual(names(13, 12, 11))
    expect(new Set(titles).size).toBe(13)
    expect(titles).toHaveLength(13)
  })

  it('loses no article that is dated anew, or comes late after the newest were removed', async () => {
    const newsstand = await startNewsstand(stories(1, 6), { FEED_ITEMS: '2' })
    const everything = async () => new Set((await walk(newsstand)).flat())
    newsstand.write('2.txt', page({ title: 'Story 2', date: 'May 20, 2024', body: 'Two.' }))
    await until(async () => (await newsstand.text('/atom.xml')).includes('Story 2'))
    expect((await everything()).size).toBe(6)
    newsstand.remove('6.txt')
    await until(async () => !(await newsstand.text('/atom.xml')).includes('Story 6'))
    newsstand.write('late.txt', page({ title: 'Story 99', date: 'May 2, 2020', body: 'Late.' }))
    await until(async () => (await everything()).has('Story 99'))
    expect((await everything()).size).toBe(6)
  })

  it('keeps full documents as they are when feeds become larger', async () => {
    const newsstand = await startNewsstand(stories(1, 8), { FEED_ITEMS: '2' })
    const last = titlesIn(await newsstand.text('/archive/3/atom.xml'))
    await newsstand.stop()
    await newsstand.start({ FEED_ITEMS: '3' })
    newsstand.write('9.txt', story(9))
    newsstand.write('10.txt', story(10))
    await until(async () => (await newsstand.text('/atom.xml')).includes('Story 10'))
    await until(async () => (await newsstand.text('/atom.xml')).includes('Story 9'))
    expect(titlesIn(await newsstand.text('/archive/3/atom.xml'))).toEqual(last)
    expect(new Set((await walk(newsstand)).flat()).size).toBe(10)
  })
})
