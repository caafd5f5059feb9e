/** Every page for people and crawlers: made when it is first asked for, and kept until it changes. */
import type { CatalogueReader, Changes, ChannelKey } from '../catalogue/catalogue.ts'
import type { TermKind } from '../catalogue/channel-kinds.ts'
import { articlePath, channelPath, kindPath } from '../channels/channel.ts'
import { type DocumentKey, documentPath } from '../channels/document.ts'
import { createKept } from '../channels/kept.ts'
import type { Selection } from '../channels/selection.ts'
import type { Config } from '../config.ts'
import { plainAddress, plainPath } from '../page-address.ts'
import { readAssets } from './assets.ts'
import { pagePathIn } from './channel-pages.ts'
import { fileAt } from './files.ts'
import { outdatedNames } from './outdated.ts'
import { type Made, type Page, toPage } from './page.ts'
import { createPageMaker } from './page-maker.ts'
import type { Choice } from './subscribe-page.ts'

export type Pages = ReturnType<typeof createPages>

/** Pages are kept up to this size. */
const keptBytes = 8 * 1024 * 1024
/** What keeping one takes beside its bytes, about. */
const overhead = 1000

export function createPages(catalogue: CatalogueReader, selection: Selection, config: Config) {
  const kept = createKept<Page>({
    maxSize: keptBytes,
    sizeOf: ({ encodings }) => overhead + encodings.ownLength,
  })
  const assets = readAssets(config)
  const root = plainAddress(config.baseUrl).replace(/\/$/, '')
  const maker = createPageMaker(catalogue, selection, config, assets)

  /** @param path of the page, or of several that are alike */
  const page = (path: string, locale: string, make: () => Promise<Made | undefined>) =>
    kept.have(`${path} ${locale}`, async () => {
      const made = await make()
      return made && toPage(made)
    })

  return {
    assets,
    /** @param number counted from 1 */
    channel: (key: ChannelKey, number: number, locale: string) =>
      page(pagePathIn(channelPath(key), number), locale, () => maker.channel(key, number, locale)),
    /** @param number counted from 1 */
    terms: (kind: TermKind, number: number, locale: string) =>
      page(pagePathIn(kindPath(kind), number), locale, () => maker.terms(kind, number, locale)),
    /** @returns the path of its page if it has another slug, or 'gone' */
    async article(slug: string, locale: string) {
      const found = await kept.have(`/articles/${slug} ${locale}`, async () => {
        const article = await catalogue.article(slug)
        if (article === undefined || article === 'gone' || article.slug !== slug) return undefined
        return toPage(await maker.article(article, locale))
      })
      if (found) return found
      const article = await catalogue.article(slug)
      if (article === undefined || article === 'gone') return article
      return { movedTo: articlePath(article) }
    },
    /** Whether a page links to a download, or shows a picture in a document. @param path in the articles folder */
    isLinked: (path: string) => catalogue.isLinked(path, `${config.baseUrl}/media/${path}`),
    /** @returns the path of the page that was at this address, or 'gone' */
    async movedFrom(path: string) {
      const plain = plainPath(path)
      const found = plain && (await catalogue.slugAt(plain, root + plain))
      return found && found !== 'gone' ? { movedTo: articlePath(found) } : found
    },
    /** @throws SearchUnavailable */
    search: (words: string, locale: string) =>
      page(`/search?q=${encodeURIComponent(words)}`, locale, () => maker.search(words, locale)),
    /** @throws SearchUnavailable */
    subscribe: (choice: Choice, locale: string) =>
      page(`/subscribe?${JSON.stringify(choice)}`, locale, () => maker.subscribe(choice, locale)),
    /** A feed for a person. @throws QueryError @throws SearchUnavailable */
    feed: (key: DocumentKey, locale: string) =>
      page(documentPath(key), locale, () => maker.feed(key, locale)),
    /** What is not HTML: OPML, sitemaps, robots.txt, the web manifest. */
    file(path: string) {
      return kept.have(path, async () => {
        const made = await fileAt(path, catalogue, config)
        return made && toPage(made)
      })
    },
    error: maker.error,
    /** Drops all pages: the articles they were made from have other numbers now. */
    clear(): void {
      maker.clear()
      kept.clear()
    },
    /** Drops what is another page since this refresh. */
    async update(report: Changes): Promise<void> {
      const before = maker.nav()
      const isNavOther =
        before !== undefined && JSON.stringify(await maker.readNav()) !== JSON.stringify(before)
      const changed = outdatedNames(report, isNavOther)
      kept.drop(({ dependsOn }) => dependsOn.some((one) => changed.has(one)))
    },
  }
}
