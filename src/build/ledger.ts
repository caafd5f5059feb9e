/** What a static build has written into an out folder: so that it writes what is new, and removes nothing of others. */
import { mkdirSync } from 'node:fs'
import { dirname } from 'node:path'
import { DatabaseSync } from 'node:sqlite'

/** A file as it was written. */
export interface LedgerFile {
  /** In the out folder, with slashes. */
  readonly path: string
  /** Of what it is a part; '' when it is to be removed. */
  readonly unit: string
  /** What it was made from: where that is the same, so are its bytes; '' where that is not known. */
  readonly key: string
  /** Of its bytes; '' from before it is written until after, when it may be there or not. */
  readonly hash: string
  /** Bytes. */
  readonly size: number
  /** When it was changed, in seconds since 1970. */
  readonly changed: number
}

const tables = `
  PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL;
  CREATE TABLE IF NOT EXISTS setting (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;
  -- What is made together. run is the last build that has met it.
  CREATE TABLE IF NOT EXISTS unit (name TEXT PRIMARY KEY, key TEXT NOT NULL, run INTEGER NOT NULL) STRICT, WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS file (
    path TEXT PRIMARY KEY, folded TEXT NOT NULL, unit TEXT NOT NULL, key TEXT NOT NULL, hash TEXT NOT NULL,
    size INTEGER NOT NULL, changed INTEGER NOT NULL
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX IF NOT EXISTS file_by_unit ON file (unit);
  CREATE INDEX IF NOT EXISTS file_by_folded ON file (folded);
  -- Addresses of media that a file names.
  CREATE TABLE IF NOT EXISTS named (path TEXT NOT NULL, address TEXT NOT NULL, PRIMARY KEY (path, address)) STRICT, WITHOUT ROWID;
`

const fileOf = (row: Record<string, unknown>): LedgerFile => ({
  path: String(row.path),
  unit: String(row.unit),
  key: String(row.key),
  hash: String(row.hash),
  size: Number(row.size),
  changed: Number(row.changed),
})

/** One form for names that are the same where case and composition count for nothing. */
const foldedName = (path: string) => path.normalize('NFC').toLowerCase()

export type Ledger = ReturnType<typeof openLedger>

/** @param ledgerPath of its file. @throws SQLite's error where it cannot be used */
export function openLedger(ledgerPath: string) {
  mkdirSync(dirname(ledgerPath), { recursive: true })
  const database = new DatabaseSync(ledgerPath)
  database.exec(tables)
  const prepared = {
    setting: database.prepare('SELECT value FROM setting WHERE name = ?'),
    putSetting: database.prepare('INSERT OR REPLACE INTO setting VALUES (?, ?)'),
    unit: database.prepare('SELECT key FROM unit WHERE name = ?'),
    putUnit: database.prepare('INSERT OR REPLACE INTO unit VALUES (?, ?, ?)'),
    forgetUnits: database.prepare("UPDATE unit SET key = '' WHERE name = ?"),
    file: database.prepare('SELECT * FROM file WHERE path = ?'),
    alike: database.prepare("SELECT path FROM file WHERE folded = ? AND path <> ? AND unit <> ''"),
    putFile: database.prepare('INSERT OR REPLACE INTO file VALUES (?, ?, ?, ?, ?, ?, ?)'),
    allAlike: database.prepare(
      `SELECT path, folded FROM file WHERE unit <> '' AND folded IN (SELECT folded FROM file GROUP BY folded HAVING count(*) > 1)
       ORDER BY folded, path`,
    ),
    files: database.prepare('SELECT * FROM file WHERE path > ? ORDER BY path LIMIT 1000'),
    filesOf: database.prepare('SELECT path FROM file WHERE unit = ?'),
    forgetKey: database.prepare("UPDATE file SET key = '' WHERE path = ?"),
    own: database.prepare('UPDATE file SET unit = ? WHERE path = ?'),
    orphanUnit: database.prepare("UPDATE file SET unit = '' WHERE unit = ?"),
    orphanUnmet: database.prepare(
      "UPDATE file SET unit = '' WHERE unit IN (SELECT name FROM unit WHERE run <> ?)",
    ),
    forgetUnmet: database.prepare('DELETE FROM unit WHERE run <> ?'),
    deleteFile: database.prepare('DELETE FROM file WHERE path = ?'),
    deleteNamed: database.prepare('DELETE FROM named WHERE path = ?'),
    putNamed: database.prepare('INSERT OR IGNORE INTO named VALUES (?, ?)'),
    named: database.prepare(
      `SELECT DISTINCT n.address FROM named n JOIN file f ON f.path = n.path WHERE f.unit <> '' AND n.address > ?
       ORDER BY n.address LIMIT 1000`,
    ),
  }
  return {
    begin: () => database.exec('BEGIN'),
    /** What was noted so far outlasts the process. */
    commit(): void {
      if (database.isTransaction) database.exec('COMMIT')
    },
    setting: (name: string) => prepared.setting.get(name)?.value as string | undefined,
    putSetting: (name: string, value: string) => void prepared.putSetting.run(name, value),
    /** What a unit was made from when it was made last. */
    unitKey: (name: string) => prepared.unit.get(name)?.key as string | undefined,
    putUnit: (name: string, key: string, run: number) => void prepared.putUnit.run(name, key, run),
    /** Has a unit made anew by the next build. */
    forgetUnit: (name: string) => void prepared.forgetUnits.run(name),
    /** Has a file made anew, though it is made from the same. */
    forgetKey: (path: string) => void prepared.forgetKey.run(path),
    file(path: string): LedgerFile | undefined {
      const row = prepared.file.get(path)
      return row && fileOf(row)
    },
    /** Another file whose name differs in case or composition alone. */
    alike: (path: string) => prepared.alike.get(foldedName(path), path)?.path as string | undefined,
    /** Paths that differ in case or composition alone, those that are alike together. */
    allAlike: (): string[][] =>
      Object.values(Object.groupBy(prepared.allAlike.all(), ({ folded }) => String(folded)))
        .map((rows = []) => rows.map(({ path }) => String(path)))
        .filter((paths) => paths.length > 1),
    putFile({ path, unit, key, hash, size, changed }: LedgerFile): void {
      prepared.putFile.run(path, foldedName(path), unit, key, hash, size, changed)
    },
    /** In the order of their paths. @param after a path, to go on behind it */
    files: (after: string): LedgerFile[] => prepared.files.all(after).map(fileOf),
    /** Paths of the files of a unit; those to be removed have none: ''. */
    filesOf: (unit: string): string[] => prepared.filesOf.all(unit).map(({ path }) => String(path)),
    /** Says that a file is still a part of a unit. */
    own: (path: string, unit: string) => void prepared.own.run(unit, path),
    /** Has the files of a unit removed that are not made again. */
    orphanUnit: (unit: string) => void prepared.orphanUnit.run(unit),
    /** Has the files of all units removed that a run has not met. */
    orphanUnmet(run: number): void {
      prepared.orphanUnmet.run(run)
      prepared.forgetUnmet.run(run)
    },
    deleteFile(path: string): void {
      prepared.deleteNamed.run(path)
      prepared.deleteFile.run(path)
    },
    putNamed(path: string, addresses: Iterable<string>): void {
      prepared.deleteNamed.run(path)
      for (const address of addresses) prepared.putNamed.run(path, address)
    },
    /** Media that files name, in the order of their addresses. @param after to go on behind it */
    named: (after: string): string[] =>
      prepared.named.all(after).map(({ address }) => String(address)),
    close(): void {
      if (database.isTransaction) database.exec('COMMIT')
      database.close()
    },
  }
}
