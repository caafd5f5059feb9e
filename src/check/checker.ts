/** Reads what is to be written, one after the other, each in a thread of its own. */
import { setTimeout as sleep } from 'node:timers/promises'
import type { Config } from '../config.ts'
import { oneAtATime } from '../one-at-a-time.ts'
import { startThread } from '../thread.ts'
import type { CheckedFile } from './checked-file.ts'

/** So many may wait, and their bytes are kept meanwhile. */
const mostWaiting = 8
/** So long may one take, as in the folder. */
const patienceMs = 60_000
const youngMb = 12

/** @returns what `check` would say of a file; undefined where too many wait, or it takes too long */
export function createChecker(config: Config) {
  let waiting = 0
  const inTurn = oneAtATime()

  return async (path: string, bytes: Buffer): Promise<CheckedFile | undefined> => {
    if (waiting >= mostWaiting) return undefined
    waiting += 1
    try {
      return await inTurn(() => checkInThread(config, path, bytes))
    } finally {
      waiting -= 1
    }
  }
}

async function checkInThread(config: Config, path: string, bytes: Buffer) {
  const entry = new URL('./check-worker.ts', import.meta.url)
  const thread = startThread(entry, { config }, youngMb)
  const enough = new AbortController()
  try {
    const late = sleep(patienceMs, undefined, { signal: enough.signal }).catch(() => undefined)
    return (await Promise.race([thread.ask('check', path, bytes), late])) as CheckedFile | undefined
  } finally {
    enough.abort()
    await thread.close()
  }
}
