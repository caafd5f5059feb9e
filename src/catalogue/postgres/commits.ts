/** A commit in PostgreSQL: what one transaction of SQLite has changed, whole or not at all. */
import { randomBytes } from 'node:crypto'
import type { DatabaseSync } from 'node:sqlite'
import type { Session } from '../../postgres/session.ts'
import type { Changes } from '../catalogue.ts'
import { allRows, type Key, lengthOf, type Row, rowReader } from './local-rows.ts'
import { fillTable, putRows, removeRows } from './remote-rows.ts'
import { type MadeBy, type SharedSite, siteOf } from './schema.ts'
import { placeOf, type SharedTable } from './shared-tables.ts'
import { type RowKey, writtenRows } from './written-rows.ts'

/** What of a refresh whoever serves has to know; undefined where all may be another. */
export type Told = Changes | undefined

/** The catalogue in PostgreSQL is another than the one that this machine has a copy of. */
export class OutOfStepError extends Error {}

/** So many characters of rows are sent in one statement. */
const portionLength = 1024 * 1024
const mostRows = 1000
/** More rows than this in one commit, or in all that are remembered: whoever has an earlier one copies everything. */
const mostRemembered = 300_000

/** Of more, all may be another. */
const mostTold = 20_000

/** A commit that was made. */
type Made = Pick<SharedSite, 'n' | 'name'>

interface Commit {
  readonly madeBy: MadeBy
  readonly told: Told
}

/**
 * Hands over what a transaction that is under way has written.
 * @param n of the commit that it goes on from
 * @returns this one
 * @throws OutOfStepError when somebody else has committed
 */
export function commitRows(
  session: Session,
  database: DatabaseSync,
  tables: readonly SharedTable[],
  n: number,
  commit: Commit,
): Promise<Made> {
  return session.transaction(async () => {
    const site = await siteOf(session, true)
    if (site?.n !== n) throw outOfStep(site)
    const keys = [...writtenRows(database)]
    for (const table of tables) {
      const ofTable = keys.filter(({ place }) => place === table.name)
      await handOver(session, database, table, ofTable)
    }
    const isLong = keys.length > mostRemembered
    if (!isLong) await remember(session, n + 1, keys)
    return end(session, n + 1, commit, isLong ? n + 1 : site.whole)
  })
}

/** What else is done while everything is handed over. */
interface Beside {
  /** Is told of each row. */
  readonly onRow?: () => void
  /** Done in the same transaction. */
  readonly also?: () => Promise<void>
}

/**
 * Hands over everything, in place of whatever is there.
 * @param id of the catalogue
 * @param n of the commit that is there, as far as is known
 * @returns this one
 * @throws OutOfStepError when somebody else has committed
 */
export function commitAll(
  session: Session,
  database: DatabaseSync,
  tables: readonly SharedTable[],
  { id, n: known }: { readonly id: string; readonly n: number | undefined },
  commit: Commit,
  { onRow = () => {}, also = async () => {} }: Beside = {},
): Promise<Made> {
  return session.transaction(async () => {
    const site = await siteOf(session, true)
    if (site?.n !== known) throw outOfStep(site)
    const n = (site?.n ?? 0) + 1
    for (const table of tables) {
      if (site) await session.wait(`DELETE FROM ${placeOf(table)}`)
      await fillTable(session, table, telling(allRows(database, table), onRow))
    }
    if (!site) {
      const values = [id, JSON.stringify(commit.madeBy)]
      await session.ask('INSERT INTO newsstand.site VALUES (true, $1, 0, 0, $2)', values)
    } else await session.ask('UPDATE newsstand.site SET id = $1', [id])
    await session.ask('DELETE FROM newsstand.change')
    const made = await end(session, n, commit, n)
    await also()
    return made
  })
}

function* telling(rows: Iterable<Row>, onRow: () => void): Generator<Row> {
  for (const row of rows) {
    onRow()
    yield row
  }
}

const outOfStep = (site: SharedSite | undefined) =>
  new OutOfStepError(
    site ? `another machine has made commit ${site.n}` : 'the database was emptied',
  )

async function handOver(
  session: Session,
  database: DatabaseSync,
  table: SharedTable,
  keys: readonly RowKey[],
): Promise<void> {
  const read = rowReader(database, table)
  const gone: Key[] = []
  let rows: Row[] = []
  let length = 0
  for (const { key: text } of keys) {
    const key: Key = JSON.parse(text)
    const row = read(key)
    if (!row) gone.push(key)
    else {
      rows.push(row)
      length += lengthOf(row)
    }
    if (rows.length < mostRows && length < portionLength) continue
    await putRows(session, table, rows)
    rows = []
    length = 0
  }
  if (rows.length > 0) await putRows(session, table, rows)
  for (let at = 0; at < gone.length; at += mostRows) {
    await removeRows(session, table, gone.slice(at, at + mostRows))
  }
}

async function remember(session: Session, n: number, keys: readonly RowKey[]): Promise<void> {
  for (let at = 0; at < keys.length; at += mostRows) {
    const some = keys.slice(at, at + mostRows)
    await session.ask(
      'INSERT INTO newsstand.change SELECT $1, * FROM unnest($2::text[], $3::text[])',
      [n, some.map(({ place }) => place), some.map(({ key }) => key)],
    )
  }
}

async function end(
  session: Session,
  n: number,
  { madeBy, told }: Commit,
  whole: number,
): Promise<Made> {
  const isLong = told !== undefined && told.channels.length + told.articles.length > mostTold
  const text = told === undefined || isLong ? null : JSON.stringify(told)
  const name = randomBytes(6).toString('hex')
  await session.ask('INSERT INTO newsstand.commit (n, name, told) VALUES ($1, $2, $3)', [
    ...[n, name, text],
  ])
  const earliest = Math.max(whole, n % 100 === 0 ? await forget(session) : 0)
  await session.ask('UPDATE newsstand.site SET n = $1, whole = $2, made_by = $3', [
    ...[n, earliest, JSON.stringify(madeBy)],
  ])
  await session.ask("SELECT pg_notify('newsstand', $1)", [String(n)])
  return { n, name }
}

/** Forgets the oldest commits where too much is remembered. @returns the last one that is forgotten; 0 for none */
async function forget(session: Session): Promise<number> {
  const [row] = await session.ask<{ n: number }>(
    'SELECT n FROM newsstand.change ORDER BY n DESC OFFSET $1 LIMIT 1',
    [mostRemembered],
  )
  if (!row) return 0
  await session.wait(`DELETE FROM newsstand.change WHERE n <= ${row.n}`)
  await session.wait(`DELETE FROM newsstand.commit WHERE n <= ${row.n}`)
  return row.n
}
