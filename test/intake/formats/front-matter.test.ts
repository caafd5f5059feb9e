/** What front matter says, and what is told of the rest. What single keys become is in test/cases/markdown. */
import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { fieldOf, keys } from '../../../src/intake/formats/front-matter/front-matter-keys.ts'
import { markdown } from '../../../src/intake/formats/markdown/markdown.ts'
import { articleIn, markdownFile, readFile } from '../../support/read.ts'

const read = (text: string, path = 'a.md') => markdown.read(text, path, '/')
const notesOf = async (lines: string) => (await read(markdownFile('Text.', lines))).notes ?? []

async function rejectionsOf(text: string) {
  const outcome = await readFile('a.md', text)
  if (outcome.kind !== 'rejected') throw new Error(`it became: ${outcome.kind}`)
  return outcome.rejections.map(({ line, reason }) => `${line}: ${reason}`)
}

describe('a key', () => {
  test('has one meaning: no name stands in the table twice', () => {
    for (const [field, names] of Object.entries(keys)) {
      for (const name of names.split(' ')) expect(fieldOf(name), name).toBe(field)
    }
  })

  test('is in the docs, and the docs have no other', () => {
    const docs = readFileSync(new URL('../../../docs/formats/markdown.md', import.meta.url), 'utf8')
    const rowsBelow = (head: string) => {
      const [, table = ''] = docs.split(`| ${head} |\n| --- | --- |\n`)
      return table.slice(0, table.indexOf('\n\n')).split('\n')
    }
    const namesIn = (cell: string | undefined) => cell?.match(/[^`, ]+/g) ?? []
    const described = rowsBelow('key | value').flatMap((row) =>
      namesIn(row.split(' | ')[0]?.slice(2)),
    )
    const others = new Map(
      rowsBelow('key | other names').map((row) => {
        const [key = '', ...names] = namesIn(row.replaceAll('|', ''))
        return [key, names]
      }),
    )
    const told = described.map((key) => [key, ...(others.get(key) ?? [])].join(' '))
    expect(told).toEqual(Object.values(keys))
    expect(described).toEqual(expect.arrayContaining([...others.keys()]))
  })

  test('may have capitals, hyphens and underscores as it likes', async () => {
    const spellings = [
      'meta_description',
      'Meta-Description',
      'metaDescription',
      'META DESCRIPTION',
    ]
    for (const spelling of spellings) {
      expect(await read(markdownFile('Text.', `${spelling}: A dek`))).toHaveProperty(
        'summary',
        'A dek',
      )
    }
  })

  test('that stands first in the table counts, wherever it stands in the file', async () => {
    const article = await read(
      markdownFile('Text.', 'description: b\nlastmod: 2026-05-02\nexcerpt: a\nupdated: 2026-05-01'),
    )
    expect(article).toMatchObject({ summary: 'a', updated: '2026-05-01' })
  })
})

test.each([
  ['lastUpdateDate: 2026-05-01', { updated: '2026-05-01' }],
  ['tags: [sea, "lang:fr"]', { language: 'fr', tags: ['sea'] }],
  ['lang: de\ntags: [sea, "lang:fr"]', { language: 'de', tags: ['sea'] }],
  ['tags: [sea, "lang:ts"]', { language: undefined, tags: ['sea', 'lang:ts'] }],
  ['tags: ["lang:go lessons"]', { language: undefined, tags: ['lang:go lessons'] }],
])('a key may be called otherwise: %j', async (lines, expected) => {
  expect(await read(markdownFile('Text.', lines))).toMatchObject(expected)
})

describe('what identifies an article', () => {
  test.each([
    ['slug: new-crane', { slug: 'new-crane' }],
    ['slug: /2026/new-crane/', { slug: 'new-crane', aliases: ['/2026/new-crane/'] }],
    [
      'aliases: [/a/, "https://old.example/b", c/d.html]',
      { aliases: ['/a/', 'https://old.example/b', '/c/d.html', 'c/d.html'] },
    ],
    ['aliases: [früher]', { aliases: ['/früher', 'früher'] }],
    ['redirect_from: /a/\npermalink: /b/', { aliases: ['/a/', '/b/'] }],
    ['path: crane', { aliases: ['/crane'] }],
    ['permalink: pretty', { aliases: [] }],
    ['permalink: /:year/:title/', { aliases: [] }],
    ['permalink: pretty', { aliases: [] }],
    ['permalink: "/{{ slug }}/"', { aliases: [] }],
    ['url: /a.html', { aliases: ['/a.html'], canonicalUrl: undefined }],
    ['url: https://a.example/the-headline', { canonicalUrl: 'https://a.example/the-headline' }],
    ['url: https://a.example/?p=12', { canonicalUrl: 'https://a.example/?p=12' }],
    ['url: https://a.example/b', { aliases: [], canonicalUrl: undefined }],
    ['url: https://a.example/headline', { canonicalUrl: 'https://a.example/headline' }],
    ['url: https://a.example/a-new-headline', { canonicalUrl: undefined }],
    ['permalink: https://a.example/b', { canonicalUrl: 'https://a.example/b' }],
    ['guid: 1234 at old.example', { guid: '1234 at old.example' }],
    ['id: https://old.example/?p=1', { guid: 'https://old.example/?p=1' }],
    ['id: urn:uuid:a', { guid: 'urn:uuid:a' }],
    ['guid: "{{ site.url }}/?p=1"', { guid: undefined }],
    ['id: 1234', { guid: undefined }],
    ['unlisted: true', { isUnlisted: true }],
    ['status: hidden', { isUnlisted: true, draft: false }],
  ])('is stated by %j', async (lines, expected) => {
    expect(await read(markdownFile('Text.', lines))).toMatchObject(expected)
  })

  test('is the folder of a bundle where no slug is stated', async () => {
    expect(await read('Text.', 'news/2026-01-02-crane/index.md')).toHaveProperty('slug', 'crane')
    expect(await read('---\nslug: a\n---\nText.', 'crane/index.md')).toHaveProperty('slug', 'a')
    expect(await read('Text.', 'news/crane.md')).toHaveProperty('slug', undefined)
  })
})

test.each([
  'draft: yes',
  'private: true',
  'published: false',
  'publish: no',
  'dg-publish: false',
  'status: pending',
  'visibility: members',
  'status: killed',
  'permalink: false',
  ...[
    'Do not publish',
    'hold',
    'kill',
    'withheld',
    'for review',
    'pending review',
    'WIP',
    'in progress',
    'not ready',
    'rejected',
    'deleted',
    'embargo',
    'draft 2',
    'needs edit',
    'to be published',
    'legal-hold',
    'ready for edit',
    'W.I.P.',
    '🔴 Draft',
    'Draft (needs quotes)',
    'planned',
    'queued',
    'Writing',
    'nicht freigegeben',
    'en cours de relecture',
    'на согласовании',
  ].map((state) => `status: ${state}`),
  'do_not_publish: true',
  'borrador: true',
  'statut: brouillon',
  'статус: черновик',
  'publishing_status: draft',
  'hold: yes',
  'workflow: draft',
  'editorial_status: in review',
  'ready: false',
  'approved: no',
  'public: false',
  'confidential: true',
])('what is kept back by %j is a draft, and a note says so', async (lines) => {
  const { draft, notes } = await read(markdownFile('Text.', lines))
  expect(draft).toBe(true)
  expect(notes).toEqual([{ line: 4, text: `it is a draft because of ${lines}` }])
})

describe('a tag that says that the text is not done', () => {
  const isDraft = async (lines: string, text = 'The ferry is back.') =>
    (await readFile('a.md', markdownFile(text, lines))).kind === 'draft'

  test.each([
    'tags: [draft]',
    'tags: [ferries, draft]',
    'tags: [ferries, in-review]',
    'tags: ["#draft"]',
    'categories: Drafts',
    'section: Draft',
    'tags: [ferries, status/draft]',
    'tags: [brouillon]',
  ])('keeps it back: %s', async (lines) => {
    expect(await isDraft(lines)).toBe(true)
  })

  test('keeps it back in the text as well', async () => {
    expect(await isDraft('tags: [ferries]', '#draft\n\nThe ferry is back.')).toBe(true)
  })

  test.each([
    ['tags: [beer, draft]', 'Six kinds on draft are sold at the quay.'],
    ['section: Draft\ntags: [players]', 'Who is drafted first.'],
    ['tags: [knitting, wip]', 'My WIP of the week.'],
    ['tags: [drafting, drafts-people]', 'Text.'],
    ['tags: [status/done, draft/beer]', 'Text.'],
  ])('is none where the text speaks of it: %s', async (lines, text) => {
    expect(await isDraft(lines, text)).toBe(false)
  })

  test('counts alone, unless the title speaks of it', async () => {
    const text = 'The draft law is out.'
    expect(await isDraft('tags: draft', text)).toBe(true)
    expect((await readFile('a.md', `---\ntitle: Draft day\ntags: draft\n---\n${text}`)).kind).toBe(
      'article',
    )
  })
})

test.each([
  ['draft: Ada Berg', 'draft "Ada Berg"'],
  ['draft: [Ada, Jo]', 'draft'],
  ['private: members', 'private "members"'],
  ['wip: almost', 'wip "almost"'],
])('what may be kept back by %j is a draft, and a note says what to write', async (lines, said) => {
  const { draft, notes, faults } = await read(markdownFile('Text.', lines))
  expect({ draft, faults }).toEqual({ draft: true, faults: [] })
  const why = `${said}, which is neither true nor false; write one of these`
  expect(notes).toEqual([{ line: 4, text: `it is a draft because of ${why}` }])
})

test.each(['embargo: Cuba', 'embargo: [2031-05-09, 2031-05-10]', 'embargo: {until: May}'])(
  'what may be held back by %j is a draft, and a note says what to do',
  async (lines) => {
    const { draft, notes } = await read(markdownFile('Text.', lines))
    expect(draft).toBe(true)
    expect(JSON.stringify(notes)).toContain('write it as in 2026-04-13 09:30, or take it out')
  },
)

test('a state that is not known keeps nothing back, and a note says so', async () => {
  const { draft, notes } = await read(markdownFile('Text.', 'status: evergreen'))
  expect(draft).toBe(false)
  expect(notes).toEqual([
    { line: 4, text: expect.stringContaining('status "evergreen" is none that is known') },
  ])
})

test.each([
  ['publishDate: 2999-03-04', '2999-03-04'],
  ['publish_date: 2999-03-04', '2999-03-04'],
  ['post_status: future\npost_date: 2999-03-04 09:00', '2999-03-04'],
  ['not_before: 2999-03-04', '2999-03-04'],
  ['publish_on: 2999-03-04', '2999-03-04'],
  ['publishDate: 2020-03-04', '2026-04-13'],
  ['created: 2999-03-04', '2026-04-13'],
  ['publish: true', '2026-04-13'],
])('waits for the day on which it is to come out: %s', async (lines, day) => {
  const { draft, published } = await read(markdownFile('Text.', lines))
  expect({ draft, published }).toEqual({ draft: false, published: expect.stringContaining(day) })
})

test('what Hugo makes no page of is a draft, and what it does not list is unlisted', async () => {
  const unmade = await read(markdownFile('Text.', 'build: {render: never, list: never}'))
  expect(unmade).toMatchObject({
    draft: true,
    notes: [{ line: 4, text: 'it is a draft because of build: render: never' }],
  })
  const unlisted = await read(markdownFile('Text.', '_build: {list: never}'))
  expect(unlisted).toMatchObject({ draft: false, isUnlisted: true })
})

test('what is kept back by a password is a draft, and no note tells it', async () => {
  const { draft, notes } = await read(markdownFile('Text.', 'password: open sesame'))
  expect(draft).toBe(true)
  expect(notes).toEqual([{ line: 4, text: 'it is a draft because of its password' }])
})

test.each([
  'draft: false',
  'published: true',
  'status: publish',
  'visibility: public',
  'password:',
  'status: Ready for publication',
  'status: final',
  'status: scheduled',
  'status: 🟢 Published',
  'status: Programmé',
  'status: done',
  'state: Texas',
  'estado: Jalisco',
  'brouillon: false',
  'build: {render: always}',
])('what is not kept back by %j is none', async (lines) => {
  expect(await read(markdownFile('Text.', lines))).toHaveProperty('draft', false)
})

describe('all that is wrong is told at once', () => {
  const faults = ['title is not text', 'date "soon" is no date', 'expires "never" is no date']
  const at = (...lines: number[]) => [
    ...faults.map((fault, n) => `${lines[n]}: ${fault}`),
    'undefined: the article has no text',
  ]

  test.each([
    ['YAML', '\n---\ntitle: [a, b]\n\ndate: soon\nexpires: never\n---\n', at(3, 5, 6)],
    ['TOML', '+++\n\ntitle = [\n"a",\n"b"]\ndate = "soon"\nexpires = "never"\n+++\n', at(3, 6, 7)],
    ['JSON', '{\n"title": ["a", "b"],\n\n"date": "soon", "expires": "never"\n}\n', at(2, 4, 4)],
    ['Hexo', ';;;\n"title": ["a", "b"],\n"date": "soon",\n"expires": "never"\n;;;\n', at(2, 3, 4)],
  ])('with its line in %s', async (_, text, expected) => {
    expect(await rejectionsOf(text)).toEqual(expected)
  })

  test('also where YAML cannot be read in several lines', async () => {
    const text =
      '---\ntitle: x\nsummary: {{ a }}\ntags: [a\nsection: b\ndate: {{ b }}\n---\nText.\n'
    const lines = (await rejectionsOf(text)).map((line) => line.split(':')[0])
    expect(lines).toEqual(['3', '4', '6'])
  })

  test('with what the text is refused for', async () => {
    const text = `---\ntitle: x\ndate: soon\n---\n${'!['.repeat(50_000)}`
    expect(await rejectionsOf(text)).toEqual([
      '3: date "soon" is no date',
      expect.stringContaining('signs of Markdown'),
    ])
  })

  test('and a title, a date, expiry or draft that is stated twice', async () => {
    const text =
      '---\ntitle: a\nTitle: b\nexpires: 2027-01-01\nexpires: 2028-01-01\ndraft: false\ndraft: false\n---\nText.\n'
    expect(await rejectionsOf(text)).toEqual([
      '3: Title is stated twice, first in line 2',
      '5: expires is stated twice, first in line 4',
    ])
  })
})

describe('of a title that is stated twice', () => {
  const text = '---\ntitle: Crane\ntitle: Kran\nmood: good\ntempo: slow\n---\nText.\n'

  test('the last one counts where Jekyll has its posts, as it does for Jekyll', async () => {
    const article = await read(text, 'de/_posts/2026-01-02-crane.md')
    expect(article).toMatchObject({ title: 'Kran', faults: [] })
    expect(article.notes).toEqual([
      { line: 2, text: 'title is stated twice, and the one in line 3 counts' },
      { line: 4, text: 'keys that mean nothing here: "mood", "tempo" (line 5)' },
    ])
  })

  test('none counts elsewhere', async () => {
    expect((await read(text)).faults).toHaveLength(1)
  })
})

describe('authors', () => {
  test.each([
    ['author: Jo Lind, Ada Berg', ['Jo Lind', 'Ada Berg']],
    ['author: Jo de la Cruz, J. R. Berg', ['Jo de la Cruz', 'J. R. Berg']],
    ['author: Jo Lind and Ada Berg', ['Jo Lind', 'Ada Berg']],
    ['author: Jo Lind, Ada Berg, and Mira Onal', ['Jo Lind', 'Ada Berg', 'Mira Onal']],
    ['author: Jo, Ada and Mira', ['Jo', 'Ada', 'Mira']],
    ['author: jo and mira', ['jo', 'mira']],
    ['author: jo, mark-i-m', ['jo', 'mark-i-m']],
    ['author: "@jo, @mira"', ['@jo', '@mira']],
    ['author: Jo Lind and @mira', ['Jo Lind', '@mira']],
    ['author: "@jo"', ['@jo']],
    ['authors: [jo, mira]', ['jo', 'mira']],
    ['author: "[[Jo Lind]]"', ['Jo Lind']],
    ['author: "[[people/jo|Jo Lind]]"', ['Jo Lind']],
    ['author: Lind &amp; Co', ['Lind & Co']],
  ])('of %j are each', async (lines, authors) => {
    expect(await read(markdownFile('Text.', lines))).toHaveProperty('authors', authors)
  })

  test.each([
    'LIND, Jo',
    'Lind, Jo and Berg, Ada',
    'Jo Lind, Harbour Editor',
    'Jo Lind, GULL Head of Cranes',
    'Jo Lind, Harbourworks',
    'Jo Lind, site engineer, Harbourworks',
    'Jo Lind, Harbour Editor, and Ada Berg',
    'Jo Lind (Gulls, Cranes)',
    'Lind & Lind',
    'Crane and Gull',
    'The Harbour Board',
  ])('of "%s" are one', async (name) => {
    expect(await read(markdownFile('Text.', `author: ${name}`))).toHaveProperty('authors', [name])
  })
})

test.each(['date:', 'date: ""', 'date: ~', 'date: []'])('%j is as none', async (line) => {
  const article = await read(`---\ntitle: x\n${line}\n---\nText.\n`)
  expect(article).toMatchObject({ published: undefined, faults: [], notes: [] })
})

test('a date that Eleventy looks up is that of the file, and a note says so', async () => {
  const article = await read('---\ntitle: x\ndate: git Last Modified\n---\nText.\n')
  expect(article).toMatchObject({ published: undefined, faults: [] })
  expect(article.notes).toEqual([
    {
      line: 3,
      text: 'date "git Last Modified" is the date of the file, which is not in it, and is passed over',
    },
  ])
})

describe('a note names', () => {
  test('all keys that mean nothing here, with their lines', async () => {
    expect(await notesOf('mood: good\nlayout: post\nweight: 3\nsumary: a\nComments: true')).toEqual(
      [{ line: 4, text: 'keys that mean nothing here: "mood", "sumary" (line 7)' }],
    )
    expect(await notesOf('layout: post')).toEqual([])
    expect(await notesOf('mood: good')).toEqual([
      { line: 4, text: 'a key that means nothing here: "mood"' },
    ])
  })

  test.each([
    [
      'language: English language',
      'language "English language" is no language tag such as en or pt-BR',
    ],
    ['updated: never', 'updated "never" is no date that can be read'],
    ['image: file:///etc/passwd', 'image "file:///etc/passwd" is neither a path nor a web address'],
    [
      'cover: {src: "data:image/png;base64,AA"}',
      'cover.url "data:image/png;base64,AA" is neither a path nor a web address',
    ],
    ['audio: [a, b]', 'audio is neither a path nor a web address'],
    ['canonical: /story', 'canonical "/story" is no whole address of a page'],
    [
      'canonicalURL: https://canonical.url/to/page',
      'canonicalURL "https://canonical.url/to/page" is no whole address of a page',
    ],
    ['tags: {a: b}', 'tags is neither text nor a list'],
    ['authors: [{url: https://a.example/}]', 'authors names nobody'],
    ['source: {link: paper}', 'source names nobody'],
    ['aliases: [/a, "/{{ slug }}/"]', 'aliases "/{{ slug }}/" is no path'],
    ['summary: {a: b}', 'summary is not text'],
  ])('what is of no use: %j', async (lines, text) => {
    expect(await notesOf(lines)).toEqual([{ line: 4, text: `${text} and is passed over` }])
  })

  test('which of two values counts', async () => {
    expect(await notesOf('summary: a\nsummary: b')).toEqual([
      { line: 5, text: 'summary is stated twice, and the one in line 4 counts' },
    ])
  })

  test('an account that is all that is stated of an author', async () => {
    expect(await notesOf('author: {login: jlind77, email: jo@paper.example}')).toEqual([
      { line: 4, text: 'author states the account "jlind77" and no name' },
    ])
    expect(await notesOf('author: {login: jlind77, first_name: Jo, last_name: Lind}')).toEqual([])
  })

  test('no other names of a note, as Obsidian has them', async () => {
    expect(await notesOf('aliases: [The old pier, "Pier: a history", /a]')).toEqual([])
  })

  test('nothing that is empty, and no picture that is switched off', async () => {
    expect(
      await notesOf('summary:\ntags: []\nimage: {url: ""}\ncover: false\nmood: ""\naudio: ~'),
    ).toEqual([])
  })
})

describe('what is wrong with front matter', () => {
  const reasonOf = async (text: string) => {
    const outcome = await readFile('a.md', text)
    if (outcome.kind !== 'rejected') throw new Error(`it became: ${outcome.kind}`)
    return outcome.rejections[0]
  }

  test('is a line that was meant to end it', async () => {
    expect(await reasonOf('---\ntitle: A\ndate: 2026-04-13\n---6------1-----\nText.\n')).toEqual({
      line: 4,
      reason:
        'the line "---6------1-----" does not end the front matter, since it has more than three hyphens',
      remedy: 'Make it a line of three hyphens and nothing else.',
    })
  })

  test.each([
    'title: A\nwords alone\nother: b',
    'title: A\nwords alone\n',
    'title: `A`',
    'title: "A" b',
    'title: "a\\qb"',
    'title:\n\t- a',
    'tags: [a b: c, , d]',
    'title: A\n%b',
    'title: &a &b c',
    'title: !a b',
    'title: |a\n  b',
    'title: {a: b} c',
    'title: A\n- b',
  ])('is told in plain words: %j', async (matter) => {
    const outcome = await readFile('a.md', `---\n${matter}\n---\nText.\n`)
    expect(JSON.stringify(outcome)).not.toMatch(
      /[Ii]mplicit|scalar|node|[Ff]low|token|[Uu]nexpected|Plain value|indicator|mapping|escape sequence/,
    )
  })
})

test('files of a collection of Jekyll are read as its posts are', async () => {
  const text = markdownFile('It is\n$$x = [x_1, x_2]$$\nat noon.')
  const htmlOf = async (path: string) => articleIn(await readFile(path, text)).content
  expect(await htmlOf('_series/tide.md')).not.toContain('display="block"')
  expect(await htmlOf('series/tide.md')).toContain('display="block"')
})
