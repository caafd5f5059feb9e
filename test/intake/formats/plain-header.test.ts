/** Lines at the top of a plain text that state what it is. */
import { expect, test } from 'vitest'
import { articleIn, readFile } from '../../support/read.ts'

const story = 'The ferry of Lake Moro has carried people and goats on one deck for forty years.'
const read = async (head: string) =>
  articleIn(await readFile('2026-04-13-a.txt', `${head}\n\n${story}\n`))

test('are its title, date, authors, tags, section and summary', async () => {
  const article = await read(
    'Slug: lake-ferry\nHeadline: Lake ferry\nDek: It runs again\nBy: Mira Onal and Jo Lind\nPublished: 9 April 2026\nSection: Harbour\nTags: boats, goats',
  )
  expect(article).toMatchObject({
    title: 'Lake ferry',
    summary: 'It runs again',
    published: '2026-04-09T00:00:00Z',
    authors: [{ name: 'Mira Onal' }, { name: 'Jo Lind' }],
    tags: [{ name: 'boats' }, { name: 'goats' }],
    section: { name: 'Harbour' },
    content: `<p>${story}</p>`,
  })
})

test('need no date where a title is among them', async () => {
  const article = await read('Headline: Lake ferry\nBy: Mira Onal\nTags: boats')
  expect(article).toMatchObject({
    title: 'Lake ferry',
    published: '2026-04-13T00:00:00Z',
    authors: [{ name: 'Mira Onal' }],
    tags: [{ name: 'boats' }],
    content: `<p>${story}</p>`,
  })
})

test('may have a line of the date below them', async () => {
  const article = await read('Headline: Lake ferry\nBy: Mira Onal\n\n9 April 2026')
  expect(article).toMatchObject({ title: 'Lake ferry', published: '2026-04-09T00:00:00Z' })
})

test('may be what a text is about where they stand below its title and state no day', async () => {
  const article = await read('Lake ferry\nSection: the upper deck\nTags: are sewn to each coat')
  expect(article.content).toContain('Tags: are sewn to each coat')
})
