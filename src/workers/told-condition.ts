/** The condition of the site as a worker knows it: what it was told last, and what it sees itself. */
import type { Condition, Fault } from '../status/condition.ts'
import { watchThreadPool } from '../status/thread-pool.ts'
import type { Told } from './messages.ts'

/** The process that refreshes answers within milliseconds, but for the longest commits. */
const longestSilenceMs = 10_000

export function createToldCondition() {
  const pool = watchThreadPool()
  let last: Pick<Told, 'unready' | 'degraded'> = { unready: undefined, degraded: [] }
  let askedAt: number | undefined

  function silence(): Fault[] {
    const silentMs = askedAt === undefined ? 0 : performance.now() - askedAt
    if (silentMs < longestSilenceMs) return []
    const seconds = Math.floor(silentMs / 1000)
    const text = `The process that refreshes has not answered for ${seconds} s; the feeds stay as they are. Look at its disks and mounts.`
    return [{ reason: 'slow-refresh', text }]
  }

  return {
    unready: () => pool.problem() ?? last.unready,
    degraded: () => [...last.degraded, ...silence()],
    /** From now on an answer is waited for. */
    asked(): void {
      askedAt ??= performance.now()
    },
    take(told: Pick<Told, 'unready' | 'degraded'>): void {
      last = told
      askedAt = undefined
    },
  } satisfies Condition & Record<string, unknown>
}
