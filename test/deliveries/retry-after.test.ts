import { expect, it } from 'vitest'
import { retryAfterMs } from '../../src/deliveries/retry-after.ts'

const now = Date.UTC(2026, 10, 27, 7)
const day = 24 * 60 * 60 * 1000

it.each([
  ['120', 120_000],
  [' 0 ', 0],
  ['99999999999999999999', day],
  ['Fri, 27 Nov 2026 07:01:00 GMT', 60_000],
  ['Fri, 27 Nov 2020 07:01:00 GMT', 0],
  ['Fri, 27 Nov 2099 07:01:00 GMT', day],
  ['-5', undefined],
  ['1.5', undefined],
  ['soon', undefined],
  ['never GMT', undefined],
  ['', undefined],
  [undefined, undefined],
])('reads Retry-After: %s', (header, ms) => {
  expect(retryAfterMs(header, now)).toBe(ms)
})
