/**
 * One site, put together from its parts: for the command line, for tests, and for whoever embeds it. It listens
 * nowhere, and leaves signals, exit codes and standard output to them.
 */
import { folderToRead } from './articles-folder.ts'
import type { Catalogue } from './catalogue/catalogue.ts'
import { openSqliteCatalogue } from './catalogue/sqlite-catalogue.ts'
import { type Channels, createChannels } from './channels/channels.ts'
import { renderingOf } from './channels/rendering.ts'
import { createSelection } from './channels/selection.ts'
import { type Config, ConfigError } from './config.ts'
import { createDeliveries, type Deliveries } from './deliveries/deliveries.ts'
import { fingerprintOf } from './intake/fingerprint.ts'
import { createIntake } from './intake/intake.ts'
import type { News } from './intake/intake-worker.ts'
import type { Logger } from './log.ts'
import { createPages } from './pages/pages.ts'
import type { Progress } from './progress.ts'
import { Refresher } from './refresh.ts'
import { createSearch } from './search/search.ts'
import { createApp } from './server/app.ts'
import { FittedPictures } from './server/fitted-pictures.ts'
import type { Handler } from './server/plain-handler.ts'
import type { Condition } from './status/condition.ts'
import { createStatistics, type Statistics } from './status/statistics.ts'
import { createTraffic, type Traffic } from './status/traffic.ts'
import { createWatchdog } from './status/watchdog.ts'

export interface Site {
  readonly catalogue: Catalogue
  readonly channels: Channels
  readonly refresher: Refresher
  readonly traffic: Traffic
  readonly statistics: Statistics
  readonly condition: Condition
  readonly deliveries: Deliveries
  readonly started: Date
  /** Answers requests for feeds, pages and media; from when `open` is done. */
  readonly app: Handler
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
export async function assemble(config: Config, log: Logger, onProgress: Progress): Promise<Site> {
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
  const selection = createSelection(catalogue, search, config)
  const channels = createChannels(catalogue, selection, config)
  const pages = createPages(catalogue, selection, config)
  const fingerprint = fingerprintOf(config)
  const refresher = new Refresher(
    { ...{ intake, catalogue, channels, pages, search, log, newFolder }, fingerprint },
    onProgress,
  )
  opening.defer(() => refresher.stop())
  catalogue.onRepaired((what) => {
    log.error(what)
    channels.clear()
    pages.clear()
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
  const { audience } = statistics
  const pictures = new FittedPictures(config, log)
  opening.defer(() => pictures.close())
  const served = { channels, pages, pictures, traffic, audience, condition }
  const hub = config.hubs.isOwn && { hub: deliveries.request }
  const app = await createApp({ ...served, ...hub, config, log })
  let firstRefresh: Promise<void> | undefined
  const opened = opening.move()

  /** Of work that goes on behind, and ends with an error as well when everything is closed. */
  const logFault = (what: string) => (error: Error) => {
    if (!opened.disposed) log.error(`${what}: ${error.message}`)
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
    ...{ catalogue, channels, refresher, traffic, statistics, condition, deliveries, app },
    started: new Date(),
    async open() {
      await condition.start()
      // Whoever has feeds already goes on with these.
      if (isFirstStart) await intake.ready()
      firstRefresh = isFirstStart ? refresher.refreshUntilDone() : refresher.refresh()
      if (isFirstStart || newFolder?.isOther) await firstRefresh
      // A fault in one document is that document's: the others are served, and it is told when asked for.
      await channels.prepare().catch((error) => {
        if (!opened.disposed) log.error({ err: error }, 'a feed cannot be rendered')
      })
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

async function openCatalogue(config: Config): Promise<Catalogue> {
  try {
    return await openSqliteCatalogue(config, renderingOf(config))
  } catch (error) {
    throw new ConfigError(`DATA_DIR is ${config.dataDir}; ${(error as Error).message}.`)
  }
}
