/** What is known of readers and refreshes, kept in DATA_DIR/statistics.json over restarts. */
import { stat } from 'node:fs/promises'
import type { Config } from '../config.ts'
import type { Logger } from '../log.ts'
import { noteFormer, type RefreshHistory } from '../refresh/history.ts'
import { type AudienceState, createAudience } from './audience.ts'
import { formerDays, joinedTraffic } from './day.ts'
import { createHours, type Hour } from './hours.ts'
import { keptFile } from './kept-file.ts'
import type { SiteSums } from './site-sums.ts'
import type { Traffic } from './traffic.ts'

export type Statistics = Awaited<ReturnType<typeof openStatistics>>

interface State {
  readonly hours: readonly Hour[]
  readonly audience: AudienceState
  readonly refreshes: RefreshHistory['recent']
}

/** Raised whenever the file has another form. */
const version = 1
const everyMs = 60_000

/**
 * Where several machines are one site, their sums are kept in its database as well.
 * @param history is given the refreshes of before the restart
 * @param clock ms since 1970
 */
export async function openStatistics(
  { dataDir, databaseUrl }: Pick<Config, 'dataDir' | 'databaseUrl'>,
  traffic: Traffic,
  history: RefreshHistory,
  log: Logger,
  clock: () => number = Date.now,
) {
  const file = keptFile<State>({ dataDir, log }, 'statistics.json', version)
  const audience = createAudience(clock)
  const hours = createHours(traffic, clock)
  let timer: NodeJS.Timeout | undefined
  let isClosed = false

  const kept = file.read()
  if (kept) {
    hours.restore(kept.hours)
    audience.restore(kept.audience)
    noteFormer(history, kept.refreshes)
  }
  const shared = databaseUrl === undefined ? undefined : await share(databaseUrl)

  async function share(url: string) {
    const { shareStatistics } = await import('./shared-statistics.ts')
    const counting = { dataDir, log, traffic, audience, clock }
    return shareStatistics(url, counting, formerDays(hours.all(), audience.state()))
  }

  function write(): void {
    hours.tick()
    file.write({ hours: hours.all(), audience: audience.state(), refreshes: history.recent })
  }

  /** Writing is done by the thread that answers: where DATA_DIR hangs, this waits in its place. */
  async function keep(): Promise<void> {
    hours.tick()
    await stat(dataDir).catch(() => {})
    if (isClosed) return
    write()
    goOn()
  }

  function goOn(): void {
    timer = setTimeout(() => void keep(), everyMs).unref()
  }

  return {
    audience,
    /** Starts counting and writing. */
    start(): void {
      goOn()
      shared?.start()
    },
    /** Of all machines where there are several; of this one alone until something is known of the others. */
    async sums(): Promise<SiteSums> {
      hours.tick()
      const sums = await shared?.sums()
      if (sums) return sums
      const subscribers = audience.subscribers()
      const own = joinedTraffic([{ traffic: [...traffic.all()] }])
      return { hours: hours.all(), subscribers, traffic: own, replicas: null }
    },
    /** Hands over now what was counted, where there are several machines. */
    handOver: async (): Promise<void> => shared?.keep(),
    async close(): Promise<void> {
      isClosed = true
      clearTimeout(timer)
      write()
      await shared?.close()
    },
  }
}
