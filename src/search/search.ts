import { Worker } from 'node:worker_threads'
import type { Query } from './query.ts'
import type { Answer, Call } from './worker.ts'

export interface Search {
  /**
   * Numbers of the articles found that are out at `now` (ms since 1970), newest first.
   * @throws SearchUnavailable when it has to be asked again later
   */
  find(query: Query, limit: number, now: number): Promise<readonly number[]>
  /** Indexes what changed in the catalogue. The first time this starts the index's thread. */
  catchUp(): Promise<void>
  close(): Promise<void>
}

/** The message is a sentence for people. */
export class SearchUnavailable extends Error {}

/** More searches than these at a time are turned away. */
const mostWaiting = 50

type Question = Call extends infer C ? (C extends Call ? Omit<C, 'id'> : never) : never

/** @param dataDir where the catalogue is */
export function createSearch(dataDir: string): Search {
  const waiting = new Map<
    number,
    { resolve(value: readonly number[]): void; reject(error: Error): void }
  >()
  let worker: Worker | undefined
  let lastId = 0
  let isComplete = false

  function start(): Worker {
    const started = new Worker(new URL('./worker.ts', import.meta.url), { workerData: dataDir })
    started.on('message', (answer: Answer) => {
      const call = waiting.get(answer.id)
      waiting.delete(answer.id)
      if ('error' in answer) call?.reject(new Error(answer.error))
      else call?.resolve(answer.value)
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

  function ask(question: Question): Promise<readonly number[]> {
    worker ??= start()
    lastId += 1
    const id = lastId
    worker.postMessage({ id, ...question })
    return new Promise((resolve, reject) => waiting.set(id, { resolve, reject }))
  }

  return {
    async find(query, limit, now) {
      if (!isComplete) throw new SearchUnavailable('The articles are still being indexed.')
      if (waiting.size >= mostWaiting) throw new SearchUnavailable('Too many searches at once.')
      return ask({ method: 'find', query, limit, now })
    },
    async catchUp() {
      await ask({ method: 'catchUp' })
      isComplete = true
    },
    async close() {
      await worker?.terminate()
    },
  }
}
