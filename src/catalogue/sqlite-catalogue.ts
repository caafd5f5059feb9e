/** The catalogue in one SQLite file, through the SQLite that is built into Node. */
import { join } from 'node:path'
import type { Article } from '../article.ts'
import type { Config } from '../config.ts'
import { fileLinksIn } from '../intake/file-link.ts'
import { isMostlyOther } from '../intake/formats/input-formats.ts'
import type { KnownFile } from '../intake/what-is-known.ts'
import { addressIn, addressOf } from './addresses.ts'
import { articleOf, channelOf, listedOf, namedOf, notedOf, pageOf, rejectionOf } from './answers.ts'
import { timesOf } from './article-row.ts'
import type { Catalogue } from './catalogue.ts'
import { CatalogueFile } from './catalogue-file.ts'
import { type KeyRange, keysIn, pageMeant } from './computed-addresses.ts'
import { DamageError, explain } from './damage.ts'
import { InUseError } from './folder-lock.ts'
import { folderIn, folderText } from './folder-text.ts'
import { isOut } from './is-out.ts'
import { ofMedia } from './link-index.ts'
import { mostNamesakes, type Queries } from './queries.ts'
import { SqliteRefresh } from './sqlite-refresh.ts'
import { fileName } from './store.ts'

/** Portions in which known files are handed over. */
const portion = 5000

/**
 * Opens or makes the catalogue in `dataDir`. A damaged one is made anew; one that cannot be written is
 * read, for as long as that is so.
 * @param rendering of what documents depend on besides the articles; when it is another one than
 *   last time, every channel has changed
 * @throws InUseError when another process writes it
 * @throws Error that names the file when it can be neither written nor read
 */
export async function openSqliteCatalogue(
  config: Pick<Config, 'dataDir' | 'feedItems' | 'namespace' | 'language' | 'timeZone'>,
  rendering: string,
): Promise<Catalogue> {
  const { dataDir, feedItems, namespace } = config
  const path = join(dataDir, fileName)
  const file = new CatalogueFile({ path, feedItems, rendering, namespace })
  try {
    await file.open()
    return {
      ...onWhole(file),
      ...onRefreshes(file, namespace.uuid),
      ...onChannels(file, feedItems),
      ...onArticles(file, config),
      // These change with the file.
      get id() {
        return file.store.id
      },
      get namespace() {
        return file.store.namespaces?.feeds
      },
    }
  } catch (error) {
    await file.close()
    if (error instanceof InUseError) throw error
    throw new Error(`the catalogue ${path} cannot be used: ${explain(error, dataDir)}`)
  }
}

const onWhole = (file: CatalogueFile) =>
  ({
    onRepaired: (tell) => file.onRepaired(tell),
    repairIfDamaged: (error) => file.repairIfDamaged(error),
    verify: () => file.verify(),
    async checkWritable() {
      file.checkPlace()
      await file.mend()
      const { database, statements } = file.writing()
      // A refresh under way has shown it already.
      if (database.isTransaction) return
      try {
        statements.putSetting.run('checked', String(Date.now()))
      } catch (error) {
        throw new Error(`the catalogue cannot be written: ${file.explain(error)}`)
      }
    },
    close: () => file.close(),
  }) satisfies Partial<Catalogue>

/** @param namespace of new ids */
function onRefreshes(file: CatalogueFile, namespace: string) {
  let fingerprint: string | undefined
  const setting = (name: string) =>
    file.read((queries) => {
      const row = queries.setting.get(name)
      return row && String(row.value)
    })
  return {
    async *knownFiles(current) {
      fingerprint = current
      const isSame = (await setting('fingerprint')) === fingerprint
      let files: KnownFile[] = []
      for (const row of file.store.queries.files.iterate()) {
        const path = String(row.path)
        const isData = row.isNone === 1 && isMostlyOther(path)
        const signature = isSame ? String(row.signature) : ''
        files.push([path, signature, String(row.needs ?? ''), isData])
        if (files.length === portion) {
          yield files
          files = []
        }
      }
      yield files
    },
    async folder() {
      const value = await setting('articles folder')
      return value === undefined ? undefined : folderIn(value)
    },
    async refresh(now, folder) {
      file.checkPlace()
      const writing = file.writing()
      const { database, statements } = writing
      const since = Number(statements.setting.get('refreshed')?.value ?? 0)
      // The first refresh writes everything, and is faster with more pages at hand (kB).
      if (since === 0) database.exec('PRAGMA cache_size = -16000')
      database.exec('BEGIN IMMEDIATE')
      try {
        if (folder) statements.putSetting.run('articles folder', folderText(folder))
        return new SqliteRefresh(writing, { now, since }, { namespace, fingerprint })
      } catch (error) {
        if (database.isTransaction) database.exec('ROLLBACK')
        throw error
      }
    },
    lastRefresh: async () => Number((await setting('refreshed')) ?? 0),
    async nextDue(now) {
      const row = await file.read((queries) => queries.nextDue.get({ now }))
      return row?.due ? Number(row.due) : undefined
    },
  } satisfies Partial<Catalogue>
}

const onChannels = (file: CatalogueFile, feedItems: number) =>
  ({
    channel: async ({ kind, slug }) =>
      file.read((queries) => {
        const row = queries.channel.get(kind, slug)
        // Without it the feeds of the whole site would say that there is no article.
        if (!row && kind === 'site' && queries.anySite.get()) {
          throw new DamageError('the site is missing from an index')
        }
        return row && channelOf(row, feedItems)
      }),
    channels: async (kind, limit, offset = 0) =>
      file.read(({ channels }) =>
        channels.all(kind, limit, offset).map((row) => channelOf(row, feedItems)),
      ),
    count: async ({ kind, slug }, now) =>
      file.read(({ countIn }) => Number(countIn.get({ now }, kind, slug)?.articles ?? 0)),
    listed: async ({ kind, slug }, limit, now, offset = 0) =>
      file.read(({ listed }) => listed.all({ now }, kind, slug, limit, offset).map(listedOf)),
    archived: async ({ kind, slug }, archive, now) =>
      file.read(({ archived }) => archived.all({ now }, kind, slug, archive).map(listedOf)),
    async months(since, until) {
      const rows = await file.read((queries) => queries.months.all(since, until))
      return rows.map(({ slug, name, month, articles }) => ({
        section: { slug: String(slug), name: String(name) },
        month: String(month),
        articles: Number(articles),
      }))
    },
  }) satisfies Partial<Catalogue>

/** An article with the pages that its links lead to. */
function withLinks(article: Article, queries: Queries): Article {
  const paths = fileLinksIn(article.content).map(({ path }) => path)
  if (paths.length === 0) return article
  const now = Number(queries.setting.get('refreshed')?.value ?? 0)
  const rows = queries.linked.all({ now }, JSON.stringify(paths))
  return { ...article, links: new Map(rows.map(({ path, slug }) => [String(path), String(slug)])) }
}

function onArticles(file: CatalogueFile, settings: Pick<Config, 'language' | 'timeZone'>) {
  /** Only of pages that are out: others would take addresses from these, and show that they are there. */
  function pageComputed(path: string, queries: Queries, now: number) {
    const namesakes = ({ from, to }: KeyRange) => queries.pagesByName.all(from, to)
    const { all, dated } = keysIn(path) ?? {}
    let rows = all ? namesakes(all) : []
    if (dated && rows.length > mostNamesakes) rows = namesakes(dated)
    if (rows.length > mostNamesakes) return undefined
    const out = rows.values().filter((row) => isOut(timesOf(row), now))
    return pageMeant(path, out.map(namedOf), settings)
  }
  return {
    async article(slug, now) {
      // What we made ends in the start of the id, by which articles can be looked up.
      const start = /(?:^|-)([0-9a-f]{8})(?:[0-9a-f]{24})?$/.exec(slug)?.[1]
      return file.read((queries) => {
        const stating = queries.articlesByAddress.all(addressOf(slug), now)
        stating.forEach(addressIn)
        const byStart = start ? queries.articlesByStart.all(start, `${start}~`, now) : []
        const same = [...stating, ...byStart].filter((one) => one.slug === slug)
        // A former slug that we made, where only one article can be meant.
        const former = same.length === 0 && byStart.length === 1 ? byStart : []
        // What we have promised to readers comes before what another file wishes.
        const lasting = stating.filter(({ lasts }) => lasts === 1)
        const aliases = stating.filter(({ lasts }) => lasts !== 1)
        const meant = [...same, ...lasting, ...former, ...aliases]
        if (meant.length === 0) return undefined
        const row = meant.find((one) => isOut(timesOf(one), now))
        return row ? { ...withLinks(articleOf(row), queries), number: Number(row.number) } : 'gone'
      })
    },
    isLinked: async (path, whole, now) =>
      file.read(
        ({ isLinked }) => isLinked.get({ now }, ofMedia(path), ofMedia(whole)) !== undefined,
      ),
    slugAt: async (path, whole, now) =>
      file.read((queries) => {
        const { from, to } = keysIn(path)?.all ?? { from: '', to: '' }
        if (!queries.isAddress.get(path, whole, from, to)) return undefined
        const rows = queries.pagesByAddress.all(path, whole, now)
        rows.forEach(addressIn)
        if (rows.length === 0) return pageComputed(path, queries, now)
        const row = rows.find((one) => isOut(timesOf(one), now))
        return row ? pageOf(row) : 'gone'
      }),
    articleByNumber: async (number) =>
      file.read((queries) => {
        const row = queries.articleByNumber.get(number)
        return row && withLinks(articleOf(row), queries)
      }),
    listedByNumber: async (numbers) =>
      file.read((queries) => {
        const rows = numbers.map((number) => queries.listedByNumber.get(number))
        return rows.filter((row) => row !== undefined).map(listedOf)
      }),
    pages: async (first, last, now) =>
      file.read(({ pages }) => pages.all({ now }, first, last).map(pageOf)),
    async lastNumber() {
      const row = await file.read((queries) => queries.lastNumber.get())
      return Number(row?.number ?? 0)
    },
    rejections: async (limit) =>
      file.read(({ rejections }) => rejections.all(limit).map(rejectionOf)),
    isRejected: async (path) => file.read(({ isRejected }) => isRejected.get(path) !== undefined),
    notes: async (limit) => file.read(({ notes }) => notedOf(notes.all(limit))),
    passedOver: async (limit) => file.read(({ passedOver }) => notedOf(passedOver.all(limit))),
    async counts(now) {
      const row = await file.read((queries) => queries.counts.get({ now }))
      return {
        articles: Number(row?.articles),
        rejections: Number(row?.rejections),
        notes: Number(row?.notes),
        passedOver: Number(row?.passedOver),
      }
    },
  } satisfies Partial<Catalogue>
}
