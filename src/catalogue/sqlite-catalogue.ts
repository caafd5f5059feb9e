/** The catalogue in one SQLite file, through the SQLite that is built into Node. */
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import type { Article, ArticleContent } from '../article.ts'
import type { KnownFile } from '../intake/folder-reader.ts'
import type {
  Catalogue,
  ChannelKey,
  ChannelKind,
  ChannelRecord,
  KnownRejection,
  ListedArticle,
  ListedPage,
  MonthCount,
  NumberedArticle,
} from './catalogue.ts'
import { ChannelIndex } from './channel-index.ts'
import { migrate } from './migrations.ts'
import { prepareQueries } from './queries.ts'
import { SqliteRefresh } from './sqlite-refresh.ts'
import { prepareStatements } from './statements.ts'

/** Portions in which known files are handed over. */
const portion = 5000

type Row = Record<string, unknown>

/** What the catalogue has to know of the settings. */
export interface CatalogueSettings {
  readonly dataDir: string
  readonly feedItems: number
}

/**
 * Opens or makes the catalogue in `dataDir`.
 * @param rendering of what documents depend on besides the articles; when it is another one than
 *   last time, every channel has changed
 * @throws Error that names the folder when it cannot be used
 */
export function openSqliteCatalogue(
  { dataDir, feedItems }: CatalogueSettings,
  rendering: string,
): Catalogue {
  const path = join(dataDir, 'catalogue.sqlite')
  let writer: DatabaseSync
  try {
    mkdirSync(dataDir, { recursive: true })
    writer = new DatabaseSync(path)
    writer.exec('PRAGMA synchronous = NORMAL; PRAGMA cache_size = -2000')
    migrate(writer)
  } catch (error) {
    throw new Error(`the catalogue ${path} cannot be used: ${(error as Error).message}`)
  }
  const reader = new DatabaseSync(path, { readOnly: true })
  return new SqliteCatalogue(writer, reader, feedItems, rendering)
}

class SqliteCatalogue implements Catalogue {
  readonly #feedItems: number
  readonly #writer: DatabaseSync
  readonly #reader: DatabaseSync
  readonly #statements
  readonly #channels: ChannelIndex
  readonly #queries
  #fingerprint: string | undefined

  constructor(writer: DatabaseSync, reader: DatabaseSync, feedItems: number, rendering: string) {
    this.#feedItems = feedItems
    this.#writer = writer
    this.#reader = reader
    this.#statements = prepareStatements(writer)
    this.#channels = this.#openChannels(rendering)
    this.#queries = prepareQueries(reader)
  }

  /** Readers who only know the date must learn that documents look different now. */
  #openChannels(rendering: string): ChannelIndex {
    const before = this.#setting('rendering')
    if (before !== rendering) {
      this.#statements.putSetting.run('rendering', rendering)
      this.#statements.changeAll.run(Date.now())
    }
    const channels = new ChannelIndex(this.#writer, this.#feedItems)
    // Also the tables of an older Newsstand, which had no archives.
    if (this.#setting('refreshed') !== undefined) {
      channels.resizeArchives(Date.now())
      channels.fillNames(Date.now())
    }
    return channels
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
    const since = await this.lastRefresh()
    // The first refresh writes everything, and is faster with more pages at hand (kB).
    if (since === 0) this.#writer.exec('PRAGMA cache_size = -16000')
    this.#writer.exec('BEGIN IMMEDIATE')
    if (this.#fingerprint !== undefined) {
      this.#statements.putSetting.run('fingerprint', this.#fingerprint)
    }
    return new SqliteRefresh(this.#writer, this.#statements, this.#channels, now, since)
  }

  async channels(kind: ChannelKind, limit: number, offset = 0): Promise<ChannelRecord[]> {
    const rows = this.#queries.channels.all(kind, limit, offset)
    return rows.map((row) => channelOf(row, this.#feedItems))
  }

  async listed(
    { kind, slug }: ChannelKey,
    limit: number,
    now: number,
    offset = 0,
  ): Promise<ListedArticle[]> {
    const rows = this.#queries.listed.all(kind, slug, now, now, limit, offset)
    return rows.map(listedOf)
  }

  async archived(channel: ChannelKey, archive: number, now: number): Promise<ListedArticle[]> {
    const rows = this.#queries.archived.all(channel.kind, channel.slug, archive, now, now)
    return rows.map(listedOf)
  }

  async listedByNumber(numbers: readonly number[]): Promise<ListedArticle[]> {
    const rows = numbers.map((number) => this.#queries.listedByNumber.get(number))
    return rows.filter((row) => row !== undefined).map(listedOf)
  }

  async articleByNumber(number: number): Promise<Article | undefined> {
    const row = this.#queries.articleByNumber.get(number)
    return row && articleOf(row)
  }

  async channel({ kind, slug }: ChannelKey): Promise<ChannelRecord | undefined> {
    const row = this.#queries.channel.get(kind, slug)
    return row && channelOf(row, this.#feedItems)
  }

  async article(slug: string, now: number): Promise<NumberedArticle | 'gone' | undefined> {
    // The slug ends in the start of the id, by which articles can be looked up.
    const start = /(?:^|-)([0-9a-f]{8})$/.exec(slug)?.[1]
    const row = start && this.#queries.article.get(start, `${start}~`, now, slug)
    if (!row) return undefined
    const isGone = row.path === null || (row.expires !== null && Number(row.expires) <= now)
    return isGone ? 'gone' : { ...articleOf(row), number: Number(row.number) }
  }

  async pages(first: number, last: number, now: number): Promise<ListedPage[]> {
    const rows = this.#queries.pages.all(first, last, now, now)
    return rows.map(({ slug, updated }) => ({
      slug: String(slug),
      updated: rfc3339(Number(updated)),
    }))
  }

  async lastNumber(): Promise<number> {
    return Number(this.#queries.lastNumber.get()?.number ?? 0)
  }

  async rejections(limit: number): Promise<KnownRejection[]> {
    return this.#queries.rejections.all(limit).map(({ path, line, reason, remedy, since }) => ({
      path: String(path),
      ...(line !== null && { line: Number(line) }),
      reason: String(reason),
      remedy: String(remedy),
      since: rfc3339(Number(since)),
    }))
  }

  async months(since: number, until: number): Promise<MonthCount[]> {
    return this.#queries.months.all(since, until).map(({ slug, name, month, articles }) => ({
      section: { slug: String(slug), name: String(name) },
      month: String(month),
      articles: Number(articles),
    }))
  }

  async counts(now: number): Promise<{ articles: number; rejections: number }> {
    const row = this.#queries.counts.get(now, now, now)
    return { articles: Number(row?.articles), rejections: Number(row?.rejections) }
  }

  async lastRefresh(): Promise<number> {
    return Number(this.#setting('refreshed') ?? 0)
  }

  async nextDue(now: number): Promise<number | undefined> {
    const row = this.#queries.nextDue.get(now, now)
    return row?.due ? Number(row.due) : undefined
  }

  async checkWritable(): Promise<void> {
    // A refresh under way has shown it already.
    if (this.#writer.isTransaction) return
    this.#statements.putSetting.run('checked', String(Date.now()))
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

function listedOf({ number, version, updated }: Row): ListedArticle {
  return { number: Number(number), version: Number(version), updated: rfc3339(Number(updated)) }
}

function channelOf(row: Row, feedItems: number): ChannelRecord {
  const archives = Number(row.archives)
  return {
    archives,
    fullArchives: Number(row.archived) >= feedItems ? archives : Math.max(archives - 1, 0),
    kind: String(row.kind) as ChannelKind,
    slug: String(row.slug),
    name: String(row.name),
    changed: rfc3339(Number(row.changed)),
  }
}

/** To the second, as feeds and HTTP dates are. */
const rfc3339 = (time: number) => new Date(time).toISOString().replace(/\.\d{3}Z$/, 'Z')
