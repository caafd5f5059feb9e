import { expect, it } from 'vitest'
import { type Kind, kinds } from '../../src/deliveries/delivery.ts'
import { waitFor } from '../../src/deliveries/retries.ts'

const hour = 60 * 60 * 1000

/** All waits until it is given up. */
function waits(kind: Kind, random = 0.5): number[] {
  const all: number[] = []
  for (let tries = 1; ; tries += 1) {
    const ms = waitFor(kind, tries, undefined, random)
    if (ms === undefined) return all
    all.push(ms)
  }
}

const sum = (all: readonly number[]) => all.reduce((one, other) => one + other, 0)

it.each([
  ['verification', 4, 0.02, 0.05],
  ['content', 8, 2, 5],
  ['publish', 10, 20, 28],
  ['indexnow', 10, 20, 28],
  ['webhook', 11, 66, 84],
] as const)('tries %s %i times, within %d to %d hours', (kind, tries, least, most) => {
  expect(waits(kind)).toHaveLength(tries - 1)
  expect(sum(waits(kind)) / hour).toBeGreaterThan(least)
  expect(sum(waits(kind)) / hour).toBeLessThan(most)
})

it.each(kinds)('waits longer each time, and not the same for all: %s', (kind) => {
  const even = waits(kind)
  expect(even.toSorted((a, b) => a - b)).toEqual(even)
  expect(even[0]).toBeLessThan(even[1] ?? 0)
  expect(waitFor(kind, 1, undefined, 0)).toBe((even[0] ?? 0) * 0.8)
  expect(waitFor(kind, 1, undefined, 0.999)).toBeCloseTo((even[0] ?? 0) * 1.2, -2)
})

it('waits as long as it is asked to, within bounds', () => {
  expect(waitFor('content', 1, 10 * 60 * 1000, 0.5)).toBe(10 * 60 * 1000)
  expect(waitFor('content', 1, 0, 0.5)).toBe(30_000)
  expect(waitFor('content', 1, 24 * hour, 0.5)).toBe(6 * hour)
  expect(waitFor('content', 8, 0, 0.5)).toBeUndefined()
})
