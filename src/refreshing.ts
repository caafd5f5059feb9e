/**
 * One site without who answers for it: what reads its folder and writes its catalogue, and all that there is once, however many
 * processes serve.
 */
import { folderToRead } from './articles-folder.ts'
import type { Catalogue } from './catalogue/catalogue.ts'
import { openSqliteCatalogue } from './catalogue/sqlite-catalogue.ts'
import type { Channels } from './channels/channels.ts'
import { renderingOf } from './channels/rendering.ts'
import { type Config, ConfigError } from './config.ts'
import { createDeliveries, type Deliveries } from './deliveries/deliveries.ts'
import { fingerprintOf } from './intake/fingerprint.ts'
import { createIntake } from './intake/intake.ts'
import type { News } from './intake/intake-worker.ts'
import type { Logger } from './log.ts'
import type { Pages } from './pages/pages.ts'
import type { Progress } from './progress.ts'
import { Refresher } from './refresh.ts'
import { createSearch, type Search } from './search/search.ts'
import { FittedPictures } from './server/fitted-pictures.ts'
import { type Changes, createServing } from './serving.ts'
import type { Condition } from './status/condition.ts'
import { createStatistics, type Statistics } from './status/statistics.ts'
import { createTraffic, type Traffic } from './status/traffic.ts'
import { createWatchdog } from './status/watchdog.ts'

/** Processes that serve as well, each with documents and pages of its own. */
export interface OtherServers {
  /** Tells of a refresh that was committed. Done when they have taken it in, or are not waited for any longer. */
  update(changes: Changes, refreshed: number): Promise<void>
  /** Tells that another catalogue is in the place of the former. */
  clear(): void
}

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
  const intake = createIntake(config)
  opening.defer(() => intake.close())
  const catalogue = await openCatalogue(config)
  opening.defer(() => catalogue.close())
  const newFolder = folderToRead(config.articlesDir, await catalogue.folder())
  const isFirstStart = (await catalogue.counts(Date.now())).articles === 0
  const search = createSearch(config, catalogue, (message) =>
    log.error(`the articles cannot be searched: ${message}`),
  )
  opening.defer(() => search.close())
  const serving = createServing(catalogue, search, config)
  const { channels, pages } = serving
  const fingerprint = fingerprintOf(config)
  const parts = { intake, catalogue, search, log, newFolder, fingerprint }
  const refresher = new Refresher({ ...parts, tellServers }, onProgress)
  opening.defer(() => refresher.stop())
  catalogue.onRepaired((what) => {
    log.error(what)
    serving.clear()
    others?.clear()
    void search
      .replaced()
      .catch(() => {})
      .then(() => refresher.refresh())
  })
  const deliveries = createDeliveries({ catalogue, channels, config, log, fingerprint })
  opening.defer(() => deliveries.close())
  refresher.onKept((report) => deliveries.changed(report))
  const traffic = createTraffic()
  const statistics = createStatistics(config.dataDir, traffic, refresher.history, log)
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

  async function tellServers(changes: Changes): Promise<void> {
    const told = others?.update(changes, await catalogue.lastRefresh())
    await serving.update(changes)
    await told
  }

  function tellNews({ paths, fault }: News): void {
    if (fault) {
      log.warn(
        `folders of articles cannot be watched: ${fault}; changes in them are noticed on schedule. ` +
          'If a limit of inotify was reached, raise fs.inotify.max_user_watches',
      )
    }
    if (paths.length > 0) void refresher.refresh(paths)
  }

  return {
    ...{ catalogue, channels, pages, search, pictures },
    ...{ refresher, traffic, statistics, condition, deliveries },
    started: new Date(),
    async open() {
      await condition.start()
      // Whoever has feeds already goes on with these.
      if (isFirstStart) await intake.ready()
      firstRefresh = isFirstStart ? refresher.refreshUntilDone() : refresher.refresh()
      if (isFirstStart || newFolder?.isOther) await firstRefresh
    },
    async keepUp() {
      await firstRefresh
      if (opened.disposed) return
      // What changed before anybody watched is told first.
      if (config.watch) intake.watch(tellNews)
      deliveries.start()
      statistics.start()
      // Later changes are left to the first who searches.
      if (isFirstStart) search.catchUp().catch(logFault('the search index cannot be made'))
      else catalogue.verify().catch(logFault('the catalogue cannot be checked'))
      refresher.timers.start(config.refreshCron, config.timeZone)
    },
    close: () => opened.disposeAsync(),
  }
}

/** @throws ConfigError where DATA_DIR cannot be used */
export async function openCatalogue(config: Config): Promise<Catalogue> {
  try {
    return await openSqliteCatalogue(config, renderingOf(config))
  } catch (error) {
    throw new ConfigError(`DATA_DIR is ${config.dataDir}; ${(error as Error).message}.`, {
      cause: error,
    })
  }
}
