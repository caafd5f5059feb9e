/** The tables in PostgreSQL, and what they say of the site as a whole. */
import { beginTables } from '../../postgres/database.ts'
import type { Session } from '../../postgres/session.ts'
import { placeOf, quoted, type SharedTable } from './shared-tables.ts'

/**
 * One row in `site`: which catalogue it is, the number of the last commit, the one that was written whole last, and who wrote it. A row in `commit`
 * for each, with a name, as a database that was put back from a backup may go on with the same numbers otherwise: what its readers are told. A row in `change` for each row that a commit has written or removed.
 */
const ownTables = `
  CREATE TABLE IF NOT EXISTS newsstand.site (
    is_one boolean PRIMARY KEY DEFAULT true CHECK (is_one),
    id text NOT NULL, n bigint NOT NULL, whole bigint NOT NULL, made_by jsonb NOT NULL
  );
  CREATE TABLE IF NOT EXISTS newsstand.commit (
    n bigint PRIMARY KEY, name text NOT NULL, at timestamptz NOT NULL DEFAULT clock_timestamp(), told jsonb
  );
  CREATE TABLE IF NOT EXISTS newsstand.change (
    n bigint NOT NULL, place text COLLATE "C" NOT NULL, key text COLLATE "C" NOT NULL,
    PRIMARY KEY (n, place, key)
  );
  CREATE TABLE IF NOT EXISTS newsstand.request (
    token text PRIMARY KEY, what text NOT NULL, path text, answer text,
    at timestamptz NOT NULL DEFAULT clock_timestamp()
  );`

/** Makes what is missing: of a newer Newsstand there are columns more, which an older one leaves alone. */
export async function makeTables(session: Session, tables: readonly SharedTable[]): Promise<void> {
  // To add a column that is there waits for all who read the table.
  const known = await session.ask<{ place: string; name: string }>(
    `SELECT table_name AS place, column_name AS name FROM information_schema.columns
     WHERE table_schema = 'newsstand'`,
  )
  const isThere = (place: string, name: string) =>
    known.some((column) => column.place === place && column.name === name)
  const statements = tables.flatMap((table) => {
    const columns = table.columns.map(({ name, type }) => {
      const kind = type === 'text' ? 'text COLLATE "C"' : type
      return { name, text: `"${name}" ${kind}` }
    })
    const keyed = columns.filter(({ name }) => table.key.includes(name)).map(({ text }) => text)
    const others = columns.filter(
      ({ name }) => !table.key.includes(name) && !isThere(table.name, name),
    )
    return [
      `CREATE TABLE IF NOT EXISTS ${placeOf(table)} (${keyed.join(', ')}, PRIMARY KEY (${quoted(table.key)}))`,
      ...others.map(({ text }) => `ALTER TABLE ${placeOf(table)} ADD COLUMN IF NOT EXISTS ${text}`),
    ]
  })
  await session.wait(['BEGIN', beginTables, ownTables, ...statements, 'COMMIT'].join(';\n'))
}

/** Which program has written last, and with which settings: by the names of settings, as text. */
export interface MadeBy {
  /** Steps of the tables. */
  readonly tables: number
  readonly intake: number
  readonly rendering: number
  readonly settings: Readonly<Record<string, string>>
}

/** In ms since 1970, as SQL. */
export const clock = 'floor(extract(epoch FROM clock_timestamp()) * 1000)::bigint'

export interface SharedSite {
  /** Which catalogue it is; see Catalogue. */
  readonly id: string
  /** The number of the last commit, and its name. */
  readonly n: number
  readonly name: string
  /** Whoever has an earlier one copies everything. */
  readonly whole: number
  readonly madeBy: MadeBy
  /** What the database's clock says, in ms since 1970. */
  readonly now: number
}

/** The names of settings that are others, in a sentence; undefined where all are the same. */
export function differenceOf(ours: MadeBy, theirs: MadeBy): string | undefined {
  const all = Object.keys({ ...ours.settings, ...theirs.settings })
  const names = all.filter((name) => ours.settings[name] !== theirs.settings[name])
  if (names.length === 0) return undefined
  const are = names.length === 1 ? 'is' : 'are'
  const other = names.includes('SITE_ID')
    ? ' A site that is another one needs a database of its own.'
    : ''
  return `${names.join(', ')} ${are} set otherwise here than on the machine that refreshes.${other}`
}

/**
 * @param lock whether nobody else may commit until the transaction ends
 * @returns undefined where nothing was ever committed
 */
export async function siteOf(session: Session, lock = false): Promise<SharedSite | undefined> {
  const [table] = await session.ask<{ isThere: boolean }>(
    `SELECT to_regclass('newsstand.site') IS NOT NULL AS "isThere"`,
  )
  if (!table?.isThere) return undefined
  const query = `SELECT id, n, whole, made_by AS "madeBy",
      (SELECT c.name FROM newsstand.commit c WHERE c.n = site.n) AS name, ${clock} AS now FROM newsstand.site${lock ? ' FOR UPDATE' : ''}`
  return (await session.ask<SharedSite>(query))[0]
}
