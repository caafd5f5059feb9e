/** When a refresh is due: on schedule, and when an article comes out or expires. */
import { schedule } from 'node-cron'

export interface Timetable {
  /** @param at when the next article comes out or expires, in ms since 1970; undefined when none will */
  plan(at: number | undefined): void
  /** Whether one has by now. */
  isDue(now: number): boolean
  /** Starts the schedule. */
  start(cron: string, timeZone: string): void
  /** When the whole folder is looked through next; null before `start`. */
  next(): Date | null
  stop(): Promise<void>
}

/** setTimeout takes no longer time than this (2^31 − 1 ms); an article may be due in years. */
const longestTimer = 2 ** 31 - 1

/** @param refresh the whole folder, or nothing of it but what is due */
export function createTimetable(refresh: (paths?: readonly []) => Promise<void>): Timetable {
  let dueAt = Number.POSITIVE_INFINITY
  let timer: NodeJS.Timeout | undefined
  let task: ReturnType<typeof schedule> | undefined
  let isStopped = false

  return {
    plan(at = Number.POSITIVE_INFINITY) {
      dueAt = at
      clearTimeout(timer)
      if (at === Number.POSITIVE_INFINITY || isStopped) return
      const delay = Math.min(Math.max(at - Date.now(), 0), longestTimer)
      timer = setTimeout(() => void refresh([]), delay)
    },
    isDue: (now) => dueAt <= now,
    start(cron, timeZone) {
      // A pass that takes longer than the schedule's step is not followed by a pile of others.
      task = schedule(cron, () => refresh(), { noOverlap: true, timezone: timeZone })
    },
    next: () => task?.getNextRun() ?? null,
    async stop() {
      isStopped = true
      clearTimeout(timer)
      await task?.destroy()
    },
  }
}
