/** Articles whose files state no date, as the catalogue keeps them. */
import { describe, expect, it, onTestFinished } from 'vitest'
import type { Refresh } from '../../src/catalogue/catalogue.ts'
import { site } from '../../src/channels/selection.ts'
import { loadConfig } from '../../src/config.ts'
import type { FileResult } from '../../src/intake/file-result.ts'
import { temporaryFolder } from '../support/folder.ts'
import { openCatalogueIn } from '../support/sharing.ts'

async function openCatalogue(dataDir = temporaryFolder()) {
  const config = loadConfig({ DATA_DIR: dataDir }, dataDir)
  const catalogue = await openCatalogueIn(config, '')
  onTestFinished(() => catalogue.close())
  const pass = async (act: (refresh: Refresh) => Promise<void>, now = Date.now()) => {
    const refresh = await catalogue.refresh(now)
    await act(refresh)
    return refresh.commit(true)
  }
  return {
    ...catalogue,
    dataDir,
    pass,
    keep: (files: readonly FileResult[], now?: number) => pass((one) => one.keep(files), now),
    /** Path → date of publication; path is the title of each. */
    async dates() {
      const listed = await catalogue.listed(site, 1000)
      const found = await Promise.all(listed.map(({ number }) => catalogue.articleByNumber(number)))
      return Object.fromEntries(found.map((one) => [one?.title, one?.published]))
    },
  }
}

interface Look {
  readonly date?: string
  readonly modified?: string
  readonly text?: string
  readonly title?: string
}

/** What is read of a file. Without a date it has that of its file. */
function file(path: string, look: Look = {}): FileResult {
  const { date, modified = '2024-02-03T04:05:06Z', text = path, title = path } = look
  return {
    kind: 'article',
    path,
    signature: `${text.length} ${modified} ${date}`,
    modified: Date.parse(modified),
    size: text.length,
    hash: text,
    titleSlug: 'x',
    notes: [],
    content: {
      title,
      content: `<p>${text}</p>`,
      published: date ?? modified,
      language: 'en',
      tags: [],
      authors: [],
      sources: [],
      ...(date === undefined && { isUndated: true }),
    },
  }
}

const files = (count: number, look: Look = {}, name = 'n') =>
  Array.from({ length: count }, (_, n) => file(`${name}${n}.md`, look))

describe('an article whose file states no date', () => {
  it('has the one that the file had when it was first seen, whatever becomes of the file', async () => {
    const catalogue = await openCatalogue()
    await catalogue.keep([file('a')])
    const first = { a: '2024-02-03T04:05:06Z' }
    expect(await catalogue.dates()).toEqual(first)
    const later = { modified: '2025-01-01T00:00:00Z', title: 'a' }
    await catalogue.keep([file('a', later)])
    expect(await catalogue.dates()).toEqual(first)
    await catalogue.keep([file('a', { ...later, text: 'edited' })])
    expect(await catalogue.dates()).toEqual(first)
    await catalogue.pass(async (refresh) => {
      await refresh.vanish(['a'], new Map())
      await refresh.keep([file('elsewhere/b', { ...later, text: 'edited' })])
    })
    expect(await catalogue.dates()).toEqual(first)
    await catalogue.close()
    const again = await openCatalogue(catalogue.dataDir)
    await again.keep([file('elsewhere/b', { ...later, text: 'edited again' })])
    expect(await again.dates()).toEqual(first)
  })

  it('takes a date that it comes to state, and keeps one that it states no more', async () => {
    const catalogue = await openCatalogue()
    await catalogue.keep([file('a')])
    await catalogue.keep([file('a', { date: '2020-01-01T00:00:00Z' })])
    expect(await catalogue.dates()).toEqual({ a: '2020-01-01T00:00:00Z' })
    const report = await catalogue.keep([file('a', { modified: '2025-01-01T00:00:00Z' })])
    expect(await catalogue.dates()).toEqual({ a: '2020-01-01T00:00:00Z' })
    expect(report.rejected).toEqual([])
  })

  it('is out at once though its file is of tomorrow', async () => {
    const catalogue = await openCatalogue()
    const now = Date.parse('2025-01-01T00:00:00Z')
    await catalogue.keep([file('a', { modified: '2025-01-02T00:00:00Z' })], now)
    expect(await catalogue.dates()).toEqual({ a: '2025-01-01T00:00:00Z' })
  })
})

describe('new files that state no date', () => {
  it('are articles when twenty come at once', async () => {
    const catalogue = await openCatalogue()
    const report = await catalogue.keep(files(20))
    expect(report).toMatchObject({ added: 20, rejected: [] })
    expect(Object.keys(await catalogue.dates())).toHaveLength(20)
  })

  it.each([
    ['in the first refresh', 0],
    ['later', 1],
  ])('are rejected together when more come at once, in whatever batches: %s', async (_, before) => {
    const catalogue = await openCatalogue()
    if (before) await catalogue.keep([file('known', { date: '2020-01-01T00:00:00Z' })])
    const all = files(230)
    const dated = files(5, { date: '2020-01-01T00:00:00Z' }, 'dated')
    const report = await catalogue.pass(async (refresh) => {
      for (const start of [0, 7, 107]) {
        const end = { 0: 7, 7: 107, 107: 230 }[start]
        await refresh.keep(all.slice(start, end))
      }
      await refresh.keep(dated)
    })
    expect(report.added).toBe(5)
    expect(report.rejected).toHaveLength(230)
    const [first] = report.rejected
    expect(first?.reason).toMatch(/^230 new files came at once that state no date/)
    expect(first?.remedy).toContain('date: 2026-01-02')
    expect(new Set(report.rejected.map(({ reason }) => reason)).size).toBe(1)
    expect((await catalogue.counts()).rejections).toBe(230)
    // They are not read again before they change.
    const known = (await Array.fromAsync(catalogue.knownFiles('x'))).flat()
    expect(known).toHaveLength(235 + before)
    await catalogue.keep([file('n3.md', { date: '2021-01-01T00:00:00Z' })])
    expect((await catalogue.dates())['n3.md']).toBe('2021-01-01T00:00:00Z')
    expect((await catalogue.counts()).rejections).toBe(229)
  })

  it('are the rest of those that were rejected just before, and none some time after', async () => {
    const catalogue = await openCatalogue()
    const now = Date.now() - 60_000
    await catalogue.keep(files(21), now)
    const rest = await catalogue.keep(files(2, {}, 'rest'), now + 3000)
    expect(rest.rejected.map(({ reason }) => reason.slice(0, 16))).toEqual([
      '2 more new files',
      '2 more new files',
    ])
    const others = await catalogue.keep(files(2, {}, 'others'), now + 20_000)
    expect(others).toMatchObject({ added: 2, rejected: [] })
  })

  it('are not counted with files of articles that are known', async () => {
    const catalogue = await openCatalogue()
    await catalogue.keep(files(15))
    await catalogue.keep(files(15, {}, 'm'))
    const modified = '2025-01-01T00:00:00Z'
    const report = await catalogue.keep([
      ...files(15, { text: 'n edited', modified }).map((one, n) => ({
        ...one,
        hash: `n${n} edited`,
      })),
      ...files(15, { modified }, 'm').map((one, n) => ({ ...one, hash: `m${n} edited` })),
      ...files(20, {}, 'o'),
    ])
    expect(report).toMatchObject({ added: 20, edited: 30, rejected: [] })
  })

  it('are articles when they come to state their dates, also where there was none before', async () => {
    const catalogue = await openCatalogue()
    await catalogue.keep(files(21))
    const report = await catalogue.keep(files(21, { date: '2021-01-01T00:00:00Z' }))
    expect(report).toMatchObject({ added: 21, rejected: [] })
    expect(await catalogue.counts()).toMatchObject({ articles: 21, rejections: 0 })
  })

  it('are told once, though they are read again', async () => {
    const catalogue = await openCatalogue()
    await catalogue.keep(files(30))
    const since = (await catalogue.rejections(1))[0]?.since
    const report = await catalogue.keep(files(30), Date.now() + 15_000)
    expect(report.rejected).toEqual([])
    expect((await catalogue.rejections(1))[0]?.since).toBe(since)
  })
})
