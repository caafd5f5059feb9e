/** Finds out by timers what is wrong, so that no request has to. */
import { stat } from 'node:fs/promises'
import type { Catalogue } from '../catalogue/catalogue.ts'
import type { Logger } from '../log.ts'
import type { Refresher } from '../refresh.ts'
import type { Fault } from './condition.ts'
import { createPulse } from './pulse.ts'
import { watchThreadPool } from './thread-pool.ts'

/**
 * A write that works is tried this often; one that does not, more often. A DATA_DIR that was deleted
 * is noticed by it.
 */
const writeEveryMs = 15_000
const writeAgainMs = 2000
const pulseEveryMs = 5000
/** What takes longer hangs: a look at a folder takes less than a millisecond. */
const longestSilenceMs = 10_000
/** A refresh that has not come forward for so long is held by something. */
const longestPauseMs = 5 * 60_000

/**
 * A `Condition`.
 * @param isKnown whether there is something to serve before anything was read
 */
export function createWatchdog(
  { catalogue, refresher, log }: { catalogue: Catalogue; refresher: Refresher; log: Logger },
  dataDir: string,
  isKnown: boolean,
) {
  let unwritable: string | undefined
  let timer: NodeJS.Timeout | undefined
  let isStopped = false
  const folder = createPulse(() => stat(dataDir), pulseEveryMs)
  const pool = watchThreadPool()

  const silence = `DATA_DIR (${dataDir}) does not answer; look at its disk or mount.`

  async function tryToWrite(): Promise<void> {
    // Writing is done by the thread that answers: where DATA_DIR hangs, this waits in its place.
    await stat(dataDir).catch(() => {})
    if (isStopped) return
    const before = unwritable
    try {
      await catalogue.checkWritable()
      unwritable = undefined
      if (before !== undefined) log.info('the catalogue can be written again')
    } catch (error) {
      unwritable = `${(error as Error).message}; the feeds are served as they were`
      if (unwritable !== before && !isStopped) log.error(unwritable)
    }
    if (isStopped) return
    const wait = unwritable === undefined ? writeEveryMs : writeAgainMs
    timer = setTimeout(() => void tryToWrite(), wait).unref()
  }

  const refusal = () => catalogue.sharing?.difference()

  return {
    refusal,
    unready(): string | undefined {
      const problem = pool.problem()
      if (problem) return problem
      const difference = refusal()
      if (difference) return difference
      if (isKnown || refresher.hasRefreshed()) return undefined
      const { sharing } = catalogue
      const elsewhere = sharing?.leads === false ? sharing.problem() : undefined
      return (
        refresher.problem() ??
        (elsewhere && asSentence(`${elsewhere}.`)) ??
        'The articles are being read for the first time.'
      )
    },
    degraded(): Fault[] {
      const faults: (Fault | undefined)[] = [
        fault('refresh', refresher.problem()),
        fault('slow-refresh', slowness(refresher.pausedMs())),
        fault('storage', unwritable && `${unwritable}.`),
        fault('database', databaseFault(catalogue.sharing?.problem())),
        fault('files', folder.silentMs() > longestSilenceMs ? silence : undefined),
      ]
      return faults.filter((one) => one !== undefined)
    },
    /** Tries to write, and goes on with that. */
    start: tryToWrite,
    stop(): void {
      isStopped = true
      clearTimeout(timer)
      folder.stop()
      pool.stop()
    },
  }
}

function fault(reason: Fault['reason'], text: string | undefined): Fault | undefined {
  return text === undefined ? undefined : { reason, text: asSentence(text) }
}

/** What stands within a line of the log begins with a small letter there. */
const asSentence = (text: string) => text.charAt(0).toUpperCase() + text.slice(1)

/** @param problem why a machine of several does not follow */
const databaseFault = (problem: string | undefined) =>
  problem && `${problem}; what this machine has is served as it was.`

function slowness(pausedMs: number): string | undefined {
  if (pausedMs < longestPauseMs) return undefined
  const minutes = Math.floor(pausedMs / 60_000)
  return `The refresh under way has not come forward for ${minutes} minutes; the feeds stay as they are. Look at the disk or mount of the articles folder.`
}
