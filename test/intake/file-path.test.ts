/** What is known of an article by its path alone. */
import { expect, test } from 'vitest'
import { loadConfig } from '../../src/config.ts'
import { fingerprintOf } from '../../src/intake/fingerprint.ts'
import { articleIn, readFile } from '../support/read.ts'

const text = 'The crane lifts two boats at once.'

const read = async (path: string, content = text) => articleIn(await readFile(path, content))

test.each([
  ['2026-01-02-the-new_crane.md', 'The new crane', '2026-01-02T00:00:00Z'],
  ['news/20260102-the-new-crane.markdown', 'The new crane', '2026-01-02T00:00:00Z'],
  ['2026-1-2 Crane - part 2.md', 'Crane - part 2', '2026-01-02T00:00:00Z'],
  ['2026-01-02.md', '2026 01 02', '2026-01-02T00:00:00Z'],
  ['2026/01/02/crane.md', 'Crane', '2026-01-02T00:00:00Z'],
  ['posts/2026-01-02/crane.md', 'Crane', '2026-01-02T00:00:00Z'],
  ['posts/2026-01-02-crane/index.md', 'Crane', '2026-01-02T00:00:00Z'],
  ['2026/01/02/crane/index.md', 'Crane', '2026-01-02T00:00:00Z'],
  ['2026-01-02-crane.fr.md', 'Crane', '2026-01-02T00:00:00Z'],
  ['the-new_crane-2026-01-02.md', 'The new crane', '2026-01-02T00:00:00Z'],
  ['crane 2026.1.2/index.md', 'Crane', '2026-01-02T00:00:00Z'],
  ['2026-01-03/crane-2026-01-02.md', 'Crane', '2026-01-03T00:00:00Z'],
])('%s has its title and date', async (path, title, published) => {
  const article = await read(path)
  expect(article).toMatchObject({ title, published })
  expect(article).not.toHaveProperty('isUndated')
})

test.each([
  ['2026/01/10-cranes.md', '10 cranes'],
  ['2026-02-30-crane.md', '2026 02 30 crane'],
  ['12345678-crane.md', '12345678 crane'],
  ['crane-2026-02-30.md', 'Crane 2026 02 30'],
  ['crane-20260102.md', 'Crane 20260102'],
  ['Ünal.md', 'Ünal'],
])('%s has no date: that of its last change serves', async (path, title) => {
  const before = Date.now() - 1000
  const article = await read(path)
  expect(article).toMatchObject({ title, isUndated: true })
  expect(Date.parse(article.published)).toBeGreaterThanOrEqual(before - 1000)
  expect(article.published).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/)
})

test.each([
  ['crane.fr.md', 'fr'],
  ['crane/index.pt-BR.md', 'pt-BR'],
  ['crane.js.md', 'en'],
  ['crane.md', 'en'],
])('%s has its language', async (path, language) => {
  expect((await read(path)).language).toBe(language)
})

test('UNDATED=reject rejects what states no date, in itself or in its path', async () => {
  const outcome = await readFile('crane.md', text, {}, { undated: 'reject' })
  expect(outcome).toMatchObject({ kind: 'rejected', rejections: [{ reason: 'no date found' }] })
  const dated = await readFile('2026-01-02-crane.md', text, {}, { undated: 'reject' })
  expect(dated.kind).toBe('article')
})

test('UNDATED=reject tells of a date that is none once', async () => {
  const text = '---\ntitle: The crane\ndate: 12/03/2026\nexpires: never\n---\nIt lifts.\n'
  const outcome = await readFile('crane.md', text, {}, { undated: 'reject' })
  const reasons = outcome.kind === 'rejected' ? outcome.rejections.map(({ reason }) => reason) : []
  expect(reasons).toEqual([
    'date "12/03/2026" may be 12 March 2026 or December 3, 2026',
    'expires "never" is no date',
  ])
})

test('files are read again when UNDATED changes', () => {
  const reading = { ...loadConfig({}, '/'), undated: 'modified' } as const
  expect(fingerprintOf({ ...reading, undated: 'reject' })).not.toBe(fingerprintOf(reading))
})

test.each([
  'README.md',
  'news/readme.markdown',
  'ReadMe.fr.md',
  '_index.md',
  'news/_index.fr.md',
  '_posts/_2017-08-10-the-old-pier.md',
  'source/_posts/boats/_gull.md',
  'LICENSE.md',
  'static/robots.txt',
  '_layouts/post.html',
  'site/node_modules/a/b.md',
  'browserconfig.xml',
])('%s is no article', async (path) => {
  expect((await readFile(path, text)).kind).toBe('passed-over')
})

test.each(['license.md', 'readme-first.md', 'index.md', 'posts/_indexes.md', '_posts/gull_.md'])(
  '%s may be an article',
  async (path) => {
    expect((await readFile(path, text)).kind).toBe('article')
  },
)

const copies = [
  "crane (Jo's conflicted copy 2026-01-01).md",
  'crane (conflicted copy 2026-04-13 120000).md',
  'crane (Case Conflict).md',
  'crane.sync-conflict-20260101-101500-ABCDEFG.md',
  'crane_conflict-20260413-120000.md',
  'crane_BACKUP_1234.md',
  'crane.orig.md',
  'crane~.md',
]

test.each(copies)('%s is no article where the file lies beside it that it copies', async (name) => {
  expect(await readFile(`news/${name}`, text, { 'news/crane.md': text })).toEqual({
    kind: 'passed-over',
    note: {
      text: 'a copy of "crane.md" that a program set aside, and no article; take over what is new in it and delete it, or rename it',
    },
    isUsual: false,
  })
  expect((await readFile(`news/${name}`, text, { 'crane.md': text })).kind).toBe('article')
})

test.each(['crane (a conflict of copies).md', 'crane-2.md', 'crane.fr.md', 'cranes.md', '~.md'])(
  '%s copies nothing',
  async (name) => {
    expect((await readFile(name, text, { 'crane.md': text, '.md': text })).kind).toBe('article')
  },
)

test('a draft may be unfinished, and says what is missing', async () => {
  const unfinished = '---\ntitle: Cranes\ndraft: true\ndate: 12/03/2026\n---\n'
  expect(await readFile('crane.md', unfinished)).toEqual({
    kind: 'draft',
    notes: expect.arrayContaining([
      { text: 'to be mended before it is published: the article has no text' },
      { line: 4, text: expect.stringMatching(/^to be mended before .*12\/03\/2026/) },
    ]),
  })
})

test('a draft says what it links to and is not there', async () => {
  const outcome = await readFile('crane.md', '---\ndraft: true\ndate: never\n---\n[a](gone.md)\n')
  expect(outcome).toEqual({
    kind: 'draft',
    notes: expect.arrayContaining([{ line: 5, text: 'it links to "gone.md", which is not there' }]),
  })
})

test('what lies in _drafts is a draft, and what lies in _posts is none', async () => {
  expect(await readFile('news/_drafts/crane.md', text)).toEqual({
    kind: 'draft',
    notes: [{ text: 'it is a draft because it lies in _drafts' }],
  })
  expect((await readFile('news/_posts/2026-01-02-crane.md', text)).kind).toBe('article')
  expect((await readFile('_drafts.md', text)).kind).toBe('article')
})
