/** What a format needs that is not among ours: a line in the table of formats, and nothing else. */
import { readFileSync } from 'node:fs'
import { afterEach, expect, test } from 'vitest'
import { FolderReader } from '../../src/intake/folder-reader.ts'
import type { BytesFormat } from '../../src/intake/formats/input-format.ts'
import { formats } from '../../src/intake/formats/input-formats.ts'
import { temporaryFolder } from '../support/folder.ts'

/** A title, a NUL, the text: bytes that no text has. */
const nulParted: BytesFormat = {
  name: 'parted by a NUL',
  extensions: ['.nul', '.nl0'],
  takes: 'bytes',
  recognises: (_bytes, extension) => nulParted.extensions.includes(extension),
  read(bytes) {
    const [title = '', text = ''] = bytes.toString('latin1').split('\0')
    const body = [{ kind: 'paragraph', text }] as const
    return { title, body, published: '2026-04-13', tags: [], authors: [], sources: [] }
  },
}

const ours = [...formats]
afterEach(() => void formats.splice(0, formats.length, ...ours))

/** Looks through a folder with such files, and reads what is found. */
async function readFolder() {
  const reader = new FolderReader({
    articlesDir: temporaryFolder({
      'world/a.NUL': 'The headline\0A text.',
      'b.nl0': 'Another\0More.',
    }),
    language: 'en',
    timeZone: 'UTC',
    undated: 'modified',
    publisher: { name: 'P', url: 'https://p.example/' },
    topics: [],
    emptyFolderMinutes: 0,
  })
  const { changed } = reader.survey(undefined, Date.now() + 60_000)
  return reader.read(changed)
}

test('a format of bytes needs one line in the table', async () => {
  expect(await readFolder()).toEqual([])
  formats.push(nulParted)
  expect(await readFolder()).toMatchObject([
    { path: 'b.nl0', kind: 'article', content: { title: 'Another', content: '<p>More.</p>' } },
    { path: 'world/a.NUL', kind: 'article', content: { title: 'The headline' } },
  ])
})

test('what no format has is passed over: the docs name the extensions there are', () => {
  const docs = readFileSync(new URL('../../docs/formats.md', import.meta.url), 'utf8')
  const named = /Files with other endings than `([^`]*)`/.exec(docs)?.[1]?.split(' ')
  const extensions = [...new Set(formats.flatMap((format) => format.extensions))]
  expect(named?.sort(), 'Name them in docs/formats.md, "Which files are read".').toEqual(
    extensions.sort(),
  )
})
