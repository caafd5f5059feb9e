/** Orders not to publish, embargoes and words for a draft among the parts of one line. */
import { describe, expect, test } from 'vitest'
import { articleIn, nitfFile, readFile } from '../../support/read.ts'
import { paragraph, relation, style, wordFile } from '../../support/word.ts'

const story = 'The ferry of Lake Moro has carried people and goats on one deck for forty years.'

const files = (line: string): readonly (readonly [string, string | Buffer])[] => [
  ['a.txt', `${line}\n\nLake ferry\n\n${story}\n`],
  ['a.md', `# Lake ferry\n\n${line}\n\n${story}\n`],
  [
    'a.html',
    `<!doctype html><html lang="en"><head><title>Lake ferry</title><meta property="article:published_time" content="2026-04-13T09:30:00Z"></head>` +
      `<body><article><h1>Lake ferry</h1><p>${line}</p><p>${story}</p><p>${story}</p></article></body></html>`,
  ],
  ['a.nitf', nitfFile(`<p>${line}</p><p>${story}</p>`)],
  [
    'a.docx',
    wordFile({
      body: paragraph(line) + paragraph('Lake ferry', 'a1') + paragraph(story),
      styles: style('a1', 'heading 1'),
    }),
  ],
]

describe('a line of several parts', () => {
  test.each([
    'ENTWURF – NICHT ZUR VERÖFFENTLICHUNG',
    'BROUILLON – NE PAS DIFFUSER',
    'BORRADOR – NO PUBLICAR',
    'BOZZA – NON PUBBLICARE',
    'RASCUNHO – NÃO PUBLICAR',
    'CONCEPT – NIET PUBLICEREN',
    'TASLAK – YAYIMLAMAYIN',
    'YAYIMLANMASIN – TASLAK',
    'ЧЕРНОВИК – НЕ ПУБЛИКОВАТЬ',
    'DRAFT – 24 November 2026',
    'ENTWURF | 24. November 2026',
    'DRAFT ONLY – FOR INTERNAL REVIEW',
    'NOT YET APPROVED FOR RELEASE',
    'STRICTLY CONFIDENTIAL – EMBARGOED',
    'INTERNAL – NOT FOR EXTERNAL USE',
    'CONFIDENTIAL – 24 November 2026 – JL',
    'HOLD -- do not run until Mia has cleared it -- JL 26/11',
  ])('keeps a text back: %s', async (line) => {
    const kinds = files(line).map(async ([name, text]) => [name, (await readFile(name, text)).kind])
    expect(await Promise.all(kinds)).toEqual(files(line).map(([name]) => [name, 'draft']))
  })

  test.each([
    'DRAFT HORSES – 24 November 2026',
    'Draft day – 24 November 2026',
    'CONFIDENTIAL: A FILM BY ADA BERG',
    'NFL DRAFT – DAY TWO',
    'HOLD FIRE – 24 November 2026',
    'KILLED IN ACTION – 4 MARCH 1917',
    'MORO – 24 November 2026',
    'TASLAK BÜTÇE – 24 KASIM 2026',
  ])('that is about such things keeps none back: %s', async (line) => {
    const kinds = files(line).map(async ([name, text]) => [name, (await readFile(name, text)).kind])
    expect(await Promise.all(kinds)).toEqual(files(line).map(([name]) => [name, 'article']))
  })
})

test.each([
  ['# Lake ferry\n\n> [!warning] DRAFT – DO NOT PUBLISH\n> Waiting for the clerk.', 'draft'],
  ['# Lake ferry\n\n> [!info] Ferries\n> They wait.', 'article'],
  ['# WIP: Lake ferry', 'draft'],
  ['# ENTWURF: Lake ferry', 'draft'],
  ['---\ntitle: Lake ferry\n---\n## DO NOT PUBLISH', 'draft'],
  ['---\ntitle: Our rules\n---\n## DO NOT PUBLISH\n\nNames of children.\n\n## PUBLISH', 'article'],
])('a text in Markdown: %j', async (head, kind) => {
  expect((await readFile('2026-04-13-a.md', `${head}\n\n${story}\n`)).kind).toBe(kind)
})

describe.each([
  ['header', 'hdr'],
  ['footer', 'ftr'],
])('the %s of a Word document’s pages', (kind, name) => {
  const withEdge = (words: string) =>
    wordFile({
      body: paragraph('Lake ferry', 'a1') + paragraph(story),
      styles: style('a1', 'heading 1'),
      relations: relation('h1', kind, 'edge1.xml'),
      others: [
        {
          name: 'word/edge1.xml',
          content: `<w:${name} xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">${paragraph(words)}</w:${name}>`,
        },
      ],
    })
  const published = '2099-03-04T00:01:00Z'

  test.each([
    'DRAFT – DO NOT PUBLISH',
    'NOT FOR PUBLICATION',
    'Moro Council | News release | Not for publication',
    'Page 3 – NICHT ZUR VERÖFFENTLICHUNG – Stadt Moro',
    'Moro Council: STRICTLY EMBARGOED',
    'CONFIDENTIAL – NOT FOR PUBLICATION',
    'CONFIDENTIAL DRAFT',
    'Draft v3',
    'Moro Council | Draft v3 | Page 2',
  ])('keeps it back: %s', async (words) => {
    expect((await readFile('a.docx', withEdge(words))).kind).toBe('draft')
  })

  test.each([
    'Moro Council | News release | Strictly embargoed until 00:01 on 4 March 2099',
    'EMBARGOED – 4 March 2099, 00:01 GMT – Moro Council',
    'EMBARGOED UNTIL 4 MARCH 2099, 00:01',
  ])('says until when: %s', async (words) => {
    expect(articleIn(await readFile('a.docx', withEdge(words))).published).toBe(published)
  })

  test.each([
    'The Quay Times',
    'Moro Council | News release | 4 March 2099',
    'Press release: for immediate release',
    'Page 3 of 5',
    'Draft horses of Moro | Page 3',
    'On hold: how the ferry waits | The Quay Times',
    'The embargo – a history – chapter 2',
    'ON HOLD: THE BRIDGE',
  ])('does not: %s', async (words) => {
    expect(await readFile('a.docx', withEdge(words))).toMatchObject({ kind: 'article' })
  })
})
