import { existsSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { type ArticleContent, mostContentBytes, type Term } from '../article.ts'
import { allTermKinds, termsOf } from '../catalogue/channel-kinds.ts'
import { isDamage } from '../catalogue/damage.ts'
import { openForReading } from '../catalogue/store.ts'
import { startOfDay } from './days.ts'
import { fold } from './fold.ts'
import { type Query, slugToken } from './query.ts'

/** Raised whenever the index of the same articles would be another one: also for another kind of term. */
const indexVersion = 1
/** Articles that are indexed in one go: few enough to let a search in between. */
const portion = 100
/** Characters of their HTML. */
const portionLength = 4 * 1024 * 1024

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
  readonly #isWritable: boolean
  readonly #path: string
  readonly #timeZone: string
  readonly #statements

  /**
   * @param dataDir where the catalogue is
   * @param timeZone of the days that searches name
   */
  constructor(dataDir: string, timeZone: string) {
    this.#timeZone = timeZone
    this.#catalogue = openForReading(join(dataDir, 'catalogue.sqlite'))
    const id = this.#catalogue.prepare("SELECT value FROM setting WHERE name = 'id'").get()?.value
    const last = this.#catalogue.prepare('SELECT max(version) AS version FROM article').get()
    const state = { madeFrom: `${indexVersion} ${id}`, atMost: Number(last?.version ?? 0) }
    this.#path = join(dataDir, 'search.sqlite')
    const { index, isWritable } = openAsFarAsPossible(this.#path, state)
    this.#index = index
    this.#isWritable = isWritable
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
        `INSERT INTO text (rowid, title, summary, names, body, ${allTermKinds})
         VALUES (?, ?, ?, ?, ?, ${allTermKinds.map(() => '?')})`,
      ),
      deleteText: this.#index.prepare('DELETE FROM text WHERE rowid = ?'),
      find: this.#index.prepare(
        `SELECT e.number FROM text JOIN entry e ON e.row = text.rowid
         WHERE text MATCH ? AND text.rowid >= ? AND text.rowid < ? ORDER BY text.rowid DESC`,
      ),
    }
  }

  /** Throws the index away: whoever opens it next makes it anew. */
  discard(): void {
    this.#index.close()
    if (this.#isWritable) removeFile(this.#path)
  }

  /** Indexes some of what changed since last time. @returns whether there may be more */
  catchUp(): boolean {
    if (!this.#isWritable) return false
    const since = Number(this.#statements.version.get()?.value ?? 0)
    const rows = this.#changedSince(since)
    if (rows.length === 0) return false
    this.#index.exec('BEGIN')
    try {
      for (const row of rows) this.#put(row)
      this.#statements.putVersion.run(Number(rows.at(-1)?.version))
      this.#index.exec('COMMIT')
    } catch (error) {
      // SQLite does so itself when the disk is full.
      if (this.#index.isTransaction) this.#index.exec('ROLLBACK')
      throw error
    }
    return true
  }

  /** Few where they are long: they are in memory together. */
  #changedSince(version: number): Row[] {
    const rows: Row[] = []
    let length = 0
    for (const row of this.#statements.changed.iterate(version, portion)) {
      rows.push(row)
      length += String(row.html).length
      if (length > portionLength) break
    }
    return rows
  }

  /** The articles that are out at `now` (ms since 1970), newest first: their numbers. */
  find({ match, after, before }: Query, limit: number, now: number): number[] {
    const least = after === undefined ? -(2n ** 62n) : this.#firstRowOf(after)
    const most = before === undefined ? 2n ** 62n : this.#firstRowOf(before)
    const found: number[] = []
    for (const { number } of this.#statements.find.iterate(match, least, most)) {
      if (!this.#statements.visible.get(Number(number), now, now)) continue
      found.push(Number(number))
      if (found.length === limit) break
    }
    return found
  }

  /** The first row that an article of that day may have. */
  #firstRowOf(day: string): bigint {
    return BigInt(startOfDay(day, this.#timeZone) / 1000) * 1048576n
  }

  #put({ number, path, published, facts, html }: Row): void {
    const old = this.#statements.row.get(Number(number))?.row
    if (typeof old === 'bigint') {
      this.#statements.deleteText.run(old)
      this.#statements.deleteEntry.run(old)
    }
    if (path === null) return
    const content = JSON.parse(String(facts)) as Omit<ArticleContent, 'content'>
    const { title, summary } = content
    const terms = allTermKinds.map((kind) => termsOf(kind, content))
    const entry = this.#statements.putEntry.get(Number(published), Number(number), Number(number))
    this.#statements.putText.run(
      entry?.row ?? null,
      fold(title),
      fold(summary ?? ''),
      fold(
        terms
          .flat()
          .map(({ name }) => name)
          .join(' . '),
      ),
      fold(textOf(shown(String(html)))),
      ...terms.map(tokens),
    )
  }
}

/** Nobody is shown a text that was kept when there was no limit. */
const shown = (html: string) => (Buffer.byteLength(html) > mostContentBytes ? '' : html)

const tokens = (terms: readonly Term[]) => terms.map(({ slug }) => slugToken(slug)).join(' ')

const entities: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"' }

/** Our safe HTML as plain text. */
function textOf(html: string): string {
  return html
    .replace(/<[^>]*>/g, ' ')
    .replace(/&(\w+);/g, (all, name: string) => entities[name] ?? all)
}

/** What an index must have been made from to be of use. */
interface State {
  readonly madeFrom: string
  /** The newest version in the catalogue: an index ahead of it was made from a later one. */
  readonly atMost: number
}

/** An index that cannot be written still finds what is in it. */
function openAsFarAsPossible(path: string, state: State) {
  try {
    return { index: openIndex(path, state), isWritable: true }
  } catch (error) {
    if (!existsSync(path)) throw error
    return { index: openForReading(path, { readBigInts: true }), isWritable: false }
  }
}

/**
 * Opens the index, or makes it anew where it does not fit or is damaged.
 * Its numbers are read as BigInt: rows of the years to come are larger than JavaScript's numbers.
 * @throws when it cannot
 */
function openIndex(path: string, state: State): DatabaseSync {
  const index = new DatabaseSync(path, { readBigInts: true })
  try {
    prepareFile(index)
    if (fits(index, state)) return index
  } catch (error) {
    // A full disk or a lock is no reason to throw an index away.
    if (!isDamage(error)) {
      index.close()
      throw error
    }
  }
  index.close()
  removeFile(path)
  const made = new DatabaseSync(path, { readBigInts: true })
  prepareFile(made)
  makeTables(made, state)
  return made
}

function removeFile(path: string): void {
  for (const end of ['', '-wal', '-shm']) rmSync(path + end, { force: true })
}

function prepareFile(index: DatabaseSync): void {
  index.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA cache_size = -8000')
  index.exec('CREATE TABLE IF NOT EXISTS state (name TEXT PRIMARY KEY, value) WITHOUT ROWID')
}

function fits(index: DatabaseSync, { madeFrom, atMost }: State): boolean {
  const value = index.prepare('SELECT value FROM state WHERE name = ?')
  const version = Number(value.get('version')?.value ?? 0)
  return value.get('made from')?.value === madeFrom && version <= atMost
}

function makeTables(index: DatabaseSync, { madeFrom }: State): void {
  index.exec(`
    CREATE TABLE entry (row INTEGER PRIMARY KEY, number INTEGER NOT NULL UNIQUE);
    CREATE VIRTUAL TABLE text USING fts5 (
      title, summary, names, body, ${allTermKinds},
      content = '', contentless_delete = 1, tokenize = "unicode61 remove_diacritics 0 tokenchars '_'"
    )`)
  index.prepare("INSERT INTO state VALUES ('made from', ?)").run(madeFrom)
}
