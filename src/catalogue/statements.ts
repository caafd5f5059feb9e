import type { DatabaseSync } from 'node:sqlite'
import { anyLeftNews, articlesDue } from './is-out.ts'
import { type Content, contentSum, type Identity, identitySum } from './sums.ts'

export type Statements = ReturnType<typeof prepareStatements>

/** By path. */
export const allRejections =
  'SELECT r.*, f.article FROM rejection r LEFT JOIN file f ON f.path = r.path ORDER BY r.path'

const columns = `number, id, slug, first_slug, path, hash, published, updated, expires, facts,
  identity_sum, content_sum`

/** The statements of a refresh, prepared once. */
export function prepareStatements(database: DatabaseSync) {
  return {
    fileByPath: database.prepare('SELECT signature, article FROM file WHERE path = ?'),
    textByPath: database.prepare(
      'SELECT a.number, a.hash FROM file f JOIN article a ON a.number = f.article WHERE f.path = ?',
    ),
    putFile: database.prepare('INSERT OR REPLACE INTO file VALUES (?, ?, ?)'),
    deleteFile: database.prepare('DELETE FROM file WHERE path = ?'),
    rejectionByPath: database.prepare('SELECT line, reason, others FROM rejection WHERE path = ?'),
    putRejection: database.prepare('INSERT OR REPLACE INTO rejection VALUES (?, ?, ?, ?, ?, ?)'),
    deleteRejection: database.prepare('DELETE FROM rejection WHERE path = ?'),
    anyFile: database.prepare('SELECT 1 FROM file LIMIT 1'),
    anyNote: database.prepare('SELECT 1 FROM note LIMIT 1'),
    insertNote: database.prepare('INSERT INTO note VALUES (?, ?, ?, ?)'),
    countNotes: database.prepare(
      'SELECT count(*) AS notes FROM note WHERE path = ? AND number >= 0',
    ),
    deleteNotes: database.prepare('DELETE FROM note WHERE path = ?'),
    anyNeed: database.prepare('SELECT 1 FROM need LIMIT 1'),
    putNeeds: database.prepare('INSERT OR REPLACE INTO need VALUES (?, ?)'),
    deleteNeeds: database.prepare('DELETE FROM need WHERE path = ?'),
    articleByNumber: database.prepare(`SELECT ${columns} FROM article WHERE number = ?`),
    articleById: database.prepare(`SELECT ${columns} FROM article WHERE id = ?`),
    removedByHash: database.prepare(
      `SELECT ${columns} FROM article WHERE hash = ? AND path IS NULL
       ORDER BY removed DESC, id LIMIT 1`,
    ),
    articlesDue: database.prepare(
      `SELECT ${columns} FROM article WHERE path IS NOT NULL AND number IN (${articlesDue(':since', ':until')})`,
    ),
    anyLeftNews: database.prepare(anyLeftNews(':since', ':until')),
    insertArticle: database.prepare(
      `INSERT INTO article (id, slug, first_slug, path, hash, first_seen, published, updated, expires, facts,
         html, identity_sum, content_sum, version)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    ),
    updateArticle: database.prepare(
      `UPDATE article SET path = ?, hash = ?, published = ?, updated = ?, expires = ?, facts = ?, html = ?,
       identity_sum = ?, content_sum = ?, version = ?, removed = NULL WHERE number = ?`,
    ),
    putSlug: database.prepare(
      'UPDATE article SET slug = ?, first_slug = ?, identity_sum = ?, version = ? WHERE number = ?',
    ),
    leave: database.prepare(
      'UPDATE article SET path = NULL, removed = ?, version = ? WHERE number = ?',
    ),
    comeBack: database.prepare(
      'UPDATE article SET path = ?, removed = NULL, version = ? WHERE number = ?',
    ),
    raiseVersion: database.prepare('UPDATE article SET version = ? WHERE number = ?'),
    anyLink: database.prepare('SELECT 1 FROM link LIMIT 1'),
    putLink: database.prepare('INSERT OR IGNORE INTO link VALUES (?, ?)'),
    deleteLinks: database.prepare('DELETE FROM link WHERE article = ?'),
    linking: database.prepare(
      `SELECT ${columns} FROM article WHERE path IS NOT NULL
       AND number IN (SELECT article FROM link WHERE key IN (?, ?))`,
    ),
    lastVersion: database.prepare('SELECT max(version) AS version FROM article'),
    lastNumbering: database.prepare('SELECT name FROM numbering ORDER BY first DESC LIMIT 1'),
    putNumbering: database.prepare('INSERT OR REPLACE INTO numbering VALUES (?, ?)'),
    anyArticle: database.prepare('SELECT 1 FROM article LIMIT 1'),
    countFiles: database.prepare('SELECT count(*) AS files FROM file'),
    countArticles: database.prepare(
      'SELECT count(*) AS articles FROM article WHERE path IS NOT NULL',
    ),
    countNoted: database.prepare(
      'SELECT count(DISTINCT path) AS files FROM note WHERE number >= 0',
    ),
    rejections: database.prepare(allRejections),
    putSetting: database.prepare('INSERT OR REPLACE INTO setting VALUES (?, ?)'),
    setting: database.prepare('SELECT value FROM setting WHERE name = ?'),
    renameSetting: database.prepare('UPDATE OR REPLACE setting SET name = ? WHERE name = ?'),
    deleteSetting: database.prepare('DELETE FROM setting WHERE name = ?'),
  }
}

/**
 * Adds a row of the table article, with its sums.
 * @param path null where its file is not known
 * @returns its number
 */
export function insertArticle(
  { insertArticle: insert }: Statements,
  row: Identity & Content & { readonly path: string | null },
  firstSeen: number,
  version: number,
): number {
  const { id, slug, firstSlug, path, hash, published, updated, expires, facts, html } = row
  const { lastInsertRowid } = insert.run(
    ...[id, slug, firstSlug, path, hash, firstSeen, published, updated, expires, facts, html],
    ...[identitySum(row), contentSum(row), version],
  )
  return Number(lastInsertRowid)
}
