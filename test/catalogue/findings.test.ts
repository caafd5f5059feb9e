import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { describe, expect, it, onTestFinished } from 'vitest'
import { steps } from '../../src/catalogue/migrations.ts'
import type { FileResult } from '../../src/intake/file-result.ts'
import { commonNamespace } from '../../src/namespace.ts'
import { temporaryFolder } from '../support/folder.ts'
import { openCatalogueIn } from '../support/sharing.ts'

const state = { signature: '1', modified: 0, size: 1 }
const content = {
  title: 'A story',
  content: '<p>Text.</p>',
  published: '2024-01-01T00:00:00Z',
  language: 'en',
  tags: [],
  authors: [],
  sources: [],
}

/** A catalogue that refreshes are kept in at times of a second each. */
async function openCatalogue(dataDir = temporaryFolder()) {
  const namespace = { uuid: commonNamespace, from: undefined }
  const inWords = { language: 'en', timeZone: 'UTC' }
  const settings = { dataDir, feedItems: 3, namespace, ...inWords }
  const catalogue = await openCatalogueIn(settings, '')
  onTestFinished(() => catalogue.close())
  let now = Date.parse('2026-01-01T00:00:00Z')
  async function refresh(results: readonly FileResult[], vanished: readonly string[] = []) {
    now += 1000
    const one = await catalogue.refresh(now)
    await one.vanish(vanished, new Map())
    await one.keep(results)
    return one.commit(true)
  }
  return { catalogue, refresh }
}

const article = (path: string, notes: readonly { line?: number; text: string }[]): FileResult => ({
  ...state,
  path,
  kind: 'article',
  content,
  hash: path,
  titleSlug: 'a-story',
  notes,
})
const rejected = (path: string, ...lines: [number, ...number[]]): FileResult => {
  const [first, ...others] = lines.map((line) => ({
    line,
    reason: `fault ${line}`,
    remedy: 'Mend it.',
  }))
  if (!first) throw new Error('no fault')
  return { ...state, path, kind: 'rejected', rejections: [first, ...others] }
}

describe('notes of files', () => {
  it('are kept by file, in the order of the file, of articles, drafts and what is passed over but for data', async () => {
    const { catalogue, refresh } = await openCatalogue()
    const notes = [{ line: 4, text: 'b' }, { text: 'a' }]
    const report = await refresh([
      article('b.md', notes),
      { ...state, path: 'a.md', kind: 'draft', notes: [{ text: 'of a draft' }] },
      { ...state, path: 'README.md', kind: 'passed-over', note: { text: 'a README' } },
      { ...state, path: 'd.json', kind: 'passed-over', note: { text: 'data' }, isUsual: true },
      article('c.md', []),
    ])
    expect(report.noted).toBe(2)
    expect(await catalogue.notes(100)).toEqual([
      { path: 'a.md', notes: [{ text: 'of a draft' }] },
      { path: 'b.md', notes },
    ])
    expect(await catalogue.notes(1)).toEqual([{ path: 'a.md', notes: [{ text: 'of a draft' }] }])
    expect(await catalogue.passedOver(100)).toEqual([
      { path: 'README.md', notes: [{ text: 'a README' }] },
    ])
    expect(await catalogue.counts()).toEqual({
      articles: 2,
      rejections: 0,
      notes: 3,
      passedOver: 1,
    })
  })

  it('go with the file, when it is rejected, and when it is read without any', async () => {
    const { catalogue, refresh } = await openCatalogue()
    const notes = [{ text: 'one' }, { text: 'two' }]
    await refresh(
      ['gone.md', 'bad.md', 'mended.md', 'other.md'].map((path) => article(path, notes)),
    )
    const again = [
      rejected('bad.md', 1),
      article('mended.md', []),
      article('other.md', [{ text: 'three' }]),
    ]
    await refresh(again, ['gone.md'])
    expect(await catalogue.notes(100)).toEqual([{ path: 'other.md', notes: [{ text: 'three' }] }])
  })

  it('are kept anew where no file has become an article so far', async () => {
    const { catalogue, refresh } = await openCatalogue()
    const draft = (text: string): FileResult => ({
      ...state,
      path: 'a.md',
      kind: 'draft',
      notes: [{ text }],
    })
    await refresh([draft('first'), rejected('b.md', 1)])
    await refresh([draft('second'), { ...state, path: 'b.md', kind: 'draft', notes: [] }])
    expect(await catalogue.notes(100)).toEqual([{ path: 'a.md', notes: [{ text: 'second' }] }])
    expect(await catalogue.rejections(100)).toEqual([])
  })
})

describe('what reading files has needed', () => {
  const needing = (path: string, needs: string): FileResult => ({ ...article(path, []), needs })

  /** By path. */
  async function needs({
    catalogue,
  }: Pick<Awaited<ReturnType<typeof openCatalogue>>, 'catalogue'>) {
    const files = (await Array.fromAsync(catalogue.knownFiles('f'))).flat()
    return Object.fromEntries(files.map(([path, , lines]) => [path, lines]))
  }

  it('is kept of every file that is read, goes with it, and is no note', async () => {
    const { catalogue, refresh } = await openCatalogue()
    await refresh([
      needing('a.md', '+a.png'),
      needing('b.md', '-b.png 0'),
      needing('c.md', '+c.png'),
    ])
    await refresh(
      [{ ...rejected('d.md', 1), needs: '@1' }, article('b.md', [{ text: 'one' }])],
      ['c.md'],
    )
    expect(await needs({ catalogue })).toEqual({ 'a.md': '+a.png', 'b.md': '', 'd.md': '@1' })
    await refresh([rejected('d.md', 2), needing('a.md', '+e.png\n+f.png')])
    expect(await needs({ catalogue })).toEqual({ 'a.md': '+e.png\n+f.png', 'b.md': '', 'd.md': '' })
    expect(await catalogue.notes(100)).toEqual([{ path: 'b.md', notes: [{ text: 'one' }] }])
  })

  it('is kept where it was noted by a catalogue that had no table of it', async () => {
    const dataDir = temporaryFolder()
    const before = await openCatalogue(dataDir)
    await before.refresh([needing('a.md', '+a.png'), article('b.md', [{ text: 'one' }])])
    await before.catalogue.close()
    const database = new DatabaseSync(join(dataDir, 'catalogue.sqlite'))
    const version = steps.findIndex((step) => step.includes('CREATE TABLE need'))
    database.exec(`
      INSERT INTO note SELECT path, -2, NULL, needs FROM need;
      DROP TABLE need;
      DROP TABLE numbering;
      ALTER TABLE channel DROP COLUMN version;
      DROP INDEX edition_by_story;
      ALTER TABLE edition DROP COLUMN digits;
      CREATE INDEX edition_by_story ON edition (story, version DESC, made DESC, path DESC);
      UPDATE setting SET value = ${version} WHERE name = 'version';
      PRAGMA user_version = ${version}`)
    database.close()
    const { catalogue } = await openCatalogue(dataDir)
    expect(await needs({ catalogue })).toEqual({ 'a.md': '+a.png', 'b.md': '' })
    expect(await catalogue.notes(100)).toEqual([{ path: 'b.md', notes: [{ text: 'one' }] }])
    expect(await catalogue.counts()).toMatchObject({ notes: 1, passedOver: 0 })
  })
})

describe('a rejected file', () => {
  it('is kept with all its faults, and is new again when one of them is another', async () => {
    const { catalogue, refresh } = await openCatalogue()
    const first = await refresh([rejected('a.md', 2, 5)])
    expect(first.rejected).toMatchObject([{ path: 'a.md', line: 2, others: [{ line: 5 }] }])
    expect((await refresh([rejected('a.md', 2, 5)])).rejected).toEqual([])
    expect((await refresh([rejected('a.md', 2, 6)])).rejected).toHaveLength(1)
    expect(await catalogue.rejections(100)).toMatchObject([
      {
        path: 'a.md',
        line: 2,
        reason: 'fault 2',
        others: [{ line: 6, reason: 'fault 6', remedy: 'Mend it.' }],
        since: '2026-01-01T00:00:03Z',
      },
    ])
  })
})
