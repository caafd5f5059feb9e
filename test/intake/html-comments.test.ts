import { expect, test } from 'vitest'
import { withEndedComments } from '../../src/intake/html-comments.ts'
import { cpuTime } from '../support/cpu-time.ts'
import { articleIn, htmlFile, markdownFile, readFile } from '../support/read.ts'

test.each([
  ['<!-- a --!>b', '<!-- a -->b'],
  ['<!-- a --!>b<!-- c -->d --!>', '<!-- a -->b<!-- c -->d --!>'],
  ['<!-->a --!>', '<!-->a --!>'],
  ['<!--->a<!--b--!>c', '<!--->a<!--b-->c'],
  ['<!--!>a-->b --!>', '<!--!>a-->b --!>'],
  ['<!----!>a', '<!---->a'],
  ['a --!> b', 'a --!> b'],
  ['<!-- a --!>b<!-- c', '<!-- a -->b<!-- c'],
])('comments end where browsers end them: %s', (html, expected) => {
  expect(withEndedComments(html)).toBe(expected)
})

test.each([
  ['a.md', markdownFile('One.\n\n<div><!-- a --!>two</div>\n\nThree.')],
  ['a.html', htmlFile('<p>One.</p><!-- a --!><p>two</p><p>Three.</p>')],
])('the text behind one that ends in --!> stays in %s', async (name, file) => {
  const { content } = articleIn(await readFile(name, file))
  expect(content.replace(/<[^>]*>|\s/g, '')).toBe('One.twoThree.')
})

test('500,000 beginnings of comments take no time', () => {
  const start = cpuTime()
  withEndedComments(`${'<!--'.repeat(500_000)}--!>${'<!--'.repeat(500_000)}`)
  withEndedComments(`--!>${'<!-->'.repeat(500_000)}`)
  expect(cpuTime() - start).toBeLessThan(1000)
})
