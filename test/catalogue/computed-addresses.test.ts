/** Which page an address means that a generator of sites computed of its file. */
import { describe, expect, it } from 'vitest'
import {
  keysIn,
  keysOf,
  type NamedPage,
  pageMeant,
} from '../../src/catalogue/computed-addresses.ts'

const settings = { language: 'en', timeZone: 'UTC' }

function page(path: string, date = '2008-10-18', facts: Partial<NamedPage['content']> = {}) {
  const content = { title: 'Untold', language: 'en', tags: [], ...facts }
  return { slug: path, path, published: Date.parse(date), expires: null, content }
}

/** Whether a page is found under what is kept of it, also where its date is looked for. */
function isFound(address: string, { path, published, content }: NamedPage): boolean {
  const keys = keysOf(path, { ...content, published: new Date(published).toISOString() })
  const { all, dated = all } = keysIn(address) ?? {}
  return [all, dated].every(
    (range) => range && keys.some((key) => key >= range.from && key <= range.to),
  )
}

/** The path of the page that is meant. */
const meant = (address: string, pages: readonly NamedPage[], given = settings) =>
  pageMeant(address, pages, given)?.path

const term = (name: string) => ({ name, slug: name.toLowerCase() })

describe('an address that a generator computed', () => {
  const jekyll = page('_posts/2008-10-18-pier-crane.md', '2008-10-18', {
    section: term('Harbour'),
    tags: [term('Old town')],
  })
  const hugo = page('posts/Pier Crane.md')

  it.each([
    // Jekyll: date, pretty, ordinal and none, with categories and without.
    ['/2008/10/18/pier-crane', jekyll],
    ['/2008/10/18/pier-crane.html', jekyll],
    ['/harbour/2008/10/18/pier-crane.html', jekyll],
    ['/harbour/old-town/2008/10/18/pier-crane', jekyll],
    ['/Harbour/Old town/2008/292/pier-crane.html', jekyll],
    ['/harbour/pier-crane.html', jekyll],
    ['/pier-crane', jekyll],
    ['/blog/2008/pier-crane', jekyll],
    ['/logbook/2008/10/18/pier-crane', jekyll],
    ['/2008-10-18-pier-crane', jekyll],
    // Hugo: of sections, of dates, and as it lies there.
    ['/posts/pier-crane', hugo],
    ['/2008/10/pier-crane', hugo],
    ['/posts/2008/10/pier-crane', hugo],
    ['/posts/pier-crane.html', hugo],
    ['/posts/Pier Crane', hugo],
    ['/stories/2020/pier-crane', page('stories/2020/pier-crane/index.md')],
    ['/en/posts/pier-crane', hugo],
    ['/guides/pier-crane', page('_guides/pier-crane.md')],
  ])('means at %s the page that has its name and all it says', (address, one) => {
    // A folder may be called like a year.
    expect(isFound(address, one)).toBe(!address.startsWith('/stories/2020/'))
    expect(meant(address, [one])).toBe(one.path)
  })

  it.each([
    ['/2008/10/19/pier-crane', jekyll],
    ['/2009/pier-crane', jekyll],
    ['/2008/11/pier-crane', hugo],
    ['/2008/293/pier-crane', jekyll],
    ['/2008-10-19-pier-crane', jekyll],
    ['/products/pier-crane', jekyll],
    ['/press/2008/pier-crane', jekyll],
    ['/fr/2008/10/18/pier-crane', jekyll],
    ['/notes/pier-crane', hugo],
    ['/news/pier-crane', hugo],
    ['/notes/2008/10/18/pier-crane', hugo],
    ['/posts/pier', hugo],
    ['/2008/10/18/pier-crane', page('posts/other.md')],
  ])('means at %s no page that says otherwise', (address, one) => {
    expect(meant(address, [one])).toBeUndefined()
  })

  it('has the slug that the file states, or else perhaps its title', () => {
    const named = page('posts/a.md', '2008-10-18', { statedSlug: 'crane', title: 'Old iron' })
    const titled = page('posts/b.md', '2008-10-18', { title: "What's left of it?" })
    expect(keysOf(named.path, { ...named.content, published: '2008-10-18T22:30:00Z' })).toEqual([
      'a 2008-10-18',
      'crane 2008-10-18',
    ])
    expect(meant('/2008/10/crane', [named])).toBe(named.path)
    expect(meant('/2008/10/whats-left-of-it', [titled])).toBe(titled.path)
  })

  it('means none where two pages agree, and one where the date or the folder parts them', () => {
    const days = ['18', '19'].map((day) => page(`_posts/2008-10-${day}-tides.md`, `2008-10-${day}`))
    expect(meant('/2008/10/19/tides', days)).toBe('_posts/2008-10-19-tides.md')
    expect(meant('/2008/10/tides', days)).toBeUndefined()
    expect(meant('/tides', days)).toBeUndefined()
    const folders = ['posts', 'notes'].map((folder) => page(`${folder}/tides.md`))
    expect(meant('/notes/tides', folders)).toBe('notes/tides.md')
    expect(meant('/2008/10/tides', folders)).toBeUndefined()
  })

  it('has the day of the file name, though a clock elsewhere says the next one', () => {
    const late = page('_posts/2008-10-18-tides.md', '2008-10-19T05:30:00Z')
    expect(meant('/2008/10/18/tides', [late])).toBe(late.path)
    expect(meant('/2008/10/19/tides', [late])).toBeUndefined()
    const moved = page('_posts/2008-10-18-tides.md', '2011-02-03')
    expect(meant('/2011/02/03/tides', [moved])).toBe(moved.path)
    const far = page('posts/tides.md', '2008-10-18T22:30:00Z')
    expect(meant('/2008/10/19/tides', [far], { ...settings, timeZone: 'Europe/Istanbul' })).toBe(
      far.path,
    )
  })

  it('means the translation that it names, and without a language that of the site', () => {
    const both = ['en', 'fr'].map((language) =>
      page(`posts/tides.${language}.md`, '2008-10-18', { language }),
    )
    expect(meant('/fr/posts/tides', both)).toBe('posts/tides.fr.md')
    expect(meant('/posts/tides', both)).toBe('posts/tides.en.md')
    expect(meant('/de/posts/tides', both)).toBeUndefined()
    expect(meant('/fr/posts/tides', [page('en/posts/tides.md')])).toBeUndefined()
  })

  it('tells names apart that differ by more than case, blanks and apostrophes', () => {
    expect(meant('/posts/c', [page('posts/c++.md')])).toBeUndefined()
    expect(meant('/posts/c++', [page('posts/C++.md')])).toBe('posts/C++.md')
    expect(meant('/posts/été', [page('posts/E\u0301te\u0301.md')])).toBe('posts/E\u0301te\u0301.md')
    const published = '2008-10-18T00:00:00Z'
    expect(keysOf('pages/crawled.txt', { title: 'Crawled', published })).toEqual([])
    expect(keysIn(`/${'a'.repeat(300)}`)).toBeUndefined()
    expect(keysIn(`${'/a'.repeat(30)}`)).toBeUndefined()
  })

  it('is none of a second page of a list, of files of ours, of hidden ones, or encoded wrongly', () => {
    const named = (name: string) => page(`posts/${name}.md`, '2008-10-18', { title: name })
    for (const [address, name] of [
      ...[
        ['/posts/2', '2'],
        ['/news/2', '2'],
        ['/archive/2.html', '2'],
        ['/posts/1984', '1984'],
      ],
      ...[
        ['/feeds/2008/10/18/tides', 'tides'],
        ['/media/2008/10/18/tides', 'tides'],
      ],
      ...[
        ['/posts/tides%', 'tides'],
        ['/%zz/2008/10/18/tides', 'tides'],
      ],
      ...[
        ['/posts/.tides', 'tides'],
        ['/.git/2008/10/18/tides', 'tides'],
        ['/../posts/tides', 'tides'],
      ],
    ] as const) {
      expect(keysIn(address), address).toBeUndefined()
      expect(meant(address, [named(name)]), address).toBeUndefined()
    }
    expect(meant('/posts/9-lives', [named('9-lives')])).toBe('posts/9-lives.md')
  })

  it('is looked for about its date, where many days have a page of its name', () => {
    const range = (address: string) => keysIn(address)?.dated
    expect(range('/2026/01/05/tides')).toEqual({ from: 'tides 2026-01-03', to: 'tides 2026-01-07' })
    expect(range('/2026/005/tides')).toEqual(range('/2026/01/05/tides'))
    expect(range('/2026-01-05-tides')).toEqual(range('/2026/01/05/tides'))
    expect(range('/2026/02/tides')).toEqual({ from: 'tides 2026-01-30', to: 'tides 2026-03-03' })
    expect(range('/2026/tides')).toEqual({ from: 'tides 2025-12-30', to: 'tides 2027-01-03' })
    expect(range('/posts/tides')).toBeUndefined()
    for (const strange of ['/2026/13/45/tides', '/2026/00/00/tides', '/2026/999/tides']) {
      expect(meant(strange, [page('tides.md', '2026-01-01')]), strange).toBeUndefined()
      expect(() => keysIn(strange)).not.toThrow()
    }
  })
})
