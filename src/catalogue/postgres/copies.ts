/** Brings the SQLite file of this machine to the newest commit in PostgreSQL. */
import type { DatabaseSync } from 'node:sqlite'
import type { Session } from '../../postgres/session.ts'
import { copyOf, wentOnFrom } from '../setting-names.ts'
import type { Told } from './commits.ts'
import { type Key, keyOf, rowWriter } from './local-rows.ts'
import { everyRow, PortionSize, rowsOf } from './remote-rows.ts'
import { type SharedSite, siteOf } from './schema.ts'
import { isShared, type SharedTable } from './shared-tables.ts'
import type { RowKey } from './written-rows.ts'

/** Which commit a file is a copy of. */
export interface Copy {
  /** Of the catalogue. */
  readonly id: string
  readonly n: number
  /** Of the commit: two that have the same number may be others. */
  readonly name: string
}

/** @returns undefined where it is a copy of none, or what it says is damaged */
export const copyIn = (database: DatabaseSync): Copy | undefined => stated(database, copyOf)

/** Which commit a file was a copy of before it changed without the others. */
export const formerCopyIn = (database: DatabaseSync): Copy | undefined =>
  stated(database, wentOnFrom)

function stated(database: DatabaseSync, name: string): Copy | undefined {
  const row = database.prepare('SELECT value FROM setting WHERE name = ?').get(name)
  const [, id, n, commit] = /^(\w+) (\d{1,15}) (\w+)$/.exec(String(row?.value)) ?? []
  return id === undefined || commit === undefined ? undefined : { id, n: Number(n), name: commit }
}

/** Part of the transaction that makes it one. */
export function noteCopy(database: DatabaseSync, { id, n, name }: Copy): void {
  database.prepare('INSERT OR REPLACE INTO setting VALUES (?, ?)').run(copyOf, `${id} ${n} ${name}`)
  database.prepare('DELETE FROM setting WHERE name = ?').run(wentOnFrom)
}

/** What is read sees one state, however long that takes. */
export const inOneState = 'BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY'

/**
 * Takes over what commits have changed since that of the file, in one transaction.
 * @param beforeCommit called when the file is about to be another: what happens from then on is to be told even where this fails
 * @returns what those tell, one after the other; undefined where this file cannot be brought there, and has to be made anew
 */
export function follow(
  session: Session,
  database: DatabaseSync,
  tables: readonly SharedTable[],
  { id, n, name }: Copy,
  beforeCommit: () => void,
): Promise<Told[] | undefined> {
  return session.transaction(async () => {
    const site = await siteOf(session)
    if (site?.id !== id || n < site.whole || n > site.n) return undefined
    const [commit] = await session.ask<{ name: string }>(
      'SELECT name FROM newsstand.commit WHERE n = $1',
      [n],
    )
    if (commit?.name !== name) return undefined
    if (site.n === n) return []
    const keys = await session.ask<RowKey>(
      'SELECT DISTINCT place, key FROM newsstand.change WHERE n > $1',
      [n],
    )
    const commits = await session.ask<{ told: Told | null }>(
      'SELECT told FROM newsstand.commit WHERE n > $1 ORDER BY n',
      [n],
    )
    database.exec('BEGIN IMMEDIATE')
    try {
      for (const table of tables) {
        const ofTable = keys.filter(({ place }) => place === table.name)
        await takeOver(
          session,
          database,
          table,
          ofTable.map(({ key }) => JSON.parse(key)),
        )
      }
      noteCopy(database, site)
      beforeCommit()
      database.exec('COMMIT')
    } catch (error) {
      if (database.isTransaction) database.exec('ROLLBACK')
      throw error
    }
    return commits.map(({ told }) => told ?? undefined)
  }, inOneState)
}

async function takeOver(
  session: Session,
  database: DatabaseSync,
  table: SharedTable,
  keys: readonly Key[],
): Promise<void> {
  const write = rowWriter(database, table)
  const portion = new PortionSize()
  for (let at = 0; at < keys.length; ) {
    const some = keys.slice(at, at + portion.rows)
    at += some.length
    const rows = await rowsOf(session, table, some)
    portion.note(rows)
    const there = new Set(rows.map((row) => JSON.stringify(keyOf(table, row))))
    for (const key of some) if (!there.has(JSON.stringify(key))) write.remove(key)
    for (const row of rows) write.put(row)
  }
}

/**
 * Fills a new file with all that there is.
 * @param database with today's tables and nothing else
 * @param onRow is told of each row that is taken over
 * @returns undefined where there is nothing yet
 */
export function copyAll(
  session: Session,
  database: DatabaseSync,
  tables: readonly SharedTable[],
  onRow = () => {},
): Promise<SharedSite | undefined> {
  return session.transaction(async () => {
    const site = await siteOf(session)
    if (!site) return undefined
    database.exec('BEGIN IMMEDIATE')
    for (const table of tables) {
      database.exec(`DELETE FROM main."${table.name}" AS t WHERE ${isShared(table, 't')}`)
      const write = rowWriter(database, table)
      for await (const rows of everyRow(session, table)) {
        for (const row of rows) {
          write.put(row)
          onRow()
        }
      }
    }
    noteCopy(database, site)
    database.exec('COMMIT')
    return site
  }, inOneState)
}
