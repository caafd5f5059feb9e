/** Keeps the search index up to date and searches it, in a thread of its own: no feed waits for it. */
import { constants, setPriority } from 'node:os'
import { setImmediate } from 'node:timers/promises'
import { parentPort, workerData } from 'node:worker_threads'
import type { Query } from './query.ts'
import { SearchIndex } from './search-index.ts'

export type Call = { readonly id: number } & (
  | { readonly method: 'catchUp' }
  | { readonly method: 'find'; readonly query: Query; readonly limit: number; readonly now: number }
)

/** The answer to the call with the same id. */
export type Answer = { readonly id: number } & (
  | { readonly value: readonly number[] }
  | { readonly error: string }
)

// Requests come first: on Linux this is the priority of this thread alone.
if (process.platform === 'linux') setPriority(constants.priority.PRIORITY_BELOW_NORMAL)
const index = new SearchIndex(workerData.dataDir as string)

async function perform(call: Call): Promise<readonly number[]> {
  if (call.method === 'find') return index.find(call.query, call.limit, call.now)
  // Searches that came meanwhile are answered between two portions.
  while (index.catchUp()) await setImmediate()
  return []
}

parentPort?.on('message', async (call: Call) => {
  try {
    parentPort?.postMessage({ id: call.id, value: await perform(call) } satisfies Answer)
  } catch (error) {
    const { message } = error as Error
    parentPort?.postMessage({ id: call.id, error: message } satisfies Answer)
  }
})
