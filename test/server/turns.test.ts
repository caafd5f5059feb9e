/** Who waits for a turn, and who has to end one. */
import { expect, test, vi } from 'vitest'
import { Turns } from '../../src/server/turns.ts'

const forever = new AbortController().signal
const never = () => {
  throw new Error('it had time')
}
const aMinute = 60_000

test('So many go on at once, and the next one when one of them is done', async () => {
  const turns = new Turns(2, aMinute)
  const end = await turns.take(forever, never)
  await turns.take(forever, never)
  const order: string[] = []
  const third = turns.take(forever, never).then(() => order.push('third'))
  await Promise.resolve()
  order.push('end')
  end?.()
  await third
  expect(order).toEqual(['end', 'third'])
})

test('Who has gone is not waited for', async () => {
  const turns = new Turns(1, aMinute)
  const end = await turns.take(forever, never)
  const gone = new AbortController()
  const second = turns.take(gone.signal, never)
  const third = turns.take(forever, never)
  gone.abort()
  expect(await second).toBeUndefined()
  expect(await turns.take(gone.signal, never)).toBeUndefined()
  end?.()
  expect(await third).toBeTypeOf('function')
})

test.each([
  ['waits already', 9, 0],
  ['comes later', 11, 1],
])('Who takes long is told to end where another %s', async (_when, taken, calls) => {
  vi.useFakeTimers()
  const turns = new Turns(1, 10)
  const leave = vi.fn()
  const end = await turns.take(forever, leave)
  vi.advanceTimersByTime(taken)
  const second = turns.take(forever, never)
  expect(leave).toHaveBeenCalledTimes(calls)
  vi.advanceTimersByTime(2)
  expect(leave).toHaveBeenCalledTimes(1)
  end?.()
  expect(await second).toBeTypeOf('function')
  vi.useRealTimers()
})

test('Of several that take long only so many are told to end as wait', async () => {
  vi.useFakeTimers()
  const turns = new Turns(3, 10)
  const leave = vi.fn()
  for (let at = 0; at < 3; at += 1) await turns.take(forever, leave)
  void turns.take(forever, never)
  vi.advanceTimersByTime(11)
  expect(leave).toHaveBeenCalledTimes(1)
  void turns.take(forever, never)
  expect(leave).toHaveBeenCalledTimes(2)
  vi.useRealTimers()
})
