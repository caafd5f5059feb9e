import { expect, test } from 'vitest'
import { minutesBetweenRefreshes } from '../../src/channels/schedule.ts'

test.each([
  ['* * * * * *', 1],
  ['* * * * *', 1],
  ['*/7 * * * *', 7],
  ['0 */6 * * *', 360],
  ['30 4 * * *', 1440],
  ['0 0 1 1 *', 1440],
])('the schedule %s has so many minutes between refreshes: %i', (cron, minutes) => {
  expect(minutesBetweenRefreshes(cron)).toBe(minutes)
})
