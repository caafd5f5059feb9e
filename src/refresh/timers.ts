/** When refreshes are due without being asked for. */
import { schedule } from 'node-cron'
import type { Scope } from '../intake/look-through.ts'

/** setTimeout takes no longer time than this (2^31 − 1 ms); an article may be due in years. */
const longestTimer = 2 ** 31 - 1

/** Its own lines would stand in colours among those of our log; what fails in a refresh is said there. */
const silent = { info() {}, warn() {}, error() {}, debug() {} }

export class Timers {
  readonly #refresh: (scope: Scope) => Promise<void>
  readonly #commitDue: () => Promise<void>
  #task: ReturnType<typeof schedule> | undefined
  #dueTimer: NodeJS.Timeout | undefined
  readonly #unsettled = new Set<string>()
  #settlesAt = Number.POSITIVE_INFINITY
  #settleTimer: NodeJS.Timeout | undefined
  #isStopped = false

  /** @param commitDue commits what is due by then, and plans what is due next */
  constructor(refresh: (scope: Scope) => Promise<void>, commitDue: () => Promise<void>) {
    this.#refresh = refresh
    this.#commitDue = commitDue
  }

  /** @param at when something is due, whatever the schedule, in ms since 1970; undefined where nothing will be */
  planDue(at: number | undefined): void {
    clearTimeout(this.#dueTimer)
    if (at === undefined || this.#isStopped) return
    const delay = Math.min(Math.max(at - Date.now(), 0), longestTimer)
    this.#dueTimer = setTimeout(() => void this.#commitDue(), delay)
  }

  /** Has files that somebody may still be writing looked at again. */
  lookAgain(paths: readonly string[], inMs: number): void {
    for (const path of paths) this.#unsettled.add(path)
    const at = performance.now() + inMs
    if (paths.length === 0 || at >= this.#settlesAt || this.#isStopped) return
    this.#settlesAt = at
    clearTimeout(this.#settleTimer)
    this.#settleTimer = setTimeout(() => {
      this.#settlesAt = Number.POSITIVE_INFINITY
      const due = [...this.#unsettled]
      this.#unsettled.clear()
      void this.#refresh(due)
    }, inMs)
  }

  /** Whether this is such a file. */
  isWaitingFor(path: string): boolean {
    return this.#unsettled.has(path)
  }

  /** All such files. */
  waiting(): string[] {
    return [...this.#unsettled]
  }

  /** Whether there are such files. */
  isWaiting(): boolean {
    return this.#settlesAt < Number.POSITIVE_INFINITY
  }

  /** Has what has changed in the whole folder looked for on schedule. */
  start(cron: string, timeZone: string): void {
    this.#task = schedule(cron, () => this.#refresh('changes'), {
      // A pass that takes longer than the schedule's step is not followed by a pile of others.
      noOverlap: true,
      timezone: timeZone,
      logger: silent,
    })
  }

  /** When that is next; null before `start`. */
  next(): Date | null {
    return this.#task?.getNextRun() ?? null
  }

  async stop(): Promise<void> {
    this.#isStopped = true
    clearTimeout(this.#dueTimer)
    clearTimeout(this.#settleTimer)
    await this.#task?.destroy()
  }
}
