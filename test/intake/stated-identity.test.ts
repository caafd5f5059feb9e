/** What becomes of slugs, aliases and guids that files state. */
import { describe, expect, it } from 'vitest'
import type { TellNote } from '../../src/intake/note.ts'
import type { RawArticle } from '../../src/intake/raw-article.ts'
import { statedIdentity } from '../../src/intake/stated-identity.ts'

const read = (stated: Partial<RawArticle>, path = 'posts/2020/a.md', note: TellNote = () => {}) => {
  const raw = { title: 'T', published: '2020-01-01', body: [], tags: [], authors: [], sources: [] }
  return statedIdentity({ ...raw, ...stated }, path, note)
}

describe('a slug', () => {
  it.each([
    ['Hello World', 'hello-world'],
    [' hello_world ', 'hello-world'],
    ['/posts/hello/', 'posts-hello'],
    ['Привет', 'privet'],
    ['', undefined],
    [' \u200b ', undefined],
  ])('stated as %j is %s', (slug, expected) => {
    expect(read({ slug }).statedSlug).toBe(expected)
  })

  it('is no longer than any other', () => {
    expect(read({ slug: 'long '.repeat(20_000) }).statedSlug?.length).toBeLessThanOrEqual(80)
  })
})

describe('an alias', () => {
  it.each([
    ['/old', '/old'],
    ['/old/', '/old'],
    ['/old/index.html', '/old'],
    ['/old.html?p=1#top', '/old.html'],
    ['https://old.example/2020/x/', '/2020/x'],
    ['//old.example/x', '/x'],
    ['old', '/posts/2020/old'],
    ['../old', '/posts/old'],
    ['../../../../old', '/old'],
    ['/caf%C3%A9', '/café'],
    ['/cafe\u0301', '/café'],
    ['/100% sure', '/100% sure'],
  ])('stated as %s is %s', (alias, expected) => {
    expect(read({ aliases: [alias] }).aliases).toEqual([expected])
  })

  it.each(['', ' ', '/', '/?p=123', 'https://old.example', 'mailto:a@b.example', 'javascript:x()'])(
    'stated as %j is none',
    (alias) => {
      expect(read({ aliases: [alias] })).toEqual({})
    },
  )

  it('that is relative begins where the page lies, which is its folder where that is all of the page', () => {
    expect(read({ aliases: ['old'] }, 'posts/hello/index.md').aliases).toEqual(['/posts/old'])
    expect(read({ aliases: ['old'] }, 'index.md').aliases).toEqual(['/old'])
    expect(read({ aliases: ['old'] }, 'Über uns #1/a.md').aliases).toEqual(['/Über uns #1/old'])
  })

  it('is stated once, and a hundred times at most', () => {
    expect(read({ aliases: ['/a', '/a/', '/b'] }).aliases).toEqual(['/a', '/b'])
    const many = Array.from({ length: 100_000 }, (_, n) => `/${n}`)
    expect(read({ aliases: many }).aliases).toHaveLength(100)
    expect(read({ aliases: [`/${'x'.repeat(1000)}`] })).toEqual({})
  })
})

describe('a guid', () => {
  it('is the text that is stated, in one line', () => {
    expect(read({ guid: ' tag:a.example,2020:\n1 ' })).toEqual({ guid: 'tag:a.example,2020: 1' })
    expect(read({ guid: '\u0000' })).toEqual({})
  })

  it('of more than a thousand characters is none, which a note says', () => {
    const notes: unknown[] = []
    const long = { guid: 'x'.repeat(1001) }
    expect(read(long, 'a.md', (text) => notes.push(text))).toEqual({})
    expect(notes).toEqual(['its guid has more than 1000 characters and is passed over'])
  })
})
