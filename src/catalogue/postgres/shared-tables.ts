/**
 * The tables that machines share, as the steps of SQLite make them: PostgreSQL has the same columns and keys, and nothing else that SQLite
 * has, as nobody looks up anything there but by key.
 */
import type { DatabaseSync } from 'node:sqlite'
import { ownSettings } from '../setting-names.ts'

export interface SharedTable {
  readonly name: string
  /** In the order of the table. */
  readonly columns: readonly Column[]
  /** Names of the columns of its primary key, in its order. */
  readonly key: readonly string[]
}

interface Column {
  readonly name: string
  readonly type: 'bigint' | 'text'
}

/** As SQL. @param row by what the row is called */
export const isShared = ({ name }: SharedTable, row: string): string =>
  name === 'setting'
    ? `${row}.name NOT IN (${ownSettings.map((one) => `'${one}'`).join(', ')})`
    : 'TRUE'

/** @param database a catalogue with today's tables */
export function sharedTables(database: DatabaseSync): SharedTable[] {
  const names = database
    .prepare(
      `SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%' AND name <> 'staged'
       ORDER BY name`,
    )
    .all()
  return names.map(({ name }) => tableOf(database, String(name)))
}

function tableOf(database: DatabaseSync, name: string): SharedTable {
  const info = database.prepare('SELECT name, type, pk FROM pragma_table_info(?)').all(name)
  const key = info
    .filter(({ pk }) => Number(pk) > 0)
    .toSorted((one, other) => Number(one.pk) - Number(other.pk))
    .map((column) => String(column.name))
  const columns = info.map(
    ({ name: column, type }): Column => ({
      name: String(column),
      type: type === 'INTEGER' ? 'bigint' : 'text',
    }),
  )
  return { name, columns, key }
}

/** Names in SQL, some of which are words of SQL. */
export const quoted = (names: readonly string[]): string =>
  names.map((name) => `"${name}"`).join(', ')

/** The name of its table in PostgreSQL. */
export const placeOf = ({ name }: SharedTable): string => `newsstand."${name}"`

export const columnNames = ({ columns }: SharedTable): string[] => columns.map(({ name }) => name)

export const typeOf = ({ columns }: SharedTable, name: string): Column['type'] =>
  columns.find((column) => column.name === name)?.type ?? 'text'
