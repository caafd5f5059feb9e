/** The command `migrate`: moves a site from the files of one machine to PostgreSQL, or back, and compares what came of it. */
import { existsSync, mkdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { counted } from './announce.ts'
import { attempt } from './attempt.ts'
import { explain } from './catalogue/damage.ts'
import { InUseError, lockFolder } from './catalogue/folder-lock.ts'
import { inOneState } from './catalogue/postgres/copies.ts'
import {
  checkHasNotGoneOn,
  connectAlone,
  handOverAll,
  keepFolder,
  makeCopy,
  openSource,
  putInPlace,
  siteToMove,
} from './catalogue/postgres/moves.ts'
import type { SharedSite } from './catalogue/postgres/schema.ts'
import { openSqliteReader } from './catalogue/sqlite-reader.ts'
import { fileName } from './catalogue/store.ts'
import { type Config, ConfigError } from './config.ts'
import type { Run } from './deliveries/delivery-database.ts'
import { fileName as deliveriesName } from './deliveries/delivery-file.ts'
import { openTables } from './deliveries/delivery-tables.ts'
import {
  checkFileIsOlder,
  countIn,
  countThere,
  hasDeliveries,
  noteMoved,
  putDeliveries,
  takeDeliveries,
} from './deliveries/moved-deliveries.ts'
import { compareFeeds } from './migration/compare.ts'
import type { Session } from './postgres/session.ts'
import { createProgress } from './progress.ts'
import { madeBy } from './reading.ts'
import { printable } from './text.ts'

/** What a site is moved to. */
export type Target = 'postgres' | 'sqlite'

/** Below DATA_DIR, while the command runs. */
const workFolder = 'migrating'
/** So many addresses are named of documents that differ. */
const mostNamed = 20

/** How many subscriptions there are where the site was, and where it is. */
type Subscribed = readonly [from: number, to: number]

interface Parts {
  readonly config: Config
  readonly session: Session
  /** Of the catalogue. */
  readonly path: string
  /** Of deliveries.sqlite. */
  readonly deliveriesPath: string
  /** An empty folder that is removed at the end. */
  readonly work: string
  readonly opened: AsyncDisposableStack
}

/**
 * @returns whether what was moved makes the same feeds
 * @throws ConfigError when nothing can be moved, or something would be lost: the target is as it was
 */
export async function migrate(config: Config, to: Target): Promise<boolean> {
  const { dataDir, databaseUrl } = config
  if (databaseUrl === undefined) {
    throw new ConfigError(
      'DATABASE_URL is not set. Set it to the database in PostgreSQL: postgres://name:password@host/database.',
    )
  }
  for (const hint of config.hints) say(`newsstand: ${hint}`)
  const path = join(dataDir, fileName)
  if (to === 'postgres' && !existsSync(path)) {
    throw new ConfigError(
      `DATA_DIR is ${dataDir}; there is no catalogue in it. Set DATA_DIR as it is where the site runs.`,
    )
  }
  await using opened = new AsyncDisposableStack()
  try {
    const lock = lockFolder(dataDir)
    opened.defer(() => lock.release())
    const session = await connectAlone(databaseUrl)
    opened.defer(() => session.close())
    const work = join(dataDir, workFolder)
    // What was broken off has left it.
    const clear = () => rmSync(work, { recursive: true, force: true })
    clear()
    opened.defer(clear)
    const deliveriesPath = join(dataDir, deliveriesName)
    const parts = { config, session, path, deliveriesPath, work, opened }
    return await (to === 'postgres' ? toPostgres(parts) : toSqlite(parts))
  } catch (error) {
    if (error instanceof ConfigError) throw error
    if (error instanceof InUseError) {
      throw new ConfigError(
        `DATA_DIR is ${dataDir}, which a Newsstand uses. Stop it, and move then.`,
      )
    }
    throw new ConfigError(
      `The move was broken off: ${explain(error, dataDir)}. It can be done again.`,
      { cause: error },
    )
  }
}

const say = (text: string) => void process.stderr.write(`${printable(text)}\n`)

async function toPostgres(parts: Parts): Promise<boolean> {
  const { config, session, path, deliveriesPath } = parts
  const { n, former, subscribed } = await handOver(parts)
  const place = former === undefined ? '' : `, in place of commit ${former} of the same site`
  say(`The catalogue is in PostgreSQL as commit ${n}${place}.`)
  if (subscribed) saySubscribed(subscribed)
  else say(`There is no ${deliveriesName}, so there were no subscriptions to move.`)
  const copy = folderIn(parts, 'copy')
  const site = await siteToMove(session)
  await makeCopy(session, join(copy, fileName), site, createProgress('Copying it back'))
  await session.close()
  const isSame = await compare(parts, config.dataDir, copy)
  if (isSame) {
    say(
      `${path} and ${existsSync(deliveriesPath) ? deliveriesPath : 'all else'} are as they were. Statistics are handed over when it starts.`,
    )
  }
  return isSame
}

async function handOver({ config, session, path, deliveriesPath, opened }: Parts) {
  const database = openSource(path)
  opened.defer(() => database.close())
  const deliveries = existsSync(deliveriesPath) ? openTables(deliveriesPath) : undefined
  opened.defer(() => deliveries?.close())
  const now = Date.now()
  let subscribed: Subscribed | undefined
  const also = async () => {
    if (!deliveries) return
    await putDeliveries(runOf(session), deliveries, now)
    subscribed = [countIn(deliveries, now), await countThere(runOf(session), now)]
  }
  const progress = createProgress('Handing over')
  const handedOver = await handOverAll(session, database, madeBy(config), also, progress)
  if (deliveries) noteMoved(deliveries)
  return { ...handedOver, subscribed }
}

async function toSqlite(parts: Parts): Promise<boolean> {
  const { session, path, deliveriesPath } = parts
  const site = await siteToMove(session)
  await checkNothingIsLost(parts, site)
  const made = folderIn(parts, 'made')
  const copy = folderIn(parts, 'copy')
  await makeCopy(session, join(made, fileName), site, createProgress('Copying'))
  const deliveries = join(made, deliveriesName)
  const subscribed = await takeInto(deliveries, session)
  await makeCopy(session, join(copy, fileName), site, createProgress('Copying to compare'))
  await session.close()
  // Nothing is put in place that is not as it shall be.
  if (!(await compare(parts, copy, made))) return false
  keepFolder(join(made, fileName), path)
  sayPlace(path, putInPlace(join(made, fileName), path))
  if (subscribed) {
    sayPlace(deliveriesPath, putInPlace(deliveries, deliveriesPath))
    saySubscribed(subscribed)
  } else say('No machine has delivered with this database, so there were no subscriptions to move.')
  say(
    'The database is as it was. Start Newsstand without DATABASE_URL. What all machines have counted together stays in the database.',
  )
  return true
}

/** @throws ConfigError where DATA_DIR has what the database has not */
async function checkNothingIsLost(
  { session, path, deliveriesPath }: Parts,
  site: SharedSite,
): Promise<void> {
  if (existsSync(path)) checkHasNotGoneOn(path, site)
  if (!existsSync(deliveriesPath)) return
  const file = attempt(() => openTables(deliveriesPath))
  // A damaged one is set aside as well.
  if (!file) return
  try {
    await checkFileIsOlder(runOf(session), file, Date.now())
  } finally {
    file.close()
  }
}

/** Makes deliveries.sqlite of what the database has; undefined where it has none. */
async function takeInto(path: string, session: Session): Promise<Subscribed | undefined> {
  const run = runOf(session)
  if (!(await hasDeliveries(run))) return undefined
  const file = openTables(path)
  try {
    const now = Date.now()
    return await session.transaction(async () => {
      await takeDeliveries(run, file)
      noteMoved(file)
      return [await countThere(run, now), countIn(file, now)] as const
    }, inOneState)
  } finally {
    file.close()
  }
}

const runOf =
  (session: Session): Run =>
  (sql, values = []) =>
    session.ask(sql, [...values])

function folderIn({ work }: Parts, name: string): string {
  const folder = join(work, name)
  mkdirSync(folder, { recursive: true })
  return folder
}

/** Compares the feeds of two folders of data, and says what came of it. */
async function compare({ config }: Parts, from: string, to: string): Promise<boolean> {
  const fail = (error: Error) => Promise.reject(error)
  const source = await openSqliteReader({ ...config, dataDir: from }, fail)
  const target = await openSqliteReader({ ...config, dataDir: to }, fail)
  try {
    const progress = createProgress('Comparing feeds')
    const { documents, different } = await compareFeeds(source, target, config, progress)
    if (different.length === 0) {
      say(`${counted(documents, 'document')} compared, from before and after: all are the same.`)
      return true
    }
    for (const address of different.slice(0, mostNamed)) say(`${address} is another than before.`)
    say(
      `Of ${counted(documents, 'document')} ${different.length} are others than before. Go on with the site as it was, and report this.`,
    )
    return false
  } finally {
    await source.close()
    await target.close()
  }
}

function saySubscribed([from, to]: Subscribed): void {
  say(`Subscriptions to the hub: ${from} before, ${to} after.`)
}

function sayPlace(path: string, aside: string | undefined): void {
  say(`${path} was made${aside === undefined ? '' : `; the former one is ${aside}`}.`)
}
