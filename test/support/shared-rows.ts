/** What a catalogue's file has that machines share. */
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'

const own = ['checked', 'articles folder', 'version', 'filling', 'copy of', 'went on from']

/** Rows as text, by the names of tables; of two machines that are alike the same. */
export function sharedRows(dataDir: string): Record<string, string[]> {
  const database = new DatabaseSync(join(dataDir, 'catalogue.sqlite'), { readOnly: true })
  try {
    const tables = database
      .prepare("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name")
      .all()
    const rowsOf = (name: string) =>
      database
        .prepare(`SELECT * FROM "${name}"`)
        .all()
        .filter((row) => name !== 'setting' || !own.includes(String(row.name)))
        .map((row) => JSON.stringify(row))
        .toSorted()
    return Object.fromEntries(tables.map(({ name }) => [String(name), rowsOf(String(name))]))
  } finally {
    database.close()
  }
}
