/** Lines above the title of a plain text that are for the press or a newsroom. */
import { expect, test } from 'vitest'
import { articleIn, readFile } from '../../support/read.ts'

const story = 'The ferry of Lake Moro has carried people and goats on one deck for forty years.'

test.each([
  ['PRESS RELEASE\n\nLake ferry', 'Lake ferry'],
  ['FOR IMMEDIATE RELEASE\nLake ferry', 'Lake ferry'],
  ['PRESSEMITTEILUNG\n\nLake ferry', 'Lake ferry'],
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
