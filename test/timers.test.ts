import { expect, it, onTestFinished, vi } from 'vitest'
import { Timers } from '../src/refresh/timers.ts'

it('a refresh that takes longer than the step of the schedule adds no lines to the log', async () => {
  vi.useFakeTimers()
  const writes = [
    ...(['log', 'info', 'warn', 'error', 'debug'] as const).map((name) => vi.spyOn(console, name)),
    vi.spyOn(process.stdout, 'write'),
    vi.spyOn(process.stderr, 'write'),
  ]
  onTestFinished(() => {
    vi.useRealTimers()
    vi.restoreAllMocks()
  })
  for (const write of writes) write.mockClear()
  let begun = 0
  let finish = () => {}
  const timers = new Timers(
    () => {
      begun += 1
      return new Promise((resolve) => {
        finish = resolve
      })
    },
    async () => {},
  )
  timers.start('* * * * * *', 'UTC')
  await vi.advanceTimersByTimeAsync(5000)
  expect(begun).toBe(1)
  finish()
  await vi.advanceTimersByTimeAsync(2000)
  expect(begun).toBe(2)
  finish()
  await timers.stop()
  expect(writes.flatMap(({ mock }) => mock.calls)).toEqual([])
})
