/** The zone that the line of an embargo says its time in, in every format by the same rule. */
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
