/** A catalogue that is moved as a whole, from the file of one machine to PostgreSQL or back, while nobody else writes either. */
import { existsSync, renameSync } from 'node:fs'
import { DatabaseSync } from 'node:sqlite'
import { attempt } from '../../attempt.ts'
import { ConfigError } from '../../config.ts'
import { connect, type Session } from '../../postgres/session.ts'
import type { Progress } from '../../progress.ts'
import { steps } from '../migrations.ts'
import { replace } from '../salvage.ts'
import { articlesFolder, committedAt, filling } from '../setting-names.ts'
import { makeTables as makeLocalTables, openForPeeking, removeFile } from '../store.ts'
import { commitAll } from './commits.ts'
import { type Copy, copyAll, copyIn, formerCopyIn, noteCopy } from './copies.ts'
import { areFollowed, bePatient, tryToLead } from './lead.ts'
import { PoolerWatch } from './pooler.ts'
import { type MadeBy, makeTables, type SharedSite, siteOf } from './schema.ts'
import { isShared, placeOf, type SharedTable, sharedTables } from './shared-tables.ts'

const settingOf = (database: DatabaseSync, name: string) =>
  database.prepare('SELECT value FROM setting WHERE name = ?').get(name)?.value

/**
 * Connects as the machine that refreshes does, so that no other one is.
 * @throws ConfigError where another one is
 */
export async function connectAlone(url: string): Promise<Session> {
  const session = await connect(url)
  try {
    await PoolerWatch.begin(session, url)
    // One that cannot refresh leaves the lock to others.
    if (!(await tryToLead(session)) || (await areFollowed(session))) {
      throw new ConfigError(
        'a Newsstand runs on the database that DATABASE_URL names. Stop all machines that use it, and move then.',
      )
    }
    await bePatient(session, true)
    return session
  } catch (error) {
    await session.close()
    throw error
  }
}

/**
 * Opens the file that is handed over, and brings its tables up to date.
 * @throws ConfigError where there is nothing whole in it
 */
export function openSource(path: string): DatabaseSync {
  const database = new DatabaseSync(path)
  try {
    makeLocalTables(database)
    if (settingOf(database, filling) !== undefined || !settingOf(database, committedAt)) {
      throw new ConfigError(
        `the first reading of the articles was not finished in ${path}. Start Newsstand until it serves, stop it, and move then.`,
      )
    }
    return database
  } catch (error) {
    database.close()
    throw error
  }
}

/**
 * Hands all of a file over, in one transaction.
 * @param madeBy see SharedSite
 * @param also what else is part of the transaction
 * @returns the commit that this is, and that of the same catalogue in whose place it is
 * @throws ConfigError where the database has what would be lost
 */
export async function handOverAll(
  session: Session,
  database: DatabaseSync,
  madeBy: Omit<MadeBy, 'tables'>,
  also: () => Promise<void>,
  onProgress: Progress,
): Promise<{ readonly n: number; readonly former: number | undefined }> {
  const id = String(settingOf(database, 'id'))
  const site = await siteOf(session)
  if (site) checkIsOlder(site, id, copyIn(database) ?? formerCopyIn(database))
  const tables = sharedTables(database)
  await makeTables(session, tables)
  const onRow = counting(onProgress, localRows(database, tables))
  const commit = { madeBy: { ...madeBy, tables: steps.length }, told: undefined }
  const made = await commitAll(session, database, tables, { id, n: site?.n }, commit, {
    onRow,
    also,
  })
  noteCopy(database, { id, ...made })
  return { n: made.n, former: site?.n }
}

/** @throws ConfigError unless the site is an older state of this catalogue, which has gone on from it */
function checkIsOlder(site: SharedSite, id: string, copy: Copy | undefined): void {
  checkIsKnown(site)
  if (site.id !== id) {
    throw new ConfigError(
      `the database has another site already, which is at commit ${site.n}. Name an empty database in DATABASE_URL; the site in this one can be moved away with --from postgres --to sqlite and another DATA_DIR.`,
    )
  }
  // Of one that was handed over, and then stopped before it was noted in the file, nobody else knows.
  const from = copy?.id === id ? copy.n : 1
  if (site.n !== from) {
    throw new ConfigError(
      `the database has commit ${site.n} of this site, and the catalogue in DATA_DIR goes on from commit ${from}: what was committed since would be lost. Start Newsstand with DATABASE_URL, which takes it over.`,
    )
  }
}

/** @throws ConfigError where the catalogue in whose place the site would be put has gone on from a state of it, by itself */
export function checkHasNotGoneOn(path: string, site: SharedSite): void {
  const from = attempt(() => formerCopyOf(path))
  if (from?.id === site.id) {
    throw new ConfigError(
      `the catalogue in DATA_DIR has gone on by itself from commit ${from.n}: what it has committed since would be lost. Move the site with --from sqlite --to postgres, or name another DATA_DIR.`,
    )
  }
}

function formerCopyOf(path: string): Copy | undefined {
  const database = openForPeeking(path)
  try {
    return formerCopyIn(database)
  } finally {
    database.close()
  }
}

/** @throws ConfigError where a newer Newsstand has written it */
function checkIsKnown(site: SharedSite): void {
  const { tables } = site.madeBy
  if (tables <= steps.length) return
  throw new ConfigError(
    `the catalogue in the database has version ${tables} and this Newsstand knows ${steps.length}. Use the newer Newsstand.`,
  )
}

/** @throws ConfigError where there is none that can be moved */
export async function siteToMove(session: Session): Promise<SharedSite> {
  const site = await siteOf(session)
  if (!site) {
    throw new ConfigError(
      'the database that DATABASE_URL names has no site. Look whether it is the right one.',
    )
  }
  checkIsKnown(site)
  return site
}

/** Makes a file with all that the database has. @param path of no file that is in use */
export async function makeCopy(
  session: Session,
  path: string,
  site: SharedSite,
  onProgress: Progress,
): Promise<void> {
  removeFile(path)
  const database = new DatabaseSync(path)
  try {
    makeLocalTables(database, site.madeBy.tables)
    const tables = sharedTables(database)
    await copyAll(
      session,
      database,
      tables,
      counting(onProgress, await remoteRows(session, tables)),
    )
    makeLocalTables(database)
  } finally {
    database.close()
  }
}

/** Puts a file in the place of the catalogue, which is set aside. @returns where that is; undefined where there was none */
export function putInPlace(made: string, path: string): string | undefined {
  if (!existsSync(path)) {
    renameSync(made, path)
    return undefined
  }
  return replace(path, made, 'former')
}

/** Has a copy know the articles folder that the catalogue knows in whose place it is put. */
export function keepFolder(made: string, path: string): void {
  const folder = attempt(() => readSetting(path, articlesFolder))
  if (folder === undefined) return
  const database = new DatabaseSync(made)
  try {
    database
      .prepare('INSERT OR REPLACE INTO setting VALUES (?, ?)')
      .run(articlesFolder, String(folder))
  } finally {
    database.close()
  }
}

function readSetting(path: string, name: string): unknown {
  const database = openForPeeking(path)
  try {
    return settingOf(database, name)
  } finally {
    database.close()
  }
}

function localRows(database: DatabaseSync, tables: readonly SharedTable[]): number {
  const counts = tables.map((table) =>
    Number(
      database
        .prepare(
          `SELECT count(*) AS rows FROM main."${table.name}" AS t WHERE ${isShared(table, 't')}`,
        )
        .get()?.rows,
    ),
  )
  return counts.reduce((sum, rows) => sum + rows, 0)
}

async function remoteRows(session: Session, tables: readonly SharedTable[]): Promise<number> {
  let sum = 0
  for (const table of tables) {
    const [row] = await session.ask<{ rows: number }>(
      `SELECT count(*) AS rows FROM ${placeOf(table)}`,
    )
    sum += row?.rows ?? 0
  }
  return sum
}

function counting(onProgress: Progress, of: number): () => void {
  let done = 0
  return () => {
    done += 1
    onProgress(done, of)
  }
}
