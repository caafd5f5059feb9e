import { setTimeout as sleep } from 'node:timers/promises'
import type { Catalogue } from '../catalogue/catalogue.ts'
import { DamageError, isDamage } from '../catalogue/damage.ts'
import type { Config } from '../config.ts'
import { startThread, type Thread } from '../thread.ts'
import type { Found, Query } from './query.ts'

export type Search = ReturnType<typeof createSearch>

const searchUnavailable = 'ERR_SEARCH_UNAVAILABLE'

/** Whether an error is a SearchUnavailable, also one that comes from another process. */
export const isSearchUnavailable = (error: unknown): error is Error =>
  (error as NodeJS.ErrnoException)?.code === searchUnavailable

/** The message is a sentence for people. */
export class SearchUnavailable extends Error {
  readonly code = searchUnavailable
}

/** More searches than these at a time are turned away. */
const mostAtOnce = 50
/** A search waits so long for the index to be brought up to date. */
const patienceMs = 2000
/** The thread's memory is given back when nobody has searched for so long. */
const idleMs = 30_000
const youngMb = 6

/**
 * @param catalogue is repaired where it turns out to be damaged
 * @param onFault is told why nothing can be searched, once for each reason
 */
export function createSearch(
  { dataDir, timeZone }: Pick<Config, 'dataDir' | 'timeZone'>,
  catalogue: Catalogue,
  onFault: (message: string) => void,
) {
  let thread: Thread | undefined
  /** Until the former thread has let go of the index: whoever opens it meanwhile may find it locked. */
  let closing: Promise<void> | undefined
  let underWay = 0
  let idleTimer: NodeJS.Timeout | undefined
  let indexing: Promise<void> | undefined
  /** How often there was another catalogue. */
  let replacements = 0

  async function ask(method: string, ...args: unknown[]): Promise<unknown> {
    await closing
    thread ??= startThread(
      new URL('./search-worker.ts', import.meta.url),
      { dataDir, timeZone },
      youngMb,
    )
    const current = thread
    clearTimeout(idleTimer)
    underWay += 1
    try {
      return await current.ask(method, ...args)
    } catch (error) {
      // The next call starts another thread, whatever is wrong with this one.
      if (thread === current) await end()
      if (isDamage(error)) void catalogue.repairIfDamaged(error)
      throw error
    } finally {
      underWay -= 1
      if (underWay === 0) idleTimer = setTimeout(() => void end(), idleMs).unref()
    }
  }

  async function end(): Promise<void> {
    clearTimeout(idleTimer)
    const ended = thread
    thread = undefined
    if (ended) closing = ended.close()
    await closing
  }

  function catchUp(): Promise<void> {
    if (indexing) return indexing
    const started = ask('catchUp').then((damage) => {
      // What else there is can be searched meanwhile.
      if (damage) void catalogue.repairIfDamaged(new DamageError(String(damage)))
    })
    indexing = started
    // What failed is tried again by the next to ask.
    started.catch(() => {
      if (indexing === started) indexing = undefined
    })
    return started
  }

  let lastFault = ''
  let searches = 0
  async function find(query: Query, limit: number): Promise<Found> {
    const isLate = sleep(patienceMs, false, { ref: false })
    for (;;) {
      const before = replacements
      const isUpToDate = catchUp().then(() => true)
      if (!(await Promise.race([isUpToDate, isLate]))) {
        throw new SearchUnavailable('The articles are still being indexed.')
      }
      const asked = ask('find', query, limit).catch((error) => {
        // The thread ended with the catalogue that it read.
        if (replacements === before) throw error
      })
      const found = (await asked) as Found
      // The index of a catalogue that took the place of another meanwhile was perhaps empty.
      if (replacements === before) return found
    }
  }

  return {
    /**
     * The articles found that are out, newest first.
     * @throws SearchUnavailable when it has to be asked again later
     */
    async find(query: Query, limit: number) {
      if (searches >= mostAtOnce) throw new SearchUnavailable('Too many searches at once.')
      searches += 1
      try {
        const found = await find(query, limit)
        lastFault = ''
        return found
      } catch (error) {
        if (error instanceof SearchUnavailable) throw error
        const { message } = error as Error
        if (message !== lastFault) onFault(message)
        lastFault = message
        throw new SearchUnavailable('The articles cannot be searched at the moment.')
      } finally {
        searches -= 1
      }
    },
    /** Tells that the catalogue has changed: what is found from now on must say so. */
    changed() {
      indexing = undefined
    },
    /** Tells that there is another catalogue in the place of the former. */
    async replaced() {
      replacements += 1
      indexing = undefined
      await end()
    },
    /** Indexes what changed. Large backlogs are better not left to the first who searches. */
    catchUp,
    close: end,
  }
}
