/** Word documents: lines near the title that say when it was written, by whom, and what they are. */
import { describe, expect, test } from 'vitest'
import { articleIn, readFile } from '../../support/read.ts'
import { content, paragraph, run, style, type WordParts, wordFile } from '../../support/word.ts'

const styles = style('a1', 'heading 1', '<w:pPr><w:outlineLvl w:val="0"/></w:pPr>')
const told = 'The crane stands at the quay since Monday morning. '.repeat(3)
const text = paragraph(told)
const heading = paragraph('The crane', 'a1')
const bold = (words: string) => content(run(words, '<w:b/>'))
const author = '<dc:creator>Jo Lind</dc:creator>'
const articleOf = async (body: string, stated = author, more: Partial<WordParts> = {}) => {
  const properties = `<dcterms:created>2026-04-13T09:30:00Z</dcterms:created>${stated}`
  return articleIn(await readFile('a.docx', wordFile({ body, styles, properties, ...more })))
}

describe('the day of a Word document', () => {
  test.each([
    'By Mira Onal | 9 April 2026',
    'By Mira Onal, 9 April 2026',
    'By Mira Onal (9 April 2026)',
    'By Mira Onal — April 9, 2026',
    'By Mira Onal in Rota, 9 April 2026',
    '9 April 2026, by Mira Onal',
    'Par Mira Onal, le 9 avril 2026',
  ])('is that of its byline: %s', async (byline) => {
    expect(await articleOf(heading + paragraph(byline) + text)).toMatchObject({
      published: '2026-04-09T00:00:00Z',
      authors: [{ name: 'Mira Onal' }],
    })
  })

  test.each([
    ['Mira Onal | 9 April 2026', ['Mira Onal']],
    ['Mira Onal · April 9, 2026', ['Mira Onal']],
    ['Mira Onal and Tomas Vik | 9 April 2026', ['Mira Onal', 'Tomas Vik']],
    ['Mira Onal and Tomas Vik, 9 April 2026', ['Mira Onal', 'Tomas Vik']],
  ])('is that of a line with names alone: %s', async (line, names) => {
    const article = await articleOf(heading + paragraph(line) + text)
    expect(article).toMatchObject({
      published: '2026-04-09T00:00:00Z',
      authors: names.map((name) => ({ name })),
    })
    expect(article.content).not.toContain('Mira')
  })

  test('is that below the names of two', async () => {
    const lines = paragraph('Mira Onal and Tomas Vik') + paragraph('9 April 2026')
    expect(await articleOf(heading + lines + text)).toMatchObject({
      published: '2026-04-09T00:00:00Z',
      authors: [{ name: 'Mira Onal' }, { name: 'Tomas Vik' }],
    })
  })

  test.each(['Lake Moro, 9 April 2026', 'Crane Quay | 9 April 2026'])(
    'names nobody beside a place: %s',
    async (line) => {
      const { authors } = await articleOf(
        paragraph('Crane Quay at dusk', 'a1') + paragraph(line) + text,
      )
      expect(authors.map(({ name }) => name)).toEqual(['Jo Lind'])
    },
  )

  test('is none of a change in its byline', async () => {
    const article = await articleOf(
      heading + paragraph('By Mira Onal, updated 9 April 2026') + text,
    )
    expect(article.published).toBe('2026-04-13T09:30:00Z')
  })

  test.each([
    'ORRIN, April 9, 2026 — ',
    'Orrin – 9 April 2026 – ',
    'ORRIN (9 April 2026) — ',
    'Orrin, le 9 avril 2026 – ',
    'Orrin, 9. April 2026 – ',
  ])('is that of the first words of its text, which stay: %s', async (place) => {
    const article = await articleOf(heading + paragraph(place + told))
    expect(article.published).toBe('2026-04-09T00:00:00Z')
    expect(article.content).toContain(place.trim())
  })

  test.each([
    ['of several that begin its paragraphs', '9 April 2026 – ', '10 April 2026 – '],
    ['long ago', 'Orrin, 9 April 1926 – ', ''],
    ['that may be two', 'Orrin, 9/4/2026 – ', ''],
  ])('is none %s', async (_what, first, second) => {
    const article = await articleOf(heading + paragraph(first + told) + paragraph(second + told))
    expect(article.published).toBe('2026-04-13T09:30:00Z')
  })

  test.each(['Orrin, 9 April 2026', 'Orrin, den 9. April 2026', 'Orrin, le 9 avril 2026'])(
    'stands with a place above its title: %s',
    async (place) => {
      expect(await articleOf(paragraph(place) + heading + text)).toMatchObject({
        title: 'The crane',
        published: '2026-04-09T00:00:00Z',
      })
    },
  )
})

describe('the author of a Word document', () => {
  test('stands alone above a day', async () => {
    const body = heading + paragraph('Mira Onal') + paragraph('9 April 2026') + text
    expect(await articleOf(body)).toMatchObject({
      published: '2026-04-09T00:00:00Z',
      authors: [{ name: 'Mira Onal' }],
    })
  })

  test('is no place above a day that the title names', async () => {
    const title = paragraph('The crane of Port Orrin', 'a1')
    const body = title + paragraph('Port Orrin') + paragraph('9 April 2026') + text
    expect((await articleOf(body)).authors).toMatchObject([{ name: 'Jo Lind' }])
  })

  test.each([
    'Byline: Mira Onal',
    'Byline: By Mira Onal',
    'Author: Mira Onal',
    'Reporter: Mira Onal',
    'Text: Mira Onal',
    'Autor: Mira Onal',
    'Words by Mira Onal, photographs by Tomas Vik',
    'Text: Mira Onal, Photos: Tomas Vik',
  ])('counts before that of the properties: %s', async (byline) => {
    const article = await articleOf(heading + paragraph(byline) + text)
    expect(article.authors).toMatchObject([{ name: 'Mira Onal' }])
    expect(article.content).not.toContain('Mira')
  })

  test('is no language', async () => {
    const article = await articleOf(heading + paragraph('Text: English') + text)
    expect(article.authors).toMatchObject([{ name: 'Jo Lind' }])
  })

  test('has no "By" where the form has a label and that', async () => {
    const body = paragraph('Headline: The crane') + paragraph('Byline: By Mira Onal') + text
    expect((await articleOf(body)).authors).toMatchObject([{ name: 'Mira Onal' }])
  })
})

describe('the title of a Word document', () => {
  test.each([
    'بيان صحفي',
    'خبر صحفي',
    'MEDIENMITTEILUNG',
    'BASIN AÇIKLAMASI',
    'Press release – for immediate release',
    'PRESS RELEASE – FOR IMMEDIATE RELEASE',
  ])('is not what it is: %s', async (release) => {
    const { title, content: html } = await articleOf(paragraph(release) + bold('The crane') + text)
    expect(title).toBe('The crane')
    expect(html).not.toContain(release)
  })

  test.each([
    ['Titel: Kran', 'Autor: Mira Onal', 'Datum: 9. April 2026', 'Kran'],
    ['Başlık: Vinç', 'Muhabir: Mira Onal', 'Tarih: 9 Nisan 2026', 'Vinç'],
    ['BAŞLIK: Vinç', 'MUHABİR: Mira Onal', 'TARİH: 9 Nisan 2026', 'Vinç'],
  ])('stands in a form: %s', async (first, second, third, title) => {
    const body = [first, second, third].map((line) => paragraph(line)).join('') + text
    expect(await articleOf(body)).toMatchObject({
      title,
      published: '2026-04-09T00:00:00Z',
      authors: [{ name: 'Mira Onal' }],
    })
  })

  test.each(['Standfirst', 'Subhead', 'DEK'])('has its dek in a form: %s', async (label) => {
    const lines = ['Headline: The crane', `${label}: It is red now`, 'Byline: Mira Onal', 'Body:']
    const article = await articleOf(lines.map((line) => paragraph(line)).join('') + text)
    expect(article).toMatchObject({ title: 'The crane', summary: 'It is red now' })
    expect(article.content).not.toMatch(/Body|It is red/)
  })

  test('is that of the properties where two headings head parts', async () => {
    const parts = paragraph('Part one', 'a1') + text + paragraph('Part two', 'a1') + text
    const article = await articleOf(parts, '<dc:title>Of the properties</dc:title>')
    expect(article.title).toBe('Of the properties')
    expect(article.content).toContain('Part one')
  })

  test('is its first heading above a byline, though others follow', async () => {
    const head = heading + paragraph('By Mira Onal')
    const article = await articleOf(
      head + text + paragraph('Part two', 'a1') + text,
      '<dc:title>Of the properties</dc:title>',
    )
    expect(article.title).toBe('The crane')
  })
})
