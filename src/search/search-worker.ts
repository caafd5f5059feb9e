/** Keeps the search index up to date and searches it, in a thread of its own: no feed waits for it. */
import { constants } from 'node:os'
import { setImmediate } from 'node:timers/promises'
import { workerData } from 'node:worker_threads'
import { DamageError, explain, isDamage } from '../catalogue/damage.ts'
import { openIndexSource } from '../catalogue/sqlite-index-source.ts'
import type { Config } from '../config.ts'
import { giveWay } from '../give-way.ts'
import { answerCalls } from '../thread.ts'
import type { Query } from './query.ts'
import { SearchIndex } from './search-index.ts'

// Requests come first: on Linux this is the priority of this thread alone.
if (process.platform === 'linux') giveWay(constants.priority.PRIORITY_BELOW_NORMAL)
const settings = workerData as Pick<Config, 'dataDir' | 'timeZone'>
const catalogue = openIndexSource(settings.dataDir)
const index = new SearchIndex(catalogue, await catalogue.lastVersion(), settings)

/** A damaged index is thrown away; search.ts ends the thread after any error, and the next one makes another. */
async function discardIfDamaged<T>(use: () => Promise<T>): Promise<T> {
  try {
    return await use()
  } catch (error) {
    // It is the catalogue that is damaged.
    if (error instanceof DamageError) throw error
    if (isDamage(error)) index.discard()
    throw new Error(explain(error, settings.dataDir))
  }
}

answerCalls({
  find: (query: Query, limit: number) => discardIfDamaged(() => index.find(query, limit)),
  catchUp: () => discardIfDamaged(catchUp),
})

/** @returns in what way an article is damaged, when all others were indexed */
async function catchUp(): Promise<string | undefined> {
  let damage: string | undefined
  for (;;) {
    const changed = await index.catchUp()
    if (changed.length === 0) return damage
    damage ??= changed.find((state) => state.damage)?.damage
    // Searches that came meanwhile are answered between two portions.
    await setImmediate()
  }
}
