/** A day to come that a text itself has as its date. */
import { expect, test } from 'vitest'
import { articleIn, markdownFile, readFile } from '../../support/read.ts'
import { paragraph, style, wordFile } from '../../support/word.ts'

const story = 'The ferry of Lake Moro has carried people and goats on one deck for forty years.'
const word = (day: string) =>
  wordFile({
    body: paragraph('Lake ferry', 'a1') + paragraph(day) + paragraph(story),
    styles: style('a1', 'heading 1'),
  })

test.each([
  ['a.txt', (day: string) => `Lake ferry\n\n${day}\n\n${story}\n`],
  ['a.docx', word],
  ['a.md', (day: string) => `# Lake ferry\n\n${day}\n\n${story}\n`],
  ['a.md', (day: string) => `# Lake ferry\n\nDate: ${day}\n\n${story}\n`],
  ['a.md', (day: string) => `# Lake ferry\n\nBy Jo Lind, ${day}\n\n${story}\n`],
])('is waited for, and a note says so: %s', async (name, fileOf) => {
  const outcome = await readFile(name, fileOf('3 May 2099'))
  expect(articleIn(outcome)).toMatchObject({
    title: 'Lake ferry',
    published: '2099-05-03T00:00:00Z',
  })
  expect(outcome).toMatchObject({
    notes: [{ text: expect.stringContaining('it is not out before "2099-05-03"') }],
  })
  expect(await readFile(name, fileOf('3 May 2020'))).toMatchObject({ kind: 'article', notes: [] })
})

test.each(['3 May 2099, 8 pm, Town Hall', 'When: 3 May 2099', 'Best before: 3 May 2099'])(
  'is that of an event: %s',
  async (line) => {
    const text = `# Lake ferry\n\n${line}\n\n${story}\n`
    const outcome = await readFile('2026-04-13-a.md', text)
    expect(articleIn(outcome).published).toContain('2026-04-13')
  },
)

test('is told by no note where a key states it', async () => {
  const text = markdownFile().replace('2026-04-13', '2099-05-03')
  expect(await readFile('a.md', text)).toMatchObject({ kind: 'article', notes: [] })
})
