import { describe, expect, it, test } from 'vitest'
import { toInstant } from '../../src/intake/stated-date.ts'
import { startOfDay } from '../../src/search/days.ts'

describe('a day of a search', () => {
  test.each([
    ['2026-03-05', 'UTC', '2026-03-05T00:00:00Z'],
    ['2026-03-05', 'Europe/Berlin', '2026-03-04T23:00:00Z'],
    ['2026-03-05', '+05:45', '2026-03-04T18:15:00Z'],
    ['2026-03-05', 'Pacific/Kiritimati', '2026-03-04T10:00:00Z'],
    // Clocks change within the day, and the next one begins by the other.
    ['2026-03-29', 'Europe/Berlin', '2026-03-28T23:00:00Z'],
    ['2026-03-30', 'Europe/Berlin', '2026-03-29T22:00:00Z'],
    // There was no midnight.
    ['2018-11-04', 'America/Sao_Paulo', '2018-11-04T03:00:00Z'],
    ['2024-04-26', 'Africa/Cairo', '2024-04-25T22:00:00Z'],
    // There were two.
    ['2024-11-03', 'America/Havana', '2024-11-03T04:00:00Z'],
    // There was no such day.
    ['2011-12-30', 'Pacific/Apia', '2011-12-30T10:00:00Z'],
  ])('such as %s begins in %s at %s', (day, timeZone, expected) => {
    expect(startOfDay(day, timeZone)).toBe(Date.parse(expected))
  })

  it('begins when an article is dated that states this day and no time', () => {
    const zones = ['Europe/Istanbul', 'America/Sao_Paulo', 'Africa/Cairo', 'Asia/Beirut']
    for (const timeZone of zones) {
      for (let n = 0; n < 4 * 365; n += 1) {
        const day = new Date(Date.UTC(2015, 0, 1 + n)).toISOString().slice(0, 10)
        const article = Date.parse(toInstant(day, timeZone))
        expect(startOfDay(day, timeZone), `${day} ${timeZone}`).toBe(article)
      }
    }
  })
})
