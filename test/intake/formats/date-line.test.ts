import { describe, expect, test } from 'vitest'
import { readDateLine } from '../../../src/intake/formats/lines/date-line.ts'

const dateOf = (line: string) => readDateLine(line)?.date
const languagesOf = (line: string) => readDateLine(line)?.languages

describe('a date line', () => {
  test.each([
    'April 13, 2017',
    'Apr 13, 2017',
    'APRIL 13, 2017',
    'Thursday, April 13, 2017',
    'Thu, Apr. 13, 2017',
    '13 April 2017',
    '13th of April 2017',
    '13 April, 2017',
    '2017 April 13',
    '13 avril 2017',
    'le jeudi 13 avril 2017',
    '13 Nisan 2017',
    '13 Nisan 2017 Perşembe',
    '13 NİSAN 2017',
    '13. April 2017',
    'Donnerstag, den 13. April 2017',
    '13 апреля 2017',
    '13 апреля 2017 г.',
    'четверг, 13 апреля 2017 г.',
    '13 апр. 2017 г.',
    '١٣ أبريل ٢٠١٧',
    '13 أبريل 2017',
    '13 نيسان 2017',
    '13 أبريل/نيسان 2017',
    'الخميس، ١٣ أبريل ٢٠١٧ م',
    '13 de abril de 2017',
    'jueves, 13 de abril de 2017',
    '2017-04-13',
    '2017-4-13',
    '13.04.2017',
    '13.4.2017',
    '13.04.2017 г.',
    'Thursday, 13.04.2017',
  ])('is read from %s', (line) => {
    expect(dateOf(line)).toBe('2017-04-13')
  })

  test.each([
    ['1er mai 2017', '2017-05-01'],
    ['9 KASIM 2023', '2023-11-09'],
    ['9 Kasım 2023', '2023-11-09'],
    ['14 février 2019', '2019-02-14'],
    ['3. März 2024', '2024-03-03'],
    ['3 مارس/آذار 2024', '2024-03-03'],
    ['٥ كانون الثاني ٢٠٢٤', '2024-01-05'],
    ['5 يناير/كانون الثاني 2024', '2024-01-05'],
    ['5 كانون الثاني/يناير 2024', '2024-01-05'],
    ['5 septiembre 2024', '2024-09-05'],
    ['31 декабря 1999 года', '1999-12-31'],
    ['February 29, 2024', '2024-02-29'],
  ])('is read from %s as %s', (line, date) => {
    expect(dateOf(line)).toBe(date)
  })

  test.each([
    ['April 13, 2017 14:05', '2017-04-13T14:05'],
    ['13 avril 2017, 9:30', '2017-04-13T09:30'],
    ['13.04.2017 00:00', '2017-04-13T00:00'],
    ['2017-04-13 23:59', '2017-04-13T23:59'],
  ])('may have a time of 24 hours: %s', (line, date) => {
    expect(dateOf(line)).toBe(date)
  })

  test('is understood for every month and weekday of every language TRT publishes in', () => {
    for (const language of [
      'en',
      'fr',
      'tr',
      'de',
      'ru',
      'ar',
      'es',
      'sw',
      'ha',
      'so',
      'sq',
      'bs',
    ]) {
      for (const [month, weekday] of [
        ['long', undefined],
        ['long', 'long'],
        ['short', undefined],
      ] as const) {
        const format = new Intl.DateTimeFormat(`${language}-u-ca-gregory`, {
          day: 'numeric',
          month,
          year: 'numeric',
          timeZone: 'UTC',
          ...(weekday && { weekday }),
        })
        for (let day = 0; day < 366; day += 5) {
          const date = new Date(Date.UTC(2024, 0, 1 + day))
          const line = format.format(date)
          if (/\p{L}/u.test(line)) expect(dateOf(line), line).toBe(date.toISOString().slice(0, 10))
        }
      }
    }
  })
})

describe('no date line', () => {
  test.each([
    '',
    '2017',
    'April 2017',
    '13 April',
    'April 13',
    '2017-04',
    'April 31, 2017',
    'February 29, 2023',
    '30.02.2017',
    '2017-13-01',
    '2017-00-10',
    '0.04.2017',
    'April 0, 2017',
    'April 13, 17',
    'April 13, 0017',
    '13/04/2017',
    'Blah 13, 2017',
    'On April 13, 2017 the war began',
    'April 13, 2017: the day after',
    'March 12, 2024 earthquake in Haiti',
    'By April 13, 2017 Ankara agreed',
    'Mart 2024 seçimi: 12 il',
    'Version 13.04.2017 is out',
    'April May 13, 2017',
    'April 13, 14, 2017',
    'April 13, 2017 2:30 PM',
    'April 13, 2017 25:00',
    'COP29: 13 pledges, 2024',
    'Thursday, the 13th of April in the year 2017, at noon',
    '2017-04-13-04',
    '1.13.04.2017',
  ])('is %j', (line) => {
    expect(readDateLine(line)).toBeUndefined()
  })

  test('is a long line, however it starts', () => {
    expect(readDateLine(`April 13, 2017${' '.repeat(1_000_000)}`)).toBeUndefined()
  })
})

describe('the languages of a date line', () => {
  test.each([
    ['13 avril 2017', 'fr'],
    ['14 FÉVRIER 2019', 'fr'],
    ['13 Nisan 2017', 'tr'],
    ['13 апреля 2017 г.', 'ru'],
    ['١٣ أبريل ٢٠١٧', 'ar'],
    ['13 نيسان 2017', 'ar'],
    ['3. März 2024', 'de'],
    ['13. April 2017', 'de'],
    ['5. Mai 2017', 'de'],
    ['5 mai 2017', 'fr'],
    ['13 de abril de 2017', 'es'],
  ])('of %s start with %s', (line, language) => {
    expect(languagesOf(line)?.[0]).toBe(language)
  })

  test('are English first where English has the name too', () => {
    expect(languagesOf('April 13, 2017')?.[0]).toBe('en')
    expect(languagesOf('May 13, 2017')).toEqual(['en'])
  })

  test('are unknown where no month is named', () => {
    expect(languagesOf('13.04.2017')).toEqual([])
    expect(languagesOf('2017-04-13')).toEqual([])
  })
})
