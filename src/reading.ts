/** What reads a folder of articles, and keeps what it finds: the same for who serves it and for who writes it as files. */
import { folderToRead, type NewFolder } from './articles-folder.ts'
import type { Catalogue, Changes } from './catalogue/catalogue.ts'
import { openSharedCatalogue, openSqliteCatalogue } from './catalogue/sqlite-catalogue.ts'
import { renderingOf, renderingVersion } from './channels/rendering.ts'
import { type Config, ConfigError } from './config.ts'
import { fingerprintOf, intakeVersion } from './intake/fingerprint.ts'
import { createIntake } from './intake/intake.ts'
import type { News } from './intake/intake-worker.ts'
import type { Logger } from './log.ts'
import type { Progress } from './progress.ts'
import { goOnOrBeginAnew } from './refresh/begun.ts'
import { Refresher } from './refresh.ts'
import { createSearch, type Search } from './search/search.ts'
import { createServing, type Serving } from './serving.ts'
import { siteSettings } from './site-settings.ts'

/** Processes that serve as well, each with documents and pages of its own. */
export interface OtherServers {
  /** Tells of a refresh that was committed. Done when they have taken it in, or are not waited for any longer. */
  update(changes: Changes, refreshed: number): Promise<void>
  /** Tells that another catalogue is in the place of the former. */
  clear(): void
}

export interface Reading {
  readonly catalogue: Catalogue
  readonly search: Search
  readonly serving: Serving
  readonly refresher: Refresher
  /** By which files are known that were read with other settings. */
  readonly fingerprint: string
  readonly newFolder: NewFolder | undefined
  /** Whether there is nothing to serve yet. */
  readonly isFirstStart: boolean
  /** Done when the thread that reads has loaded. @throws LoadError when it cannot */
  ready(): Promise<void>
  /** Of several machines, tells whether it is this one that refreshes from now on. */
  onLead(tell: (isOurs: boolean) => void): void
  /** Notices from now on what changes, as the settings say. */
  keepUp(): void
}

/**
 * @param onProgress is told how far the reading of many files is
 * @param opened closes what is opened here
 * @throws ConfigError when a setting names something that cannot be used
 */
export async function openReading(
  config: Config,
  log: Logger,
  onProgress: Progress,
  opened: AsyncDisposableStack,
  others?: OtherServers,
): Promise<Reading> {
  const intake = createIntake(config)
  opened.defer(() => intake.close())
  const catalogue = await openCatalogue(config)
  opened.defer(() => catalogue.close())
  const newFolder = folderToRead(config.articlesDir, await catalogue.folder())
  const filledBy = await goOnOrBeginAnew(catalogue, config, newFolder, log)
  const search = createSearch(config, catalogue, (message) =>
    log.error(`the articles cannot be searched: ${message}`),
  )
  opened.defer(() => search.close())
  const serving = createServing(catalogue, search, config)
  const fingerprint = fingerprintOf(config)
  const parts = { intake, catalogue, search, log, newFolder, fingerprint, filledBy }
  const refresher = new Refresher({ ...parts, tellServers }, onProgress)
  opened.defer(() => refresher.stop())
  catalogue.onRepaired((what) => {
    log.error(what)
    replaced()
  })

  function replaced(): void {
    serving.clear()
    others?.clear()
    void search
      .replaced()
      .catch(() => {})
      .then(() => refresher.refresh())
  }

  const turns = new Set<(isOurs: boolean) => void>()
  catalogue.sharing?.tell({
    leadChanged(isOurs) {
      if (isOurs) log.info('this machine refreshes from now on')
      if (isOurs) refresher.takeLead()
      for (const tell of turns) tell(isOurs)
    },
    async followed(told) {
      search.changed()
      if (told.every((one) => one !== undefined)) await tellServers(joined(told))
      else {
        serving.clear()
        others?.clear()
      }
    },
    copied: replaced,
    asked: (what, path) => refresher.answer(what, path),
    told: (what, isWrong) => (isWrong ? log.error(what) : log.info(what)),
  })

  await refresher.catchUp()
  const isFilled = (await catalogue.lastRefresh()) > 0
  const isFirstStart = !isFilled || (await catalogue.counts()).articles === 0

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
    if (paths.length > 0 && catalogue.sharing?.leads !== false) void refresher.refresh(paths)
  }

  return {
    ...{ catalogue, search, serving, refresher, fingerprint, newFolder, isFirstStart },
    ready: () => intake.ready(),
    onLead: (tell) => void turns.add(tell),
    keepUp() {
      if (config.watch) intake.watch(tellNews)
      refresher.timers.start(config.refreshCron, config.timeZone)
    },
  }
}

const joined = (told: readonly Changes[]): Changes => ({
  channels: told.flatMap(({ channels }) => channels),
  articles: [...new Set(told.flatMap(({ articles }) => articles))],
  isNewsOther: told.some(({ isNewsOther }) => isNewsOther),
})

/** What machines that share a catalogue compare: this program, and the settings that it has. */
export const madeBy = (config: Config) => ({
  intake: intakeVersion,
  rendering: renderingVersion,
  settings: siteSettings(config),
})

/** @throws ConfigError where DATA_DIR cannot be used */
async function openCatalogue(config: Config): Promise<Catalogue> {
  try {
    const { databaseUrl } = config
    if (databaseUrl === undefined) return await openSqliteCatalogue(config, renderingOf(config))
    return await openSharedCatalogue(config, databaseUrl, renderingOf(config), madeBy(config))
  } catch (error) {
    throw new ConfigError(`DATA_DIR is ${config.dataDir}; ${(error as Error).message}.`, {
      cause: error,
    })
  }
}
