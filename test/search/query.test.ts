import { describe, expect, it } from 'vitest'
import { fold } from '../../src/search/fold.ts'
import { parseQuery, QueryError } from '../../src/search/query.ts'

const text = '{title summary names body}'

describe('a search', () => {
  it('is made of words, phrases and fields, each of which may be excluded', () => {
    expect(parseQuery('Harbour').match).toBe(`((${text} : "harbour"))`)
    expect(parseQuery('"old harbour" -ferry section:WORLD -tag:"Climate change"').match).toBe(
      `((${text} : "old harbour") AND (section : "world"))` +
        ` NOT (${text} : "ferry") NOT (tag : "climate_change")`,
    )
  })

  it('takes the names that are shown for the slugs they have', () => {
    for (const [query, match] of [
      ['section:"Science & Tech"', 'section : "science_and_tech"'],
      ['section:ثقافة', 'section : "thqaft"'],
      ['author:"O’Brien, Pat"', 'author : "o_brien_pat"'],
      ['tag:C++,C#', 'tag : "c_plus_plus" OR tag : "c_sharp"'],
      ['section:science-and-tech', 'section : "science_and_tech"'],
    ] as const) {
      expect(parseQuery(query).match).toBe(`((${match}))`)
    }
  })

  it('may be bounded by dates', () => {
    const { after, before } = parseQuery('ferry after:2024-02 before:2024-03-15')
    expect(after).toBe('2024-02-01')
    expect(before).toBe('2024-03-15')
    expect(parseQuery('ferry after:2024').after).toBe('2024-01-01')
  })

  it('cannot break out of its quotes', () => {
    expect(parseQuery('NEAR(a b) OR AND ^x').match).toContain('"near(a"')
    expect(() => parseQuery('a" OR b')).toThrow(QueryError)
  })

  it('that is wrong is told where', () => {
    for (const [query, message] of [
      ['ferry "old harbour', 'The phrase at character 7 has no closing quotation mark.'],
      ['ferry kind:x', 'There is no field "kind:" (at character 7)'],
      ['ferry after:yesterday', '"yesterday" (at character 7) is not a date'],
      ['ferry before:2024-02-30', '"2024-02-30" (at character 7) is not a date'],
      ['ferry -after:2024', 'A date cannot be excluded (at character 7)'],
      ['ferry !!!', 'There is no letter or digit in the term at character 7.'],
      ['ferry tag:', 'A name is missing after tag: (at character 7)'],
      ['', 'needs at least one word'],
      ['   ', 'needs at least one word'],
      ['-ferry', 'needs at least one word'],
      ['after:2024', 'needs at least one word'],
      ['a '.repeat(13), 'at most 12 terms'],
      ['a'.repeat(401), 'at most 400 characters'],
    ] as const) {
      expect(() => parseQuery(query), query).toThrow(message)
    }
  })
})

describe('folding', () => {
  it('takes away case and diacritics, in both directions', () => {
    for (const word of ['Türkiye', 'TÜRKİYE', 'turkiye', 'Turkiye']) {
      expect(fold(word)).toBe('turkiye')
    }
    expect(fold('DIYARBAKIR')).toBe(fold('Diyarbakır'))
    expect(fold('Straße Łódź Ærø')).toBe('strasse lodz aero')
    expect(fold('مُحَمَّد')).toBe('محمد')
  })
})
