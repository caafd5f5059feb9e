/** What is read of a catalogue in SQLite: by who writes it as well, and by processes that serve alone. */
import type { Article } from '../article.ts'
import type { Config } from '../config.ts'
import { fileLinksIn } from '../intake/file-link.ts'
import { addressIn, addressOf } from './addresses.ts'
import { articleOf, channelOf, listedOf, namedOf, notedOf, pageOf, rejectionOf } from './answers.ts'
import type { CatalogueReader } from './catalogue.ts'
import { type KeyRange, keysIn, pageMeant } from './computed-addresses.ts'
import { DamageError } from './damage.ts'
import { formerAddresses } from './former-addresses.ts'
import { readLastCommit } from './last-commit.ts'
import { ofMedia } from './link-index.ts'
import { mostNamesakes, type Queries } from './queries.ts'
import type { Store } from './store.ts'

/** A file that is open for reading, whatever becomes of it. */
export interface QueriedFile {
  readonly store: Store
  /**
   * Reads; where the catalogue turns out to be damaged, reads from the one made anew.
   * @param read says what rows mean as well, so that one that means nothing is found here
   */
  read<T>(read: (queries: Queries) => T): Promise<T>
}

export type ReadingSettings = Pick<Config, 'feedItems' | 'language' | 'timeZone'>

/** All of a CatalogueReader but its end. */
export function readingOf(file: QueriedFile, settings: ReadingSettings) {
  return {
    ...onChannels(file, settings.feedItems),
    ...onArticles(file, settings),
    lastRefresh: async () => file.read(readLastCommit),
    // These change with the file.
    get id() {
      return file.store.id
    },
    get namespace() {
      return file.store.namespace()
    },
  } satisfies Omit<CatalogueReader, 'close'>
}

const onChannels = (file: QueriedFile, feedItems: number) =>
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
    everyChannel: async (kind, after, limit) =>
      file.read(({ everyChannel }) =>
        everyChannel.all(kind, after, limit).map((row) => channelOf(row, feedItems)),
      ),
    count: async ({ kind, slug }) =>
      file.read(({ countIn }) => Number(countIn.get(kind, slug)?.articles ?? 0)),
    listed: async ({ kind, slug }, limit, offset = 0) =>
      file.read(({ listed }) => listed.all(kind, slug, limit, offset).map(listedOf)),
    archived: async ({ kind, slug }, archive) =>
      file.read(({ archived }) => archived.all(kind, slug, archive).map(listedOf)),
    async months(since, until) {
      const rows = await file.read((queries) => queries.months.all(since, until))
      return rows.map(({ slug, name, month, articles }) => ({
        section: { slug: String(slug), name: String(name) },
        month: String(month),
        articles: Number(articles),
      }))
    },
  }) satisfies Partial<CatalogueReader>

/** Of a row that says so. */
const isOut = (row: Record<string, unknown>) => row.isOut === 1

/** An article with the pages that its links lead to. */
function withLinks(article: Article, queries: Queries): Article {
  const paths = fileLinksIn(article.content).map(({ path }) => path)
  if (paths.length === 0) return article
  const rows = queries.linked.all(JSON.stringify(paths))
  return { ...article, links: new Map(rows.map(({ path, slug }) => [String(path), String(slug)])) }
}

function onArticles(file: QueriedFile, settings: Pick<Config, 'language' | 'timeZone'>) {
  /** Only of pages that are out: others would take addresses from these, and show that they are there. */
  function pageComputed(path: string, queries: Queries) {
    const namesakes = ({ from, to }: KeyRange) => queries.pagesByName.all(from, to)
    const { all, dated } = keysIn(path) ?? {}
    let rows = all ? namesakes(all) : []
    if (dated && rows.length > mostNamesakes) rows = namesakes(dated)
    if (rows.length > mostNamesakes) return undefined
    const out = rows.values().filter(isOut)
    return pageMeant(path, out.map(namedOf), settings)
  }
  return {
    async article(slug) {
      // What we made ends in the start of the id, by which articles can be looked up.
      const start = /(?:^|-)([0-9a-f]{8})(?:[0-9a-f]{24})?$/.exec(slug)?.[1]
      return file.read((queries) => {
        const stating = queries.articlesByAddress.all(addressOf(slug))
        stating.forEach(addressIn)
        const byStart = start ? queries.articlesByStart.all(start, `${start}~`) : []
        const same = [...stating, ...byStart].filter((one) => one.slug === slug)
        // A former slug that we made, where only one article can be meant.
        const former = same.length === 0 && byStart.length === 1 ? byStart : []
        // What we have promised to readers comes before what another file wishes.
        const lasting = stating.filter(({ lasts }) => lasts === 1)
        const aliases = stating.filter(({ lasts }) => lasts !== 1)
        const meant = [...same, ...lasting, ...former, ...aliases]
        if (meant.length === 0) return undefined
        const row = meant.find(isOut)
        return row ? { ...withLinks(articleOf(row), queries), number: Number(row.number) } : 'gone'
      })
    },
    isLinked: async (path, whole) =>
      file.read(({ isLinked }) => isLinked.get(ofMedia(path), ofMedia(whole)) !== undefined),
    slugAt: async (path, whole) =>
      file.read((queries) => {
        const { from, to } = keysIn(path)?.all ?? { from: '', to: '' }
        if (!queries.isAddress.get(path, whole, from, to)) return undefined
        const rows = queries.pagesByAddress.all(path, whole)
        rows.forEach(addressIn)
        if (rows.length === 0) return pageComputed(path, queries)
        const row = rows.find(isOut)
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
    formerAddresses: (site) => formerAddresses(file, site),
    pages: async (first, last) => file.read(({ pages }) => pages.all(first, last).map(pageOf)),
    async lastNumber() {
      const row = await file.read((queries) => queries.lastNumber.get())
      return Number(row?.number ?? 0)
    },
    async lastVersion() {
      const row = await file.read((queries) => queries.lastVersion.get())
      return Number(row?.version ?? 0)
    },
    async numberingOf(version) {
      const row = await file.read((queries) => queries.numberingOf.get({ version }))
      return row && String(row.name)
    },
    rejections: async (limit) =>
      file.read(({ rejections }) => rejections.all(limit).map(rejectionOf)),
    notes: async (limit) => file.read(({ notes }) => notedOf(notes.all(limit))),
    passedOver: async (limit) => file.read(({ passedOver }) => notedOf(passedOver.all(limit))),
    async counts() {
      const row = await file.read((queries) => queries.counts.get())
      return {
        articles: Number(row?.articles),
        rejections: Number(row?.rejections),
        notes: Number(row?.notes),
        passedOver: Number(row?.passedOver),
      }
    },
  } satisfies Partial<CatalogueReader>
}
