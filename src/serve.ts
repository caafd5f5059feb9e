/** The command `serve`: listens, and serves one site until it is told to stop. */
import { once } from 'node:events'
import type { RequestListener, Server } from 'node:http'
import type { Front } from './alone.ts'
import { announce, announceIds } from './announce.ts'
import { checkFirstFolder, whereArticlesAre } from './articles-folder.ts'
import type { Config } from './config.ts'
import { borrowedName } from './intake/borrowed-name.ts'
import { createLog, type Logger } from './log.ts'
import { createProgress } from './progress.ts'
import type { Refreshing } from './refreshing.ts'
import { closeServer, listen } from './server/listener.ts'
import type { StatusParts } from './status/figures.ts'

/**
 * @param stop aborted when all has to be closed
 * @throws ConfigError when a setting names something that cannot be used
 */
export async function serve(config: Config, stop: AbortSignal): Promise<void> {
  if (stop.aborted) return
  checkFirstFolder(config, whereArticlesAre())
  const stopped = once(stop, 'abort')
  const log = createLog(config)
  for (const hint of config.hints) log.warn(hint)
  let front: Front
  try {
    front = await listenTo(config, log, stop)
  } catch (error) {
    if (stop.aborted) return
    throw error
  }
  let admin: Server | undefined

  async function start({ catalogue, refresher, open, keepUp }: Refreshing): Promise<void> {
    await open()
    if (stop.aborted) return
    await front.open()
    await keepUp()
    if (stop.aborted) return
    const counts = await catalogue.counts()
    const borrowed = borrowedName(config)
    if (borrowed) log.warn(borrowed)
    announceIds(log, config.namespace, catalogue.namespace)
    announce(log, config, counts, refresher.timers.next())
  }

  let site: Refreshing | undefined
  try {
    const progress = createProgress('Reading articles', (line) => log.info(line))
    site = await front.assemble(progress)
    if (config.adminPort !== 0) admin = await listenToAdmin(site, config, log)
    await Promise.race([start(site), stopped])
    await stopped
  } finally {
    await Promise.all([front.close(), admin && closeServer(admin)])
    await site?.close()
  }
}

/** @throws ConfigError when the port cannot be had; anything when it is stopped */
async function listenTo(config: Config, log: Logger, stop: AbortSignal): Promise<Front> {
  if (config.workers > 1) {
    return (await import('./workers/pool.ts')).listenTogether(config, log, stop)
  }
  return (await import('./alone.ts')).listenAlone(config, log)
}

function listenToAdmin(site: StatusParts, config: Config, log: Logger): Promise<Server> {
  // Loaded when it is first asked for: a feed's first answer comes before.
  let admin: Promise<RequestListener> | undefined
  const load = async () => {
    const { createAdmin } = await import('./server/admin.ts')
    const { createChecker } = await import('./check/checker.ts')
    return createAdmin(site, config, createChecker(config), log)
  }
  return listen(
    async (request, response) => {
      admin ??= load()
      try {
        const answer = await admin
        await site.collect?.()
        answer(request, response)
      } catch (error) {
        admin = undefined
        log.error({ err: error }, 'the status page cannot be loaded')
        response.writeHead(500, { 'Content-Type': 'text/plain' }).end('See the log.\n')
      }
    },
    {
      port: config.adminPort,
      host: config.adminHost,
      names: ['ADMIN_PORT', 'ADMIN_HOST'],
      onFault: (message) => log.error(message),
    },
  )
}
