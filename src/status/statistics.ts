/** What is known of readers and refreshes, kept in DATA_DIR/statistics.json over restarts. */
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { stat } from 'node:fs/promises'
import { join } from 'node:path'
import { explain } from '../catalogue/damage.ts'
import type { Logger } from '../log.ts'
import type { RefreshHistory } from '../refresh/history.ts'
import { type AudienceState, createAudience } from './audience.ts'
import { createHours, type Hour } from './hours.ts'
import type { Traffic } from './traffic.ts'

export type Statistics = ReturnType<typeof createStatistics>

interface State {
  readonly version: number
  readonly hours: readonly Hour[]
  readonly audience: AudienceState
  readonly refreshes: RefreshHistory['recent']
}

/** Raised whenever the file has another form; one of another form is left aside. */
const version = 1
const everyMs = 60_000

/** @param history is given the refreshes of before the restart */
export function createStatistics(
  dataDir: string,
  traffic: Traffic,
  history: RefreshHistory,
  log: Logger,
) {
  const path = join(dataDir, 'statistics.json')
  const audience = createAudience()
  const hours = createHours(traffic)
  let timer: NodeJS.Timeout | undefined
  let isClosed = false
  let written = ''
  let lastFault = ''

  try {
    const state = JSON.parse(readFileSync(path, 'utf8')) as State
    if (state.version === version) {
      hours.restore(state.hours)
      audience.restore(state.audience)
      history.recent.push(...state.refreshes)
    }
  } catch (error) {
    // At the first start there is none.
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') {
      log.warn(`${path} cannot be read: ${(error as Error).message}; statistics begin anew`)
    }
  }

  /** Written beside and put in its place: a crash leaves the old one or the new one. */
  function write(): void {
    hours.tick()
    const refreshes = history.recent
    const state: State = { version, hours: hours.all(), audience: audience.state(), refreshes }
    const text = JSON.stringify(state)
    if (text === written && existsSync(path)) return
    try {
      writeFileSync(`${path}.new`, text)
      renameSync(`${path}.new`, path)
      written = text
      lastFault = ''
    } catch (error) {
      const message = explain(error, dataDir)
      if (message !== lastFault) log.warn(`statistics cannot be kept: ${message}`)
      lastFault = message
    }
  }

  /** Writing is done by the thread that answers: where DATA_DIR hangs, this waits in its place. */
  async function keep(): Promise<void> {
    hours.tick()
    await stat(dataDir).catch(() => {})
    if (isClosed) return
    write()
    start()
  }

  function start(): void {
    timer = setTimeout(() => void keep(), everyMs).unref()
  }

  return {
    audience,
    hours,
    /** Starts counting and writing. */
    start,
    async close(): Promise<void> {
      isClosed = true
      clearTimeout(timer)
      write()
    },
  }
}
