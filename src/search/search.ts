import { setTimeout as sleep } from 'node:timers/promises'
import { Worker } from 'node:worker_threads'
import type { Query } from './query.ts'
import type { Answer, Call } from './worker.ts'

export interface Search {
  /**
   * Numbers of the articles found that are out at `now` (ms since 1970), newest first.
   * @throws SearchUnavailable when it has to be asked again later
   */
  find(query: Query, limit: number, now: number): Promise<readonly number[]>
  /** Tells that the catalogue has changed: what is found from now on must say so. */
  changed(): void
  /** Indexes what changed. Large backlogs are better not left to the first who searches. */
  catchUp(): Promise<void>
  close(): Promise<void>
}

/** The message is a sentence for people. */
export class SearchUnavailable extends Error {}

/** More searches than these at a time are turned away. */
const mostWaiting = 50
/** A search waits so long for the index to be brought up to date. */
const patienceMs = 2000
/** The thread's memory is given back when nobody has searched for so long. */
const idleMs = 30_000

type Question = Call extends infer C ? (C extends Call ? Omit<C, 'id'> : never) : never

/** @param dataDir where the catalogue is */
export function createSearch(dataDir: string): Search {
  const waiting = new Map<
    number,
    { resolve(value: readonly number[]): void; reject(error: Error): void }
  >()
  let worker: Worker | undefined
  let lastId = 0
  let idleTimer: NodeJS.Timeout | undefined
  let indexing: Promise<void> | undefined

  function start(): Worker {
    const entry = new URL('./worker.ts', import.meta.url).href
    const started = new Worker(new URL('../start.js', import.meta.url), {
      workerData: { entry, dataDir },
      resourceLimits: { maxYoungGenerationSizeMb: 4 },
    })
    started.on('message', (answer: Answer) => {
      const call = waiting.get(answer.id)
      waiting.delete(answer.id)
      if ('error' in answer) call?.reject(new Error(answer.error))
      else call?.resolve(answer.value)
      if (waiting.size === 0) endWhenIdle()
    })
    const end = (error: Error) => {
      // The next call starts another one.
      if (worker === started) worker = undefined
      for (const call of waiting.values()) call.reject(error)
      waiting.clear()
    }
    started.on('error', end)
    started.on('exit', () => end(new Error('the search thread has ended')))
    return started
  }

  function endWhenIdle(): void {
    clearTimeout(idleTimer)
    idleTimer = setTimeout(() => {
      if (waiting.size === 0) void worker?.terminate()
    }, idleMs).unref()
  }

  function ask(question: Question): Promise<readonly number[]> {
    worker ??= start()
    lastId += 1
    const id = lastId
    worker.postMessage({ id, ...question })
    return new Promise((resolve, reject) => waiting.set(id, { resolve, reject }))
  }

  function catchUp(): Promise<void> {
    if (indexing) return indexing
    const started = ask({ method: 'catchUp' }).then(() => {})
    indexing = started
    // What failed is tried again by the next to ask.
    started.catch(() => {
      if (indexing === started) indexing = undefined
    })
    return started
  }

  return {
    async find(query, limit, now) {
      if (waiting.size >= mostWaiting) throw new SearchUnavailable('Too many searches at once.')
      const isUpToDate = catchUp().then(() => true)
      const isLate = sleep(patienceMs, false, { ref: false })
      if (!(await Promise.race([isUpToDate, isLate]))) {
        throw new SearchUnavailable('The articles are still being indexed.')
      }
      return ask({ method: 'find', query, limit, now })
    },
    changed() {
      indexing = undefined
    },
    catchUp,
    async close() {
      clearTimeout(idleTimer)
      await worker?.terminate()
    },
  }
}
