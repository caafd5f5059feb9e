/** The file of the catalogue, opened: for reading and writing, or for reading alone. */
import { accessSync, constants, existsSync, mkdirSync, rmSync, statSync } from 'node:fs'
import { dirname } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { pathToFileURL } from 'node:url'
import { attempt } from '../attempt.ts'
import type { Namespace } from '../namespace.ts'
import { Addresses } from './addresses.ts'
import { ChannelIndex } from './channel-index.ts'
import { DamageError, isDamage, isDamageOfTables, isReadOnly } from './damage.ts'
import { Editions } from './editions.ts'
import { readFilling } from './filling.ts'
import { Guids } from './guids.ts'
import { migrate } from './migrate.ts'
import { amend, schema } from './migrations.ts'
import { readNamespaces } from './namespaces.ts'
import { prepareQueries, type Queries } from './queries.ts'
import { checked, committedAt, filling } from './setting-names.ts'
import { areApplied } from './settings-applied.ts'
import { prepareStatements, type Statements } from './statements.ts'
import { Undated } from './undated.ts'
import { newNumbering } from './versions.ts'

/** Of the catalogue in DATA_DIR. */
export const fileName = 'catalogue.sqlite'

export interface Writing {
  readonly database: DatabaseSync
  readonly statements: Statements
  readonly channels: ChannelIndex
  readonly addresses: Addresses
  readonly guids: Guids
  readonly editions: Editions
  readonly undated: Undated
  /** The name of the numbering of its versions. */
  readonly numbering: string
}

export interface Store {
  readonly reader: DatabaseSync
  readonly queries: Queries
  /** Which catalogue this is: another one is made with another id. */
  readonly id: string
  /** See Catalogue; as of the last refresh. */
  namespace(): string | undefined
  /** Absent when nothing can be written. */
  readonly writing?: Writing
  /** Why nothing can be written, and what to do about it. */
  readonly problem?: string
}

export interface StoreSettings {
  readonly path: string
  readonly feedItems: number
  /** Of what documents depend on besides the articles. */
  readonly rendering: string
  /** What ids are made in. */
  readonly namespace: Namespace
}

/**
 * Opens or makes the file.
 * @throws DamageError or an error of SQLite's that `isDamage` knows
 * @throws Error when it cannot be written
 */
export function openForWriting(settings: StoreSettings): Store {
  const { path } = settings
  mkdirSync(dirname(path), { recursive: true })
  const database = new DatabaseSync(path)
  try {
    database.exec('PRAGMA synchronous = NORMAL; PRAGMA cache_size = -2000')
    makeTables(database)
    const writing = startWriting(database, settings)
    // SQLite opens for reading what it cannot write, and says so only when something is written.
    writing.statements.putSetting.run(checked, String(Date.now()))
    const reader = new DatabaseSync(path, { readOnly: true })
    return { ...openReader(reader), writing }
  } catch (error) {
    database.close()
    throw damageOf(error, path)
  }
}

/**
 * Makes the tables of a new file, or brings those of another up to date.
 * @param version of which tables a new file gets: today's, or those of an older Newsstand
 * @throws as `migrate` does
 */
export function makeTables(database: DatabaseSync, version = schema.steps.length): void {
  // What the tables are stands in the first page of a new file as long as that is large enough: damage elsewhere
  // leaves the other rows readable then.
  database.exec('PRAGMA page_size = 8192')
  amend(database)
  migrate(database, { ...schema, steps: schema.steps.slice(0, version) })
}

/** @throws DamageError when the tables say what was never written */
export function startWriting(database: DatabaseSync, settings: StoreSettings): Writing {
  const statements = prepareStatements(database)
  const channels = new ChannelIndex(database, settings.feedItems)
  const setting = (name: string) => statements.setting.get(name)?.value
  const refreshed = setting(committedAt)
  if (refreshed !== undefined) {
    if (!/^\d{1,15}$/.test(String(refreshed))) throw new DamageError('a date is damaged')
    // The first refresh has no use for a write-ahead log, and switches it on when it is done.
    database.exec('PRAGMA journal_mode = WAL')
    channels.fillNames(Number(refreshed))
  } else if (!readFilling(setting(filling)) && statements.anyArticle.get()) {
    // It was written together with the first articles; without it removals would change no channel.
    throw new DamageError('a date is missing')
  }
  // What is damaged of what it compares is found now, while it can still be made anew.
  areApplied({ statements, channels }, settings)
  return {
    database,
    statements,
    channels,
    addresses: new Addresses(database),
    guids: new Guids(database),
    editions: new Editions(database),
    undated: new Undated(),
    numbering: newNumbering(),
  }
}

/** @param problem why it is not opened for writing, and what to do about it */
export function openForReadingOnly(path: string, problem: string): Store {
  try {
    return { ...openReader(openForReading(path)), problem }
  } catch (error) {
    throw damageOf(error, path)
  }
}

function openReader(reader: DatabaseSync): Store {
  const queries = prepareQueries(reader)
  const setting = (name: string) => queries.setting.get(name)?.value
  let text = setting('namespaces')
  let namespaces = readNamespaces(text)
  function namespace(): string | undefined {
    const now = setting('namespaces')
    // One that was damaged since is found by whoever reads the whole of it.
    if (now !== text) namespaces = attempt(() => readNamespaces(now)) ?? namespaces
    text = now
    return namespaces?.feeds
  }
  return { reader, queries, id: String(setting('id')), namespace }
}

/**
 * Opens a file that may lie where nothing can be written: there SQLite cannot make the files that go
 * with a write-ahead log, and what it finds of them it would keep from being written as long as it is open.
 * So where that log is empty it is told that nobody changes anything (sqlite.org/uri.html).
 */
export function openForReading(
  path: string,
  options: { readonly readBigInts?: boolean } = {},
): DatabaseSync {
  if (!mayWrite(path) && isEmpty(`${path}-wal`)) return openUnchanging(path, options)
  const database = new DatabaseSync(path, { ...options, readOnly: true })
  try {
    database.prepare('SELECT 1 FROM sqlite_schema').get()
    return database
  } catch (error) {
    database.close()
    if (isDamage(error)) throw error
    return openUnchanging(path, options)
  }
}

/** Without a write-ahead log nobody has it open, and SQLite would make one to read it. */
export function openForPeeking(path: string): DatabaseSync {
  return isEmpty(`${path}-wal`)
    ? openUnchanging(path, {})
    : new DatabaseSync(path, { readOnly: true })
}

function openUnchanging(path: string, options: { readonly readBigInts?: boolean }): DatabaseSync {
  const url = pathToFileURL(path)
  url.searchParams.set('immutable', '1')
  return new DatabaseSync(url, { ...options, readOnly: true })
}

const isEmpty = (path: string) => (statSync(path, { throwIfNoEntry: false })?.size ?? 0) === 0

/** What belongs to one SQLite file. */
export const fileEnds = ['', '-wal', '-shm', '-journal']

export function removeFile(path: string): void {
  for (const end of fileEnds) rmSync(path + end, { force: true })
}

export function closeStore({ reader, writing }: Store): void {
  reader.close()
  writing?.database.close()
}

/**
 * A table that is missing was there before, and a file that we may write is not read-only, unless
 * another connection of ours has found that it is and shares what it knows (-shm).
 */
function damageOf(error: unknown, path: string): unknown {
  const isWrong = isReadOnly(error) && mayWrite(path) && !existsSync(`${path}-shm`)
  const isDamaged = isDamageOfTables(error) || isWrong
  return isDamaged && !isDamage(error) ? new DamageError((error as Error).message) : error
}

const mayWrite = (path: string) =>
  attempt(() => {
    for (const one of [path, dirname(path)]) accessSync(one, constants.W_OK)
    return true
  }) === true
