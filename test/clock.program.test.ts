import { XMLParser } from 'fast-xml-parser'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { toInstant } from '../src/intake/stated-date.ts'
import { type Desk, openDesk } from './support/desk.ts'

const story = (title: string, date: string, text = 'Text.') =>
  `---\ntitle: ${title}\ndate: ${date}\n---\n${text} ${title}.\n`

const titles = async (desk: Desk) => (await desk.articles()).map(({ title }) => title)

const anHour = 60 * 60 * 1000
const aYear = 365 * 24 * anHour

afterEach(() => {
  vi.useRealTimers()
})

describe('a system clock that jumps', () => {
  it('loses, doubles and re-dates nothing, however it jumps', async () => {
    const desk = await openDesk({
      'a.md': story('A', '2024-01-01'),
      'b.md': story('B', '2024-01-02'),
      'later.md': story('Later', new Date(Date.now() + aYear / 2).toISOString().slice(0, 10)),
    })
    const before = await desk.feed('atom.xml')
    const ids = async () => new Set((await desk.articles()).map(({ id }) => id))
    const now = Date.now()
    vi.useFakeTimers({ toFake: ['Date'], now: now + aYear })
    desk.write('c.md', story('C', '2024-01-03'))
    await desk.refresh()
    expect(await titles(desk)).toEqual(['Later', 'C', 'B', 'A'])
    vi.setSystemTime(now - aYear)
    desk.write('d.md', story('D', '2024-01-04'))
    await desk.refresh()
    expect(await titles(desk)).toEqual(['D', 'C', 'B', 'A'])
    vi.setSystemTime(now)
    await desk.refresh()
    expect(await titles(desk)).toEqual(['D', 'C', 'B', 'A'])
    desk.remove('c.md')
    desk.remove('d.md')
    await desk.refresh()
    expect(await titles(desk)).toEqual(['B', 'A'])
    expect((await ids()).size).toBe(2)
    expect(await desk.feed('atom.xml')).toBe(before)
  })

  it('takes the time of change of a channel back from the future alone', async () => {
    const desk = await openDesk({ 'a.md': story('A', '2024-01-01') })
    const changed = async () =>
      Date.parse((await desk.catalogue.channel({ kind: 'site', slug: '' }))?.changed ?? '')
    const times = [await changed()]
    const now = Date.now()
    for (const [n, jump] of [anHour, -anHour, aYear, -aYear, anHour / 2].entries()) {
      vi.useFakeTimers({ toFake: ['Date'], now: now + jump })
      desk.write('a.md', story('A', '2024-01-01', `Version ${n}.`))
      await desk.refresh()
      const time = await changed()
      const before = times.at(-1) ?? 0
      expect(time).toBeLessThanOrEqual(Date.now())
      if (before <= Date.now()) expect(time).toBeGreaterThan(before)
      times.push(time)
    }
  })

  it('holds an update back in no year, and never in the future of its clock', async () => {
    const desk = await openDesk({ 'a.md': story('A', '2024-01-01') })
    const now = Date.now()
    vi.useFakeTimers({ toFake: ['Date'], now: now - aYear })
    desk.write('a.md', story('A', '2024-01-01', 'Edited.'))
    await desk.refresh()
    const [article] = await desk.articles()
    expect(article?.content).toContain('Edited')
    expect(Date.parse(article?.updated ?? '')).toBeLessThanOrEqual(Date.now())
  })
})

describe('dates', () => {
  it('that a clock change skips or repeats are what the zone makes of them', () => {
    const berlin = (text: string) => toInstant(text, 'Europe/Berlin')
    expect(berlin('2024-03-31T02:30')).toBe('2024-03-31T01:30:00Z')
    expect(berlin('2024-10-27T02:30')).toBe('2024-10-27T00:30:00Z')
    expect(berlin('2024-10-27T03:00')).toBe('2024-10-27T02:00:00Z')
    // There was no midnight on this day in Brazil.
    expect(toInstant('2018-11-04', 'America/Sao_Paulo')).toBe('2018-11-04T03:00:00Z')
    // A whole day that Samoa never had.
    expect(toInstant('2011-12-30', 'Pacific/Apia')).toBe('2011-12-30T10:00:00Z')
  })

  it('of leap days and of far years are in all feeds as they were written', async () => {
    vi.useFakeTimers({ toFake: ['Date'], now: Date.UTC(9999, 11, 31, 12) })
    const desk = await openDesk({
      'old.md': story('Old', '1900-01-01'),
      'leap.md': story('Leap', '2024-02-29'),
      'century.md': story('Century', '2000-02-29T23:59:59Z'),
      'last.md': story('Last', '9999-12-31T11:59:59Z'),
      'never.md': story('Never', '1900-02-29'),
    })
    const dates = [
      '9999-12-31T11:59:59Z',
      '2024-02-29T00:00:00Z',
      '2000-02-29T23:59:59Z',
      '1900-01-01T00:00:00Z',
    ]
    const parser = new XMLParser()
    const rss = parser.parse(await desk.feed('rss.xml')).rss.channel
    // Those without a time lie in the first minute of their day.
    const iso = (date: string) =>
      new Date(date)
        .toISOString()
        .replace(/00:00:\d\d\.\d{3}/, '00:00:00')
        .replace('.000', '')
    expect(rss.item.map(({ pubDate }: { pubDate: string }) => iso(pubDate))).toEqual(dates)
    expect(rss.item[0].pubDate).toBe('Fri, 31 Dec 9999 11:59:59 GMT')
    const atom = parser.parse(await desk.feed('atom.xml')).feed
    expect(atom.entry.map(({ published }: { published: string }) => iso(published))).toEqual(dates)
    const { items } = JSON.parse(await desk.feed('feed.json'))
    expect(items.map((item: { date_published: string }) => iso(item.date_published))).toEqual(dates)
    expect(desk.log.join()).toContain('never.md')
  })

  it('that many articles share leave them in one order, each once in feed and archive', async () => {
    const files = Object.fromEntries(
      Array.from({ length: 23 }, (_, n) => [`${n}.md`, story(`T${n}`, '2024-03-04T10:30')]),
    )
    const desk = await openDesk(files, { FEED_ITEMS: '5' })
    const site = { kind: 'site', slug: '' } as const
    const walk = async () => {
      const record = await desk.catalogue.channel(site)
      const lists = [await desk.catalogue.listed(site, 5)]
      for (let n = record?.archives ?? 0; n > 0; n -= 1) {
        lists.push(await desk.catalogue.archived(site, n))
      }
      return lists.flat().map(({ number }) => number)
    }
    const before = await walk()
    expect(before).toHaveLength(23)
    expect(new Set(before).size).toBe(23)
    const feed = await desk.feed('rss.xml')
    await desk.close()
    const again = await openDesk({}, { FEED_ITEMS: '5' }, desk)
    expect(await again.feed('rss.xml')).toBe(feed)
    expect((await again.articles()).map(({ id }) => id)).toEqual(
      (await again.articles()).map(({ id }) => id).sort(),
    )
  })
})
