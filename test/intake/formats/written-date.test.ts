import { expect, test } from 'vitest'
import { dateFault, dateIn } from '../../../src/intake/formats/lines/written-date.ts'

test.each([
  ['2026-04-13', '2026-04-13'],
  ['2026-04-13T09:30:15.123456+0300', '2026-04-13T09:30:15.123456+0300'],
  ['2026-04-13 09:30:15 +0300', '2026-04-13 09:30:15 +0300'],
  ['2026-04-13 9:30', '2026-04-13T09:30'],
  ['2026-4-3T9:30:00Z', '2026-04-03T09:30:00Z'],
  ['2026/04/13', '2026-04-13'],
  ['2026.04.13 09:30', '2026-04-13T09:30'],
  ['20260413', '2026-04-13'],
  ['2026年4月13日', '2026-04-13'],
  ['2026-04-13 09:30:00 UTC', '2026-04-13T09:30:00Z'],
  ['2026-04-13 09:30 +3', '2026-04-13T09:30+03:00'],
  ['2026-04-13 09:30 PM', '2026-04-13T21:30'],
  ['April 13, 2026', '2026-04-13'],
  ['Apr 13th, 2026', '2026-04-13'],
  ['13 April 2026', '2026-04-13'],
  ['13-Apr-2026', '2026-04-13'],
  ['Sept. 3, 2026', '2026-09-03'],
  ['13 avril 2026', '2026-04-13'],
  ['13. April 2026', '2026-04-13'],
  ['13 Nisan 2026', '2026-04-13'],
  ['April 13, 2026 at 12:05 a.m.', '2026-04-13T00:05'],
  ['Monday, April 13th 2026, 8:42:34 pm', '2026-04-13T20:42:34'],
  ['Mon, 13 Apr 2026 09:30:00 +0300', '2026-04-13T09:30:00+03:00'],
  ['Mon, 13 Apr 2026 09:30:00 EST', '2026-04-13T09:30:00-05:00'],
  ['Mon Apr 13 2026 09:30:00 GMT+0300 (Eastern European Summer Time)', '2026-04-13T09:30:00+03:00'],
  ['Mon Apr 13 09:30:00 UTC 2026', '2026-04-13T09:30:00Z'],
  ['Mon Apr 13 09:30:00 2026 +0300', '2026-04-13T09:30:00+03:00'],
  ['2026-04-13 09:30:00 2026 +0300', '2026-04-13T09:30:00+03:00'],
  ['13/04/2026', '2026-04-13'],
  ['04/13/2026', '2026-04-13'],
  ['04/04/2026', '2026-04-04'],
  ['03.04.2026', '2026-04-03'],
  ['3. 4. 2026 9:30', '2026-04-03T09:30'],
  ['1776072600', '2026-04-13T09:30:00.000Z'],
  ['1776072600000', '2026-04-13T09:30:00.000Z'],
  ['1776072600.25', '2026-04-13T09:30:00.000Z'],
  ['April 13 2026 9am', '2026-04-13T09:00'],
  ['2026-04-13 at 9.30 pm', '2026-04-13T21:30'],
  ['le 13 avril 2026 à 9h30', '2026-04-13T09:30'],
  ['13 avril 2026, 9h', '2026-04-13T09:00'],
  ['Montag, den 13. April 2026, 9.30 Uhr', '2026-04-13T09:30'],
  ['13. April 2026 um 9 Uhr', '2026-04-13T09:00'],
  ['el 13 de abril de 2026 a las 9:30', '2026-04-13T09:30'],
  ['“2026-04-13”', '2026-04-13'],
  ['<2026-04-13 Mon>', '2026-04-13'],
  ['[[2026-04-13]]', '2026-04-13'],
  ['2026-04-13 09:30 Europe/Istanbul', '2026-04-13T09:30+03:00'],
  ['2026-04-13T09:30:00[Europe/Berlin]', '2026-04-13T09:30:00+02:00'],
  ['2026-04-13T09:30:00+03:00[Europe/Istanbul]', '2026-04-13T09:30:00+03:00'],
  ['2026-04-13 Europe/Istanbul', '2026-04-13'],
])('%j is %j', (written, date) => {
  expect(dateIn(written)).toBe(date)
})

test.each([
  'soon',
  '',
  '2026',
  '2026-04',
  'April 2026',
  '13/04/26',
  '2026-02-30',
  '30/02/2026',
  '2026-04-13 25:00',
  '2026-04-13 13:00 pm',
  '2026-04-13 09:30 XYZ',
  '2026-04-13 09:30 Harbour/Gull',
  '<2026-04-13',
  '13 April 2026 9 boats',
  '2026-04-13 09:30:00 2025 +0300',
  '2026-04-13 09:30 EST+1',
  '2026-04-13 to 2026-04-14',
  'before 13 April 2026',
  '12/03/2026',
  '12-03-2026',
  '12345678901234567890',
  '13. 14. 2026',
  `2026-04-13${' '.repeat(100)}x`,
])('%j is no date', (written) => {
  expect(dateIn(written)).toBeUndefined()
})

test('of a date that may be two days both are said', () => {
  expect(dateFault('3/12/2026 09:30')).toEqual({
    reason: 'may be 3 December 2026 or March 12, 2026',
    remedy: 'Write 2026-12-03 for 3 December 2026, or 2026-03-12 for March 12, 2026.',
  })
  expect(dateFault('30/02/2026').reason).toBe('is no date that exists')
})

test.each([
  ['now', 'is no date: it means another day each time it is read'],
  ['Last week', 'is no date: it means another day each time it is read'],
  ['3 days ago', 'is no date: it means another day each time it is read'],
  ['soon', 'is no date'],
  ['{{ date }}', 'is a template that was not filled in'],
  ['<% tp.date.now() %>', 'is a template that was not filled in'],
  ['04-13-26 09:30', 'has a year of two digits'],
  ['13-Apr-26', 'has a year of two digits'],
  ['April 2026', 'says no day'],
  ['2026-04', 'says no day'],
  ['2026-31-12', 'is no date that exists'],
])('of %j is said what is wrong with it', (written, reason) => {
  expect(dateIn(written)).toBeUndefined()
  expect(dateFault(written).reason).toBe(reason)
})
