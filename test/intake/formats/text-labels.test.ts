/** Lines above the title of a plain text that are for the press or a newsroom. */
import { expect, test } from 'vitest'
import { articleIn, readFile } from '../../support/read.ts'
import { content, paragraph, run, style, wordFile } from '../../support/word.ts'

const story = 'The ferry of Lake Moro has carried people and goats on one deck for forty years.'

test.each([
  ['PRESS RELEASE\n\nLake ferry', 'Lake ferry'],
  ['FOR IMMEDIATE RELEASE\nLake ferry', 'Lake ferry'],
  ['PRESSEMITTEILUNG\n\nLake ferry', 'Lake ferry'],
  ['STATEMENT\n\nLake ferry', 'Lake ferry'],
  ['NEWS\nLake ferry', 'Lake ferry'],
  ['PRESS STATEMENT\n\nLake ferry', 'Lake ferry'],
  ['STATEMENT', 'STATEMENT'],
  ['News\n\nLake ferry', 'News'],
  ['EMBARGO: NONE\n\nLake ferry', 'Lake ferry'],
  ['NO EMBARGO\n\nLake ferry', 'Lake ferry'],
  ['SLUG: ferry\nHeadline: Lake ferry', 'Lake ferry'],
  ['Press release: how one is written', 'Press release: how one is written'],
  ['No embargo on the lake', 'No embargo on the lake'],
  ['Slug: a life in the garden', 'Slug: a life in the garden'],
  ['Press release', 'Press release'],
])('are no title: %j', async (above, title) => {
  const outcome = await readFile('2026-04-13-a.txt', `${above}\n\n${story}\n`)
  expect(articleIn(outcome).title).toBe(title)
})

test.each(['STATEMENT', 'NEWS', 'ANNOUNCEMENT', 'MEDIA STATEMENT'])(
  'are no title of a Word document that has one: %s',
  async (label) => {
    const bold = (words: string) => content(run(words, '<w:b/>'))
    const text = paragraph(story) + paragraph(story)
    const titleOf = async (body: string) =>
      articleIn(await readFile('a.docx', wordFile({ body, properties: '', styles }))).title
    const styles = style('a1', 'heading 1')
    expect(await titleOf(bold(label) + bold('Lake ferry') + text)).toBe('Lake ferry')
    expect(await titleOf(paragraph(label) + paragraph('Lake ferry') + text)).toBe('Lake ferry')
    expect(await titleOf(paragraph(label, 'a1') + paragraph('Lake ferry', 'a1') + text)).toBe(
      'Lake ferry',
    )
  },
)

test('may be the title of a Word document without another', async () => {
  const body = content(run('STATEMENT', '<w:b/>')) + paragraph(story) + paragraph(story)
  const outcome = await readFile('2026-04-13-a.docx', wordFile({ body, properties: '' }))
  expect(articleIn(outcome).title).toBe('STATEMENT')
})

test.each([
  'Title: Lake ferry\nDate: 9 April 2026\nAuthor: Mira Onal\n\n',
  'Date: 2026-04-09\nHeadline: Lake ferry\nByline: By Mira Onal\n\n',
  'Date: 9 April 2026\nBy: Mira Onal\n\nLake ferry\n\n',
  'Lake ferry\nAuthor: Mira Onal\nDate: April 9, 2026\n\n',
])('lines may state title, date and author of a plain text: %j', async (above) => {
  const article = articleIn(await readFile('a.txt', `${above}${story}\n\n${story}\n`))
  expect(article).toMatchObject({ title: 'Lake ferry', published: '2026-04-09T00:00:00Z' })
  expect(JSON.stringify(article.authors)).toContain('Mira Onal')
  expect(JSON.stringify(article)).not.toContain('Author:')
})

test('a first line that states no day is the title', async () => {
  const outcome = await readFile('2026-04-13-a.txt', `Date: a novel of the lake\n\n${story}\n`)
  expect(articleIn(outcome).title).toBe('Date: a novel of the lake')
})
