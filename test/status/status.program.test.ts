import { readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { describe, expect, it } from 'vitest'
import { createLog } from '../../src/log.ts'
import { noteFormer, noteKept, type RefreshHistory } from '../../src/refresh/history.ts'
import { createAudience, readAgent } from '../../src/status/audience.ts'
import { barChart } from '../../src/status/chart.ts'
import { createHours } from '../../src/status/hours.ts'
import { createTraffic } from '../../src/status/traffic.ts'
import { ask } from '../support/http.ts'
import { startNewsstand } from '../support/newsstand.ts'
import { page } from '../support/page.ts'
import { until } from '../support/until.ts'

const aDayMs = 24 * 60 * 60 * 1000

describe('a reader', () => {
  it('is known by the first name in its User-Agent, and says how many it stands for', () => {
    for (const [text, reader, stated] of [
      ['Feedly/1.0 (+http://www.feedly.com/fetcher.html; 1234 subscribers; )', 'Feedly', 1234],
      ['NewsBlur Feed Fetcher - 12 subscribers - http://x (Mac)', 'NewsBlur Feed Fetcher', 12],
      ['Feedbin feed-id:1234 - 5 subscribers', 'Feedbin', 5],
      [
        'Mozilla/5.0 (compatible; theoldreader.com; 1 subscribers; feed-id=a)',
        'theoldreader.com',
        1,
      ],
      ['NetNewsWire (RSS Reader; https://netnewswire.com/)', 'NetNewsWire', undefined],
      ['Mozilla/5.0 (X11; Linux) Gecko/20100101 Firefox/130.0', 'web browsers', undefined],
      ['', 'unnamed', undefined],
      ['('.repeat(5000), 'unnamed', undefined],
    ] as const) {
      expect(readAgent(text), text).toEqual({ reader, stated })
    }
  })

  it('that states its subscribers counts as it said last, over all feeds', () => {
    const audience = createAudience()
    audience.note('Feedly/1.0 (10 subscribers)', '192.0.2.1', '/rss.xml')
    audience.note('Feedly/1.0 (12 subscribers)', '192.0.2.2', '/rss.xml')
    audience.note('Feedly/1.0 (5 subscribers)', '192.0.2.2', '/sections/world/rss.xml')
    expect(audience.subscribers()).toEqual([{ reader: 'Feedly', subscribers: 17, isStated: true }])
  })

  it('that does not is counted by addresses, of which none is kept', () => {
    const audience = createAudience()
    for (let poll = 0; poll < 3; poll += 1) {
      for (let n = 0; n < 5000; n += 1) {
        audience.note('NetNewsWire/6', `10.0.${n >> 8}.${n & 255}`, '/rss.xml')
      }
    }
    const [found] = audience.subscribers()
    expect(found?.subscribers).toBeGreaterThan(4500)
    expect(found?.subscribers).toBeLessThan(5500)
    const state = JSON.stringify(audience.state())
    expect(state).not.toContain('10.0.')
    expect(state.length).toBeLessThan(3000)
    const later = createAudience()
    later.restore(JSON.parse(state))
    later.note('NetNewsWire/6', '10.0.0.1', '/rss.xml')
    expect(later.subscribers()).toEqual([found])
  })

  it('is forgotten after two days, and what it states after three', () => {
    let now = Date.UTC(2026, 0, 1, 12)
    const audience = createAudience(() => now)
    audience.note('Newsboat/2', '192.0.2.1', '/rss.xml')
    audience.note('Feedly/1.0 (10 subscribers)', '192.0.2.1', '/rss.xml')
    const { salt } = audience.state()
    now += aDayMs
    expect(audience.subscribers()).toHaveLength(2)
    expect(audience.state().salt).not.toBe(salt)
    now += aDayMs
    expect(audience.subscribers().map(({ reader }) => reader)).toEqual(['Feedly'])
    now += 2 * aDayMs
    expect(audience.subscribers()).toEqual([])
  })

  it('is not crowded out by names that somebody invents, and these do not fill the memory', () => {
    let now = Date.UTC(2026, 0, 1, 12)
    const audience = createAudience(() => now)
    const poll = () => {
      for (let n = 0; n < 9; n += 1) audience.note('Miniflux/2', `10.0.0.${n}`, '/rss.xml')
      audience.note('Newsboat/2', '192.0.2.7', '/rss.xml')
      audience.note('Feedly/1.0 (1234 subscribers)', '192.0.2.8', '/rss.xml')
    }
    const count = (reader: string) =>
      audience.subscribers().find((one) => one.reader === reader)?.subscribers ?? 0
    poll()
    now += aDayMs
    poll()
    for (let n = 0; n < 5000; n += 1) {
      audience.note(`Name${n}/1`, '192.0.2.1', '/rss.xml')
      audience.note(`Name${n}/1 (99999 subscribers)`, '192.0.2.1', `/tags/${n}/rss.xml`)
    }
    expect(JSON.stringify(audience.state()).length).toBeLessThan(400_000)
    expect(count('Miniflux')).toBeGreaterThan(7)
    expect([count('Feedly'), count('Newsboat')]).toEqual([1234, 1])
    expect(count('others')).toBeGreaterThan(1000)
  })

  it('is one for each network, however its name goes on', () => {
    const audience = createAudience()
    for (let n = 0; n < 100; n += 1) {
      audience.note(`Reader/${n}`, '192.0.2.1', '/rss.xml')
      audience.note(`Other/${n}`, `2001:db8::${n.toString(16)}`, '/rss.xml')
    }
    expect(audience.subscribers().map(({ subscribers }) => subscribers)).toEqual([1, 1])
  })
})

describe('answers', () => {
  it('are counted by the hour, for eight days', () => {
    let now = Date.UTC(2026, 0, 1, 12, 30)
    const traffic = createTraffic()
    const hours = createHours(traffic, () => now)
    traffic.of('/rss.xml').sent(200, 1000, 3000)
    traffic.of('/rss.xml').notModified(500)
    traffic.of('other/').sent(404, 0, 0)
    hours.tick()
    traffic.of('/atom.xml').sent(200, 10, 0)
    hours.tick()
    expect(hours.all()).toEqual([
      {
        start: Date.UTC(2026, 0, 1, 12),
        answers: { 200: 2, 304: 1 },
        bytesSent: 1010,
        bytesSavedByNotModified: 500,
        bytesSavedByCompression: 3000,
      },
    ])
    for (let hour = 0; hour < 1000; hour += 1) {
      now += 60 * 60 * 1000
      traffic.of('/rss.xml').sent(200, 1, 0)
      hours.tick()
    }
    expect(hours.all()).toHaveLength(8 * 24)
  })
})

describe('a chart', () => {
  it('is as high as its highest bar, and says what it shows', () => {
    const bars = [
      { title: 'one <', parts: [['a', 1] as const] },
      { title: 'two', parts: [['a', 1] as const, ['b', 1] as const] },
    ]
    const svg = barChart(bars, { width: 100, height: 52, description: 'a "chart"' })
    expect(svg).toContain('<title>one &lt;</title>')
    expect(svg).toContain('aria-label="a &quot;chart&quot;"')
    expect([...svg.matchAll(/class="[ab]"[^>]*? y="([\d.]+)"/g)].map(([, y]) => Number(y))).toEqual(
      [27, 27, 2],
    )
    expect(svg).not.toContain('style=')
  })
})

describe('refreshes', () => {
  it('of before a restart stand before those since, and such as changed nothing not at all', () => {
    const nothing = { added: 0, edited: 0, removed: 0, rejected: [] }
    const lists = { noted: 0, taken: [], outdated: [], released: [], data: [] }
    const report = { ...nothing, ...lists, channels: [], articles: [], isNewsOther: false }
    const history: RefreshHistory = { kept: 0, failed: 0, totalMs: 0, recent: [] }
    const log = createLog({ logLevel: 'silent', timeZone: 'UTC' })
    noteKept(history, log, { ...report, edited: 3 }, 5)
    noteKept(history, log, report, 5)
    const former = { at: '2026-01-01T00:00:00.000Z', ms: 5, ...nothing, rejected: 0 }
    noteFormer(history, [former, { ...former, added: 2 }, { ...former, rejected: 1 }])
    const told = history.recent.map(({ added, edited, rejected }) => [added, edited, rejected])
    expect(told).toEqual([
      [2, 0, 0],
      [0, 0, 1],
      [0, 3, 0],
    ])
    expect(history.kept).toBe(2)
  })
})

describe('the status page', () => {
  it('has the refreshes that changed something in their order, after a start with other settings', async () => {
    const newsstand = await startNewsstand({ 'a.txt': page(), 'b.txt': page({ title: 'B' }) })
    const recent = async () => {
      const { body } = await ask(`${newsstand.adminUrl}/status`)
      const { refreshes } = JSON.parse(body.toString())
      return refreshes.recent.map(({ added, removed }: Record<string, number>) => [added, removed])
    }
    expect(await recent()).toEqual([[2, 0]])
    newsstand.remove('b.txt')
    await until(async () => (await recent()).length === 2)
    await newsstand.stop()
    // With other settings there is a commit before anything is read.
    await newsstand.start({ BASE_URL: 'https://news.example' })
    newsstand.write('c.txt', page({ title: 'C' }))
    await until(async () => (await newsstand.text('/rss.xml')).includes('<title>C<'))
    await until(async () => (await recent()).length > 2)
    expect(await recent()).toEqual([
      [2, 0],
      [0, 1],
      [1, 0],
    ])
  })

  it('outlives a restart, in a file that is never half written', async () => {
    const newsstand = await startNewsstand({ 'a.txt': page(), 'bad.txt': 'nothing' })
    await newsstand.get('/rss.xml', { 'User-Agent': 'Feedly/1.0 (77 subscribers)' })
    await newsstand.stop()
    const file = join(newsstand.dataDir, 'statistics.json')
    expect(statSync(file).size).toBeLessThan(10_000)
    await newsstand.start()
    await newsstand.get('/rss.xml', { 'User-Agent': 'Newsboat/2' })
    const status = JSON.parse((await ask(`${newsstand.adminUrl}/status`)).body.toString())
    expect(status.lastDay.answers).toEqual({ 200: 2 })
    expect(status.subscribers).toEqual([
      { reader: 'Feedly', subscribers: 77, isStated: true },
      { reader: 'Newsboat', subscribers: 1, isStated: false },
    ])
    expect(status.refreshes.recent[0]).toMatchObject({ added: 1, rejected: 1 })
    expect(status.rejected[0]).toMatchObject({ path: 'bad.txt', reason: expect.any(String) })
    expect(status.sections.months).toHaveLength(12)
    const html = (await ask(`${newsstand.adminUrl}/`)).body.toString()
    for (const text of ['Feedly', 'bad.txt', '<svg', 'Refresh now']) expect(html).toContain(text)
    await newsstand.stop()
    writeFileSync(file, readFileSync(file, 'utf8').slice(0, 50))
    await newsstand.start()
    expect(newsstand.output()).toContain('statistics begin anew')
    expect((await ask(`${newsstand.adminUrl}/`)).status).toBe(200)
  })

  it('shows every fault with its line, and of many notes one of each kind', async () => {
    const never = '---\ntitle: T\ndate: 2024-02-01\nexpires: 2024-01-01\n---\nText.\n'
    const files = Array.from({ length: 101 }, (_, n) => [`never/${n + 100}.md`, never])
    const newsstand = await startNewsstand({ 'bad.txt': 'x', ...Object.fromEntries(files) })
    expect(newsstand.output()).toContain(
      '1 file rejected, 101 notes (\\"npm run check\\" says more)',
    )
    const database = new DatabaseSync(join(newsstand.dataDir, 'catalogue.sqlite'))
    const other = JSON.stringify([{ line: 7, reason: 'it is <bad>', remedy: 'Mend it.' }])
    database.prepare('UPDATE rejection SET others = ?').run(other)
    database.prepare("UPDATE note SET line = 5 WHERE path = 'never/100.md'").run()
    database.close()
    const text = 'it expires before it is published, and is never shown'
    const status = JSON.parse((await ask(`${newsstand.adminUrl}/status`)).body.toString())
    expect(status).toMatchObject({ notes: 101, rejected: [{ others: [{ line: 7 }] }] })
    expect(status.noted).toHaveLength(100)
    expect(status.noted[0]).toEqual({ path: 'never/100.md', notes: [{ line: 5, text }] })
    const html = (await ask(`${newsstand.adminUrl}/`)).body.toString()
    const cell = '<td lang="en" dir="ltr">'
    expect(html).toContain(`${cell}<code>bad.txt:7</code></td>${cell}it is &lt;bad&gt;</td>`)
    const others = 'and 100 others: never/101.md, never/102.md, never/103.md …'
    expect(html).toContain(`${cell}<code>never/100.md:5</code> ${others}</td>${cell}${text}</td>`)
    expect(status.told.noted).toMatchObject({ kinds: [{ count: 101, others }], more: 0 })
    expect(html).not.toContain('never/200.md')
  })

  it('says what is wrong, when nothing else works', async () => {
    const newsstand = await startNewsstand({ 'a.txt': page() }, { REFRESH_CRON: '* * * * * *' })
    const other = new DatabaseSync(join(newsstand.dataDir, 'catalogue.sqlite'))
    other.exec('BEGIN IMMEDIATE')
    newsstand.write('b.txt', page({ title: 'Another' }))
    const shown = async () => (await ask(`${newsstand.adminUrl}/`)).body.toString()
    await until(async () => (await shown()).includes('database is locked'))
    expect((await newsstand.get('/readyz')).status).toBe(200)
    other.exec('ROLLBACK')
    other.close()
    await until(async () => !(await shown()).includes('database is locked'))
  })

  it('counts as saved only what would have been sent', async () => {
    const newsstand = await startNewsstand({ 'a.txt': page() })
    const gzip = { 'Accept-Encoding': 'gzip' }
    const { headers } = await ask(`${newsstand.url}/rss.xml`, gzip, 'HEAD')
    await ask(`${newsstand.url}/rss.xml`, { ...gzip, 'If-None-Match': headers.etag ?? '' }, 'HEAD')
    const wrong = { 'Sec-Fetch-Dest': 'document', Accept: 'text/html' }
    await ask(`${newsstand.url}/search/rss.xml?q=%22a`, wrong)
    const { lastDay } = JSON.parse((await ask(`${newsstand.adminUrl}/status`)).body.toString())
    expect(lastDay).toMatchObject({ answers: { 200: 1, 304: 1 } })
    expect(lastDay.bytesSavedByCompression + lastDay.bytesSavedByNotModified).toBe(0)
  })
})
