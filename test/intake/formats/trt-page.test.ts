/** Of pages of text what no single file shows; test/cases/trt-page has the rest. */
import { describe, expect, test } from 'vitest'
import { trtPage } from '../../../src/intake/formats/text/trt-page.ts'
import type { RawArticle, TextBlock } from '../../../src/intake/raw-article.ts'
import { RejectionError } from '../../../src/intake/rejection.ts'
import { cpuTime } from '../../support/cpu-time.ts'

const title = 'Ferries return to the old harbour of Karasu'
const dek = 'The first boat in nine years was greeted by a brass band and half of the town.'
const paragraphs = [
  'The first ferry in nine years tied up at noon on Tuesday, two hours late and with every seat taken.',
  'A brass band played on the quay while the passengers came ashore, many of them in tears.',
  'The line was closed when the old pier was found to be unsafe, and the town had waited ever since.',
]

/** The lines of a page from top to bottom; a part that is '' is left out. */
const seedShape = {
  prefix: ' date 2019-05-14 ',
  section: 'WORLD',
  time: '3 MIN READ',
  title,
  dek,
  again: title,
  caption: 'The ferry Karasu II passes the lighthouse on May 14, 2019. / TRT World and Agencies',
  by: 'By Staff Reporter',
  date: 'May 14, 2019',
  gap: '\n',
  body: paragraphs.join('\n\n'),
  source: 'SOURCE:TRTWorld and agencies',
  tail: 'Explore\nTunnel below the strait opens a year early\nBy Mira Onal, Tomas Vik\nA town counts its storks',
}

function page(parts: Partial<typeof seedShape> = {}): string {
  const { prefix, gap, body, ...rest } = { ...seedShape, ...parts }
  const head = [
    rest.section,
    rest.time,
    rest.title,
    rest.dek,
    rest.again,
    rest.caption,
    rest.by,
    rest.date,
  ]
  const foot = [body && gap + body + gap, rest.source, rest.tail]
  return prefix + [...head, ...foot].filter((line) => line !== '').join('\n')
}

const read = async (text: string) => trtPage.read(text, 'a.txt', '/')

const texts = (article: RawArticle) =>
  (article.body as readonly TextBlock[]).map(({ text }) => text)

describe('combinations of what may be missing', () => {
  const absent = [
    'prefix',
    'section',
    'time',
    'dek',
    'again',
    'caption',
    'by',
    'date',
    'source',
    'tail',
  ] as const
  const all = Array.from({ length: 2 ** absent.length }, (_, bits) =>
    absent.filter((_, index) => bits & (2 ** index)),
  )
  const without = (names: readonly string[]) => Object.fromEntries(names.map((name) => [name, '']))

  test.each(['\n\n', '\n'])(
    'never lose a paragraph or mix up the parts (%j between paragraphs)',
    async (separator) => {
      for (const names of all) {
        const text = page({ ...without(names), body: paragraphs.join(separator) })
        const has = (name: (typeof absent)[number]) => !names.includes(name)
        if (!has('prefix') && !has('date')) {
          // Without a mark of the layout it is plain text, which need not state a date.
          const isPage = (['time', 'again', 'caption', 'source', 'tail'] as const).some(has)
          if (isPage) await expect(read(text), names.join()).rejects.toThrow('no date found')
          else expect((await read(text)).published).toBeUndefined()
          continue
        }
        const article = await read(text)
        const what = `without ${names}`
        expect(article.title, what).toBe(title)
        expect(article.published, what).toBe('2019-05-14')
        expect(article.section, what).toBe(has('section') ? 'WORLD' : undefined)
        expect(article.readingTime, what).toBe(has('time') ? 3 : undefined)
        expect(article.authors, what).toEqual(has('by') ? ['Staff Reporter'] : [])
        expect(article.summary, what).toBe(has('dek') ? dek : undefined)
        expect(article.image?.credit, what).toBe(
          has('caption') ? 'TRT World and Agencies' : undefined,
        )
        expect(texts(article), what).toEqual(paragraphs)
        expect(article.sources, what).toEqual(has('source') ? ['TRT World', 'agencies'] : [])
      }
    },
  )

  test('may have blank lines between all lines of the head', async () => {
    for (const names of all) {
      if (names.includes('date')) continue
      const text = page({ ...without(names), gap: '' }).replaceAll('\n', '\n\n')
      const article = await read(text)
      const what = `without ${names}`
      expect(article.title, what).toBe(title)
      expect(article.section, what).toBe(names.includes('section') ? undefined : 'WORLD')
      expect(article.authors, what).toEqual(names.includes('by') ? [] : ['Staff Reporter'])
      expect(article.summary, what).toBe(names.includes('dek') ? undefined : dek)
      expect(article.published, what).toBe('2019-05-14')
      expect(texts(article), what).toEqual(paragraphs)
    }
  })

  test('may have names on lines of their own between blank lines', async () => {
    const text = page({ by: 'By\nMira Onal,\nTomas Vik', gap: '' }).replaceAll('\n', '\n\n')
    const article = await read(text)
    expect(article.authors).toEqual(['Mira Onal', 'Tomas Vik'])
    expect(texts(article)).toEqual(paragraphs)
  })
})

describe('large and hostile files', () => {
  const megabyte = 1024 * 1024
  /** What a file of this size may take: 50 ms for 100 kB. */
  const allowed = (text: string) => Math.max(50, (text.length / 100_000) * 50)

  const hostile: Readonly<Record<string, () => string>> = {
    '100,000 paragraphs': () => page({ body: Array(100_000).fill(paragraphs[0]).join('\n\n') }),
    '100,000 short lines': () => page({ body: Array(100_000).fill('Storks').join('\n') }),
    'a paragraph of 10 MB': () => page({ body: 'word '.repeat(2 * megabyte) }),
    'a first line of 10 MB without a blank': () => `${'x'.repeat(10 * megabyte)}\n${page()}`,
    'a dek of slashes': () => page({ dek: ' /'.repeat(megabyte), again: '' }),
    'a caption of slashes': () => page({ caption: `A${' / A'.repeat(megabyte / 2)}` }),
    'a caption of blanks': () => page({ caption: `A${' '.repeat(megabyte)}B / AP` }),
    'authors of blanks': () => page({ by: `By A${' '.repeat(megabyte)}B` }),
    'authors of commas': () => page({ by: `By ${','.repeat(megabyte)}` }),
    'colons after "By"': () => page({ by: `By${':'.repeat(megabyte)}` }),
    'a million blank lines': () => '\n'.repeat(megabyte) + page(),
    'a million blanks': () => ' '.repeat(megabyte) + page({ prefix: '' }),
    'blanks after the prefix': () =>
      ` date 2019-05-14${' '.repeat(megabyte)}${page({ prefix: '' })}`,
    'a line of quotation marks': () => page({ title: '"'.repeat(megabyte), again: '' }),
    '100,000 source lines': () => page({ body: Array(100_000).fill('SOURCE: AFP').join('\n') }),
    '100,000 Explore lines': () => page({ body: Array(100_000).fill('Explore').join('\n') }),
    '100,000 dates': () => page({ body: Array(100_000).fill('May 14, 2019').join('\n') }),
    '100,000 titles': () => page({ body: Array(100_000).fill(title).join('\n') }),
    'a paragraph of 10 MB for a title': () =>
      ` date 2019-05-14 ${'The boat called again. '.repeat(450_000)}`,
    'a sentence of 10 MB that never ends': () => ` date 2019-05-14 ${'boat '.repeat(2_000_000)}`,
    'a line of full stops': () => page({ title: '.'.repeat(megabyte), again: '' }),
    'a name that stands half a million times': () => page({ by: 'Mira Onal'.repeat(megabyte / 2) }),
    'a caption of brackets': () => page({ caption: `A ${'(AFP) '.repeat(megabyte / 4)}` }),
    'a caption of words for photo': () => page({ caption: `A /${'Photo: '.repeat(megabyte / 4)}` }),
    'dots before a link': () => page({ body: `${'...'.repeat(megabyte)} Read More` }),
    'blanks before a link': () => page({ body: `...${' '.repeat(megabyte)}Read Mor` }),
    'links to other stories': () => page({ body: 'Related TRT World - A\n'.repeat(100_000) }),
    'a link to another story': () => page({ body: `Related ${'TRT '.repeat(megabyte)} - A` }),
    'a title glued to itself': () => page({ title: title.repeat(megabyte / 50), again: title }),
    'a million short lines without a date': () => 'A boat\n'.repeat(megabyte),
    'a million broken lines without a date': () =>
      `A title\n\n${'The first ferry in nine years tied up at noon\n'.repeat(megabyte / 8)}`,
    'a list of other videos': () => `More Videos\n${'A boat\n'.repeat(megabyte)}`,
    '100,000 updates of a live blog': () => page({ body: '14:10 GMT – A boat\n'.repeat(100_000) }),
    '100,000 names': () => page({ by: `By\n${Array(100_000).fill('Mira Onal').join('\n')}` }),
  }

  test.each(Object.entries(hostile))(
    '%s take no longer than their size allows',
    async (_name, make) => {
      const text = make()
      const start = cpuTime()
      try {
        await read(text)
      } catch (error) {
        expect(error).toBeInstanceOf(RejectionError)
      }
      expect(cpuTime() - start).toBeLessThan(allowed(text))
    },
  )

  test('100,000 paragraphs are all there', async () => {
    const body = Array(100_000).fill(paragraphs[0]).join('\n\n')
    expect(texts(await read(page({ body })))).toHaveLength(100_000)
  })
})
