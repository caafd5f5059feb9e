/** Rows of the shared tables in PostgreSQL. */
import type { Session } from '../../postgres/session.ts'
import { type Key, lengthOf, type Row } from './local-rows.ts'
import { columnNames, placeOf, quoted, type SharedTable, typeOf } from './shared-tables.ts'

/** So many characters are read in one go, and no more rows. */
const readLength = 4 * 1024 * 1024
const mostRows = 1000

type Value = Row[number]

/** PostgreSQL's text has no U+0000, and SQLite's has: that, and what stands for it, is written otherwise there. */
const [nul, stand] = ['\0', '\uFFFE']

const toRemote = (value: Value): Value =>
  typeof value === 'string' && (value.includes(nul) || value.includes(stand))
    ? value.replaceAll(stand, `${stand}1`).replaceAll(nul, `${stand}0`)
    : value

const fromRemote = (value: Value): Value =>
  typeof value === 'string' && value.includes(stand)
    ? value.replaceAll(`${stand}0`, nul).replaceAll(`${stand}1`, stand)
    : value

/** A parameter for each column: the values of all rows in it. */
const columnsIn = (rows: readonly (Row | Key)[], width: number) =>
  Array.from({ length: width }, (_, at) => rows.map((row) => toRemote(row[at] ?? null)))

const arrays = (table: SharedTable, names: readonly string[]) =>
  names.map((name, at) => `$${at + 1}::${typeOf(table, name)}[]`).join(', ')

/** Adds rows, or puts them in the place of those of the same keys. */
export async function putRows(
  session: Session,
  table: SharedTable,
  rows: readonly Row[],
): Promise<void> {
  const names = columnNames(table)
  const others = names.filter((name) => !table.key.includes(name))
  const values = others.map((name) => `"${name}" = excluded."${name}"`).join(', ')
  await session.ask(
    `INSERT INTO ${placeOf(table)} (${quoted(names)}) SELECT * FROM unnest(${arrays(table, names)})
     ON CONFLICT (${quoted(table.key)}) DO ${others.length > 0 ? `UPDATE SET ${values}` : 'NOTHING'}`,
    columnsIn(rows, names.length),
  )
}

export async function removeRows(
  session: Session,
  table: SharedTable,
  keys: readonly Key[],
): Promise<void> {
  await session.ask(
    `DELETE FROM ${placeOf(table)}
     WHERE (${quoted(table.key)}) IN (SELECT * FROM unnest(${arrays(table, table.key)}))`,
    columnsIn(keys, table.key.length),
  )
}

/** The rows of these keys that there are, in whatever order. */
export async function rowsOf(
  session: Session,
  table: SharedTable,
  keys: readonly Key[],
): Promise<Row[]> {
  const rows = await session.rows<Row>(
    `SELECT ${quoted(columnNames(table))} FROM ${placeOf(table)}
     WHERE (${quoted(table.key)}) IN (SELECT * FROM unnest(${arrays(table, table.key)}))`,
    columnsIn(keys, table.key.length),
  )
  return rows.map((row) => row.map(fromRemote))
}

/** How many rows are read in one go: as many as have this many characters, since an article may have 2 MB. */
export class PortionSize {
  /** Of rows whose length nobody knows yet. */
  rows = 10

  /** @param rows that were read in one go */
  note(rows: readonly Row[]): void {
    const length = rows.reduce((sum, row) => sum + lengthOf(row), 0)
    const fitting = length === 0 ? mostRows : Math.floor((rows.length * readLength) / length)
    this.rows = Math.min(Math.max(fitting, 1), this.rows * 2, mostRows)
  }
}

/** All rows, in portions. Within a transaction that sees one state. */
export async function* everyRow(session: Session, table: SharedTable): AsyncGenerator<Row[]> {
  const names = columnNames(table)
  const cursor = '"every row"'
  await session.ask(
    `DECLARE ${cursor} NO SCROLL CURSOR FOR SELECT ${quoted(names)} FROM ${placeOf(table)}`,
  )
  const portion = new PortionSize()
  for (;;) {
    const rows = await session.rows<Row>(`FETCH ${portion.rows} FROM ${cursor}`)
    if (rows.length === 0) break
    portion.note(rows)
    yield rows.map((row) => row.map(fromRemote))
  }
  await session.ask(`CLOSE ${cursor}`)
}

/** A value as COPY reads it as text. */
const copied = (value: string | number | null): string =>
  value === null
    ? '\\N'
    : String(toRemote(value)).replace(/[\\\n\r\t]/g, (one) => escapes[one as keyof typeof escapes])

const escapes = { '\\': '\\\\', '\n': '\\n', '\r': '\\r', '\t': '\\t' } as const

/** So many characters are handed over in one go. */
const portionLength = 256 * 1024

/** Adds many rows to a table that has none: the fastest way that there is. */
export const fillTable = (
  session: Session,
  table: SharedTable,
  rows: Iterable<Row>,
): Promise<void> =>
  session.copyInto(
    `COPY ${placeOf(table)} (${quoted(columnNames(table))}) FROM STDIN`,
    linesOf(rows),
  )

function* linesOf(rows: Iterable<Row>): Generator<string> {
  let text = ''
  for (const row of rows) {
    text += `${row.map(copied).join('\t')}\n`
    if (text.length < portionLength) continue
    yield text
    text = ''
  }
  if (text !== '') yield text
}
