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
  expect(lines).toEqual(['Reading: 2,000 of 3,000, 3 s left', 'Reading: 3,000 of 3,000'])
})

it('guesses the time left by what was done since it began, also of work that goes on', () => {
  const lines: string[] = []
  const progress = createProgress('Reading', (line) => lines.push(line))
  progress(900_000, 1_000_000)
  vi.advanceTimersByTime(6000)
  progress(901_000, 1_000_000)
  vi.advanceTimersByTime(6000)
  progress(950_000, 1_000_000)
  expect(lines).toEqual([
    'Reading: 901,000 of 1,000,000, 10 min left',
    'Reading: 950,000 of 1,000,000, 12 s left',
  ])
})
