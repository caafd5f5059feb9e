/** Rows of the shared tables in the SQLite file of this machine. */
import type { DatabaseSync, SQLInputValue } from 'node:sqlite'
import { columnNames, isShared, quoted, type SharedTable } from './shared-tables.ts'

/** In the order of the columns. */
export type Row = readonly (string | number | null)[]
/** Of a row, in the order of the columns of the key. */
export type Key = readonly (string | number)[]

/** In characters, about. */
export const lengthOf = (row: Row): number =>
  row.reduce<number>((sum, value) => sum + (typeof value === 'string' ? value.length : 8), 0)

const isThis = ({ key }: SharedTable) => key.map((name) => `"${name}" = ?`).join(' AND ')

const columnsOf = (table: SharedTable) => quoted(columnNames(table))

/** @returns reads the row of a key; undefined where there is none */
export function rowReader(database: DatabaseSync, table: SharedTable) {
  const statement = database.prepare(
    `SELECT ${columnsOf(table)} FROM main."${table.name}" WHERE ${isThis(table)}`,
  )
  statement.setReturnArrays(true)
  return (key: Key): Row | undefined => statement.get(...key) as Row | undefined
}

/** All rows that are shared, in whatever order. */
export function* allRows(database: DatabaseSync, table: SharedTable): Generator<Row> {
  const statement = database.prepare(
    `SELECT ${columnsOf(table)} FROM main."${table.name}" AS t WHERE ${isShared(table, 't')}`,
  )
  statement.setReturnArrays(true)
  for (const row of statement.iterate()) yield row as unknown as Row
}

/** Within a transaction. */
export function rowWriter(database: DatabaseSync, table: SharedTable) {
  const places = table.columns.map(() => '?').join(', ')
  const put = database.prepare(
    `INSERT OR REPLACE INTO main."${table.name}" (${columnsOf(table)}) VALUES (${places})`,
  )
  const remove = database.prepare(`DELETE FROM main."${table.name}" WHERE ${isThis(table)}`)
  return {
    put: (row: Row): void => void put.run(...(row as SQLInputValue[])),
    remove: (key: Key): void => void remove.run(...key),
  }
}

export function keyOf(table: SharedTable, row: Row): Key {
  const names = columnNames(table)
  return table.key.map((name) => row[names.indexOf(name)] as string | number)
}
