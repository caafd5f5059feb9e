/** Bad input: documents made up for every format, and samples that were cut, mixed and broken. */
import { readdirSync, readFileSync } from 'node:fs'
import { extname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import fc from 'fast-check'
import { page } from './page.ts'
import { htmlOf, inXml, markdownOf, nitfOf } from './writers.ts'

export interface Input {
  /** Name of the file. */
  readonly name: string
  readonly bytes: Buffer
  /** What it was made as: a format, or a sample. */
  readonly kind: string
  /** What an article made of it has to say, where the input tells for certain. */
  readonly title?: string
  readonly paragraphs?: readonly string[]
}

/** Code points that are no letters, that go to the left, or that no text may have. */
const oddities = [
  0x0, 0x7f, 0x85, 0xa0, 0xad, 0x61c, 0x200b, 0x2028, 0x202e, 0x2066, 0x2069, 0xd800, 0xdc00,
  0xfdd0, 0xfeff, 0xfffe, 0xffff,
]

/** What markup, templates, and readers of either may stumble over. */
const fragments = [
  ']]>',
  '<![CDATA[',
  '<script>alert(1)</script>',
  '<img src=x onerror=alert(1)>',
  '<svg/onload=alert(1)>',
  '<a href="javascript:alert(1)">a</a>',
  '[a](javascript:alert(1))',
  '![a](a.jpg "b")',
  '<a href="https://trtworld.com@evil.example/">a</a>',
  '<a href="//evil.example\\@b">a</a>',
  '<p><p><b></p>',
  '<table><tr><td>',
  '</article>',
  '<!--',
  '-->',
  '<!DOCTYPE html>',
  '<!DOCTYPE nitf [<!ENTITY a "b">]>',
  '<?xml version="1.0"?>',
  '<?a ?>',
  '&a;',
  '&nbsp;',
  '&#0;',
  '&#13;',
  '&#x1F;',
  '&#xD800;',
  '&#xFFFE;',
  '&#x202E;',
  '&amp;lt;',
  '<%= it %>',
  '{{a}}',
  // biome-ignore lint/suspicious/noTemplateCurlyInString: text for templates to stumble over
  '${a}',
  '---',
  '...',
  '***',
  '> - ',
  '    ',
  '__proto__: a',
  'constructor: a',
  '*a',
  '&a b',
  '!!js/function a',
  'SOURCE:',
  'Explore',
  'By A, B',
  'March 4, 2024',
  '99 MIN READ',
  ' / Photo: AA',
  '\n',
  '\n\n',
  '\r',
  '\r\n',
  '\t',
  '\v',
  '\u001b[31m',
  '\u0301\u0323',
  ...oddities.map((one) => String.fromCharCode(one)),
  '😀',
  'İı',
  'ﷺ',
]

const words =
  'harbour ferry Türkiye İzmir سلام Паром 東京 “quoted” & < > " \' a-b US Georgia'.split(' ')

const fragment = fc.constantFrom(...fragments)
/** Mostly words, now and then anything at all. */
const piece = fc.oneof(
  { weight: 12, arbitrary: fc.constantFrom(...words) },
  { weight: 3, arbitrary: fragment },
  { weight: 2, arbitrary: fc.string({ unit: 'grapheme', maxLength: 8 }) },
  { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 8 }) },
)
const text = (most: number) =>
  fc.array(piece, { minLength: 1, maxLength: most }).map((pieces) => pieces.join(' '))
/** Text of one line. */
const line = (most: number) =>
  text(most).map((one) => one.replace(/[\n\r\v\f\u0085\u2028\u2029]+/g, ' '))
const paragraphs = fc.array(text(25), { minLength: 1, maxLength: 6 })
const date = fc.oneof(
  {
    weight: 8,
    arbitrary: fc.constantFrom('2024-03-04', '2019-02-28T23:59', '2024-02-29T00:00:00+14:00'),
  },
  {
    weight: 1,
    arbitrary: fc.constantFrom('1900-01-01', '9999-12-31T23:59:59-12:00', '2023-02-29', ''),
  },
)
const address = fc.oneof(
  fc.webUrl({ withFragments: true, withQueryParameters: true }),
  fc.constantFrom(
    'a.jpg',
    '../a.jpg',
    'http://[',
    'javascript:a',
    'https://a@b.example/',
    '//a.example/b.png',
  ),
  text(2),
)

/** What every made-up document says, in its own way. */
const story = fc.record({
  title: line(8),
  dek: line(12),
  section: line(2),
  tags: fc.array(line(2), { maxLength: 4 }),
  authors: fc.array(line(2), { maxLength: 3 }),
  date,
  address,
  paragraphs,
})
type Story = typeof story extends fc.Arbitrary<infer T> ? T : never

const pageText = ({ title, dek, section, authors, date, paragraphs: body }: Story) =>
  page({
    ...{ title, dek, author: authors.join(', '), body: body.join('\n\n'), caption: '' },
    section: ` date ${date.slice(0, 10)} ${section}`,
  })

/** Marks that mean something in Markdown lose it behind a backslash. */
const plainMarkdown = (value: string) =>
  value
    .replace(/\s+/g, ' ')
    .trim()
    .replace(/[!-/:-@[-`{-~]/g, '\\$&')

const withoutMarkup = { markdown: plainMarkdown, html: inXml, nitf: inXml }

/** @param isPlain whether nothing in its paragraphs is markup */
function write(one: Story, kind: keyof typeof withoutMarkup, isPlain: boolean): string {
  const body = isPlain ? one.paragraphs.map(withoutMarkup[kind]) : one.paragraphs
  if (kind === 'markdown') {
    const { title, date, dek, address, section, tags, authors } = one
    const more = isPlain ? {} : { summary: dek, image: address }
    return markdownOf({ title, date, ...more, section, tags, authors }, body.join('\n\n'))
  }
  const story = body.map((paragraph) => `<p>${paragraph}</p>`).join('\n')
  return kind === 'html' ? htmlOf(one, story) : nitfOf(one, story)
}

/** Text as the bytes of a file; only UTF-16 can hold half a surrogate pair. */
function encode(value: string, encoding: string): Buffer {
  if (encoding === 'utf16le') return Buffer.from(`\ufeff${value}`, 'utf16le')
  if (encoding === 'utf16be') return Buffer.from(`\ufeff${value}`, 'utf16le').swap16()
  if (encoding === 'latin1') return Buffer.from(value, 'latin1')
  return Buffer.from(encoding === 'bom' ? `\ufeff${value}` : value)
}
const encoding = fc.oneof(
  { weight: 6, arbitrary: fc.constant('utf8') },
  { weight: 2, arbitrary: fc.constantFrom('bom', 'utf16le', 'utf16be', 'latin1') },
)

/** What front matter shows of the fragments that are HTML of one line; others stay as they are written. */
const shownInLines: Readonly<Record<string, string>> = {
  '<a href="javascript:alert(1)">a</a>': 'a',
  '<a href="https://trtworld.com@evil.example/">a</a>': 'a',
  '<a href="//evil.example\\@b">a</a>': 'a',
  '<p><p><b></p>': '<p> <b> ',
  '&#x202E;': '',
  '&amp;lt;': '&lt;',
}

/** A blank that stands behind one is a word. */
const shownInLine = (value: string) =>
  Object.entries(shownInLines)
    .reduce((shown, [written, meant]) => shown.replaceAll(written, meant), value.trim())
    .replace(/^&(?:nbsp|#13);/, '')

/** Where what is told of the story is not sure to come out: the bytes say something else. */
const isSure = (value: string, enc: string) => enc !== 'latin1' && value.isWellFormed()

const names = { markdown: 'a.md', html: 'a.html', nitf: 'a.xml' }

const made: fc.Arbitrary<Input> = fc
  .record({
    one: story,
    kind: fc.constantFrom(...(['page', 'markdown', 'html', 'nitf'] as const)),
    enc: encoding,
    isPlain: fc.boolean(),
  })
  .map(({ one, kind, enc, isPlain }): Input => {
    if (kind === 'page') return { kind, name: 'a.txt', bytes: encode(pageText(one), enc) }
    const value = write(one, kind, isPlain)
    const input = { kind, name: names[kind], bytes: encode(value, enc) }
    if (!isPlain || !isSure(value, enc)) return input
    // Readability leaves out what it takes for navigation.
    const { title, paragraphs: body } = one
    if (kind === 'html') return { ...input, title }
    const shown = kind === 'markdown' ? shownInLine(title) : title
    return { ...input, title: shown, paragraphs: body }
  })

const samplesDir = fileURLToPath(new URL('../../articles', import.meta.url))

/** The sample articles. */
const samples = readdirSync(samplesDir, { recursive: true, encoding: 'utf8' })
  .filter((name) => ['.txt', '.md', '.html'].includes(extname(name)))
  .sort()
  .map((name) => ({ name, text: readFileSync(join(samplesDir, name), 'utf8') }))

const sample = fc.constantFrom(...samples)
/** A place in a text of any length: a share of it. */
const share = fc.double({ min: 0, max: 1, noNaN: true })
const at = (list: { readonly length: number }, place: number) => Math.floor(place * list.length)

type Change = (value: string) => string

/** What a text becomes by something that is drawn. */
const changeBy = <T>(drawn: fc.Arbitrary<T>, apply: (value: string, one: T) => string) =>
  drawn.map(
    (one): Change =>
      (value) =>
        apply(value, one),
  )

/** The same for its lines. */
const changeLines = <T>(drawn: fc.Arbitrary<T>, apply: (lines: string[], one: T) => string[]) =>
  changeBy(drawn, (value, one) => apply(value.split('\n'), one).join('\n'))

const change: fc.Arbitrary<Change> = fc.oneof(
  changeBy(share, (value, place) => value.slice(0, at(value, place))),
  changeBy(share, (value, place) => value.slice(at(value, place))),
  changeLines(fc.tuple(share, share), (lines, [a, b]) => {
    const [one, other] = [at(lines, a), at(lines, b)]
    ;[lines[one], lines[other]] = [lines[other] ?? '', lines[one] ?? '']
    return lines
  }),
  changeLines(fc.tuple(share, fc.integer({ min: 1, max: 50 })), (lines, [place, count]) => {
    const copied = lines[at(lines, place)] ?? ''
    return lines.toSpliced(at(lines, place), 0, ...Array(count).fill(copied))
  }),
  changeLines(share, (lines, place) => lines.toSpliced(at(lines, place), 1)),
  changeBy(
    fc.tuple(sample, share, share),
    (value, [other, a, b]) => value.slice(0, at(value, a)) + other.text.slice(at(other.text, b)),
  ),
  changeBy(
    fc.tuple(fc.oneof(fragment, text(3)), share),
    (value, [inserted, place]) =>
      value.slice(0, at(value, place)) + inserted + value.slice(at(value, place)),
  ),
)

const mutated: fc.Arbitrary<Input> = fc
  .record({
    one: sample,
    changes: fc.array(change, { minLength: 1, maxLength: 4 }),
    enc: encoding,
    flips: fc.oneof(
      { weight: 3, arbitrary: fc.constant([]) },
      {
        weight: 1,
        arbitrary: fc.array(fc.tuple(share, fc.integer({ min: 1, max: 255 })), { maxLength: 8 }),
      },
    ),
    ending: fc.oneof(
      { weight: 5, arbitrary: fc.constant(undefined) },
      { weight: 1, arbitrary: fc.constantFrom('.txt', '.md', '.html', '.xml') },
    ),
  })
  .map(({ one, changes, enc, flips, ending }): Input => {
    const bytes = encode(
      changes.reduce((value, apply) => apply(value), one.text),
      enc,
    )
    for (const [place, bits] of flips) {
      const index = at(bytes, place)
      if (index < bytes.length) bytes[index] = (bytes[index] ?? 0) ^ bits
    }
    return { kind: 'sample', name: `a${ending ?? extname(one.name)}`, bytes }
  })

const inputs: fc.Arbitrary<Input> = fc.oneof(made, mutated)

/** The input with that number in a run. The same seed and number give the same input. */
export function inputOf(seed: number, number: number): Input {
  const [input] = fc.sample(inputs, { seed: (seed + number) | 0, numRuns: 1 })
  if (!input) throw new Error('fast-check made no input')
  return input
}
