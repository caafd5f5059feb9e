/** A site in this process, over folders of its own, that looks into its folder when it is told to and only then. */
import { mkdirSync, renameSync, rmSync, utimesSync } from 'node:fs'
import { dirname, join } from 'node:path'
import pino from 'pino'
import { onTestFinished } from 'vitest'
import type { Article } from '../../src/article.ts'
import { assemble } from '../../src/assemble.ts'
import type { Catalogue, ChannelKey } from '../../src/catalogue/catalogue.ts'
import type { Channels } from '../../src/channels/channels.ts'
import { formatOf } from '../../src/channels/feed-formats.ts'
import { site } from '../../src/channels/selection.ts'
import { loadConfig } from '../../src/config.ts'
import type { Refresher } from '../../src/refresh.ts'
import type { Handler } from '../../src/server/plain-handler.ts'
import { type Files, temporaryFolder, writeInto } from './folder.ts'
import { databaseOf, type Follower, follow } from './sharing.ts'

export interface Desk {
  readonly folder: string
  readonly dataDir: string
  readonly catalogue: Catalogue
  readonly channels: Channels
  readonly refresher: Refresher
  /** The public listener's. */
  readonly app: Handler
  /** What was logged. */
  readonly log: string[]
  /** How many files the pass under way, or the last one, has kept. */
  progress(): number
  write(path: string, text: string | Buffer): void
  move(from: string, to: string): void
  remove(path: string): void
  /** Looks through the whole folder, or at these paths, when nothing is being written any more. */
  refresh(paths?: readonly string[]): Promise<void>
  articles(channel?: ChannelKey): Promise<Article[]>
  /** The text of a feed, of the whole site unless another channel is named. */
  feed(fileName: string, channel?: ChannelKey): Promise<string>
  close(): Promise<void>
}

export async function openDesk(
  files: Files = {},
  env: Record<string, string> = {},
  folders: { folder?: string; dataDir?: string } = {},
): Promise<Desk> {
  const folder = folders.folder ?? temporaryFolder()
  const dataDir = folders.dataDir ?? temporaryFolder()
  const url = env.DATABASE_URL ? undefined : await databaseOf(dataDir)
  const own = { ARTICLES_DIR: folder, DATA_DIR: dataDir, EMPTY_FOLDER_MINUTES: '0' }
  const config = loadConfig({ ...own, ...(url && { DATABASE_URL: url }), ...env }, dataDir)
  const log: string[] = []
  function note(line: string): void {
    const { msg } = JSON.parse(line)
    // Said wherever there are several machines, whatever a test is about.
    if (!url || msg !== 'this machine refreshes from now on') log.push(msg)
  }
  const logger = pino({}, { write: note })
  let progress = 0
  const assembled = await assemble(config, logger, (done) => {
    progress = done
  })
  const { catalogue, channels, refresher, app } = assembled
  let follower: Follower | undefined
  let closed: Promise<void> | undefined
  const close = () => {
    closed ??= (follower?.isAlike() ?? Promise.resolve())
      .finally(() => follower?.close())
      .finally(assembled.close)
    return closed
  }
  onTestFinished(assembled.close)

  /** Files written an hour ago are wholly written. */
  function write(path: string, text: string | Buffer): void {
    writeInto(folder, path, text)
  }
  for (const [path, text] of Object.entries(files)) write(path, text)

  async function refresh(paths?: readonly string[]): Promise<void> {
    // A file that was touched a moment ago is left alone for that moment.
    await new Promise((resolve) => setTimeout(resolve, 40))
    await refresher.refresh(paths)
  }

  const desk: Desk = {
    folder,
    dataDir,
    catalogue,
    channels,
    refresher,
    app,
    log,
    progress: () => progress,
    write,
    move(from, to) {
      mkdirSync(dirname(join(folder, to)), { recursive: true })
      renameSync(join(folder, from), join(folder, to))
    },
    remove: (path) => rmSync(join(folder, path), { recursive: true }),
    refresh,
    async articles(channel = site) {
      const listed = await catalogue.listed(channel, 1000)
      const found = await Promise.all(listed.map(({ number }) => catalogue.articleByNumber(number)))
      return found.filter((article) => article !== undefined)
    },
    async feed(fileName, channel = site) {
      const format = formatOf(fileName)
      const document = format && (await channels.document({ channel, format }))
      return (await document?.encodings.make('identity'))?.toString() ?? ''
    },
    close,
  }
  await refresh()
  if (url) {
    follower = await follow(catalogue, config, url)
    // Before what was registered above.
    onTestFinished(close)
  }
  return desk
}

/** Sets a file's time of modification. */
export function touch(desk: Desk, path: string, time: Date): void {
  utimesSync(join(desk.folder, path), time, time)
}
