/** The one place that runs intake → catalogue → channels: passes, one after the other, whoever asks for them. */
import { setTimeout as sleep } from 'node:timers/promises'
import type { Progress } from './progress.ts'
import type { RefreshHistory } from './refresh/history.ts'
import { createLoss } from './refresh/loss.ts'
import { createPass, type PassParts } from './refresh/pass.ts'
import { createTimetable } from './refresh/timetable.ts'
import { createWaiting } from './waiting.ts'

export type { RefreshHistory }

export interface Refresher {
  readonly history: RefreshHistory
  /** What keeps refreshes from working, in a sentence. */
  problem(): string | undefined
  /** Whether the whole folder was looked through since the start. */
  hasRefreshed(): boolean
  /** For how long the refresh under way has not come forward, in ms; 0 when none is. */
  pausedMs(): number
  /** Looks through the whole folder, or at some files and folders of it; one refresh at a time. */
  refresh(paths?: readonly string[]): Promise<void>
  /**
   * Looks through the whole folder until that has worked: before it has there are no feeds, and empty ones would say
   * that there is no article. Files that were copied just now, and may still be written, are waited for as well.
   */
  refreshUntilDone(): Promise<void>
  /** What has gone from the folder and is not believed yet, in a sentence. */
  loss(): string | undefined
  /** Believes it now. */
  believeLoss(): Promise<void>
  /** Starts the schedule. */
  start(cron: string, timeZone: string): void
  /** When the whole folder is looked through next; null before `start`. */
  next(): Date | null
  stop(): Promise<void>
}

/** How soon a first refresh that failed is tried again. */
const tryAgainMs = 2000
/** How long a first start waits for files that are being written, and how often it looks. */
const longestWaitMs = 10_000
const waitStepMs = 50

export function createRefresher(parts: PassParts, onProgress: Progress): Refresher {
  const { intake, catalogue, log } = parts
  const history: RefreshHistory = { kept: 0, failed: 0, totalMs: 0, recent: [] }
  const stop = new AbortController()
  let queue: Promise<void> = Promise.resolve()
  /** What the pass looks at that waits in the queue; undefined when none does. */
  let next: Set<string> | 'all' | undefined
  let lastFailure = ''
  let hasRefreshed = false
  /** When the pass under way last came forward. */
  let movedAt: number | undefined
  const loss = createLoss(log)
  const waiting = createWaiting((paths) => void refresh(paths), log)
  const timetable = createTimetable(refresh)
  const pass = createPass(parts, { history, loss, waiting, timetable }, noteProgress, stop.signal)

  function noteProgress(done: number, of: number): void {
    movedAt = performance.now()
    onProgress(done, of)
  }

  async function run(paths: readonly string[] | undefined): Promise<void> {
    if (stop.signal.aborted) return
    movedAt = performance.now()
    try {
      // What a failed refresh was told of is found by looking at everything.
      await pass(lastFailure ? undefined : paths)
      if (lastFailure) log.info('refreshing works again')
      lastFailure = ''
      hasRefreshed = true
    } catch (error) {
      await noteFailure(error)
    } finally {
      movedAt = undefined
    }
  }

  async function noteFailure(error: unknown): Promise<void> {
    await intake.finish(false).catch(() => {})
    if (stop.signal.aborted) return
    // Whatever else fails, the next refresh has its turn.
    const message = await catalogue.repairIfDamaged(error).catch((other: Error) => other.message)
    history.failed += 1
    // The same fault every minute is said once.
    if (message !== lastFailure) {
      log.error(`refresh failed: ${message}; the feeds stay as they were, and it is tried again`)
    }
    lastFailure = message
  }

  /** What is asked for while a pass runs is done by one pass after it, however much comes. */
  function refresh(paths?: readonly string[]): Promise<void> {
    const isQueued = next !== undefined
    if (!paths || next === 'all') next = 'all'
    else {
      next ??= new Set()
      for (const path of paths) next.add(path)
    }
    if (!isQueued) {
      queue = queue.then(() => {
        const wanted = next ?? 'all'
        next = undefined
        return run(wanted === 'all' ? undefined : [...wanted])
      })
    }
    return queue
  }

  async function refreshUntilDone(): Promise<void> {
    await refresh()
    const end = performance.now() + longestWaitMs
    const isBusy = () => waiting.isDue() || next !== undefined || movedAt !== undefined
    while (!stop.signal.aborted) {
      if (!hasRefreshed) {
        await sleep(tryAgainMs)
        await refresh()
      } else if (isBusy() && performance.now() < end) await sleep(waitStepMs)
      else return
    }
  }

  return {
    history,
    problem() {
      if (lastFailure) return `The last refresh failed: ${lastFailure}.`
      const missing = loss.describe()
      return missing && `${missing}.`
    },
    hasRefreshed: () => hasRefreshed,
    pausedMs: () => (movedAt === undefined ? 0 : performance.now() - movedAt),
    refresh,
    refreshUntilDone,
    loss: loss.describe,
    async believeLoss() {
      loss.believe()
      await refresh()
    },
    start: timetable.start,
    next: timetable.next,
    async stop() {
      stop.abort()
      waiting.stop()
      await timetable.stop()
      await queue
    },
  }
}
