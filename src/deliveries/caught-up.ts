/** Of several machines that share a site one looks what has changed; the others have what it has committed a moment later. */
import { setTimeout as sleep } from 'node:timers/promises'

/** Copies are seconds behind; whoever is not then has another machine deliver, or itself later. */
const patienceMs = 10_000
const pauseMs = 250

export const isBehind = {
  is: 'failed',
  reason: 'this machine does not have the newest state yet',
} as const

/**
 * Reads something again until it is as new as what is to be told.
 * @returns undefined where that takes too long
 */
export async function caughtUp<T>(
  read: () => Promise<T>,
  isNew: (found: T) => boolean,
): Promise<T | undefined> {
  const end = performance.now() + patienceMs
  for (;;) {
    const found = await read()
    if (isNew(found)) return found
    if (performance.now() > end) return undefined
    await sleep(pauseMs)
  }
}
