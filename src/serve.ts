/** The command `serve`: listens, and serves one site until it is told to stop. */
import { once } from 'node:events'
import type { RequestListener, Server } from 'node:http'
import { announce, announceIds } from './announce.ts'
import { checkFirstFolder, whereArticlesAre } from './articles-folder.ts'
import { assemble, type Site } from './assemble.ts'
import type { Config } from './config.ts'
import { borrowedName } from './intake/borrowed-name.ts'
import { createLog, type Logger } from './log.ts'
import { basePath } from './pages/renderer.ts'
import { createProgress } from './progress.ts'
import { belowBase } from './server/base-path.ts'
import { answerHealth } from './server/health.ts'
import { closeServer, listen } from './server/listener.ts'
import type { Condition } from './status/condition.ts'

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
  let answer: RequestListener = answerStarting(config)
  const servers = [
    await listen((request, response) => answer(request, response), {
      port: config.port,
      host: config.host,
      names: ['PORT', 'HOST'],
      onFault: (message) => log.error(message),
    }),
  ]

  async function start({ app, catalogue, refresher, open, keepUp }: Site): Promise<void> {
    await open()
    answer = app
    await keepUp()
    if (stop.aborted) return
    const counts = await catalogue.counts(Date.now())
    const borrowed = borrowedName(config)
    if (borrowed) log.warn(borrowed)
    announceIds(log, config.namespace, catalogue.namespace)
    announce(log, config, counts, refresher.timers.next())
  }

  let site: Site | undefined
  try {
    const progress = createProgress('Reading articles', (line) => log.info(line))
    site = await assemble(config, log, progress)
    if (config.adminPort !== 0) servers.push(await listenToAdmin(site, config, log))
    await Promise.race([start(site), stopped])
    await stopped
  } finally {
    await Promise.all(servers.map(closeServer))
    await site?.close()
  }
}

/** What is answered before there is anything to serve. */
function answerStarting(config: Config): RequestListener {
  const reason = 'The articles are being read for the first time.'
  const condition: Condition = { unready: () => reason, degraded: () => [] }
  const base = basePath(config)
  return (request, response) => {
    request.url = belowBase(request.url ?? '', base) ?? request.url
    if (answerHealth(request, response, condition)) return
    response.writeHead(503, { 'Retry-After': '1', 'Content-Type': 'text/plain' })
    response.end(`${reason}\n`)
  }
}

function listenToAdmin(site: Site, config: Config, log: Logger): Promise<Server> {
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
