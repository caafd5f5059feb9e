import { expect, onTestFinished, test, vi } from 'vitest'
import { createAddressPace, hubLimits } from '../../src/deliveries/hub-limits.ts'
import { createPace } from '../../src/deliveries/pace.ts'

test('so often at once, and then so often a second', () => {
  let now = 5000
  const pace = createPace({ atOnce: 3, perSecond: 2 }, () => now)
  expect([pace('a'), pace('a'), pace('a')]).toEqual([0, 0, 0])
  expect(pace('a')).toBe(500)
  now += 499
  expect(pace('a')).toBe(1)
  now += 1
  expect([pace('a'), pace('a')]).toEqual([0, 500])
  now += 60_000
  expect([pace('a'), pace('a'), pace('a'), pace('a')]).toEqual([0, 0, 0, 500])
})

test('each goes at its own', () => {
  const pace = createPace({ atOnce: 1, perSecond: 1 }, () => 0)
  expect([pace('a'), pace('b'), pace('a')]).toEqual([0, 0, 1000])
})

test('a clock that is set back keeps nobody waiting', () => {
  onTestFinished(() => void vi.useRealTimers())
  vi.useFakeTimers({ toFake: ['Date'] })
  const pace = createPace({ atOnce: 2, perSecond: 1 })
  expect(pace('a')).toBe(0)
  vi.setSystemTime(Date.now() - 3_600_000)
  expect(pace('a')).toBe(0)
})

test('all addresses of an IPv6 network are one', () => {
  const limits = { ...hubLimits, ofAddress: { atOnce: 2, perSecond: 1 } }
  const mayBe = createAddressPace(limits, () => 0)
  expect([mayBe('2001:db8::1'), mayBe('2001:db8::2'), mayBe('2001:db8:0:0:ffff::3')]).toEqual([
    ...[true, true, false],
  ])
  expect([mayBe('2001:db8:0:1::1'), mayBe('192.0.2.1')]).toEqual([true, true])
})
