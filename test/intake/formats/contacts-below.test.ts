/** Whom to ask below the line that ends a release. */
import { describe, expect, test } from 'vitest'
import { articleIn, readFile } from '../../support/read.ts'
import { paragraph, style, wordFile } from '../../support/word.ts'

const story = 'The ferry of Lake Moro has carried people and goats on one deck for forty years.'
const styles = style('a1', 'heading 1', '<w:pPr><w:outlineLvl w:val="0"/></w:pPr>')

const inText = async (below: string, above = '') =>
  articleIn(await readFile('2026-04-13-a.txt', `Lake ferry\n\n${above}${story}\n\n${below}\n`))
const inWord = async (below: string) => {
  const lines = below.split('\n').filter((line) => line !== '')
  const body = [paragraph('Lake ferry', 'a1'), ...[story, ...lines].map((it) => paragraph(it))]
  return articleIn(await readFile('2026-04-13-a.docx', wordFile({ body: body.join(''), styles })))
}
const only = /^<p>The ferry [^<]*<\/p>$/

describe.each([
  ['plain text', inText],
  ['a Word document', inWord],
])('%s', (_what, read) => {
  test.each([
    'ENDS\n\nMedia contact:\nMira Onal\nHarbour Office\n+90 212 555 01 02\nmira@harbour.example',
    '###\n\nMira Onal, press officer\n\nmira@harbour.example',
    '-30-\nFor more information, contact Mira Onal at mira@harbour.example or 212 555 0102.',
    '– Ends –\n\nPress contact: Mira Onal, mira@harbour.example',
    '# # #\n\nContact\nJo Lind, jo@harbour.example',
  ])('has no contacts below its end: %j', async (below) => {
    expect((await read(below)).content).toMatch(only)
  })

  test.each([
    'ENDS\n\nNotes to editors\n\nThe ferry has two decks.',
    'ENDS\n\nAbout the harbour\n\nThe harbour was dug by hand and is run by its town.',
    'Media contact: Mira Onal, mira@harbour.example',
  ])('keeps %j', async (below) => {
    const { content } = await read(below)
    for (const line of below.split('\n')) expect(content).toContain(line)
  })

  test('keeps notes to editors between contacts', async () => {
    const { content } = await read(
      'ENDS\n\nMira Onal\nmira@harbour.example\n\nNotes to editors\n\nThe ferry has two decks.\n\nJo Lind, jo@harbour.example',
    )
    expect(content).toContain('Notes to editors')
    expect(content).toContain('The ferry has two decks.')
    expect(content).not.toContain('@')
  })
})

test('leaves them out below a line of the date too', async () => {
  const { content } = await inText('ENDS\n\nMira Onal, mira@harbour.example', '9 April 2026\n\n')
  expect(content).toMatch(only)
})
