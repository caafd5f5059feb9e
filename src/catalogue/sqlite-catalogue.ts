/** The catalogue in one SQLite file, through the SQLite that is built into Node. */
import { join } from 'node:path'
import type { Article } from '../article.ts'
import type { KnownFile } from '../intake/folder-reader.ts'
import type { Namespace } from '../namespace.ts'
import { articleOf, channelOf, listedOf, pageOf, rejectionOf } from './answers.ts'
import { timesOf } from './article-row.ts'
import type {
  ArticlesFolder,
  Catalogue,
  ChannelKey,
  ChannelRecord,
  KnownRejection,
  ListedArticle,
  ListedPage,
  MonthCount,
  NumberedArticle,
} from './catalogue.ts'
import { CatalogueFile } from './catalogue-file.ts'
import type { TermKind } from './channel-kinds.ts'
import { DamageError, explain } from './damage.ts'
import { InUseError } from './folder-lock.ts'
import { folderIn, folderText } from './folder-text.ts'
import { isOut } from './is-out.ts'
import { SqliteRefresh } from './sqlite-refresh.ts'

/** Portions in which known files are handed over. */
const portion = 5000

/** What the catalogue has to know of the settings. */
export interface CatalogueSettings {
  readonly dataDir: string
  readonly feedItems: number
  readonly namespace: Namespace
}

/**
 * Opens or makes the catalogue in `dataDir`. A damaged one is made anew; one that cannot be written is
 * read, for as long as that is so.
 * @param rendering of what documents depend on besides the articles; when it is another one than
 *   last time, every channel has changed
 * @throws InUseError when another process writes it
 * @throws Error that names the file when it can be neither written nor read
 */
export async function openSqliteCatalogue(
  { dataDir, feedItems, namespace }: CatalogueSettings,
  rendering: string,
): Promise<Catalogue> {
  const settings = { path: join(dataDir, 'catalogue.sqlite'), feedItems, rendering, namespace }
  const file = new CatalogueFile(settings)
  try {
    await file.open()
    return new SqliteCatalogue(file, feedItems, namespace)
  } catch (error) {
    await file.close()
    if (error instanceof InUseError) throw error
    throw new Error(`the catalogue ${settings.path} cannot be used: ${explain(error, dataDir)}`)
  }
}

class SqliteCatalogue implements Catalogue {
  readonly #file: CatalogueFile
  readonly #feedItems: number
  readonly #namespace: Namespace
  #fingerprint: string | undefined

  constructor(file: CatalogueFile, feedItems: number, namespace: Namespace) {
    this.#file = file
    this.#feedItems = feedItems
    this.#namespace = namespace
  }

  get id(): string {
    return this.#file.store.id
  }

  get namespace(): string | undefined {
    return this.#file.store.namespaces?.feeds
  }

  onRepaired(tell: (what: string) => void): void {
    this.#file.onRepaired(tell)
  }

  attend(error: unknown): Promise<string> {
    return this.#file.attend(error)
  }

  verify(): Promise<void> {
    return this.#file.verify()
  }

  async *knownFiles(fingerprint: string): AsyncGenerator<KnownFile[]> {
    this.#fingerprint = fingerprint
    const isSame = (await this.#setting('fingerprint')) === fingerprint
    let files: KnownFile[] = []
    for (const row of this.#file.store.queries.files.iterate()) {
      files.push([String(row.path), isSame ? String(row.signature) : ''])
      if (files.length === portion) {
        yield files
        files = []
      }
    }
    yield files
  }

  async folder(): Promise<ArticlesFolder | undefined> {
    const value = await this.#setting('articles folder')
    return value === undefined ? undefined : folderIn(value)
  }

  async refresh(now: number, folder?: ArticlesFolder): Promise<SqliteRefresh> {
    this.#file.checkPlace()
    const writing = this.#file.writing()
    const { database, statements } = writing
    const since = Number(statements.setting.get('refreshed')?.value ?? 0)
    // The first refresh writes everything, and is faster with more pages at hand (kB).
    if (since === 0) database.exec('PRAGMA cache_size = -16000')
    database.exec('BEGIN IMMEDIATE')
    try {
      if (folder) statements.putSetting.run('articles folder', folderText(folder))
      const settings = { namespace: this.#namespace.uuid, fingerprint: this.#fingerprint }
      return new SqliteRefresh(writing, { now, since }, settings)
    } catch (error) {
      if (database.isTransaction) database.exec('ROLLBACK')
      throw error
    }
  }

  async channels(kind: TermKind, limit: number, offset = 0): Promise<ChannelRecord[]> {
    return this.#file.read((queries) =>
      queries.channels.all(kind, limit, offset).map((row) => channelOf(row, this.#feedItems)),
    )
  }

  async listed(
    { kind, slug }: ChannelKey,
    limit: number,
    now: number,
    offset = 0,
  ): Promise<ListedArticle[]> {
    return this.#file.read(({ listed }) =>
      listed.all({ now }, kind, slug, limit, offset).map(listedOf),
    )
  }

  async archived(channel: ChannelKey, archive: number, now: number): Promise<ListedArticle[]> {
    const { kind, slug } = channel
    return this.#file.read(({ archived }) =>
      archived.all({ now }, kind, slug, archive).map(listedOf),
    )
  }

  async listedByNumber(numbers: readonly number[]): Promise<ListedArticle[]> {
    return this.#file.read((queries) => {
      const rows = numbers.map((number) => queries.listedByNumber.get(number))
      return rows.filter((row) => row !== undefined).map(listedOf)
    })
  }

  async articleByNumber(number: number): Promise<Article | undefined> {
    return this.#file.read((queries) => {
      const row = queries.articleByNumber.get(number)
      return row && articleOf(row)
    })
  }

  async channel({ kind, slug }: ChannelKey): Promise<ChannelRecord | undefined> {
    return this.#file.read((queries) => {
      const row = queries.channel.get(kind, slug)
      // Without it the feeds of the whole site would say that there is no article.
      if (!row && kind === 'site' && queries.anySite.get()) {
        throw new DamageError('the site is missing from an index')
      }
      return row && channelOf(row, this.#feedItems)
    })
  }

  async article(slug: string, now: number): Promise<NumberedArticle | 'gone' | undefined> {
    // The slug ends in the start of the id, by which articles can be looked up.
    const start = /(?:^|-)([0-9a-f]{8})(?:[0-9a-f]{24})?$/.exec(slug)?.[1]
    if (!start) return undefined
    return this.#file.read((queries) => {
      const rows = queries.articlesByStart.all(start, `${start}~`, now)
      const same = rows.filter((row) => row.slug === slug)
      // A former slug, where only one article can be meant.
      const meant = same.length > 0 || rows.length > 1 ? same : rows
      if (meant.length === 0) return undefined
      const row = meant.find((one) => isOut(timesOf(one), now))
      return row ? { ...articleOf(row), number: Number(row.number) } : 'gone'
    })
  }

  async pages(first: number, last: number, now: number): Promise<ListedPage[]> {
    return this.#file.read(({ pages }) => pages.all({ now }, first, last).map(pageOf))
  }

  async lastNumber(): Promise<number> {
    const row = await this.#file.read((queries) => queries.lastNumber.get())
    return Number(row?.number ?? 0)
  }

  async rejections(limit: number): Promise<KnownRejection[]> {
    return this.#file.read(({ rejections }) => rejections.all(limit).map(rejectionOf))
  }

  async months(since: number, until: number): Promise<MonthCount[]> {
    const rows = await this.#file.read((queries) => queries.months.all(since, until))
    return rows.map(({ slug, name, month, articles }) => ({
      section: { slug: String(slug), name: String(name) },
      month: String(month),
      articles: Number(articles),
    }))
  }

  async counts(now: number): Promise<{ articles: number; rejections: number }> {
    const row = await this.#file.read((queries) => queries.counts.get({ now }))
    return { articles: Number(row?.articles), rejections: Number(row?.rejections) }
  }

  async lastRefresh(): Promise<number> {
    return Number((await this.#setting('refreshed')) ?? 0)
  }

  async nextDue(now: number): Promise<number | undefined> {
    const row = await this.#file.read((queries) => queries.nextDue.get(now, now))
    return row?.due ? Number(row.due) : undefined
  }

  async checkWritable(): Promise<void> {
    this.#file.checkPlace()
    await this.#file.mend()
    const { database, statements } = this.#file.writing()
    // A refresh under way has shown it already.
    if (database.isTransaction) return
    try {
      statements.putSetting.run('checked', String(Date.now()))
    } catch (error) {
      throw new Error(`the catalogue cannot be written: ${this.#file.explain(error)}`)
    }
  }

  close(): Promise<void> {
    return this.#file.close()
  }

  async #setting(name: string): Promise<string | undefined> {
    const row = await this.#file.read((queries) => queries.setting.get(name))
    return row && String(row.value)
  }
}
