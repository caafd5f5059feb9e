/** Which rows of the shared tables a transaction of SQLite has written or removed. */
import type { DatabaseSync } from 'node:sqlite'
import { isShared, type SharedTable } from './shared-tables.ts'

/** A row, by what its key is as JSON. */
export interface RowKey {
  readonly place: string
  readonly key: string
}

/** Notes them from now on, over this connection; not for use within a transaction. */
export function noteWrittenRows(database: DatabaseSync, tables: readonly SharedTable[]): void {
  if (database.prepare("SELECT 1 FROM temp.sqlite_schema WHERE name = 'written'").get()) return
  // Rows that are removed for another that takes their place are told of as well.
  database.exec(
    `PRAGMA recursive_triggers = ON;
     CREATE TEMP TABLE written (place TEXT NOT NULL, key TEXT NOT NULL, PRIMARY KEY (place, key)) WITHOUT ROWID`,
  )
  for (const table of tables) database.exec(triggersOf(table))
}

function triggersOf(table: SharedTable): string {
  const note = (row: 'NEW' | 'OLD') => {
    const key = table.key.map((column) => `${row}."${column}"`).join(', ')
    return `INSERT OR IGNORE INTO written SELECT '${table.name}', json_array(${key})
      WHERE ${isShared(table, row)};`
  }
  const on = (event: string, what: string) =>
    `CREATE TEMP TRIGGER "${table.name} ${event}" AFTER ${event} ON main."${table.name}"
     BEGIN ${what} END;`
  return (
    on('INSERT', note('NEW')) + on('DELETE', note('OLD')) + on('UPDATE', note('OLD') + note('NEW'))
  )
}

export function* writtenRows(database: DatabaseSync): Generator<RowKey> {
  for (const { place, key } of database.prepare('SELECT place, key FROM temp.written').all()) {
    yield { place: String(place), key: String(key) }
  }
}

/** Part of the transaction, as the notes are: one that is rolled back has noted nothing. */
export function forgetWrittenRows(database: DatabaseSync): void {
  database.exec('DELETE FROM temp.written')
}
