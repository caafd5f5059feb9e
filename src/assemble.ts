/**
 * One site, put together from its parts: for the command line, for tests, and for whoever embeds it. It listens
 * nowhere, and leaves signals, exit codes and standard output to them.
 */
import type { Config } from './config.ts'
import type { Logger } from './log.ts'
import type { Progress } from './progress.ts'
import { createRefreshing, type Refreshing } from './refreshing.ts'
import { createApp } from './server/app.ts'
import type { Handler } from './server/plain-handler.ts'

export interface Site extends Refreshing {
  /** Answers requests for feeds, pages and media; from when `open` is done. */
  readonly app: Handler
}

/**
 * @param onProgress is told how far the reading of many files is
 * @throws ConfigError when a setting names something that cannot be used; nothing is left open then
 */
export async function assemble(config: Config, log: Logger, onProgress: Progress): Promise<Site> {
  await using opening = new AsyncDisposableStack()
  const refreshing = await createRefreshing(config, log, onProgress)
  opening.defer(() => refreshing.close())
  const { channels, pages, pictures, traffic, statistics, condition, deliveries } = refreshing
  const { audience } = statistics
  const served = { channels, pages, pictures, traffic, audience, condition }
  const hub = config.hubs.isOwn && { hub: deliveries.request }
  const app = await createApp({ ...served, ...hub, config, log })
  const opened = opening.move()
  return {
    ...refreshing,
    app,
    async open() {
      await refreshing.open()
      // A fault in one document is that document's: the others are served, and it is told when asked for.
      await channels.prepare().catch((error) => {
        if (!opened.disposed) log.error({ err: error }, 'a feed cannot be rendered')
      })
    },
    close: () => opened.disposeAsync(),
  }
}
