/**
 * One site without who answers for it: what reads its folder and writes its catalogue, and all that there is once, however many
 * processes serve.
 */
import type { Catalogue } from './catalogue/catalogue.ts'
import type { Channels } from './channels/channels.ts'
import type { Config } from './config.ts'
import { createDeliveries, type Deliveries } from './deliveries/deliveries.ts'
import type { Logger } from './log.ts'
import type { Pages } from './pages/pages.ts'
import type { Progress } from './progress.ts'
import { type OtherServers, openReading } from './reading.ts'
import type { Refresher } from './refresh.ts'
import type { Search } from './search/search.ts'
import { FittedPictures } from './server/fitted-pictures.ts'
import type { Condition } from './status/condition.ts'
import { openStatistics, type Statistics } from './status/statistics.ts'
import { createTraffic, type Traffic } from './status/traffic.ts'
import { createWatchdog } from './status/watchdog.ts'

export interface Refreshing {
  readonly catalogue: Catalogue
  readonly channels: Channels
  readonly pages: Pages
  readonly search: Search
  readonly pictures: FittedPictures
  readonly refresher: Refresher
  readonly traffic: Traffic
  readonly statistics: Statistics
  readonly condition: Condition
  readonly deliveries: Deliveries
  readonly started: Date
  /**
   * Begins the first refresh. Done when there is something to serve: after a restart at once, else when the
   * folder was read.
   * @throws LoadError when it cannot be
   */
  open(): Promise<void>
  /** Waits for that refresh, and from then on notices what changes, and counts. */
  keepUp(): Promise<void>
  /** Closes what was opened, the last first. */
  close(): Promise<void>
}

/**
 * @param onProgress is told how far the reading of many files is
 * @throws ConfigError when a setting names something that cannot be used; nothing is left open then
 */
export async function createRefreshing(
  config: Config,
  log: Logger,
  onProgress: Progress,
  others?: OtherServers,
): Promise<Refreshing> {
  await using opening = new AsyncDisposableStack()
  const reading = await openReading(config, log, onProgress, opening, others)
  const { catalogue, search, serving, refresher, fingerprint, newFolder, isFirstStart } = reading
  const { channels, pages } = serving
  const deliveries = createDeliveries({ catalogue, channels, config, log, fingerprint })
  opening.defer(() => deliveries.close())
  if (refresher.leads() === false) deliveries.setLooking(false)
  reading.onLead((isOurs) => deliveries.setLooking(isOurs))
  refresher.onKept((report) => deliveries.changed(report))
  const traffic = createTraffic()
  const statistics = await openStatistics(config, traffic, refresher.history, log)
  opening.defer(() => statistics.close())
  const condition = createWatchdog({ catalogue, refresher, log }, config.dataDir, !isFirstStart)
  opening.defer(() => condition.stop())
  const pictures = new FittedPictures(config, log)
  opening.defer(() => pictures.close())
  let firstRefresh: Promise<void> | undefined
  const opened = opening.move()

  /** Of work that goes on behind, and ends with an error as well when everything is closed. */
  const logFault = (what: string) => (error: Error) => {
    if (!opened.disposed) log.error(`${what}: ${error.message}`)
  }

  return {
    ...{ catalogue, channels, pages, search, pictures },
    ...{ refresher, traffic, statistics, condition, deliveries },
    started: new Date(),
    async open() {
      await condition.start()
      // Whoever has feeds already goes on with these.
      if (isFirstStart) await reading.ready()
      firstRefresh = isFirstStart ? refresher.refreshUntilDone() : refresher.refresh()
      if (isFirstStart || newFolder?.isOther) await firstRefresh
    },
    async keepUp() {
      await firstRefresh
      if (opened.disposed) return
      // What changed before anybody watched is told first.
      reading.keepUp()
      deliveries.start()
      statistics.start()
      // Later changes are left to the first who searches.
      if (isFirstStart) search.catchUp().catch(logFault('the search index cannot be made'))
      else catalogue.verify().catch(logFault('the catalogue cannot be checked'))
    },
    close: () => opened.disposeAsync(),
  }
}
