import type { DatabaseSync, StatementSync } from 'node:sqlite'
import { memberIsOut } from './is-out.ts'
import type { Known } from './known-channel.ts'

const isOut = memberIsOut(':now')

/** Of the first refresh alone. */
const stagedTable = `CREATE TABLE IF NOT EXISTS staged (
  channel INTEGER NOT NULL, published INTEGER NOT NULL, start TEXT NOT NULL, article INTEGER NOT NULL) STRICT`

/** In place of a channel: all rows of the article up to this one are not meant. */
const unstaged = -1

/**
 * Puts articles into archive documents (RFC 5005 §4). An article enters the archive of a channel
 * when it leaves the channel's newest, and stays where it was put for as long as it is published: so
 * nothing shifts when articles come and go, and whoever walks the archive meets nothing twice. With
 * feeds of 5, twelve articles make a feed of 8 to 12, and archive documents 1 (1 to 5, full) and 2
 * (6 and 7, begun). How far a channel's archive has come is noted in what is known of the channel;
 * whoever calls keeps that.
 */
export class Archiver {
  readonly #database: DatabaseSync
  readonly #size: number
  readonly #statements
  /** Holds an article of the first refresh; prepared when that begins. */
  #stage: StatementSync | undefined

  /** @param size articles in a full archive document, as in a feed */
  constructor(database: DatabaseSync, size: number) {
    this.#database = database
    this.#size = size
    this.#statements = {
      // Of the articles that are in no archive, those that are not among the newest; the oldest first.
      pushedOut: database.prepare(
        `SELECT published, start, article FROM member
         WHERE channel = :channel AND archive IS NULL AND ${isOut} AND article NOT IN (
           SELECT article FROM member WHERE channel = :channel AND ${isOut}
           ORDER BY published DESC, start, article LIMIT :size)
         ORDER BY published, start DESC, article DESC`,
      ),
      put: database.prepare(
        `UPDATE member SET archive = ?
         WHERE channel = ? AND published = ? AND start = ? AND article = ?`,
      ),
      size: database.prepare("SELECT value FROM setting WHERE name = 'feed items'"),
      putSize: database.prepare("INSERT OR REPLACE INTO setting VALUES ('feed items', ?)"),
    }
  }

  /** Holds an article of the first refresh until all of them can be sorted in at once. */
  stage(channel: Known, published: number, start: string, article: number): void {
    this.#stageRow(channel.number, published, start, article)
  }

  /** An article that was staged is another by now, or gone: what stands before this row is not meant. */
  unstage(article: number): void {
    this.#stageRow(unstaged, 0, '', article)
  }

  /** Of a refresh that may be broken off and go on, so that it stays in the catalogue meanwhile. */
  #stageRow(channel: number, published: number, start: string, article: number): void {
    if (!this.#stage) {
      this.#database.exec(stagedTable)
      this.#stage = this.#database.prepare('INSERT INTO staged VALUES (?, ?, ?, ?)')
    }
    this.#stage.run(channel, published, start, article)
  }

  /** Forgets what an abandoned refresh did. */
  reset(): void {
    this.#stage = undefined
  }

  /** All at once, so that most folders, which have none of these, need no index. */
  #dropUnstaged(): void {
    const ends = this.#database
      .prepare('SELECT article, max(rowid) AS last FROM staged WHERE channel = ? GROUP BY article')
      .all(unstaged)
    if (ends.length === 0) return
    this.#database.exec('CREATE INDEX staged_by_article ON staged (article)')
    const drop = this.#database.prepare('DELETE FROM staged WHERE article = ? AND rowid <= ?')
    for (const { article, last } of ends) drop.run(Number(article), Number(last))
  }

  /** Sorts in and archives what was staged: one pass over everything, which is much faster. */
  archiveStaged(channels: readonly Known[], now: number): void {
    this.#database.exec(stagedTable)
    this.#dropUnstaged()
    this.#database
      .prepare(
        `WITH ranked AS (
           SELECT *, row_number() OVER (
             PARTITION BY channel ORDER BY published DESC, start, article) AS rank
           FROM staged WHERE ${isOut}
         ), counted AS (SELECT channel, count(*) AS total FROM staged WHERE ${isOut} GROUP BY channel)
         INSERT INTO member
           SELECT channel, published, start, article,
             CASE WHEN rank > :size THEN (total - rank) / CAST(:size AS INTEGER) + 1 END
           FROM ranked JOIN counted USING (channel)`,
      )
      .run({ now, size: this.#size })
    this.#database
      .prepare(
        `INSERT INTO member
         SELECT *, NULL FROM staged WHERE NOT (${isOut})`,
      )
      .run({ now })
    const counts = this.#database.prepare(
      `SELECT channel, count(*) AS total FROM staged WHERE ${isOut} GROUP BY channel`,
    )
    const totals = new Map(counts.all({ now }).map((row) => [row.channel, Number(row.total)]))
    for (const channel of channels) {
      const beyond = (totals.get(channel.number) ?? 0) - this.#size
      if (beyond > 0) {
        channel.archives = Math.ceil(beyond / this.#size)
        channel.archived = beyond - (channel.archives - 1) * this.#size
      }
    }
    this.#database.exec('DROP TABLE staged')
    this.#stage = undefined
    this.#statements.putSize.run(String(this.#size))
  }

  /** Where feeds have another size than before, full documents stay full and new ones are begun. */
  resize(channels: Iterable<Known>, now: number): void {
    for (const channel of channels) {
      if (channel.archives > 0) channel.archived = this.#size
      this.archive(channel, now)
    }
    this.#statements.putSize.run(String(this.#size))
  }

  /** Whether feeds have another size than when articles were last archived. */
  get isResized(): boolean {
    return this.#statements.size.get()?.value !== String(this.#size)
  }

  /** Archives what the newest of the channel have pushed out. */
  archive(channel: Known, now: number): void {
    const rows = this.#statements.pushedOut.all({
      channel: channel.number,
      now,
      size: this.#size,
    })
    if (rows.length === 0) return
    let { archives, archived } = channel
    for (const { published, start, article } of rows) {
      if (archives === 0 || archived >= this.#size) {
        archives += 1
        archived = 0
      }
      archived += 1
      const key = [channel.number, Number(published), String(start), Number(article)]
      this.#statements.put.run(archives, ...key)
    }
    channel.archives = archives
    channel.archived = archived
  }
}
