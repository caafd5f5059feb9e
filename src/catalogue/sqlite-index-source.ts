import { join } from 'node:path'
import { articleOf } from './answers.ts'
import type { ArticleState, IndexSource } from './catalogue.ts'
import { DamageError, isDamage, isDamageOfTables } from './damage.ts'
import { articleIsOut } from './is-out.ts'
import { lastCommit } from './last-commit.ts'
import { fileName, openForReading } from './store.ts'

type Row = Record<string, unknown>

/** Articles that are read in one go: few enough to let a search in between. */
const portion = 100
/** Characters of their HTML: they are in memory together. */
const portionLength = 4 * 1024 * 1024

/**
 * Opens the catalogue in `dataDir` over a connection of its own, which sees whole refreshes only.
 * @throws DamageError
 */
export function openIndexSource(dataDir: string): IndexSource {
  return tellingDamage(() => {
    const database = openForReading(join(dataDir, fileName))
    const id = database.prepare("SELECT value FROM setting WHERE name = 'id'").get()?.value
    const last = database.prepare('SELECT max(version) AS version FROM article')
    const changed = database.prepare(
      `SELECT number, version, path, id, slug, first_slug, hash, published, updated, expires, facts, html,
         identity_sum, content_sum
       FROM article WHERE version > ? ORDER BY version LIMIT ${portion}`,
    )
    const out = database.prepare(
      `SELECT a.number FROM article a
       WHERE a.number IN (SELECT value FROM json_each(?)) AND ${articleIsOut(lastCommit)}`,
    )
    return {
      id: String(id),
      lastVersion: async () => tellingDamage(() => Number(last.get()?.version ?? 0)),
      changedSince: async (version) =>
        tellingDamage(() => shortPortion(changed.iterate(version)).map(stateOf)),
      outOf: async (numbers) =>
        tellingDamage(() => {
          const rows = out.all(JSON.stringify(numbers))
          return new Set(rows.map(({ number }) => Number(number)))
        }),
    }
  })
}

/** @throws DamageError also where it is SQLite that finds the damage */
function tellingDamage<T>(read: () => T): T {
  try {
    return read()
  } catch (error) {
    throw isDamageOfTables(error) ? new DamageError((error as Error).message) : error
  }
}

/** The first of these rows, few where they are long. */
function shortPortion(rows: Iterable<Row>): Row[] {
  const taken: Row[] = []
  let length = 0
  for (const row of rows) {
    taken.push(row)
    length += String(row.html).length
    if (length > portionLength) break
  }
  return taken
}

function stateOf(row: Row): ArticleState {
  const state = { number: Number(row.number), version: Number(row.version), article: undefined }
  if (row.path === null) return state
  try {
    return { ...state, article: articleOf(row) }
  } catch (error) {
    if (!isDamage(error)) throw error
    return { ...state, damage: (error as Error).message }
  }
}
