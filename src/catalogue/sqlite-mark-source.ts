import { join } from 'node:path'
import type { ArticleMark, MarkSource } from './catalogue.ts'
import { unlisted } from './channel-kinds.ts'
import { articleIsOut, articlesDue } from './is-out.ts'
import { fileName, openForReading } from './store.ts'

type Row = Record<string, unknown>

/** Articles that are read in one go: few enough to let others in between. */
const portion = 250
const scheme = 'urn:uuid:'

/** Of rows of the table article, which is called `a`. */
const isUnlisted = `EXISTS (SELECT 1 FROM member m WHERE m.channel = ${unlisted} AND m.published = a.published
  AND m.start = substr(a.id, 1, 8) AND m.article = a.number)`

const marks = `SELECT a.number, a.version, a.id, a.slug, a.facts ->> 'canonicalUrl' AS canonical,
  a.identity_sum, a.content_sum, ${articleIsOut} AND NOT ${isUnlisted} AS isListed FROM article a`

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
    changedSince: async (version, now) =>
      read(`${marks} WHERE a.version > :version ORDER BY a.version LIMIT ${portion}`)
        .all({ version, now })
        .map(markOf),
    dueBetween: async (since, now) =>
      read(`${articlesDue} ORDER BY 1`)
        .all({ since, now })
        .map(({ number }) => Number(number)),
    byNumber: async (numbers, now) =>
      read(`${marks} WHERE a.number IN (SELECT value FROM json_each(:numbers))`)
        .all({ numbers: JSON.stringify(numbers), now })
        .map(markOf),
    async byId(urn, now) {
      const row = read(`${marks} WHERE a.id = :id`).get({ id: urn.slice(scheme.length), now })
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
