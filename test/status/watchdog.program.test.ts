import { execFileSync } from 'node:child_process'
import { closeSync, existsSync, openSync, rmSync } from 'node:fs'
import { open } from 'node:fs/promises'
import { join } from 'node:path'
import pino from 'pino'
import { describe, expect, it, onTestFinished, vi } from 'vitest'
import { linesOf } from '../../src/status/condition.ts'
import { openStatistics } from '../../src/status/statistics.ts'
import { createTraffic } from '../../src/status/traffic.ts'
import { createWatchdog } from '../../src/status/watchdog.ts'
import { type Desk, openDesk } from '../support/desk.ts'
import { temporaryFolder } from '../support/folder.ts'
import { page } from '../support/page.ts'
import { until } from '../support/until.ts'

const aMinuteMs = 60_000

function watch(desk: Desk) {
  const log = pino({ enabled: false })
  const watchdog = createWatchdog({ ...desk, log }, desk.dataDir, true)
  onTestFinished(() => watchdog.stop())
  return watchdog
}

/** Keeps threads of the pool busy for good: opening a pipe waits for its other end. */
function hold(threads: number): () => Promise<void> {
  const pipe = join(temporaryFolder(), 'pipe')
  execFileSync('mkfifo', [pipe])
  const held = Array.from({ length: threads }, () => open(pipe))
  return async () => {
    const end = openSync(pipe, 'r+')
    for (const one of held) await (await one).close()
    closeSync(end)
  }
}

describe('a condition', () => {
  it('is unready while no thread is free, and no longer', async () => {
    const desk = await openDesk({ 'a.txt': page() })
    vi.useFakeTimers({ toFake: ['performance'] })
    onTestFinished(() => void vi.useRealTimers())
    const release = hold(4)
    const watchdog = watch(desk)
    expect(watchdog.unready()).toBe(undefined)
    vi.advanceTimersByTime(11_000)
    expect(watchdog.unready()).toMatch(/^No thread is free/)
    expect(linesOf(watchdog).join()).toContain(desk.dataDir)
    await release()
    await until(() => linesOf(watchdog).length === 0)
  })

  it('is ready while a thread is left', async () => {
    const desk = await openDesk({ 'a.txt': page() })
    vi.useFakeTimers({ toFake: ['performance'] })
    onTestFinished(() => void vi.useRealTimers())
    const release = hold(3)
    const watchdog = watch(desk)
    // The question is answered in this time; nothing tells when.
    await new Promise((resolve) => setTimeout(resolve, 200))
    vi.advanceTimersByTime(11_000)
    expect(linesOf(watchdog)).toEqual([])
    await release()
  })

  it('names a refresh that does not come forward', async () => {
    const desk = await openDesk({ 'a.txt': page() })
    const watchdog = watch(desk)
    vi.useFakeTimers({ toFake: ['performance'] })
    onTestFinished(() => void vi.useRealTimers())
    const refreshing = desk.refresher.refresh()
    await Promise.resolve()
    vi.advanceTimersByTime(6 * aMinuteMs)
    expect(watchdog.degraded()).toContainEqual({
      reason: 'slow-refresh',
      text: expect.stringContaining('for 6 minutes'),
    })
    await refreshing
    await until(() => linesOf(watchdog).length === 0)
  })

  it('asks a thread of the pool for DATA_DIR before it is touched', async () => {
    const desk = await openDesk({ 'a.txt': page() })
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval'] })
    onTestFinished(() => void vi.useRealTimers())
    const watchdog = watch(desk)
    const log = pino({ enabled: false })
    const { history } = desk.refresher
    const statistics = await openStatistics(
      { dataDir: desk.dataDir, databaseUrl: undefined },
      createTraffic(),
      history,
      log,
    )
    await watchdog.start()
    statistics.start()
    const files = ['catalogue.sqlite', 'statistics.json'].map((name) => join(desk.dataDir, name))
    const areThere = () => files.map((file) => existsSync(file))
    rmSync(files[0] ?? '')
    const release = hold(4)
    // A DATA_DIR that hangs does not answer either: nothing is put back, and nothing written.
    await vi.advanceTimersByTimeAsync(3 * aMinuteMs)
    expect(areThere()).toEqual([false, false])
    await release()
    vi.useRealTimers()
    await until(() => areThere().every(Boolean))
    await statistics.close()
  })
})
