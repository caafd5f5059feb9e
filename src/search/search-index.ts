import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import type { Term } from '../article.ts'
import type { ArticleState, IndexSource } from '../catalogue/catalogue.ts'
import { allTermKinds, termsOf } from '../catalogue/channel-kinds.ts'
import { isBusy, isDamage } from '../catalogue/damage.ts'
import { openForReading, removeFile } from '../catalogue/store.ts'
import type { Config } from '../config.ts'
import { startOfDay } from './days.ts'
import { fold } from './fold.ts'
import { type Found, indexVersion, type Query, slugToken } from './query.ts'

/**
 * Rows are numbered by date of publication, in the order of which FTS5 can go through what it finds
 * without sorting. The lowest twenty bits keep articles of the same second apart.
 */
const rowid = '(CAST(? AS INTEGER) / 1000) * 1048576 + (CAST(? AS INTEGER) & 1048575)'

/**
 * A full-text index of the catalogue's articles, in an SQLite file of its own: it is made from the
 * catalogue, and made anew whenever it does not fit it.
 */
export class SearchIndex {
  readonly #catalogue: IndexSource
  readonly #index: DatabaseSync
  readonly #isWritable: boolean
  readonly #path: string
  readonly #timeZone: string
  readonly #statements

  /**
   * @param atMost the newest version in the catalogue: an index ahead of it was made from a later one
   * @param settings where the index is, and the time zone of the days that searches name
   */
  constructor(
    catalogue: IndexSource,
    atMost: number,
    { dataDir, timeZone }: Pick<Config, 'dataDir' | 'timeZone'>,
  ) {
    this.#catalogue = catalogue
    this.#timeZone = timeZone
    this.#path = join(dataDir, 'search.sqlite')
    const state = { madeFrom: `${indexVersion} ${catalogue.id}`, atMost }
    const { index, isWritable } = openAsFarAsPossible(this.#path, state)
    this.#index = index
    this.#isWritable = isWritable
    this.#statements = {
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
        `SELECT e.row, e.number FROM text JOIN entry e ON e.row = text.rowid
         WHERE text MATCH ? AND text.rowid >= ? AND text.rowid < ?
         ORDER BY text.rowid DESC LIMIT ?`,
      ),
    }
  }

  /** Throws the index away: whoever opens it next makes it anew. */
  discard(): void {
    this.#index.close()
    if (this.#isWritable) removeFile(this.#path)
  }

  /**
   * Indexes some of what changed since last time. What is damaged is left out.
   * @returns what there was; when there is nothing, the index is up to date
   */
  async catchUp(): Promise<readonly ArticleState[]> {
    if (!this.#isWritable) return []
    const since = Number(this.#statements.version.get()?.value ?? 0)
    const changed = await this.#catalogue.changedSince(since)
    const last = changed.at(-1)
    if (!last) return []
    this.#index.exec('BEGIN')
    try {
      for (const state of changed) this.#put(state)
      this.#statements.putVersion.run(last.version)
      this.#index.exec('COMMIT')
    } catch (error) {
      // SQLite does so itself when the disk is full.
      if (this.#index.isTransaction) this.#index.exec('ROLLBACK')
      throw error
    }
    return changed
  }

  /** The articles that are out, newest first. */
  async find({ match, after, before }: Query, limit: number): Promise<Found> {
    const until = Number(this.#statements.version.get()?.value ?? 0)
    const least = after === undefined ? -(2n ** 62n) : this.#firstRowOf(after)
    let end = before === undefined ? 2n ** 62n : this.#firstRowOf(before)
    const found: number[] = []
    for (;;) {
      const rows = this.#statements.find.all(match, least, end, limit)
      const numbers = rows.map(({ number }) => Number(number))
      const out = await this.#catalogue.outOf(numbers)
      found.push(...numbers.filter((number) => out.has(number)))
      if (found.length >= limit || rows.length < limit)
        return { numbers: found.slice(0, limit), until }
      end = rows.at(-1)?.row as bigint
    }
  }

  /** The first row that an article of that day may have. */
  #firstRowOf(day: string): bigint {
    return BigInt(startOfDay(day, this.#timeZone) / 1000) * 1048576n
  }

  #put({ number, article }: ArticleState): void {
    const old = this.#statements.row.get(number)?.row
    if (typeof old === 'bigint') {
      this.#statements.deleteText.run(old)
      this.#statements.deleteEntry.run(old)
    }
    if (!article || article.isUnlisted) return
    const { title, summary, content } = article
    const terms = allTermKinds.map((kind) => termsOf(kind, article))
    const published = Date.parse(article.published)
    const entry = this.#statements.putEntry.get(published, number, number)
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
      fold(textOf(content)),
      ...terms.map(tokens),
    )
  }
}

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
  /** It is no newer than this. */
  readonly atMost: number
}

/** An index that cannot be written still finds what is in it. */
function openAsFarAsPossible(path: string, state: State) {
  try {
    return { index: openIndex(path, state), isWritable: true }
  } catch (error) {
    // A lock passes: whoever asks next may find it gone, and the index writable.
    if (!existsSync(path) || isBusy(error)) throw error
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
