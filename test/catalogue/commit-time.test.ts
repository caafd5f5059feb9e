/** What is out is decided at the time of the last commit, whatever the clock of a reader says; and what is due is committed on time. */
import { describe, expect, it, onTestFinished, vi } from 'vitest'
import { assemble } from '../../src/assemble.ts'
import { openSqliteReader } from '../../src/catalogue/sqlite-reader.ts'
import { feedFormats } from '../../src/channels/feed-formats.ts'
import { site } from '../../src/channels/selection.ts'
import { loadConfig } from '../../src/config.ts'
import { createIntake } from '../../src/intake/intake.ts'
import { Refresher } from '../../src/refresh.ts'
import { createSearch } from '../../src/search/search.ts'
import { createServing } from '../../src/serving.ts'
import { type Desk, openDesk } from '../support/desk.ts'
import { temporaryFolder } from '../support/folder.ts'
import { ask } from '../support/http.ts'
import { serve } from '../support/serve.ts'
import { itOfItsClock, openCatalogueIn } from '../support/sharing.ts'
import { until } from '../support/until.ts'

const anHour = 60 * 60 * 1000
const aDay = 24 * anHour
const aYear = 365 * aDay

const day = (time: number) => new Date(time).toISOString()

const story = (title: string, date: string, more = '') =>
  `---\ntitle: ${title}\ndate: ${date}\nslug: ${title.toLowerCase()}\n${more}---\nText of ${title}.\n`

/** Two that are out, one of them not for good, and one that is to come. */
const stories = (now: number) => ({
  'old.md': story('Old', '2024-01-01'),
  'short.md': story('Short', '2024-01-02', `expires: ${day(now + aYear / 2)}\n`),
  'later.md': story('Later', day(now + aYear / 4)),
})

function setClock(now: number): void {
  vi.useFakeTimers({ toFake: ['Date'], now })
  onTestFinished(() => void vi.useRealTimers())
}

const titles = async (desk: Desk) => (await desk.articles()).map(({ title }) => title)

/** What whoever follows the catalogue sees of a commit. */
const stateOf = async ({ catalogue }: Desk) => ({
  changed: (await catalogue.channel(site))?.changed,
  version: await catalogue.lastVersion(),
})

/** What another process, or machine, says that has the same catalogue. */
async function everythingIn(dataDir: string): Promise<string[]> {
  const config = loadConfig({ DATA_DIR: dataDir }, dataDir)
  const reader = await openSqliteReader(config, async () => {})
  const none = { find: async () => ({ numbers: [], until: 0 }) }
  const { channels, pages } = createServing(reader, none, config)
  const documents = feedFormats.map(async (format) => {
    const document = await channels.document({ channel: site, format })
    return String(await document?.encodings.make('identity'))
  })
  const paths = ['/sitemap-news.xml', '/sitemap-articles-1.xml', '/sitemap-channels.xml']
  const files = paths.map(async (path) => {
    const page = await pages.file(path)
    return String(await page?.encodings.make('identity'))
  })
  const found = ['old', 'short', 'later'].map((slug) => reader.article(slug))
  const all = [
    ...(await Promise.all(documents)),
    ...(await Promise.all(files)),
    ...[...(await Promise.all(found)), await reader.counts(), await reader.count(site)].map((one) =>
      JSON.stringify(one),
    ),
  ]
  await reader.close()
  return all
}

describe('what readers are given', () => {
  it('is the same whatever their clocks say, and another after the next commit', async () => {
    const now = Date.now()
    const desk = await openDesk({ ...stories(now), 'news.md': story('News', day(now - anHour)) })
    const before = await everythingIn(desk.dataDir)
    expect(before.join()).toContain('Text of News')
    expect(before.join()).not.toContain('Later')
    for (const clock of [now + aYear, now - 20 * aYear]) {
      setClock(clock)
      expect(await everythingIn(desk.dataDir)).toEqual(before)
    }
    setClock(now + aYear)
    await desk.refresh()
    const after = await everythingIn(desk.dataDir)
    expect(after.join()).toContain('Text of Later')
    expect(after.join()).not.toContain('Text of Short')
    vi.useRealTimers()
    expect(await everythingIn(desk.dataDir)).toEqual(after)
  })
})

describe('an article that is due', () => {
  it('comes out and goes on time though nobody looks at the folder, in a new state each time', async () => {
    const soon = Math.ceil(Date.now() / 1000) * 1000 + 3000
    const desk = await openDesk({
      'a.md': story('Always', '2024-01-01'),
      'b.md': story('Brief', day(soon), `expires: ${day(soon + 1000)}\n`),
    })
    const url = await serve(desk.app)
    const feed = async () => String((await ask(`${url}/feed.json`)).body)
    expect(await feed()).not.toContain('Text of Brief')
    const before = await stateOf(desk)
    await until(async () => (await feed()).includes('Text of Brief'))
    expect(Date.now()).toBeGreaterThanOrEqual(soon)
    const out = await stateOf(desk)
    expect(out.changed).not.toBe(before.changed)
    expect(out.version).toBeGreaterThan(before.version)
    await until(async () => !(await feed()).includes('Text of Brief'))
    expect(Date.now()).toBeGreaterThanOrEqual(soon + 1000)
    expect((await stateOf(desk)).version).toBeGreaterThan(out.version)
    expect((await ask(`${url}/articles/brief`)).status).toBe(410)
  })

  it('is no more in a list that it has left by its file, where it expired meanwhile', async () => {
    const dataDir = temporaryFolder()
    const catalogue = await openCatalogueIn(loadConfig({ DATA_DIR: dataDir }, dataDir), '')
    onTestFinished(() => catalogue.close())
    const start = Date.UTC(2026, 0, 2)
    const [published, expires] = [day(start - aDay), day(start + aDay)]
    async function keep(slug: string, now: number) {
      const said = { title: 'T', content: '<p>T</p>', language: 'en', published, expires }
      const lists = { tags: [], authors: [], sources: [] }
      const refresh = await catalogue.refresh(now)
      await refresh.keep([
        {
          ...{ kind: 'article', path: 'a.md', signature: slug, modified: start, size: 1 },
          ...{ hash: 't', titleSlug: 't', notes: [] },
          content: { ...said, ...lists, section: { slug, name: slug } },
        },
      ])
      return (await refresh.commit(true)).channels
    }
    await keep('city', start)
    expect(await keep('port', start + 2 * aDay)).toContainEqual({ kind: 'section', slug: 'city' })
  })

  it('is found by who asks in which states articles are', async () => {
    const now = Date.now()
    const desk = await openDesk(stories(now))
    const before = await desk.catalogue.lastVersion()
    const refresh = await desk.catalogue.refresh(now + aYear)
    const { articles } = await refresh.commit(false)
    expect(articles).toHaveLength(2)
    const listed = await desk.catalogue.listedByNumber(articles)
    for (const { version } of listed) expect(version).toBeGreaterThan(before)
  })
})

describe('the news sitemap', () => {
  it('loses an article after 48 hours, and nothing else is another', async () => {
    const now = Date.now()
    const desk = await openDesk({
      'old.md': story('Old', '2024-01-01'),
      'news.md': story('News', day(now - anHour)),
      'newer.md': story('Newer', day(now - anHour / 2)),
    })
    const url = await serve(desk.app)
    const news = async () => String((await ask(`${url}/sitemap-news.xml`)).body)
    expect(await news()).toContain('articles/news<')
    const before = await stateOf(desk)
    const { kept } = desk.refresher.history
    const due = Math.floor((now - anHour) / 1000) * 1000 + 2 * aDay
    expect(Math.floor(((await desk.catalogue.nextDue()) ?? 0) / 1000) * 1000).toBe(due)
    setClock(now + 2 * aDay - anHour + 1000)
    // No clock of a reader counts.
    expect(await news()).toContain('articles/news<')
    await desk.refresh()
    expect(await news()).not.toContain('articles/news<')
    expect(await news()).toContain('articles/newer<')
    expect(await stateOf(desk)).toEqual(before)
    expect(desk.refresher.history.kept).toBe(kept)
  })
})

describe('a clock that was ahead', () => {
  itOfItsClock(
    'and comes back takes back what came out, and what had expired is out again',
    async () => {
      const now = Date.now()
      const desk = await openDesk(stories(now))
      setClock(now + aYear)
      await desk.refresh()
      expect(await titles(desk)).toEqual(['Later', 'Old'])
      const ahead = await stateOf(desk)
      vi.setSystemTime(now)
      await desk.refresh()
      expect(await titles(desk)).toEqual(['Short', 'Old'])
      expect(await desk.catalogue.lastRefresh()).toBe(now)
      expect((await stateOf(desk)).version).toBeGreaterThan(ahead.version)
      expect((await stateOf(desk)).changed).not.toBe(ahead.changed)
    },
  )

  itOfItsClock('by less than a minute takes nothing back', async () => {
    const now = Date.now()
    const soon = Math.ceil(now / 1000) * 1000 + 30_000
    const desk = await openDesk({ 'a.md': story('Soon', day(soon)) })
    setClock(soon)
    await desk.refresh()
    expect(await titles(desk)).toEqual(['Soon'])
    vi.setSystemTime(now)
    desk.write('b.md', story('Other', '2024-01-01'))
    await desk.refresh()
    expect(await titles(desk)).toEqual(['Soon', 'Other'])
    expect(await desk.catalogue.lastRefresh()).toBe(soon)
  })
})

describe('what is due while the folder does not answer', () => {
  itOfItsClock('is committed before a pass looks there, and beside one that does', async () => {
    const now = Date.now()
    const end = now + aYear / 2
    const desk = await openDesk(stories(now))
    await desk.close()
    const config = loadConfig({ ARTICLES_DIR: desk.folder, DATA_DIR: desk.dataDir }, desk.dataDir)
    const catalogue = await openCatalogueIn(config, '')
    const intake = createIntake(config)
    const search = createSearch(config, catalogue, expect.fail)
    const answer = Promise.withResolvers<void>()
    let surveys = 0
    const hanging: typeof intake = {
      ...intake,
      async survey(...args) {
        surveys += 1
        await answer.promise
        return intake.survey(...args)
      },
    }
    const log = { info() {}, warn() {}, error: expect.fail }
    const parts = { catalogue, search, log, fingerprint: '', filledBy: '', newFolder: undefined }
    const refresher = new Refresher(
      { ...parts, intake: hanging, tellServers: async () => {} },
      () => {},
    )
    onTestFinished(async () => {
      answer.resolve()
      await refresher.stop()
      await search.close()
      await intake.close()
      await catalogue.close()
    })
    const slugs = async () => {
      const listed = await catalogue.listed(site, 10)
      const found = await Promise.all(listed.map(({ number }) => catalogue.articleByNumber(number)))
      return found.map((one) => one?.slug)
    }
    // One has come out, and another will expire in a moment.
    setClock(end - 1000)
    const pass = refresher.refresh()
    await until(() => surveys === 1)
    expect(await slugs()).toEqual(['later', 'short', 'old'])
    vi.setSystemTime(end + 1000)
    await until(async () => !(await slugs()).includes('short'))
    answer.resolve()
    await pass
    expect(await slugs()).toEqual(['later', 'old'])
    expect(refresher.problem()).toBeUndefined()
  })
})

describe('what was due while nobody was running', () => {
  it('is committed before anything is served or looked at', async () => {
    const now = Date.now()
    const desk = await openDesk(stories(now))
    await desk.close()
    setClock(now + aYear)
    const config = loadConfig({ ARTICLES_DIR: desk.folder, DATA_DIR: desk.dataDir }, desk.dataDir)
    const log = { info() {}, warn() {}, error: expect.fail }
    const site = await assemble(config, log, () => {})
    onTestFinished(site.close)
    expect(site.refresher.hasRefreshed()).toBe(false)
    const url = await serve(site.app)
    const feed = String((await ask(`${url}/feed.json`)).body)
    expect(feed).toContain('Text of Later')
    expect(feed).not.toContain('Text of Short')
  })
})
