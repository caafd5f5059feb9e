/**
 * What the site consists of, as far as it is made of articles: in the order in which it is written, so that nothing leads to
 * what is not there yet.
 */
import { hash } from 'node:crypto'
import type { Catalogue, CatalogueReader, ChannelRecord } from '../catalogue/catalogue.ts'
import { allTermKinds } from '../catalogue/channel-kinds.ts'
import { articlePath, channelPath, kindPath } from '../channels/channel.ts'
import { documentPath } from '../channels/document.ts'
import type { createDocumentRenderer } from '../channels/document-renderer.ts'
import { feedFormats } from '../channels/feed-formats.ts'
import { lastArchive, type Selection, siteRecord } from '../channels/selection.ts'
import type { Config } from '../config.ts'
import { mostListed, onPage, pagePathIn } from '../pages/channel-pages.ts'
import type { ListEntry } from '../pages/entries.ts'
import { fileAt } from '../pages/files.ts'
import type { Made } from '../pages/page.ts'
import type { PageMaker } from '../pages/page-maker.ts'
import { partOf } from '../pages/sitemaps.ts'

/** A file of a unit. */
interface UnitFile {
  readonly address: string
  /** What it is made from; '' where only making it tells. */
  readonly key: string
  /** @returns undefined where there is none, and none behind it */
  make(): Promise<{ readonly body: string | Uint8Array; readonly modified?: number } | undefined>
}

/** Files that are made of the same things. */
export interface Unit {
  readonly name: string
  /** What it is made from: where that is as it was, nothing is looked at. '' where only making it tells. */
  readonly key: string
  files(): AsyncIterable<UnitFile> | Iterable<UnitFile>
}

export interface UnitParts {
  readonly catalogue: Catalogue
  readonly selection: Selection
  readonly config: Config
  readonly maker: PageMaker
  readonly renderer: ReturnType<typeof createDocumentRenderer>
}

/** Articles and channels that are read in one go. */
const portion = 500

const digest = (value: unknown) => hash('sha1', JSON.stringify(value), 'base64url')

/** The pages of articles: in portions, each of which is noted before it is written. */
export async function* articleUnits(parts: UnitParts): AsyncGenerator<Unit[]> {
  const { catalogue, config, maker } = parts
  const last = await catalogue.lastNumber()
  const newest = new Map<string, { entries: readonly ListEntry[]; key: string }>()

  async function newestIn(slug: string | undefined) {
    if (slug === undefined) return { entries: [], key: '' }
    let found = newest.get(slug)
    if (!found) {
      const entries = await maker.newest({ slug }, config.language)
      found = { entries, key: digest(entries) }
      newest.set(slug, found)
    }
    return found
  }

  for (let first = 1; first <= last; first += portion) {
    const pages = await catalogue.pages(first, Math.min(first + portion - 1, last))
    const units: Unit[] = []
    for (const { number, version, slug, section } of pages) {
      const { entries, key } = await newestIn(section)
      const address = articlePath({ slug })
      units.push({
        name: `article ${number}`,
        key: `${version} ${key}`,
        *files() {
          const make = async () => {
            const article = await catalogue.articleByNumber(number, version)
            return article && maker.article({ ...article, number }, config.language, entries)
          }
          yield { address, key: '', make }
        },
      })
    }
    yield units
  }
}

/** Every channel that ever had an article, the site first. */
export async function* everyChannel(catalogue: CatalogueReader): AsyncGenerator<ChannelRecord> {
  yield await siteRecord(catalogue)
  for (const kind of allTermKinds) {
    for (let after = ''; ; ) {
      const records = await catalogue.everyChannel(kind, after, portion)
      yield* records
      after = records.at(-1)?.slug ?? ''
      if (records.length < portion) break
    }
  }
}

/** The pages of lists: of each channel, and of all channels of a kind. */
export async function* listUnits(parts: UnitParts): AsyncGenerator<Unit> {
  const { catalogue, config, maker } = parts
  const whole = await siteRecord(catalogue)
  for await (const record of everyChannel(catalogue)) {
    const path = channelPath(record)
    yield {
      name: `list ${path}`,
      key: record.changed,
      async *files() {
        const listed = await catalogue.listed(record, mostListed)
        const listKey = (page: number) => {
          // The front page names sections and tags, with how many articles they have.
          if (page === 1 && record.kind === 'site') return ''
          const versions = onPage(listed, page).map(({ number, version }) => [number, version])
          return digest([record.name, versions])
        }
        yield* pagesOf(path, listKey, (page) =>
          maker.channel(record, page, config.language, onPage(listed, page)),
        )
      },
    }
  }
  for (const kind of allTermKinds) {
    const path = kindPath(kind)
    yield {
      name: `list ${path}`,
      key: whole.changed,
      files: () =>
        pagesOf(
          path,
          () => '',
          (n) => maker.terms(kind, n, config.language),
        ),
    }
  }
  yield {
    name: 'subscribe',
    key: whole.changed,
    *files() {
      const choice = { slugs: {}, words: '', isMade: false }
      const make = () => maker.subscribe(choice, config.language)
      yield { address: '/subscribe', key: '', make }
    },
  }
}

async function* pagesOf(
  path: string,
  keyOf: (page: number) => string,
  make: (page: number) => Promise<Made | undefined>,
): AsyncGenerator<UnitFile> {
  for (let page = 1; ; page += 1) {
    let isThere = true
    yield {
      address: pagePathIn(path, page),
      key: keyOf(page),
      make: async () => {
        const made = await make(page)
        isThere = made !== undefined
        return made
      },
    }
    if (!isThere) return
  }
}

/** The documents of every channel in one format after the other, so that each article is rendered once in each; archive documents first. */
export async function* documentUnits(parts: UnitParts): AsyncGenerator<Unit> {
  const { catalogue, selection, renderer } = parts
  for (const format of feedFormats) {
    for await (const record of everyChannel(catalogue)) {
      const { kind, slug, changed, archives, fullArchives } = record
      const channel = { kind, slug }
      yield {
        name: `document ${documentPath({ channel, format })}`,
        key: `${changed} ${archives} ${fullArchives}`,
        async *files() {
          const last = lastArchive(record)
          for (let n = 1; n <= last + 1; n += 1) {
            // The feed comes last.
            const archive = n <= last ? { archive: n } : {}
            const key = { channel, format, ...archive }
            const selected = await selection.select(channel, archive.archive)
            if (!selected) continue
            const versions = selected.listed.map(({ number, version }) => [number, version])
            const isCurrent = n > last
            // Where no article says when it was changed, the channel does.
            const isDated = isCurrent || versions.length === 0
            yield {
              address: documentPath(key),
              key: digest([
                record.name,
                versions,
                n < last,
                isDated && changed,
                isCurrent && archives,
              ]),
              make: async () => {
                const { bytes, lastModified } = await renderer.plain(key, selected)
                return { body: bytes, modified: Date.parse(lastModified) }
              },
            }
          }
        },
      }
    }
  }
}

/** What leads programs and crawlers to all else. */
export async function* indexUnits({ catalogue, config }: UnitParts): AsyncGenerator<Unit> {
  const { changed } = await siteRecord(catalogue)
  const parts = Math.max(1, partOf(await catalogue.lastNumber()))
  const paths = [
    '/feeds.opml',
    ...Array.from({ length: parts }, (_, n) => `/sitemap-articles-${n + 1}.xml`),
    ...['/sitemap-channels.xml', '/sitemap-news.xml', '/sitemap.xml'],
  ]
  for (const address of paths) {
    yield {
      name: `file ${address}`,
      // Articles leave the news sitemap with time.
      key: address === '/sitemap-news.xml' ? '' : changed,
      *files() {
        yield { address, key: '', make: () => fileAt(address, catalogue, config) }
      },
    }
  }
}
