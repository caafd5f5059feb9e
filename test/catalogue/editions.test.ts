/** Stories of which several files hold versions, as the catalogue keeps them. */
import { describe, expect, it, onTestFinished } from 'vitest'
import { type ArticleContent, type Edition, unnumbered } from '../../src/article.ts'
import { site } from '../../src/channels/selection.ts'
import { loadConfig } from '../../src/config.ts'
import { canceled } from '../../src/intake/edition.ts'
import type { FileResult } from '../../src/intake/file-result.ts'
import { temporaryFolder } from '../support/folder.ts'
import { randomFrom } from '../support/random.ts'
import { isShared, openCatalogueIn } from '../support/sharing.ts'

/** A file of an agency; its text is told by its version. */
interface Wire extends Partial<Edition> {
  readonly is?: 'canceled' | 'draft' | 'data' | 'broken' | 'unreadable'
  readonly published?: string
  readonly guid?: string
}

const dates = { published: '2024-01-01T00:00:00Z' }

function resultOf(path: string, wire: Wire): FileResult {
  const { story = 's', version = 1, digits, made = 0, is, published = dates.published } = wire
  const edition = {
    story,
    version,
    ...(digits && { digits }),
    made,
    ...(wire.isDatedAnew && { isDatedAnew: true }),
  }
  const text = `${story} ${version} ${made}`
  const state = { path, signature: JSON.stringify(wire), modified: 0, size: text.length }
  if (is === 'canceled') return { ...state, kind: 'draft', notes: [canceled], withdrawn: edition }
  if (is === 'draft') return { ...state, kind: 'draft', notes: [] }
  if (is === 'data') {
    return { ...state, kind: 'passed-over', note: { text: 'it is data' }, isUsual: true }
  }
  if (is) {
    const isPassing = is === 'unreadable'
    const signature = isPassing ? '' : state.signature
    const rejections = [{ reason: is, remedy: 'Mend it.' }] as const
    return { ...state, signature, kind: 'rejected', rejections, isPassing }
  }
  const content: ArticleContent = {
    title: text,
    content: `<p>${text}</p>`,
    published,
    updated: '2024-02-01T00:00:00Z',
    language: 'en',
    tags: [],
    authors: [],
    sources: [],
    guid: wire.guid ?? story,
    edition,
  }
  return { ...state, kind: 'article', content, hash: text, titleSlug: 'x', notes: [] }
}

type Folder = Readonly<Record<string, Wire>>

const markdown = (path: string, guid: string): FileResult => {
  const result = resultOf(path, { story: path, guid })
  if (result.kind !== 'article') throw new Error('no article')
  const { edition: _, ...content } = result.content
  return { ...result, content }
}

/** A catalogue, and passes over a folder that is thought of. */
async function openCatalogue(dataDir = temporaryFolder()) {
  const config = loadConfig({ DATA_DIR: dataDir }, dataDir)
  let catalogue = await openCatalogueIn(config, '')
  onTestFinished(() => catalogue.close())
  let now = Date.parse('2026-01-01T00:00:00Z')
  let known = new Map<string, string>()
  const removals: number[] = []

  async function pass(
    results: readonly FileResult[],
    vanished: readonly string[] = [],
    size = 3,
    moved: ReadonlyMap<string, string> = new Map(),
  ) {
    now += 60_000
    const refresh = await catalogue.refresh(now)
    await refresh.vanish(vanished, moved)
    for (let n = 0; n < results.length; n += size) await refresh.keep(results.slice(n, n + size))
    const report = await refresh.commit(true)
    removals.push(report.removed)
    return report
  }

  /** Looks through the folder until nothing has to be read again, as the program does. */
  async function look(folder: Folder, order = Object.keys(folder), size = 3) {
    for (let n = 0; n < 5; n += 1) {
      const vanished = [...known.keys()].filter((path) => !(path in folder))
      const results = order
        .filter((path) => known.get(path) !== JSON.stringify(folder[path]))
        .map((path) => resultOf(path, folder[path] ?? {}))
      if (vanished.length + results.length === 0) return
      const { outdated, released } = await pass(results, vanished, size)
      known = new Map(results.reduce((all, { path, signature }) => all.set(path, signature), known))
      for (const path of vanished) known.delete(path)
      for (const path of [...outdated, ...released]) known.set(path, '')
      if (Object.values(folder).some(({ is }) => is === 'unreadable') && n > 1) return
    }
    throw new Error('files are read again for ever')
  }

  async function articles() {
    const listed = await catalogue.listed(site, 1000)
    const found = await Promise.all(listed.map(({ number }) => catalogue.articleByNumber(number)))
    return found.filter((one) => one !== undefined).sort((a, b) => (a.title < b.title ? -1 : 1))
  }

  return {
    look,
    pass,
    articles,
    removals,
    titles: async () => (await articles()).map(({ title }) => title),
    at: async (slug: string) => {
      const found = await catalogue.article(slug)
      return typeof found === 'object' ? found.title : found
    },
    notes: async () =>
      (await catalogue.notes(1000)).map(({ path, notes }) => `${path}: ${notes[0]?.text}`),
    rejections: async () =>
      (await catalogue.rejections(100)).map(({ path, reason }) => `${path}: ${reason}`),
    async restart() {
      await catalogue.close()
      catalogue = await openCatalogueIn(config, '')
      const files = (await Array.fromAsync(catalogue.knownFiles(''))).flat()
      // A fingerprint that was never kept has everything read again.
      known = new Map(files.map(([path, signature]) => [path, signature]))
    },
  }
}

describe('of several files with one guid', () => {
  it.each([
    ['in the order of its versions', ['a', 'b', 'c']],
    ['in another order', ['c', 'a', 'b']],
    ['in the opposite order', ['c', 'b', 'a']],
  ])('the highest version is the article, read %s, at once or one by one', async (_, order) => {
    const folder: Folder = { a: { version: 1 }, b: { version: 2 }, c: { version: 10 } }
    for (const size of [1, 3]) {
      const catalogue = await openCatalogue()
      await catalogue.look(folder, order, size)
      expect(await catalogue.titles()).toEqual(['s 10 0'])
      expect(await catalogue.notes()).toEqual([
        'a: it is an older version of "c", which counts',
        'b: it is an older version of "c", which counts',
      ])
      expect(await catalogue.rejections()).toEqual([])
      const later = await openCatalogue()
      for (let n = 1; n <= 3; n += 1) {
        const some = order.slice(0, n)
        await later.look(Object.fromEntries(some.map((path) => [path, folder[path] ?? {}])))
      }
      expect((await later.articles()).map(({ id, title }) => ({ id, title }))).toEqual(
        (await catalogue.articles()).map(({ id, title }) => ({ id, title })),
      )
    }
  })

  it('long versions are compared to their last digit, before the time at which they were made', async () => {
    const long = { version: 10 ** 15 + 20 }
    const folder: Folder = {
      a: { ...long, digits: '20260413093000123457', made: 1 },
      b: { ...long, digits: '20260413093000123456', made: 3 },
      c: { version: 10 ** 15 - 1, made: 2 },
    }
    const catalogue = await openCatalogue()
    await catalogue.look(folder, ['b', 'a', 'c'], 1)
    expect(await catalogue.notes()).toEqual([
      'b: it is an older version of "a", which counts',
      'c: it is an older version of "a", which counts',
    ])
  })

  it('the one made last is it where the versions are equal, then the last by path', async () => {
    const catalogue = await openCatalogue()
    await catalogue.look({ a: { made: 7 }, b: { made: 5 } })
    expect(await catalogue.titles()).toEqual(['s 1 7'])
    await catalogue.look({ 'a\u0001': { made: 7 }, b: { made: 7 } })
    expect(await catalogue.notes()).toEqual([
      'a\u0001: it is the same version as "b", which counts',
    ])
  })

  it('a new version is an update: of the same id, at the same address', async () => {
    const catalogue = await openCatalogue()
    await catalogue.look({ a: { version: 1 } })
    const [first] = await catalogue.articles()
    await catalogue.look({ a: { version: 1 }, z: { version: 2 } })
    const [second] = await catalogue.articles()
    expect(second).toMatchObject({ id: first?.id, slug: first?.slug, title: 's 2 0' })
    expect(Date.parse(second?.updated ?? '')).toBeGreaterThan(Date.parse(first?.updated ?? ''))
    expect(catalogue.removals).toEqual([0, 0])
  })

  it('the lower one is back when the higher file is gone, and readers find one all the time', async () => {
    const catalogue = await openCatalogue()
    await catalogue.look({ a: { version: 1 }, z: { version: 2 } })
    const [first] = await catalogue.articles()
    await catalogue.look({ a: { version: 1 } })
    expect(await catalogue.articles()).toMatchObject([{ id: first?.id, title: 's 1 0' }])
    expect(await catalogue.notes()).toEqual([])
    expect(Math.max(...catalogue.removals)).toBe(0)
  })

  it('a file that is moved, or holds another story, keeps each story its id', async () => {
    const catalogue = await openCatalogue()
    await catalogue.look({ a: { story: 's' }, b: { story: 't' } })
    const ids = (await catalogue.articles()).map(({ id }) => id)
    await catalogue.look({ a: { story: 't', version: 2 }, c: { story: 's' } })
    expect((await catalogue.articles()).map(({ id }) => id)).toEqual(ids)
    await catalogue.look({ a: { story: 'u' }, c: { story: 's' } })
    expect((await catalogue.articles()).map(({ title }) => title)).toEqual(['s 1 0', 'u 1 0'])
    await catalogue.look({ a: { story: 'u' }, c: { story: 's' }, d: { story: 't' } })
    expect((await catalogue.articles()).find(({ title }) => title === 't 1 0')?.id).toBe(ids[1])
  })

  it('the story stays as old as its first version, though the others state their own dates', async () => {
    const [one, two] = ['2024-01-05T00:00:00Z', '2024-01-09T00:00:00Z']
    const v1 = { version: 1, published: one, isDatedAnew: true }
    const v2 = { version: 2, published: two, isDatedAnew: true }
    for (const steps of [
      [{ a: v1 }, { a: v1, b: v2 }],
      [{ b: v2 }, { a: v1, b: v2 }],
      [{ a: v1, b: v2 }],
    ]) {
      const catalogue = await openCatalogue()
      for (const folder of steps) await catalogue.look(folder as Folder)
      expect(await catalogue.articles()).toMatchObject([{ title: 's 2 0', published: one }])
      await catalogue.look({ b: { ...v2, version: 3 } })
      expect(await catalogue.articles()).toMatchObject([{ title: 's 3 0', published: one }])
    }
  })
})

describe('a story that its agency has canceled', () => {
  const v1 = { version: 1 }
  const second: Wire = { version: 2, is: 'canceled' }

  it('is removed though the earlier file lies there, and comes back by a later version, with its id', async () => {
    const catalogue = await openCatalogue()
    await catalogue.look({ a: v1 })
    const [{ id, slug } = { id: '', slug: '' }] = await catalogue.articles()
    await catalogue.look({ a: v1, b: second })
    expect(await catalogue.titles()).toEqual([])
    expect(await catalogue.at(slug)).toBe('gone')
    expect(await catalogue.notes()).toEqual([
      'a: it is an older version of "b", by which its agency has canceled it',
      'b: it is canceled or withheld by its agency',
    ])
    await catalogue.restart()
    await catalogue.look({ a: v1, b: second })
    expect(await catalogue.titles()).toEqual([])
    await catalogue.look({ a: v1, b: second, c: { version: 3 } })
    expect(await catalogue.articles()).toMatchObject([{ id, slug, title: 's 3 0' }])
  })

  it('is back when that file is gone, or a higher version was there all the time', async () => {
    const catalogue = await openCatalogue()
    await catalogue.look({ a: v1, b: second })
    expect(await catalogue.titles()).toEqual([])
    await catalogue.look({ a: v1 })
    expect(await catalogue.titles()).toEqual(['s 1 0'])
    await catalogue.look({ a: { version: 5 }, b: second })
    expect(await catalogue.titles()).toEqual(['s 5 0'])
  })

  it('is removed by a file without a version that was made no earlier, and comes back by one made later', async () => {
    const catalogue = await openCatalogue()
    const canceling: Wire = { version: unnumbered, made: 5, is: 'canceled' }
    await catalogue.look({ a: { version: 3, made: 5 }, b: { version: 2, made: 9 } })
    const [{ id } = { id: '' }] = await catalogue.articles()
    await catalogue.look({ a: { version: 3, made: 5 }, b: { version: 2, made: 9 }, c: canceling })
    expect(await catalogue.titles()).toEqual([])
    expect(await catalogue.notes()).toEqual([
      'a: it is an older version of "c", by which its agency has canceled it',
      'b: it is an older version of "c", by which its agency has canceled it',
      'c: it is canceled or withheld by its agency',
    ])
    await catalogue.look({ a: { version: 3, made: 6 }, c: canceling })
    expect(await catalogue.articles()).toMatchObject([{ id, title: 's 3 6' }])
    expect(await catalogue.notes()).toEqual(['c: it is an older version of "a", which counts'])
  })

  it('stays so while that file is moved and half of one where it lies now', async () => {
    const catalogue = await openCatalogue()
    await catalogue.look({ a: v1, b: second })
    const broken = resultOf('c', { ...second, is: 'broken' })
    const { outdated } = await catalogue.pass([broken], ['b'], 1, new Map([['c', 'b']]))
    expect(outdated).toEqual([])
    expect(await catalogue.titles()).toEqual([])
    await catalogue.pass([resultOf('c', { version: 3 })])
    expect(await catalogue.titles()).toEqual(['s 3 0'])
  })

  it('stays so while that file cannot be read, or is half of one', async () => {
    for (const is of ['unreadable', 'broken', 'data'] as const) {
      const catalogue = await openCatalogue()
      await catalogue.look({ a: v1, b: second })
      await catalogue.look({ a: v1, b: { ...second, is } })
      expect(await catalogue.titles()).toEqual([])
    }
  })
})

describe('a file that held a version', () => {
  it.each(['unreadable', 'broken', 'data'] as const)(
    'and is %s now keeps its article, whatever lower versions are there, and is rejected',
    async (is) => {
      const catalogue = await openCatalogue()
      await catalogue.look({ a: { version: 1 }, b: { version: 2 } })
      await catalogue.look({ a: { version: 1 }, b: { version: 2, is } })
      expect(await catalogue.titles()).toEqual(['s 2 0'])
      expect(await catalogue.rejections()).toHaveLength(1)
      await catalogue.look({ a: { version: 1, made: 1 }, b: { version: 2, is } })
      expect(await catalogue.titles()).toEqual(['s 2 0'])
      await catalogue.look({ a: { version: 1, made: 1 } })
      expect(await catalogue.titles()).toEqual(['s 1 1'])
    },
  )

  it('and is broken where it was moved to keeps its article as well', async () => {
    const catalogue = await openCatalogue()
    await catalogue.look({ a: { version: 1 }, b: { version: 2 } })
    const moved = new Map([['c', 'b']])
    const broken = resultOf('c', { version: 2, is: 'broken' })
    const { outdated } = await catalogue.pass([broken], ['b'], 1, moved)
    expect(outdated).toEqual([])
    expect(await catalogue.titles()).toEqual(['s 2 0'])
  })

  it('that was not shown is no version any more when it is broken', async () => {
    const catalogue = await openCatalogue()
    await catalogue.look({ a: { version: 1 }, b: { version: 2 } })
    await catalogue.look({ a: { version: 1, is: 'broken' }, b: { version: 2 } })
    await catalogue.look({ a: { version: 1, is: 'broken' } })
    expect(await catalogue.titles()).toEqual([])
  })
})

it('a guid of a file that has no versions is its own, and a version with it is rejected', async () => {
  const catalogue = await openCatalogue()
  await catalogue.pass([markdown('a.md', 's'), markdown('b.md', 's')])
  expect(await catalogue.rejections()).toEqual(['b.md: its guid s is that of a.md'])
  const { outdated } = await catalogue.pass([resultOf('c', { version: 9 })])
  expect(outdated).toEqual([])
  expect(await catalogue.rejections()).toHaveLength(2)
  expect(await catalogue.titles()).toEqual(['a.md 1 0'])
})

it('articles that come to be versions of one story become one', async () => {
  const catalogue = await openCatalogue()
  const [one, two] = [resultOf('a', { version: 1 }), resultOf('b', { version: 2 })]
  const without = [one, two].map((result) => {
    if (result.kind !== 'article') throw new Error('no article')
    const { edition: _, guid: __, ...content } = result.content
    return { ...result, content }
  })
  await catalogue.pass(without)
  expect(await catalogue.titles()).toHaveLength(2)
  const { outdated } = await catalogue.pass([one, two])
  expect(await catalogue.titles()).toEqual(['s 2 0'])
  expect(outdated).toEqual([])
})

const seeds = Array.from({ length: isShared ? 8 : 25 }, (_, n) => n + 1)

it.each(seeds)(
  'whatever the order, a folder has the same articles and notes (%i)',
  async (seed) => {
    const random = randomFrom(seed)
    const below = (most: number) => random.between(0, most - 1)
    const happens = (percent: number) => below(100) < percent
    const catalogue = await openCatalogue()
    let folder: Folder = {}
    for (let step = 0; step < 8; step += 1) {
      const next: Record<string, Wire> = { ...folder }
      for (let n = below(4); n >= 0; n -= 1) {
        const path = `f${below(7)}`
        if (happens(30)) delete next[path]
        else {
          const isCanceled = happens(25)
          next[path] = {
            story: `s${below(2)}`,
            version: isCanceled && happens(30) ? unnumbered : 1 + below(4),
            made: below(3),
            ...(isCanceled && { is: 'canceled' }),
            ...(happens(10) && { is: 'draft' }),
          }
        }
      }
      folder = next
      const order = random.shuffled(Object.keys(folder))
      await catalogue.look(folder, order, 1 + below(4))
      if (happens(20)) await catalogue.restart()
    }
    const anew = await openCatalogue()
    await anew.look(folder)
    const seen = async ({ articles, notes, rejections }: typeof anew) => ({
      articles: (await articles()).map(({ id, title, published }) => [id, title, published]),
      notes: await notes(),
      rejections: await rejections(),
    })
    const right = Object.entries(folder)
      .filter(([, { is }]) => is !== 'draft')
      .sort(([a], [b]) => (a < b ? -1 : 1))
    const best = new Map<string, Wire>()
    const withdrawals = right
      .map(([, wire]) => wire)
      .filter(({ version }) => version === unnumbered)
    for (const [, wire] of right.filter(([, { version }]) => version !== unnumbered)) {
      const { story = '', version = 0, made = 0 } = wire
      const known = best.get(story) ?? { version: 0, made: 0 }
      const isHigher = version > (known.version ?? 0)
      if (isHigher || (version === known.version && made >= (known.made ?? 0)))
        best.set(story, wire)
    }
    const isWithdrawn = ({ story, made = 0 }: Wire) =>
      withdrawals.some((one) => one.story === story && (one.made ?? 0) >= made)
    const shown = [...best.values()]
      .filter((wire) => wire.is === undefined && !isWithdrawn(wire))
      .map(({ story, version, made }) => `${story} ${version} ${made}`)
      .sort()
    expect(await seen(catalogue)).toEqual(await seen(anew))
    expect(await catalogue.titles()).toEqual(shown)
  },
)
