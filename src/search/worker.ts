/** Keeps the search index up to date and searches it, in a thread of its own: no feed waits for it. */
import { constants, setPriority } from 'node:os'
import { setImmediate } from 'node:timers/promises'
import { workerData } from 'node:worker_threads'
import { explain, isDamage } from '../catalogue/damage.ts'
import type { Config } from '../config.ts'
import { answerCalls } from '../thread.ts'
import type { Query } from './query.ts'
import { SearchIndex } from './search-index.ts'

// Requests come first: on Linux this is the priority of this thread alone.
if (process.platform === 'linux') setPriority(constants.priority.PRIORITY_BELOW_NORMAL)
const { dataDir, timeZone } = workerData as Pick<Config, 'dataDir' | 'timeZone'>
const index = new SearchIndex(dataDir, timeZone)

/** A damaged index is thrown away; search.ts ends the thread after any error, and the next one makes another. */
function discardIfDamaged<T>(use: () => T): T {
  try {
    return use()
  } catch (error) {
    if (isDamage(error)) index.discard()
    throw new Error(explain(error, dataDir))
  }
}

answerCalls({
  find: (query: Query, limit: number, now: number) =>
    discardIfDamaged(() => index.find(query, limit, now)),
  async catchUp() {
    // Searches that came meanwhile are answered between two portions.
    while (discardIfDamaged(() => index.catchUp())) await setImmediate()
  },
})
