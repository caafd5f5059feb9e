import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import type { ArticleContent, Term } from '../article.ts'
import { fold } from './fold.ts'
import { type Query, slugToken } from './query.ts'

/** Raised whenever the index of the same articles would be another one. */
const indexVersion = 1
/** Articles that are indexed in one go: few enough to let a search in between. */
const portion = 100

/**
 * Rows are numbered by date of publication, in the order of which FTS5 can go through what it finds
 * without sorting. The lowest twenty bits keep articles of the same second apart.
 */
const rowid = '(CAST(? AS INTEGER) / 1000) * 1048576 + (CAST(? AS INTEGER) & 1048575)'

type Row = Record<string, unknown>

/**
 * A full-text index of the catalogue's articles, in an SQLite file of its own: it is made from the
 * catalogue, and made anew whenever it does not fit it.
 */
export class SearchIndex {
  readonly #catalogue: DatabaseSync
  readonly #index: DatabaseSync
  readonly #statements

  /** @param dataDir where the catalogue is */
  constructor(dataDir: string) {
    this.#catalogue = new DatabaseSync(join(dataDir, 'catalogue.sqlite'), { readOnly: true })
    const id = this.#catalogue.prepare("SELECT value FROM setting WHERE name = 'id'").get()?.value
    this.#index = openIndex(join(dataDir, 'search.sqlite'), `${indexVersion} ${id}`)
    this.#statements = {
      changed: this.#catalogue.prepare(
        `SELECT number, version, path, published, facts, html FROM article
         WHERE version > ? ORDER BY version LIMIT ?`,
      ),
      visible: this.#catalogue.prepare(
        `SELECT 1 FROM article WHERE number = ? AND path IS NOT NULL
         AND published <= ? AND (expires IS NULL OR expires > ?)`,
      ),
      version: this.#index.prepare("SELECT value FROM state WHERE name = 'version'"),
      putVersion: this.#index.prepare("INSERT OR REPLACE INTO state VALUES ('version', ?)"),
      row: this.#index.prepare('SELECT row FROM entry WHERE number = ?'),
      putEntry: this.#index.prepare(
        `INSERT OR REPLACE INTO entry (row, number) VALUES (${rowid}, ?) RETURNING row`,
      ),
      deleteEntry: this.#index.prepare('DELETE FROM entry WHERE row = ?'),
      putText: this.#index.prepare(
        `INSERT INTO text (rowid, title, summary, names, body, section, tag, author)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
      ),
      deleteText: this.#index.prepare('DELETE FROM text WHERE rowid = ?'),
      find: this.#index.prepare(
        `SELECT e.number FROM text JOIN entry e ON e.row = text.rowid
         WHERE text MATCH ? AND text.rowid >= ? AND text.rowid < ? ORDER BY text.rowid DESC`,
      ),
    }
  }

  /** Indexes some of what changed since last time. @returns whether there may be more */
  catchUp(): boolean {
    const since = Number(this.#statements.version.get()?.value ?? 0)
    const rows = this.#statements.changed.all(since, portion)
    if (rows.length === 0) return false
    this.#index.exec('BEGIN')
    try {
      for (const row of rows) this.#put(row)
      this.#statements.putVersion.run(Number(rows.at(-1)?.version))
      this.#index.exec('COMMIT')
    } catch (error) {
      this.#index.exec('ROLLBACK')
      throw error
    }
    return rows.length === portion
  }

  /** The articles that are out at `now` (ms since 1970), newest first: their numbers. */
  find({ match, after, before }: Query, limit: number, now: number): number[] {
    const least = after === undefined ? -(2n ** 62n) : firstRow(after)
    const most = before === undefined ? 2n ** 62n : firstRow(before)
    const found: number[] = []
    for (const { number } of this.#statements.find.iterate(match, least, most)) {
      if (!this.#statements.visible.get(Number(number), now, now)) continue
      found.push(Number(number))
      if (found.length === limit) break
    }
    return found
  }

  #put({ number, path, published, facts, html }: Row): void {
    const old = this.#statements.row.get(Number(number))?.row
    if (old !== undefined) {
      this.#statements.deleteText.run(Number(old))
      this.#statements.deleteEntry.run(Number(old))
    }
    if (path === null) return
    const content = JSON.parse(String(facts)) as Omit<ArticleContent, 'content'>
    const { title, summary, section, tags, authors } = content
    const terms = [...(section ? [section] : []), ...tags, ...authors]
    const entry = this.#statements.putEntry.get(Number(published), Number(number), Number(number))
    this.#statements.putText.run(
      Number(entry?.row),
      fold(title),
      fold(summary ?? ''),
      fold(terms.map(({ name }) => name).join(' . ')),
      fold(textOf(String(html))),
      tokens(section ? [section] : []),
      tokens(tags),
      tokens(authors),
    )
  }
}

const tokens = (terms: readonly Term[]) => terms.map(({ slug }) => slugToken(slug)).join(' ')

const firstRow = (time: number) => BigInt(Math.floor(time / 1000)) * 1048576n

const entities: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"' }

/** Our safe HTML as plain text. */
function textOf(html: string): string {
  return html
    .replace(/<[^>]*>/g, ' ')
    .replace(/&(\w+);/g, (all, name: string) => entities[name] ?? all)
}

/** @param state what the index depends on besides the articles */
function openIndex(path: string, state: string): DatabaseSync {
  try {
    const index = new DatabaseSync(path)
    index.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA cache_size = -8000')
    index.exec('CREATE TABLE IF NOT EXISTS state (name TEXT PRIMARY KEY, value) WITHOUT ROWID')
    const row = index.prepare("SELECT value FROM state WHERE name = 'made from'").get()
    if (row?.value === state) return index
    if (row === undefined) return makeTables(index, state)
    index.close()
  } catch {
    // A damaged index is as good as none.
  }
  for (const end of ['', '-wal', '-shm']) rmSync(path + end, { force: true })
  return openIndex(path, state)
}

function makeTables(index: DatabaseSync, state: string): DatabaseSync {
  index.exec(`
    CREATE TABLE entry (row INTEGER PRIMARY KEY, number INTEGER NOT NULL UNIQUE);
    CREATE VIRTUAL TABLE text USING fts5 (
      title, summary, names, body, section, tag, author,
      content = '', contentless_delete = 1, tokenize = "unicode61 remove_diacritics 0 tokenchars '_'"
    )`)
  index.prepare("INSERT INTO state VALUES ('made from', ?)").run(state)
  return index
}
