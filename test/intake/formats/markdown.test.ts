import { expect, test } from 'vitest'
import { toInstant } from '../../../src/intake/dates.ts'
import { markdown } from '../../../src/intake/formats/markdown.ts'
import { type Rejection, RejectionError } from '../../../src/intake/rejection.ts'
import { cpuTime } from '../../support/cpu-time.ts'

const needed = 'title: The headline\ndate: 2026-04-13'

/** A file with the two keys it needs in lines 2 and 3, and the given lines from line 4. */
const read = (lines = '', body = 'Text.') =>
  markdown.read(`---\n${needed}\n${lines}\n---\n${body}\n`)

async function rejectionOf(text: string): Promise<Rejection> {
  try {
    await markdown.read(text)
  } catch (error) {
    if (error instanceof RejectionError) return error.rejection
    throw error
  }
  throw new Error('it was accepted')
}

const rejectionOfLines = (lines: string) => rejectionOf(`---\n${needed}\n${lines}\n---\nText.\n`)
const rejectionOfMatter = (matter: string) => rejectionOf(`---\n${matter}\n---\nText.\n`)

test('front matter says the article is Markdown, whatever its name; so does the name alone', () => {
  expect(markdown.recognises('---\ntitle: x\n---\n', '.txt')).toBe(true)
  expect(markdown.recognises('---  \ntitle: x\n---\n', '.html')).toBe(true)
  expect(markdown.recognises('# Title', '.md')).toBe(true)
  expect(markdown.recognises('# Title', '.markdown')).toBe(true)
  expect(markdown.recognises('# Title', '.txt')).toBe(false)
  expect(markdown.recognises('--- title', '.txt')).toBe(false)
  expect(markdown.recognises('----\n', '.txt')).toBe(false)
})

test('every key is understood', async () => {
  const article = await read(
    `summary: The dek
updated: 2026-04-14T09:30
expires: 2027-01-01T00:00:00Z
section: World
tags: [one, Two Words]
authors: [First Author, Second Author]
language: EN-gb
image:
  url: images/lead.jpg
  alt: A lead
  caption: What is seen
  credit: AA
audio: story.mp3
source: {name: Another Paper, url: https://paper.example/}
canonical: https://paper.example/story
draft: true`,
    'Some *words*.',
  )
  expect(article).toEqual({
    title: 'The headline',
    published: '2026-04-13',
    summary: 'The dek',
    updated: '2026-04-14T09:30',
    expires: '2027-01-01T00:00:00Z',
    section: 'World',
    tags: ['one', 'Two Words'],
    authors: ['First Author', 'Second Author'],
    language: 'en-GB',
    image: { url: 'images/lead.jpg', alt: 'A lead', caption: 'What is seen', credit: 'AA' },
    audio: 'story.mp3',
    publisher: { name: 'Another Paper', url: 'https://paper.example/' },
    sources: ['Another Paper'],
    canonicalUrl: 'https://paper.example/story',
    draft: true,
    body: { html: '<p>Some <em>words</em>.</p>\n' },
  })
})

test('only title and date are needed', async () => {
  expect(await read()).toEqual({
    title: 'The headline',
    published: '2026-04-13',
    tags: [],
    authors: [],
    sources: [],
    body: { html: '<p>Text.</p>\n' },
  })
})

test('short forms: tags with commas, one author, an image address, the name of a source', async () => {
  const article = await read(
    'tags: one, two words ,, three,\nauthors: Surname, Name\nimage: https://example.org/a.jpg\nsource: AA',
  )
  expect(article.tags).toEqual(['one', 'two words', 'three'])
  expect(article.authors).toEqual(['Surname, Name'])
  expect(article.image).toEqual({ url: 'https://example.org/a.jpg' })
  expect(article.publisher).toEqual({ name: 'AA' })
  expect(article.sources).toEqual(['AA'])
})

test('a key without a value is a key that is not there', async () => {
  const article = await read(
    'summary:\nsection: ~\nupdated: null\nimage:\n  alt:\n  url: a.jpg\ntags:',
  )
  expect(article).not.toHaveProperty('summary')
  expect(article).not.toHaveProperty('section')
  expect(article).not.toHaveProperty('updated')
  expect(article.tags).toEqual([])
  expect(article.image).toEqual({ url: 'a.jpg' })
})

test('text that looks like another type stays the text it is', async () => {
  const article = await markdown.read(
    '---\ntitle: 1984\nsummary: 1.10\nsection: yes\ntags: [2026, "null", true, 0x10]\ndate: 2026-04-13\n---\n',
  )
  expect(article).toMatchObject({
    title: '1984',
    summary: '1.10',
    section: 'yes',
    tags: ['2026', 'null', 'true', '0x10'],
  })
})

test.each([
  '2026-04-13',
  '2026-04-13T09:30',
  '2026-04-13T09:30:15',
  '2026-04-13T09:30:00Z',
  '2026-04-13T09:30:00+03:00',
  '2024-02-29',
])('the date %s is kept as it is written, with or without a time zone', async (date) => {
  const article = await markdown.read(`---\ntitle: x\ndate: ${date}\n---\n`)
  expect(article.published).toBe(date)
})

test('checking a date does not decide when its day begins', async () => {
  await markdown.read('---\ntitle: x\ndate: 2021-03-04\n---\n')
  expect(toInstant('2021-03-04', 'Europe/Istanbul')).toBe('2021-03-03T21:00:00Z')
})

test.each([
  '2023-02-30',
  '2023-02-29',
  '2026-13-01',
  '2026-00-10',
  '2026-04-13T25:00',
  '2026-04-13T09:60',
  '2026-04-13T09:30:00+99:00',
  '13 April 2026',
  '13/04/2026',
  '2026-4-13',
  'yesterday',
  '1776096000',
])('there is no date %s', async (date) => {
  expect(await rejectionOfMatter(`title: x\ndate: ${date}`)).toEqual({
    reason: `date "${date}" is no date that exists`,
    remedy: 'Write it as 2026-04-13, 2026-04-13T09:30 or 2026-04-13T09:30:00+03:00.',
    line: 3,
  })
})

test.each([
  ['updated: never', 'updated "never" is no date that exists', 4],
  ['\n\nexpires: 2026-02-30', 'expires "2026-02-30" is no date that exists', 6],
  ['language: en_US', 'language "en_US" is no language', 4],
  ['language: English language', 'language "English language" is no language', 4],
  ['draft: yes', 'draft "yes" is neither true nor false', 4],
  ['canonical: /story', 'canonical "/story" is no http or https address', 4],
  ['canonical: https://', 'canonical "https://" is no http or https address', 4],
  [
    'canonical: javascript:alert(1)',
    'canonical "javascript:alert(1)" is no http or https address',
    4,
  ],
  [
    'image: data:image/png;base64,AA',
    'image.url "data:image/png;base64,AA" is neither a path nor a web address',
    4,
  ],
  [
    'image:\n  alt: a\n  url: file:///etc/passwd',
    'image.url "file:///etc/passwd" is neither a path nor a web address',
    6,
  ],
  ['image: [a.jpg]', 'image is a list', 4],
  [
    'audio: //example.org/a.mp3',
    'audio "//example.org/a.mp3" is neither a path nor a web address',
    4,
  ],
  ['audio: {url: a.mp3}', 'audio is not text', 4],
  ['source:\n  url: https://paper.example/', 'source.name is missing', 4],
  ['source:\n  name: AA\n  url: paper', 'source.url "paper" is no http or https address', 6],
  ['tags: {a: b}', 'tags is neither text nor a list', 4],
  ['tags:\n  - a\n  - b: c', 'tags.1 is not text', 6],
  ['authors:\n  - a\n  - [b]', 'authors.1 is not text', 6],
  ['section: [a]', 'section is not text', 4],
  ['summary: ""', 'summary is empty', 4],
])('%j is refused with its key and line', async (lines, reason, line) => {
  const rejection = await rejectionOfLines(lines)
  expect(rejection).toMatchObject({ reason, line })
  expect(rejection.remedy).toMatch(/^Write /)
})

test('a file without a title or a date is refused', async () => {
  expect(await rejectionOfMatter('date: 2026-04-13')).toMatchObject({ reason: 'title is missing' })
  expect(await rejectionOfMatter('title: x')).toMatchObject({ reason: 'date is missing', line: 1 })
  expect(await rejectionOf('---\n---\nText.')).toMatchObject({
    reason: 'title is missing',
    line: 1,
  })
})

test('an unknown key is named with its line, and the known keys are listed', async () => {
  expect(await rejectionOfMatter('date: 2026-04-13\ntitel: x')).toEqual({
    reason: 'titel is no key of the front matter',
    remedy:
      'Remove it, or use one of title, summary, date, updated, expires, section, tags, authors, language, image, audio, source, canonical, draft.',
    line: 3,
  })
  expect(await rejectionOfLines('author: x')).toMatchObject({
    line: 4,
    remedy: 'Write authors instead.',
  })
  expect(await rejectionOfLines('Draft: true')).toMatchObject({ remedy: 'Write draft instead.' })
  expect(await rejectionOfLines('image:\n  url: a.jpg\n  size: 5')).toMatchObject({
    reason: 'image.size is no key of the front matter',
    line: 6,
  })
})

test.each(['__proto__', 'constructor', 'toString', '<<'])(
  '%s is an unknown key too',
  async (key) => {
    expect(await rejectionOfLines(`${key}: {polluted: yes}`)).toMatchObject({
      reason: `${key} is no key of the front matter`,
      line: 4,
    })
    expect({}).not.toHaveProperty('polluted')
  },
)

test('a key that is there twice is refused where it is the second time', async () => {
  expect(await rejectionOfLines('title: Another')).toMatchObject({
    remedy: 'Keep one of the two keys with the same name.',
    line: 4,
  })
  expect(await rejectionOfLines('image:\n  alt: a\n  alt: b')).toMatchObject({ line: 6 })
})

test.each([
  ['summary: &a text\nsection: *a', 'the front matter has the alias *a', 5],
  ['summary: *bold* words', 'the front matter cannot be read', 4],
  ['summary: !!js/function x', 'the front matter cannot be read', 4],
  ['summary: !!timestamp 2026-04-13', 'the front matter cannot be read', 4],
  ['summary: one: two', 'the front matter cannot be read', 4],
  ['summary: @one', 'the front matter cannot be read', 4],
  ['tags: [a', 'the front matter cannot be read', 5],
  ['\tsummary: x', 'the front matter cannot be read', 4],
  ['? [a]\n: b', 'the front matter cannot be read', 4],
])('%j is refused with its line', async (lines, reason, line) => {
  const rejection = await rejectionOfLines(lines)
  expect(rejection.reason).toContain(reason)
  expect(rejection.line).toBe(line)
})

test('front matter that is a list or a text is refused', async () => {
  for (const matter of ['- title', 'title']) {
    expect(await rejectionOfMatter(matter)).toMatchObject({
      reason: 'the front matter is not made of keys and values',
      line: 2,
    })
  }
})

test('aliases that would grow to billions are refused at once', async () => {
  const levels = Array.from({ length: 9 }, (_, level) => {
    const last = level === 0 ? '"lol"' : `*a${level - 1}`
    return `a${level}: &a${level} [${Array(9).fill(last).join(', ')}]`
  })
  const start = cpuTime()
  expect((await rejectionOfMatter(levels.join('\n'))).reason).toContain('alias')
  expect(cpuTime() - start).toBeLessThan(1000)
})

test.each([
  ['lists in lists', `tags: ${'['.repeat(15_000)}`],
  ['keys in keys', `tags: ${'{a: '.repeat(3_500)}`],
  ['thousands of keys', Array.from({ length: 2_500 }, (_, n) => `k${n}:`).join('\n')],
  ['more than a screen', `summary: ${'a'.repeat(20_000)}`],
])('%s are refused at once', async (_, lines) => {
  await rejectionOfLines('title: warm')
  const start = cpuTime()
  expect((await rejectionOfLines(lines)).line).toBeTypeOf('number')
  expect(cpuTime() - start).toBeLessThan(1500)
})

test('a file without front matter, or with one that does not end, is refused in line 1', async () => {
  expect(await rejectionOf('# Title\n\nText.')).toMatchObject({
    reason: 'the file does not start with front matter',
    line: 1,
  })
  expect(await rejectionOf('---\ntitle: x\n\nText.\n')).toMatchObject({
    reason: 'the front matter has no end',
    line: 1,
  })
  expect(await rejectionOf('---')).toMatchObject({ reason: 'the front matter has no end', line: 1 })
})

test('front matter may end in dots, and the text may have rules of hyphens', async () => {
  const article = await markdown.read(`---\n${needed}\n... \t\nOne\n\n---\n\nTwo\n`)
  expect(article.body).toEqual({ html: '<p>One</p>\n<hr>\n<p>Two</p>\n' })
})

test('a line of hyphens within a longer line does not end front matter', async () => {
  const article = await read('summary: |\n  one\n  ---\n  --- two')
  expect(article.summary).toBe('one\n---\n--- two')
})

test('HTML within the text stays for the sanitiser; addresses and quotes stay as written', async () => {
  const article = await read(
    '',
    'See https://example.org "so" -- <mark>here</mark>\n\n<div>x</div>',
  )
  expect(article.body).toEqual({
    html: '<p>See https://example.org &quot;so&quot; -- <mark>here</mark></p>\n<div>x</div>\n',
  })
})

test('hostile text takes linear time', async () => {
  const bodies = ['[', '![[', '*a_ ', '<!--', '`a', '> ', '[a](<']
  await read()
  for (const piece of bodies) {
    const start = cpuTime()
    await read('', piece.repeat(20_000) + ' word'.repeat(100_000))
    expect(cpuTime() - start, piece).toBeLessThan(2000)
  }
})
