/** The catalogue in one SQLite file, through the SQLite that is built into Node. */
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import type { Article, ArticleContent } from '../article.ts'
import type { KnownFile } from '../intake/folder-reader.ts'
import type { Catalogue, ChannelKey, ChannelKind, ChannelRecord } from './catalogue.ts'
import { ChannelIndex } from './channel-index.ts'
import { migrate } from './migrations.ts'
import { SqliteRefresh } from './sqlite-refresh.ts'
import { prepareStatements } from './statements.ts'

/** Portions in which known files are handed over. */
const portion = 5000

type Row = Record<string, unknown>

/**
 * Opens or makes the catalogue in `dataDir`.
 * @throws Error that names the folder when it cannot be used
 */
export function openSqliteCatalogue(dataDir: string): Catalogue {
  const path = join(dataDir, 'catalogue.sqlite')
  let writer: DatabaseSync
  try {
    mkdirSync(dataDir, { recursive: true })
    writer = new DatabaseSync(path)
    writer.exec('PRAGMA synchronous = NORMAL; PRAGMA cache_size = -16000')
    migrate(writer)
  } catch (error) {
    throw new Error(`the catalogue ${path} cannot be used: ${(error as Error).message}`)
  }
  const reader = new DatabaseSync(path, { readOnly: true })
  return new SqliteCatalogue(writer, reader)
}

class SqliteCatalogue implements Catalogue {
  readonly #writer: DatabaseSync
  readonly #reader: DatabaseSync
  readonly #statements
  readonly #channels: ChannelIndex
  readonly #queries
  #fingerprint: string | undefined

  constructor(writer: DatabaseSync, reader: DatabaseSync) {
    this.#writer = writer
    this.#reader = reader
    this.#statements = prepareStatements(writer)
    this.#channels = new ChannelIndex(writer)
    this.#queries = prepareQueries(reader)
  }

  async *knownFiles(fingerprint: string): AsyncGenerator<KnownFile[]> {
    const isSame = this.#setting('fingerprint') === fingerprint
    this.#fingerprint = fingerprint
    let files: KnownFile[] = []
    for (const row of this.#queries.files.iterate()) {
      files.push([String(row.path), isSame ? String(row.signature) : ''])
      if (files.length === portion) {
        yield files
        files = []
      }
    }
    yield files
  }

  async refresh(now: number): Promise<SqliteRefresh> {
    const since = Number(this.#setting('refreshed') ?? 0)
    this.#writer.exec('BEGIN IMMEDIATE')
    if (this.#fingerprint !== undefined) {
      this.#statements.putSetting.run('fingerprint', this.#fingerprint)
    }
    return new SqliteRefresh(this.#writer, this.#statements, this.#channels, now, since)
  }

  async articles(channel: ChannelKey, limit: number, now: number): Promise<Article[]> {
    const rows = this.#queries.articles.all(channel.kind, channel.slug, now, now, limit)
    return rows.map(articleOf)
  }

  async channel({ kind, slug }: ChannelKey): Promise<ChannelRecord | undefined> {
    const row = this.#queries.channel.get(kind, slug)
    return row && channelOf(row)
  }

  async article(slug: string, now: number): Promise<Article | undefined> {
    // The slug ends in the start of the id, by which articles can be looked up.
    const start = slug.slice(-8)
    const row = this.#queries.article.get(start, `${start}~`, slug, now, now)
    return row && articleOf(row)
  }

  async counts(now: number): Promise<{ articles: number; rejections: number }> {
    const row = this.#queries.counts.get(now, now, now)
    return { articles: Number(row?.articles), rejections: Number(row?.rejections) }
  }

  async nextDue(now: number): Promise<number | undefined> {
    const row = this.#queries.nextDue.get(now, now)
    return row?.due ? Number(row.due) : undefined
  }

  async close(): Promise<void> {
    this.#reader.close()
    this.#writer.close()
  }

  #setting(name: string): string | undefined {
    const row = this.#statements.setting.get(name)
    return row && String(row.value)
  }
}

const isOut = 'a.published <= ? AND (a.expires IS NULL OR a.expires > ?)'

/** Reading goes over a connection of its own, which sees whole refreshes only. */
function prepareQueries(reader: DatabaseSync) {
  const articleColumns = 'a.id, a.slug, a.updated, a.facts, a.html'
  return {
    files: reader.prepare('SELECT path, signature FROM file'),
    articles: reader.prepare(
      `SELECT ${articleColumns} FROM channel c
       JOIN channel_article m ON m.channel = c.number
       JOIN article a ON a.number = m.article
       WHERE c.kind = ? AND c.slug = ? AND ${isOut}
       ORDER BY m.published DESC, a.id LIMIT ?`,
    ),
    article: reader.prepare(
      `SELECT ${articleColumns} FROM article a
       WHERE a.id BETWEEN ? AND ? AND a.slug = ? AND a.path IS NOT NULL AND ${isOut}`,
    ),
    channel: reader.prepare(
      'SELECT * FROM channel WHERE kind = ? AND slug = ? AND changed IS NOT NULL',
    ),
    counts: reader.prepare(
      `SELECT
         (SELECT count(*) FROM channel_article m JOIN channel c ON c.number = m.channel
          WHERE c.kind = 'site' AND m.published <= ?)
         - (SELECT count(*) FROM article
            WHERE expires <= ? AND published <= ? AND path IS NOT NULL) AS articles,
         (SELECT count(*) FROM rejection) AS rejections`,
    ),
    nextDue: reader.prepare(
      `SELECT min(due) AS due FROM (
         SELECT min(m.published) AS due FROM channel_article m
           JOIN channel c ON c.number = m.channel WHERE c.kind = 'site' AND m.published > ?
         UNION ALL
         SELECT min(expires) FROM article WHERE expires > ? AND path IS NOT NULL)`,
    ),
  }
}

function articleOf(row: Row): Article {
  const facts = JSON.parse(String(row.facts)) as Omit<ArticleContent, 'content'>
  return {
    ...facts,
    content: String(row.html),
    id: `urn:uuid:${row.id}`,
    slug: String(row.slug),
    updated: rfc3339(Number(row.updated)),
  }
}

function channelOf(row: Row): ChannelRecord {
  return {
    kind: String(row.kind) as ChannelKind,
    slug: String(row.slug),
    changed: rfc3339(Number(row.changed)),
  }
}

/** To the second, as feeds and HTTP dates are. */
const rfc3339 = (time: number) => new Date(time).toISOString().replace(/\.\d{3}Z$/, 'Z')
