/** Lines of embargoes with more words and zones, in every format by the same rule. */
import { describe, expect, test } from 'vitest'
import { articleIn, readFile } from '../../support/read.ts'
import { paragraph, style, wordFile } from '../../support/word.ts'

const story = 'The ferry of Lake Moro has carried people and goats on one deck for forty years.'
const word = (line: string) =>
  wordFile({
    body: paragraph(line) + paragraph('Lake ferry', 'a1') + paragraph(story),
    styles: style('a1', 'heading 1'),
  })
const ninjs = (note: string, line: string) =>
  JSON.stringify({
    uri: 'urn:newsml:moro.example:7',
    versionCreated: '2026-04-13T09:30:00Z',
    headlines: [{ value: 'Lake ferry' }],
    ednote: note,
    bodies: [{ contentType: 'text/html', value: `${line}<p>${story}</p>` }],
  })

const files = (line: string): readonly (readonly [string, string | Buffer])[] => [
  ['2026-04-13-a.txt', `Lake ferry\n\n${line}\n\n${story}\n`],
  ['a.md', `---\ndate: 2026-04-13\n---\n# Lake ferry\n\n${line}\n\n${story}\n`],
  [
    'a.html',
    `<!doctype html><html lang="en"><head><title>Lake ferry</title><meta property="article:published_time" content="2026-04-13T09:30:00Z"></head><body><article><h1>Lake ferry</h1><p>${line}</p><p>${story}</p><p>It now gets a second deck.</p></article></body></html>`,
  ],
  ['a.json', ninjs('', `<p>${line}</p>`)],
  ['a.json', ninjs(`Eds: adds quotes. ${line}.`, '')],
  ['a.docx', word(line)],
]

describe('the zone of an embargo', () => {
  test.each([
    ['Embargoed until 9 a.m. Central Time, December 3, 2031', '2031-12-03T09:00-06:00'],
    ['Embargoed until 9 a.m. MT on July 3, 2031', '2031-07-03T09:00-06:00'],
    ['Embargoed until 9 a.m. New York time, December 3, 2031', '2031-12-03T09:00-05:00'],
    ['Under embargo until 6 p.m. HST, 3 December 2031', '2031-12-03T18:00-10:00'],
    ['Embargoed until 18:00 Brasília time, 3 December 2031', '2031-12-03T18:00-03:00'],
    ['Embargoed until 3 December 2031 at 2.30pm AEDT (Sydney)', '2031-12-03T14:30+11:00'],
    ['Embargo: 3 December 2031, 6:00 (Johannesburg time)', '2031-12-03T06:00+02:00'],
    ['Sperrfrist: 3. Dezember 2031, 6 Uhr (Wien)', undefined],
    ['Embargo jusqu’au 3 décembre 2031 à 6 h, heure de Montréal', undefined],
    [
      'Embargo hasta el 3 de diciembre de 2031 a las 6:00, hora de Bogotá',
      '2031-12-03T06:00-05:00',
    ],
    ['Embargoed until 00:01 IST, 3 December 2031', undefined],
    ['Embargoed until 9 a.m. Ottawa time, December 3, 2031', undefined],
  ])('counts, or makes a draft where it is not known: %s', async (line, date) => {
    for (const [name, text] of files(line)) {
      const outcome = await readFile(name, text)
      expect(outcome.kind, name).toBe(date === undefined ? 'draft' : 'article')
      if (date === undefined) continue
      const { published = '' } = articleIn(outcome)
      expect(new Date(published), name).toEqual(new Date(date))
    }
  })
})

describe('the line of an embargo', () => {
  test.each([
    'Transmission of material in this release is embargoed until 8:30 a.m. (ET) Friday, December 5, 2031',
    'Media release – embargoed to 8:30am ET, Fri 5 Dec 2031',
    'Moro Council | News release | Strictly embargoed until 8:30 a.m. ET on 5 December 2031',
    'EMBARGOED – 5 December 2031, 8:30 a.m. ET – Moro Council',
    'RELEASE DATE: 5 DECEMBER 2031, 8:30 A.M. ET',
    'CONFIDENTIAL UNTIL 5 DECEMBER 2031, 13:30 GMT',
    'For publication on Friday, 5 December 2031, 13:30 GMT',
  ])('is waited for, whatever stands before it: %s', async (line) => {
    for (const [name, text] of files(line)) {
      const { published = '' } = articleIn(await readFile(name, text))
      // A sentence of a note says it first.
      if (text.includes('Eds: ')) continue
      expect(new Date(published), name).toEqual(new Date('2031-12-05T13:30Z'))
    }
  })

  test.each([
    'ADVANCE FOR SUNDAY, NOV. 29',
    'NOT FOR PUBLICATION UNTIL THE COUNCIL HAS MET',
    'Embargo: Wed 02/12/31 00:01',
    'Strictly embargoed',
  ])('makes a draft where its day is not known: %s', async (line) => {
    for (const [name, text] of files(line)) {
      expect((await readFile(name, text)).kind, name).toBe('draft')
    }
  })

  test('is the first sentence of a text, which goes on without it', async () => {
    const line = `Embargoed until 00:01 GMT on 5 December 2031. ${story}`
    for (const [name, text] of files(line)) {
      if (text.includes('Eds: ') || name.endsWith('docx')) continue
      const article = articleIn(await readFile(name, text))
      expect(article.published, name).toMatch('2031-12-05T00:01')
      expect(JSON.stringify(article), name).not.toContain('Embargoed')
    }
  })

  test.each(['EMBARGO LIFTED', 'Embargo: none', 'For immediate use', 'EMBARGO HAS BEEN LIFTED'])(
    'that is over holds nothing and is no text: %s',
    async (line) => {
      for (const [name, text] of files(line)) {
        if (text.includes('Eds: ')) continue
        const outcome = await readFile(name, text)
        expect(outcome.kind, name).toBe('article')
        expect(JSON.stringify(articleIn(outcome)).toLowerCase(), name).not.toContain(
          line.toLowerCase(),
        )
      }
    },
  )

  test('that is over leaves the headline it stands before', async () => {
    const text = `EMBARGO LIFTED: Lake ferry\n\n${story}\n`
    expect(articleIn(await readFile('2026-04-13-a.txt', text)).title).toBe('Lake ferry')
  })
})

describe('a state that an agency states', () => {
  test.each(['draft', 'done', 'Killed', 'in review'])('holds a story back: %s', async (state) => {
    const item = JSON.parse(ninjs('', ''))
    const text = JSON.stringify({ ...item, pubstatus: state })
    expect((await readFile('a.json', text)).kind).toBe('draft')
  })
})
