/** The command `serve`: wires the parts and starts them. */
import { existsSync } from 'node:fs'
import type { RequestListener, Server } from 'node:http'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { announce, announceIds } from './announce.ts'
import { checkFolder, folderToRead } from './articles-folder.ts'
import type { Catalogue } from './catalogue/catalogue.ts'
import { openSqliteCatalogue } from './catalogue/sqlite-catalogue.ts'
import { createChannels } from './channels/channels.ts'
import { renderingOf } from './channels/rendering.ts'
import { type Config, ConfigError } from './config.ts'
import { fingerprintOf } from './intake/fingerprint.ts'
import { createIntake } from './intake/intake.ts'
import { createLog, type Logger } from './log.ts'
import { createPages } from './pages/pages.ts'
import { createProgress } from './progress.ts'
import { createRefresher, type Refresher } from './refresh.ts'
import { createSearch } from './search/search.ts'
import { createApp } from './server/app.ts'
import { answerHealth } from './server/health.ts'
import { closeServer, listen } from './server/listener.ts'
import type { Condition } from './status/condition.ts'
import { createStatistics, type Statistics } from './status/statistics.ts'
import { createTraffic, type Traffic } from './status/traffic.ts'
import { createWatchdog } from './status/watchdog.ts'

/** However stuck something is, the process has ended by then. */
const longestStopMs = 9500
/** How soon a first refresh that failed is tried again. */
const tryAgainMs = 2000
/** How long a first start waits for files that are being written, and how often it looks. */
const longestWaitMs = 10_000
const waitStepMs = 50

/** @throws ConfigError when a setting names something that cannot be used */
export async function serve(config: Config): Promise<void> {
  // Whoever has read articles before serves these while the folder is away.
  if (!existsSync(join(config.dataDir, 'catalogue.sqlite'))) checkFolder(config.articlesDir)
  const stopping = stopOnSignals()
  try {
    await start(config, stopping)
  } catch (error) {
    // A process that exits while a thread of it is starting can crash on the way.
    await stopping.close()
    throw error
  }
}

async function start(config: Config, stopping: Stopping): Promise<void> {
  const intake = createIntake(config)
  stopping.push(() => intake.close())
  const log = createLog(config)
  for (const hint of config.hints) log.warn(hint)
  let answer: RequestListener = startingUp()
  const { port, host } = config
  const server = await listen((request, response) => answer(request, response), {
    port,
    host,
    names: ['PORT', 'HOST'],
    onFault: (message) => log.error(message),
  })
  const catalogue = await openCatalogue(config)
  stopping.push(() => catalogue.close())
  const newFolder = folderToRead(config.articlesDir, await catalogue.folder())
  const search = createSearch(config, (message) =>
    log.error(`the articles cannot be searched: ${message}`),
  )
  stopping.push(() => search.close())
  const channels = createChannels(catalogue, search, config)
  const pages = createPages(catalogue, search, config)
  const progress = createProgress('Reading articles', (line) => log.info(line))
  const fingerprint = fingerprintOf(config)
  const refresher = createRefresher(
    { intake, catalogue, channels, pages, search, log, fingerprint, newFolder },
    progress,
  )
  catalogue.onRepaired((what) => {
    log.error(what)
    channels.clear()
    pages.clear()
    void search
      .replaced()
      .catch(() => {})
      .then(() => refresher.refresh())
  })
  stopping.push(() => refresher.stop())
  const traffic = createTraffic()
  const statistics = createStatistics(config.dataDir, traffic, refresher.history, log)
  stopping.push(() => statistics.close())
  const before = await catalogue.counts(Date.now())
  const isFirstStart = before.articles === 0
  const condition = createWatchdog(
    { catalogue, refresher, log },
    config.dataDir,
    () => !isFirstStart,
  )
  stopping.push(async () => condition.stop())
  await condition.start()
  const admin = await startAdmin(
    { catalogue, traffic, statistics, refresher, condition, log },
    config,
  )
  stopping.push(async () => {
    await Promise.all([server, ...admin].map(closeServer))
  })

  // After a restart the feeds are there at once, and the folder is looked through meanwhile.
  const firstRefresh = isFirstStart ? refreshUntilDone(refresher, stopping) : refresher.refresh()
  if (isFirstStart || newFolder?.isOther) await firstRefresh
  if (stopping.isStopping) return
  // A fault in one document is that document's: the others are served, and it is told when asked for.
  await channels.prepare().catch((error) => {
    if (!stopping.isStopping) log.error({ err: error }, 'a feed cannot be rendered')
  })
  const { audience } = statistics
  answer = createApp({ channels, pages, config, log, traffic, audience, condition })
  await firstRefresh
  if (stopping.isStopping) return

  if (config.watch) {
    // What changed before anybody watched is told first.
    intake.watch(({ paths, fault }) => {
      if (fault) {
        log.warn(
          `folders of articles cannot be watched: ${fault}; changes in them are noticed on schedule. ` +
            'If a limit of inotify was reached, raise fs.inotify.max_user_watches',
        )
      }
      if (paths.length > 0) void refresher.refresh(paths)
    })
  }
  statistics.start()
  if (!isFirstStart) {
    catalogue.verify().catch((error) => {
      if (!stopping.isStopping) log.error(`the catalogue cannot be checked: ${error.message}`)
    })
  }
  // Later changes are left to the first who searches.
  if (isFirstStart) {
    search.catchUp().catch((error) => {
      if (!stopping.isStopping) log.error(`the search index cannot be made: ${error.message}`)
    })
  }
  const next = refresher.start(config.refreshCron, config.timeZone)
  const counts = await catalogue.counts(Date.now())
  announceIds(log, config.namespace, catalogue.namespace)
  announce(log, config, counts, next)
}

interface Stopping {
  isStopping: boolean
  /** Adds what has to be done at the end; what was opened last is closed first. */
  push(close: () => Promise<void>): void
  close(): Promise<void>
}

/** Closes everything in good order when we are told to stop, and lets the process end with 0. */
function stopOnSignals(): Stopping {
  const closers: (() => Promise<void>)[] = []
  const stopping: Stopping = {
    isStopping: false,
    push: (close) => closers.push(close),
    async close() {
      stopping.isStopping = true
      for (const close of closers.reverse()) await close()
    },
  }
  async function stop(): Promise<void> {
    if (stopping.isStopping) return
    // What hangs in the system holds up an orderly exit as well.
    setTimeout(() => process.kill(process.pid, 'SIGKILL'), longestStopMs).unref()
    await stopping.close()
  }
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => void stop())
  // Whoever has no terminal does not end with one: nohup, and services that are told to reload.
  process.on('SIGHUP', () => {
    if (process.stdin.isTTY || process.stdout.isTTY) void stop()
  })
  return stopping
}

/**
 * Before a first refresh has gone through there are no feeds: empty ones would say that there is no article.
 * Files that were copied just now, and may still be written, are waited for as well.
 */
async function refreshUntilDone(refresher: Refresher, stopping: Stopping): Promise<void> {
  await refresher.refresh()
  const end = performance.now() + longestWaitMs
  while (!stopping.isStopping) {
    if (!refresher.hasRefreshed()) {
      await sleep(tryAgainMs)
      await refresher.refresh()
    } else if (refresher.isWaiting() && performance.now() < end) await sleep(waitStepMs)
    else return
  }
}

/** What is answered before there is anything to serve. */
function startingUp(): RequestListener {
  const reason = 'The articles are being read for the first time.'
  const condition: Condition = { unready: () => reason, degraded: () => [] }
  return (request, response) => {
    if (answerHealth(request, response, condition)) return
    response.writeHead(503, { 'Retry-After': '1', 'Content-Type': 'text/plain' })
    response.end(`${reason}\n`)
  }
}

async function startAdmin(
  parts: {
    catalogue: Catalogue
    traffic: Traffic
    statistics: Statistics
    refresher: Refresher
    condition: Condition
    log: Logger
  },
  config: Config,
): Promise<Server[]> {
  const { adminPort, adminHost } = config
  if (adminPort === 0) return []
  const { refresher, log, ...rest } = parts
  // Loaded when it is first asked for: a feed's first answer comes before.
  let admin: Promise<RequestListener> | undefined
  const load = async () => {
    const { createAdmin } = await import('./server/admin.ts')
    const { history, next, loss, believeLoss } = refresher
    const refresh = () => refresher.refresh()
    return createAdmin({ ...rest, config, history, next, loss, believeLoss, refresh })
  }
  const server = await listen(
    async (request, response) => {
      admin ??= load()
      try {
        const answer = await admin
        answer(request, response)
      } catch (error) {
        admin = undefined
        log.error({ err: error }, 'the status page cannot be loaded')
        response.writeHead(500, { 'Content-Type': 'text/plain' }).end('See the log.\n')
      }
    },
    {
      port: adminPort,
      host: adminHost,
      names: ['ADMIN_PORT', 'ADMIN_HOST'],
      onFault: (message) => log.error(message),
    },
  )
  return [server]
}

async function openCatalogue(config: Config) {
  try {
    return await openSqliteCatalogue(config, renderingOf(config))
  } catch (error) {
    throw new ConfigError(`DATA_DIR is ${config.dataDir}; ${(error as Error).message}.`)
  }
}
