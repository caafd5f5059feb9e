/** What a worker serves: a reader of the catalogue with documents and pages of its own. All else it asks for. */
import type { RequestListener } from 'node:http'
import type { Changes } from '../catalogue/catalogue.ts'
import { type FollowingReader, openSqliteReader } from '../catalogue/sqlite-reader.ts'
import type { Config } from '../config.ts'
import type { HubAnswer } from '../deliveries/hub.ts'
import type { Logger } from '../log.ts'
import type { Found, Query } from '../search/query.ts'
import { isSearchUnavailable, SearchUnavailable } from '../search/search.ts'
import { createApp } from '../server/app.ts'
import { type Fitted, type PicturesToAsk, pictureFolder } from '../server/fitted-pictures.ts'
import { createServing } from '../serving.ts'
import { createAudience } from '../status/audience.ts'
import { createTraffic } from '../status/traffic.ts'
import type { Downloads, Report, Told } from './messages.ts'
import { shareDownloads } from './shared-downloads.ts'
import { createToldCondition } from './told-condition.ts'

type Ask = (method: string, ...args: unknown[]) => Promise<unknown>

export type Served = ReturnType<typeof serveBeside>

/** @param ask asks the process that refreshes */
export function serveBeside(ask: Ask, config: Config) {
  const log = logOf(ask)
  const traffic = createTraffic()
  const audience = createAudience()
  const condition = createToldCondition()
  const guard = shareDownloads(config.downloadsPerHour, (downloads) => ask('downloaded', downloads))
  let opened: { catalogue: FollowingReader; serving: ReturnType<typeof createServing> } | undefined
  let reportedAt = 0

  function take({ salt, ...told }: Told): void {
    condition.take(told)
    // What was hashed otherwise, in the moment after midnight, is not counted.
    if (audience.saltOfToday().salt === salt.salt) return
    audience.restore({ ...salt, today: {}, yesterday: {}, stated: {} })
  }

  function report(): Report {
    const tallies = traffic.take()
    const { user, system } = process.cpuUsage()
    const before = reportedAt
    reportedAt = Date.now()
    return {
      tallies,
      audience: tallies.length > 0 ? audienceSince(before) : undefined,
      cpuSeconds: (user + system) / 1e6,
      memory: process.memoryUsage.rss(),
    }
  }

  /** @param time ms since 1970 */
  function audienceSince(time: number) {
    const state = audience.state()
    const stated = Object.entries(state.stated).filter(([, [, at]]) => at >= time)
    return { ...state, yesterday: {}, stated: Object.fromEntries(stated) }
  }

  return {
    take,
    report,
    /** @returns answers readers. @throws Error when the catalogue cannot be read */
    async open(told: Told): Promise<RequestListener> {
      take(told)
      const catalogue = await openSqliteReader(config, ({ message }, id) =>
        ask('repair', message, id),
      )
      const serving = createServing(catalogue, { find: finder(ask) }, config)
      opened = { catalogue, serving }
      const { channels, pages } = serving
      const served = { channels, pages, pictures: picturesOf(ask, config), traffic, audience }
      const hub = config.hubs.isOwn && {
        hub: (form: URLSearchParams, from: string) =>
          ask('hub', String(form), from) as Promise<HubAnswer>,
      }
      const app = await createApp({
        ...served,
        ...hub,
        ...(guard && { guard }),
        condition,
        config,
        log,
      })
      // Whoever asks meanwhile waits for the same: one that takes another's place listens the sooner.
      channels.prepare().catch((error) => {
        log.error({ err: error }, 'a feed cannot be rendered')
      })
      return (request, response) => app(request, response)
    },
    /** Takes in what a refresh has changed. @param refreshed see FollowingReader */
    async update(changes: Changes, refreshed: number): Promise<void> {
      if (!opened) return
      await opened.catalogue.follow(refreshed)
      await opened.serving.update(changes)
    },
    /** Another catalogue is in the place of the former. */
    async clear(): Promise<void> {
      await opened?.catalogue.follow()
      opened?.serving.clear()
    },
    downloaded: (downloads: Downloads): void => guard?.take(downloads),
  }
}

function logOf(ask: Ask): Logger {
  const tell =
    (level: keyof Logger) =>
    (...args: readonly unknown[]): void => {
      // Nobody is left to tell when it cannot be.
      void ask('log', level, ...args).catch(() => {})
    }
  return { info: tell('info'), warn: tell('warn'), error: tell('error') }
}

const finder = (ask: Ask) => async (query: Query, limit: number) => {
  try {
    return (await ask('find', query, limit)) as Found
  } catch (error) {
    throw isSearchUnavailable(error) ? new SearchUnavailable(error.message) : error
  }
}

/** They are made and kept once for all. */
const picturesOf = (ask: Ask, { dataDir }: Config): PicturesToAsk => ({
  folder: pictureFolder(dataDir),
  find: (...args) => ask('fit', ...args) as Promise<Fitted>,
  lose: (name) => void ask('lose', name).catch(() => {}),
})
