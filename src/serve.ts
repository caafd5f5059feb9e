/** The command `serve`: wires the parts and starts them. */
import { accessSync, constants, statSync } from 'node:fs'
import { createServer, type RequestListener } from 'node:http'
import { relative } from 'node:path'
import { type Config, ConfigError } from './config.ts'
import { createIntake } from './intake/intake.ts'

/** How long requests under way may take once we are told to stop. */
const patienceMs = 5000

/** @throws ConfigError when a setting names something that cannot be used */
export async function serve(config: Config): Promise<void> {
  checkFolder(config.articlesDir)
  // The intake's thread loads while this one loads the rest.
  const intake = createIntake(config)
  const parts = await import('./parts.ts')
  const log = parts.createLog(config.logLevel)
  let answer: RequestListener = (_request, response) => {
    response.writeHead(503, { 'Retry-After': '1', 'Content-Type': 'text/plain' })
    response.end('The articles are being read for the first time.\n')
  }
  const server = createServer((request, response) => answer(request, response))
  await listen(server, config)

  const catalogue = openCatalogue(parts, config)
  const channels = parts.createChannels(catalogue, config)
  const progress = parts.createProgress('Reading articles')
  const refresher = parts.createRefresher({ intake, catalogue, channels, log }, progress)
  const fingerprint = parts.fingerprintOf(config)
  const known = async () => {
    for await (const files of catalogue.knownFiles(fingerprint)) await intake.know(files)
  }
  const before = await catalogue.counts(Date.now())
  // After a restart the feeds are there at once, and the folder is looked through meanwhile.
  const isFirstStart = before.articles === 0
  const firstRefresh = known().then(() => refresher.refresh())
  if (isFirstStart) await firstRefresh
  // A fault in one document is that document's: the others are served, and it is told when asked for.
  await channels.prepare().catch((error) => log.error({ err: error }, 'a feed cannot be rendered'))
  answer = parts.createApp({ channels, catalogue, config, log, traffic: parts.createTraffic() })
  await firstRefresh

  const watch = config.watch
    ? parts.watchFolder(
        config.articlesDir,
        (paths) => void refresher.refresh(paths),
        ({ message }) =>
          log.warn(
            `cannot watch the articles folder: ${message}; it is looked through on schedule`,
          ),
      )
    : undefined
  async function stop(): Promise<void> {
    watch?.close()
    server.close()
    server.closeIdleConnections()
    setTimeout(() => server.closeAllConnections(), patienceMs).unref()
    await refresher.stop()
    await intake.close()
    await catalogue.close()
  }
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => void stop())

  const next = refresher.start(config.refreshCron, config.timeZone)
  const counts = await catalogue.counts(Date.now())
  process.stdout.write(summary(config, counts, next, parts.feedFormats))
}

function checkFolder(path: string): void {
  const isFolder = statSync(path, { throwIfNoEntry: false })?.isDirectory()
  if (!isFolder) {
    throw new ConfigError(
      `ARTICLES_DIR is ${path}; there is no such folder. Make it, or set ARTICLES_DIR.`,
    )
  }
  try {
    accessSync(path, constants.R_OK | constants.X_OK)
  } catch {
    throw new ConfigError(`ARTICLES_DIR is ${path}; it may not be read by this user.`)
  }
}

function openCatalogue(
  { openSqliteCatalogue, renderingOf }: typeof import('./parts.ts'),
  config: Config,
) {
  try {
    return openSqliteCatalogue(config, renderingOf(config))
  } catch (error) {
    throw new ConfigError(`DATA_DIR is ${config.dataDir}; ${(error as Error).message}.`)
  }
}

/** @throws ConfigError when the port cannot be had */
function listen(server: ReturnType<typeof createServer>, { port, host }: Config): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      const reasons: Record<string, string> = {
        EADDRINUSE: 'another program uses this port. Stop it, or set another PORT',
        EACCES: 'this user may not use this port. Set a PORT above 1023',
        EADDRNOTAVAIL: 'this machine has no such address. Set another HOST',
      }
      const reason = reasons[error.code ?? ''] ?? error.message
      reject(new ConfigError(`PORT is ${port} and HOST ${host}; ${reason}.`))
    })
    server.listen(port, host, resolve)
  })
}

function summary(
  config: Config,
  { articles, rejections }: { articles: number; rejections: number },
  next: Date | null,
  formats: readonly { name: string; fileName: string }[],
): string {
  const count = (number: number, thing: string) =>
    `${number.toLocaleString('en')} ${thing}${number === 1 ? '' : 's'}`
  const folder = relative(process.cwd(), config.articlesDir) || '.'
  const clock = next?.toLocaleTimeString('en-GB', { timeZone: config.timeZone })
  const hint = rejections > 0 ? ' ("newsstand check" says why)' : ''
  const feeds = formats.map(
    ({ name, fileName }) => `  ${name.padEnd(15)}${config.baseUrl}/${fileName}\n`,
  )
  return `Newsstand serves ${count(articles, 'article')} from ${folder}; ${count(rejections, 'file')} rejected${hint}.
${feeds.join('')}Next refresh at ${clock} ${config.timeZone}${config.watch ? ', or as soon as a file changes' : ''}.
`
}
