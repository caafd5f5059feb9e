import { describe, expect, it, onTestFinished, vi } from 'vitest'
import { createPulse } from '../../src/status/pulse.ts'

function useClock(): void {
  vi.useFakeTimers({ toFake: ['performance', 'setInterval', 'clearInterval'] })
  onTestFinished(() => void vi.useRealTimers())
}
const soon = () => vi.advanceTimersByTimeAsync(20)

describe('a pulse', () => {
  it('is silent for as long as a question is open, and asks no other meanwhile', async () => {
    useClock()
    let asked = 0
    let answer = () => {}
    const pulse = createPulse(() => {
      asked += 1
      return new Promise<void>((resolve) => {
        answer = resolve
      })
    }, 1)
    onTestFinished(() => pulse.stop())
    await soon()
    expect(asked).toBe(1)
    expect(pulse.silentMs()).toBeGreaterThan(10)
    answer()
    await soon()
    expect(asked).toBe(2)
  })

  it('takes an error for an answer', async () => {
    useClock()
    const pulse = createPulse(() => Promise.reject(new Error('no')), 60_000)
    onTestFinished(() => pulse.stop())
    await soon()
    expect(pulse.silentMs()).toBe(0)
  })
})
