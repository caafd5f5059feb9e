/** Which heading of a Markdown text is its title. */
import { describe, expect, test } from 'vitest'
import { articleIn, readFile } from '../../support/read.ts'

const titleOf = async (text: string) =>
  articleIn(await readFile('2026-04-13-named.md', Buffer.from(text)))
const story = '\n\n# The crane\n\nIt is red since Monday.\n'

describe('the only heading of the first level', () => {
  test.each([
    '**Opinion**',
    '*Culture*',
    'OPINION',
    'By Mira Onal',
    'Review ★★★★',
    '**PRESS RELEASE**',
    'Tags: #crane',
    '[Home](/) / News',
    '> Quote of the day.',
    '*This is a guest post by Jo Lind.*',
  ])('is the title below one short line, which stays: %s', async (line) => {
    const article = await titleOf(line + story)
    expect(article.title).toBe('The crane')
    expect(article.content).not.toContain('The crane')
    expect(article.content).toMatch(/^<(?:p|blockquote)>/)
    expect(article.content.indexOf('It is red')).toBeGreaterThan(8)
  })

  test.each([
    'The wall is old and has been repaired eleven times.',
    'What to bring:',
    'One line\nand another',
    'One line\n\nAnother',
    '- a list',
    `Long ${'words '.repeat(30)}`,
  ])('heads a part below other text: %s', async (text) => {
    expect((await titleOf(text + story)).title).toBe('Named')
  })
})

test('a heading that heads one of several parts is no title below a line', async () => {
  expect((await titleOf(`Opinion${story}\n# Part two\n\nText.\n`)).title).toBe('Named')
})
