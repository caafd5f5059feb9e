import type { DatabaseSync } from 'node:sqlite'
import { passedOverNumber } from './findings.ts'
import { articleIsOut, countOfOut, countOfOutIn, nextDue } from './is-out.ts'
import { lastCommit } from './last-commit.ts'
import { allRejections } from './statements.ts'

/** As SQL, in a query of the table note. */
const isNote = '(number >= 0)'
const isPassedOver = `(number = ${passedOverNumber})`

/** So many articles of one name are told apart by what else an address says. */
export const mostNamesakes = 100

export type Queries = ReturnType<typeof prepareQueries>

/** Reading goes over a connection of its own, which sees whole refreshes only. */
export function prepareQueries(reader: DatabaseSync) {
  const isOut = articleIsOut(lastCommit)
  const identity = 'a.id, a.slug, a.first_slug, a.hash, a.updated, a.identity_sum'
  const listedColumns = `a.number, a.version, a.published, a.facts ->> 'language' AS language,
    ${identity}`
  const articleColumns = `a.published, a.expires, a.facts, a.html, a.content_sum, ${identity}`
  const members = `FROM channel c JOIN member m ON m.channel = c.number
    JOIN article a ON a.number = m.article WHERE c.kind = ? AND c.slug = ?`
  const stating = (
    paths: string,
  ) => `${isOut} AS isOut, d.path AS address, d.article, d.lasts, d.sum
    FROM address d JOIN article a ON a.number = d.article
    WHERE d.path IN (${paths}) AND a.published <= ${lastCommit} ORDER BY d.number`
  const unstated = (slug: string) =>
    `CASE WHEN NOT EXISTS (SELECT 1 FROM address WHERE path = '/articles/' || ${slug}) THEN ${slug} END`
  const inOrder = 'ORDER BY m.published DESC, m.start, m.article'
  const newest = `AND ${isOut} ${inOrder} LIMIT ? OFFSET ?`
  return {
    setting: reader.prepare('SELECT value FROM setting WHERE name = ?'),
    files: reader.prepare(
      `SELECT f.path, f.signature, n.needs,
         f.article IS NULL AND NOT EXISTS (SELECT 1 FROM rejection WHERE path = f.path)
         AND NOT EXISTS (SELECT 1 FROM edition WHERE path = f.path) AS isNone
       FROM file f LEFT JOIN need n ON n.path = f.path`,
    ),
    listed: reader.prepare(`SELECT ${listedColumns} ${members} ${newest}`),
    archived: reader.prepare(
      `SELECT ${listedColumns} ${members} AND m.archive = ? AND ${isOut} ${inOrder}`,
    ),
    listedByNumber: reader.prepare(`SELECT ${listedColumns} FROM article a WHERE number = ?`),
    articleByNumber: reader.prepare(`SELECT ${articleColumns} FROM article a WHERE number = ?`),
    // Of the files of these paths.
    linked: reader.prepare(
      `SELECT f.path, a.slug FROM file f JOIN article a ON a.number = f.article
       WHERE f.path IN (SELECT value FROM json_each(?)) AND ${isOut}`,
    ),
    isLinked: reader.prepare(
      `SELECT 1 FROM link l JOIN article a ON a.number = l.article
       WHERE l.key IN (?, ?) AND ${isOut} LIMIT 1`,
    ),
    // What was out once, and is not any more, is told from what never was.
    articlesByStart: reader.prepare(
      `SELECT ${articleColumns}, a.number, ${isOut} AS isOut FROM article a
       WHERE a.id BETWEEN ? AND ? AND a.published <= ${lastCommit}`,
    ),
    // Of those that state this address or stated it, the first to do so first.
    articlesByAddress: reader.prepare(`SELECT ${articleColumns}, a.number, ${stating('?')}`),
    pagesByAddress: reader.prepare(`SELECT a.number, a.version, ${identity}, ${stating('?, ?')}`),
    // Most addresses that are asked for and are none are none of these either: one look has to be enough.
    isAddress: reader.prepare(
      `SELECT 1 FROM address WHERE path IN (?, ?)
       UNION ALL SELECT 1 FROM address WHERE path BETWEEN ? AND ? LIMIT 1`,
    ),
    // Of more than these it is not found out which is meant.
    pagesByName: reader.prepare(
      `SELECT ${identity}, a.path, a.published, a.expires, a.facts, ${isOut} AS isOut, d.path AS address, d.article, d.lasts, d.sum
       FROM address d JOIN article a ON a.number = d.article
       WHERE d.path BETWEEN ? AND ? AND a.path IS NOT NULL LIMIT ${mostNamesakes + 1}`,
    ),
    // In the order of their paths, so that one that several articles state comes once.
    statedAfter: reader.prepare(
      `SELECT DISTINCT path FROM address
       WHERE path > ? AND (path LIKE '/%' OR path BETWEEN ? AND ?) ORDER BY path LIMIT ?`,
    ),
    leftAfter: reader.prepare(
      `SELECT number, ${unstated('slug')} AS slug, ${unstated('first_slug')} AS first FROM article
       WHERE number > ? AND (first_slug IS NOT NULL OR path IS NULL OR expires IS NOT NULL)
       ORDER BY number LIMIT ?`,
    ),
    pages: reader.prepare(
      `SELECT a.number, a.version, ${identity}, a.facts ->> 'canonicalUrl' AS canonical,
         a.facts ->> '$.section.slug' AS section FROM article a
       WHERE a.number BETWEEN ? AND ? AND ${isOut}`,
    ),
    lastNumber: reader.prepare('SELECT max(number) AS number FROM article'),
    lastVersion: reader.prepare('SELECT max(version) AS version FROM article'),
    numberingOf: reader.prepare(
      `SELECT name FROM numbering WHERE first <= :version
       AND coalesce((SELECT max(version) FROM article), 0) >= :version ORDER BY first DESC LIMIT 1`,
    ),
    rejections: reader.prepare(`${allRejections} LIMIT ?`),
    isRejected: reader.prepare('SELECT 1 FROM rejection WHERE path = ?'),
    notes: reader.prepare(
      `SELECT path, line, text FROM note WHERE ${isNote} ORDER BY path, number LIMIT ?`,
    ),
    passedOver: reader.prepare(
      `SELECT path, line, text FROM note WHERE ${isPassedOver} ORDER BY path LIMIT ?`,
    ),
    months: reader.prepare(
      `SELECT c.slug, c.name, strftime('%Y-%m', m.published / 1000, 'unixepoch') AS month,
         count(*) AS articles
       FROM channel c JOIN member m ON m.channel = c.number
       WHERE c.kind = 'section' AND m.published BETWEEN ? AND ?
       GROUP BY c.number, month ORDER BY month, c.articles DESC, c.slug`,
    ),
    channels: reader.prepare(
      `SELECT * FROM channel WHERE kind = ? AND articles > 0 AND changed IS NOT NULL
       ORDER BY articles DESC, slug LIMIT ? OFFSET ?`,
    ),
    everyChannel: reader.prepare(
      `SELECT * FROM channel WHERE kind = ? AND slug > ? AND changed IS NOT NULL
       ORDER BY slug LIMIT ?`,
    ),
    channel: reader.prepare(
      'SELECT * FROM channel WHERE kind = ? AND slug = ? AND changed IS NOT NULL',
    ),
    countIn: reader.prepare(
      `SELECT ${countOfOutIn(lastCommit)} AS articles FROM channel c WHERE c.kind = ? AND c.slug = ?`,
    ),
    // Every row is looked at: an index that has lost the site's does not say so.
    anySite: reader.prepare(
      "SELECT 1 FROM channel NOT INDEXED WHERE kind = 'site' AND changed IS NOT NULL",
    ),
    counts: reader.prepare(
      `SELECT ${countOfOut(lastCommit)} AS articles, (SELECT count(*) FROM rejection) AS rejections,
         (SELECT count(*) FROM note WHERE ${isNote}) AS notes,
         (SELECT count(*) FROM note WHERE ${isPassedOver}) AS passedOver`,
    ),
    nextDue: reader.prepare(nextDue(':moment')),
  }
}
