/** The condition of the site as a worker knows it: what it was told last, and what it sees itself. */
import type { Condition, Fault } from '../status/condition.ts'
import { watchThreadPool } from '../status/thread-pool.ts'
import type { Told } from './messages.ts'

type Conditions = Pick<Told, keyof Condition>

/** The process that refreshes tells it every second, but for the longest commits. */
const longestSilenceMs = 10_000

export function createToldCondition() {
  const pool = watchThreadPool()
  let last: Conditions = { unready: undefined, refusal: undefined, degraded: [] }
  let toldAt = performance.now()

  function silence(): Fault[] {
    const silentMs = performance.now() - toldAt
    if (silentMs < longestSilenceMs) return []
    const seconds = Math.floor(silentMs / 1000)
    const text = `The process that refreshes has said nothing for ${seconds} s; the feeds stay as they are. Look at its disks and mounts.`
    return [{ reason: 'slow-refresh', text }]
  }

  return {
    unready: () => pool.problem() ?? last.unready,
    refusal: () => last.refusal,
    degraded: () => [...last.degraded, ...silence()],
    take(told: Conditions): void {
      last = told
      toldAt = performance.now()
    },
  } satisfies Condition & Record<string, unknown>
}
