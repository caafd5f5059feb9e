import { join } from 'node:path'
import type { ArticleMark, MarkSource } from './catalogue.ts'
import { unlisted } from './channel-kinds.ts'
import { articleIsOut, articlesDue } from './is-out.ts'
import { lastCommit, readLastCommit } from './last-commit.ts'
import { fileName, openForReading } from './store.ts'

type Row = Record<string, unknown>

/** Articles that are read in one go: few enough to let others in between. */
const portion = 250
const scheme = 'urn:uuid:'

/** Of rows of the table article, which is called `a`. */
const isUnlisted = `EXISTS (SELECT 1 FROM member m WHERE m.channel = ${unlisted} AND m.published = a.published
  AND m.start = substr(a.id, 1, 8) AND m.article = a.number)`

const marks = `SELECT a.number, a.version, a.id, a.slug, a.facts ->> 'canonicalUrl' AS canonical,
  a.identity_sum, a.content_sum, ${articleIsOut(lastCommit)} AND NOT ${isUnlisted} AS isListed FROM article a`

/**
 * Opens the catalogue in `dataDir` over a connection of its own, which sees whole refreshes only. To be closed soon: another
 * may take its place.
 */
export function openMarkSource(dataDir: string): MarkSource {
  const database = openForReading(join(dataDir, fileName))
  const read = (sql: string) => database.prepare(sql)
  const id = String(read("SELECT value FROM setting WHERE name = 'id'").get()?.value)
  return {
    id,
    changedSince: async (version) =>
      read(`${marks} WHERE a.version > :version ORDER BY a.version LIMIT ${portion}`)
        .all({ version })
        .map(markOf),
    lastCommit: async () =>
      readLastCommit({ setting: read('SELECT value FROM setting WHERE name = ?') }),
    dueSince: async (since) =>
      read(`${articlesDue(':since', lastCommit)} ORDER BY 1`)
        .all({ since })
        .map(({ number }) => Number(number)),
    byNumber: async (numbers) =>
      read(`${marks} WHERE a.number IN (SELECT value FROM json_each(:numbers))`)
        .all({ numbers: JSON.stringify(numbers) })
        .map(markOf),
    async byId(urn) {
      const row = read(`${marks} WHERE a.id = :id`).get({ id: urn.slice(scheme.length) })
      return row && markOf(row)
    },
    close: async () => database.close(),
  }
}

const markOf = (row: Row): ArticleMark => ({
  number: Number(row.number),
  version: Number(row.version),
  id: `${scheme}${row.id}`,
  slug: String(row.slug),
  ...(typeof row.canonical === 'string' && { canonicalUrl: row.canonical }),
  // Rows of former Newsstands have none until they are written next.
  sum: `${row.identity_sum ?? ''} ${row.content_sum ?? ''}`,
  isListed: row.isListed === 1,
})
