import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { createProgress } from '../src/progress.ts'

beforeEach(() => void vi.useFakeTimers({ toFake: ['performance'] }))
afterEach(() => void vi.useRealTimers())

it('says nothing of short work, then or when the next begins, and how far long work is', () => {
  const lines: string[] = []
  const progress = createProgress('Reading', (line) => lines.push(line))
  progress(100, 200)
  vi.advanceTimersByTime(500)
  progress(200, 200)
  vi.advanceTimersByTime(60_000)
  progress(100, 3000)
  expect(lines).toEqual([])
  vi.advanceTimersByTime(5000)
  progress(2000, 3000)
  progress(3000, 3000)
  expect(lines).toEqual(['Reading: 2,000 of 3,000', 'Reading: 3,000 of 3,000'])
})
