import { describe, expect, it } from 'vitest'
import { datesOf, distinctUpdate } from '../../src/channels/dates.ts'
import { loadConfig } from '../../src/config.ts'

const inZone = (TIME_ZONE: string) => loadConfig({ TIME_ZONE }, '/')
const utc = inZone('UTC')

/** An article whose id begins like this. */
const dated = (start: string, published: string, updated = published) => ({
  id: `urn:uuid:${start}-0000-5000-8000-000000000000`,
  published,
  updated,
})

describe('the dates of an article', () => {
  it('lie in the first minute of their day where the article states none but that', () => {
    const midnight = '2024-05-06T00:00:00Z'
    for (const [start, published] of [
      ['00000000', '2024-05-06T00:00:59.499Z'],
      ['7fffffff', '2024-05-06T00:00:30.000Z'],
      ['ffffffff', '2024-05-06T00:00:00.000Z'],
    ] as const) {
      expect(datesOf(dated(start, midnight), utc)).toEqual({ published, updated: published })
    }
  })

  it('are those that it states where it does', () => {
    const stated = dated('0badcafe', '2024-05-06T07:08:00Z', '2024-05-07T01:02:03Z')
    const { published, updated } = stated
    expect(datesOf(stated, utc)).toEqual({ published, updated })
  })

  it('know midnight by the time zone of the site, also where a clock change skips it', () => {
    const shown = (published: string, zone: string) =>
      datesOf(dated('7fffffff', published), inZone(zone)).published
    expect(shown('2024-05-05T21:00:00Z', 'Europe/Istanbul')).toBe('2024-05-05T21:00:30.000Z')
    expect(shown('2024-05-06T00:00:00Z', 'Europe/Istanbul')).toBe('2024-05-06T00:00:00Z')
    expect(shown('2024-05-05T18:30:00Z', 'Asia/Kolkata')).toBe('2024-05-05T18:30:30.000Z')
    // Cairo's 26 April 2024 began at one o'clock.
    expect(shown('2024-04-25T22:00:00Z', 'Africa/Cairo')).toBe('2024-04-25T22:00:30.000Z')
  })

  it('are in the order of the ids, the first the newest', () => {
    const ids = ['00000000', '0000ffff', '10000000', '9999ffff', 'fffffffe']
    const published = ids.map((id) => datesOf(dated(id, '2024-05-06T00:00:00Z'), utc).published)
    expect(published.toSorted().reverse()).toEqual(published)
  })

  it('never say that it was updated before it was published', () => {
    const { published, updated } = datesOf(
      dated('00000000', '2024-05-06T00:00:00Z', '2024-05-06T00:00:20Z'),
      utc,
    )
    expect(updated).toBe(published)
  })

  it('have three digits of a second at most, which no reader rounds up', () => {
    for (const start of ['00000000', '12345678', 'ffffffff']) {
      for (const time of ['2024-05-06T00:00:00Z', '2024-05-06T07:08:09Z']) {
        const article = dated(start, time)
        const updated = distinctUpdate(article, datesOf(article, utc))
        expect(updated).toMatch(/:\d\d\.[0-4]\d\dZ$/)
        expect(Date.parse(updated)).toBeGreaterThanOrEqual(Date.parse(time))
      }
    }
  })
})
