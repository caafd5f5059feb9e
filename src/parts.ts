/** The parts that `serve` wires. Loaded as one, after the intake's thread was started. */
import { hash } from 'node:crypto'
import type { Config } from './config.ts'

export { announce, announceIds } from './announce.ts'
export { openSqliteCatalogue } from './catalogue/sqlite-catalogue.ts'
export { createChannels } from './channels/channels.ts'
export { createLog } from './log.ts'
export { createPages } from './pages/pages.ts'
export { createProgress } from './progress.ts'
export { createRefresher } from './refresh.ts'
export { createSearch } from './search/search.ts'
export { createApp } from './server/app.ts'
export { answerHealth } from './server/health.ts'
export { closeServer, listen } from './server/listener.ts'
export { createStatistics } from './status/statistics.ts'
export { createTraffic } from './status/traffic.ts'
export { createWatchdog } from './status/watchdog.ts'

/** Raised whenever the same file would be read otherwise than before. */
const intakeVersion = 4

/** What reading depends on besides the files: when it changes, all files are read again. */
export function fingerprintOf({ language, timeZone, publisher, topics }: Config): string {
  return hash('sha256', JSON.stringify([intakeVersion, language, timeZone, publisher, topics]))
}

/** Raised whenever the same articles would be rendered otherwise than before. */
const renderingVersion = 5

/** What documents depend on besides their articles. */
export function renderingOf(config: Config): string {
  const { baseUrl, feedItems, publisher, language, timeZone, refreshCron } = config
  return hash(
    'sha256',
    JSON.stringify([
      ...[renderingVersion, baseUrl, feedItems, publisher],
      ...[language, timeZone, refreshCron],
    ]),
  )
}
