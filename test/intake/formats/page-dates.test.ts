import { expect, test } from 'vitest'
import { type DateOrder, dateWithin } from '../../../src/intake/formats/lines/date-in-text.ts'
import { whenIn } from '../../../src/intake/formats/lines/page-when.ts'
import { readFile } from '../../support/read.ts'

const order = (): DateOrder => 'day'

test.each([
  ['Posted by Ann on Fri 6:45 PM, Feb 16, 2018', '2018-02-16T18:45'],
  ['April 13, 2026 at 9:30 PM EDT', '2026-04-13T21:30-04:00'],
  ['April 13, 2026 9:30 p.m. ET', '2026-04-13T21:30-04:00'],
  ['13 January 2026, 09:30 PT', '2026-01-13T09:30-08:00'],
  ['13 April 2026 09.30 BST', '2026-04-13T09:30+01:00'],
  ['13 April 2026, 09:30 (UTC+5:30)', '2026-04-13T09:30+05:30'],
  ['09:30 GMT, 13 April 2026', '2026-04-13T09:30Z'],
  ['13.04.2026 09:30 Uhr', '2026-04-13T09:30'],
  ['13 April 2026 09:30 News', '2026-04-13T09:30'],
  ['13/04/26', '2026-04-13'],
  ['03/04/2026', '2026-04-03'],
  ['١٣ أبريل ٢٠٢٦', '2026-04-13'],
  ['5 मई 2026, 10:30', '2026-05-05T10:30'],
  ['1 de maio de 2026 às 10h30', '2026-05-01T10:30'],
  ['1 maggio 2026 alle 10:30', '2026-05-01T10:30'],
  ['2026年5月1日(水) 10時30分', '2026-05-01T10:30'],
  ['13 April 2026, at 14:20.', '2026-04-13T14:20'],
  ['2 تير 1399 - 12:09', '2020-06-22T12:09'],
  ['۱۳۹۹/۰۴/۰۲', '2020-06-22'],
  ['令和元年5月1日', '2019-05-01'],
])('in %j the date is %j', (text, date) => {
  expect(dateWithin(text, order)).toBe(date)
})

test.each([
  '10.1.1.12',
  '1.2.2020.4',
  'v1.12.10.3',
  '192.1.12.10',
  '2026-04',
  '1399/13/02',
  '31 اسفند 1399',
  'May 2026',
  `${' '.repeat(200)}13 April 2026`,
])('in %j is no date', (text) => {
  expect(dateWithin(text, order)).toBeUndefined()
})

test.each(['26/04/13', '03/04/2026'])('%j may be two days where nothing tells', (text) => {
  expect(dateWithin(text, () => undefined)).toBeUndefined()
})

test.each([
  ['13 April 2026', false],
  ['Published: 13 April 2026', false],
  ['By Ann Lee, Harbour Editor | Monday 13 April 2026 | 09:30 GMT | 3 comments', false],
  ['lundi 13 avril 2026', false],
  ['datum objave vijesti: 13. 4. 2026', false],
  ['Updated 13 April 2026', true],
  [
    'This entry was posted on Monday, April 13th, 2026 at 11:03 pm and is filed under Mills.',
    false,
  ],
  ['This page was last edited on 13 April 2026, at 14:20.', true],
  ['Posted by kovarex and three others on 2026-04-13, all posts', false],
])('%j says when', (line, isUpdate) => {
  expect(whenIn(line, order)).toMatchObject({
    date: expect.stringMatching(/^2026-04-13/),
    isUpdate,
  })
})

test.each([
  'On 13 April 2026 the two men met.',
  'Ann Lee, born 13 April 2026',
  'Founded on 13 April 2026',
  'Mill OS 12.1.10',
  '12.4. - 13.4.2026',
  '13 April 2026 – 15 April 2026',
  'Copyright 13 April 2026',
  '13 April 2026 4711',
])('%j does not say when', (line) => {
  expect(whenIn(line, order)).toBeUndefined()
})

test.each([
  ['13 April 2026 in news from the valley and beyond', true],
  ['On 13 April 2026 the two men met.', false],
  ['12.4. - 13.4.2026 at the mill', false],
])('in an element named for dates %j says when: %j', (line, says) => {
  expect(whenIn(line, order, true) !== undefined).toBe(says)
  expect(whenIn(line, order)).toBeUndefined()
})

test('all that is wrong with a page is told at once', async () => {
  const page = '<html><head><meta name="date" content="soon"></head><body></body></html>'
  expect(await readFile('a.html', page)).toMatchObject({
    rejections: [
      { reason: 'the page has no title' },
      { reason: '"soon" is no date' },
      { reason: 'no story is found in the page' },
    ],
  })
})
