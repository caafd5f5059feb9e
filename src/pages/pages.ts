/** Every page for people and crawlers: made when it is first asked for, and kept until it changes. */
import type { CatalogueReader, ChannelKey, RefreshReport } from '../catalogue/catalogue.ts'
import type { TermKind } from '../catalogue/channel-kinds.ts'
import { articlePath, channelPath, kindPath } from '../channels/channel.ts'
import { type DocumentKey, documentPath } from '../channels/document.ts'
import { createKept } from '../channels/kept.ts'
import { allSearches, type Selection, site } from '../channels/selection.ts'
import { everyPage } from '../channels/surrogate-keys.ts'
import type { Config } from '../config.ts'
import { plainAddress, plainPath } from '../page-address.ts'
import { QueryError } from '../search/query.ts'
import { wordingIn } from '../words/wording.ts'
import { articlePage } from './article-page.ts'
import { readAssets } from './assets.ts'
import { channelPage, termsPage } from './channel-pages.ts'
import { feedPage } from './feed-page.ts'
import { fileAt } from './files.ts'
import { readNav } from './nav.ts'
import { articleName, outdatedNames } from './outdated.ts'
import { type Made, type Page, type PageSources, toPage } from './page.ts'
import { createRenderer, type PageLink, type PageParts } from './renderer.ts'
import { searchPage } from './search-page.ts'
import { type Choice, subscribePage } from './subscribe-page.ts'

export type Pages = ReturnType<typeof createPages>

/** Pages are kept up to this size. */
const keptBytes = 8 * 1024 * 1024
/** What keeping one takes beside its bytes, about. */
const overhead = 1000

const whole = channelPath(site)
const searches = channelPath(allSearches)

export function createPages(catalogue: CatalogueReader, selection: Selection, config: Config) {
  const kept = createKept<Page>({
    maxSize: keptBytes,
    sizeOf: ({ encodings }) => overhead + encodings.ownLength,
    isStale: ({ until }) => until !== undefined && until <= Date.now(),
  })
  const assets = readAssets(config)
  const root = plainAddress(config.baseUrl).replace(/\/$/, '')
  const renderPage = createRenderer(config, assets)
  const wording = wordingIn(config.language)
  const errors: Readonly<Record<number, { title: string; detail: string }>> = wording.words.errors
  let nav: readonly PageLink[] | undefined

  async function render(
    template: string,
    dependsOn: readonly string[],
    parts: PageParts,
  ): Promise<Made> {
    nav ??= await readNav(catalogue)
    const body = renderPage(template, parts, nav)
    const contentType = 'text/html; charset=utf-8'
    return { contentType, body, dependsOn: [...dependsOn, everyPage] }
  }

  /** @param path of the page, or of several that are alike */
  const page = (
    path: string,
    locale: string,
    template: string,
    dependsOn: readonly string[],
    make: (sources: PageSources) => Promise<PageParts | undefined>,
  ) =>
    kept.have(`${path} ${locale}`, async () => {
      const parts = await make({ catalogue, config, locale })
      return parts && toPage(await render(template, dependsOn, parts))
    })

  return {
    assets,
    /** @param number counted from 1 */
    channel(key: ChannelKey, number: number, locale: string) {
      const path = channelPath(key)
      const template = key.kind === 'site' && number === 1 ? 'front' : 'channel'
      return page(`${path}?page=${number}`, locale, template, [path], (sources) =>
        channelPage(key, number, sources),
      )
    },
    /** @param number counted from 1 */
    terms(kind: TermKind, number: number, locale: string) {
      return page(`${kindPath(kind)}?page=${number}`, locale, 'terms', [whole], (sources) =>
        termsPage(kind, number, sources),
      )
    },
    /** @returns the path of its page if it has another slug, or 'gone' */
    async article(slug: string, locale: string) {
      const found = await kept.have(`/articles/${slug} ${locale}`, async () => {
        const article = await catalogue.article(slug, Date.now())
        if (article === undefined || article === 'gone' || article.slug !== slug) return undefined
        const { number, section } = article
        const dependsOn = [articleName(number)]
        if (section) dependsOn.push(channelPath({ kind: 'section', slug: section.slug }))
        const parts = await articlePage(article, { catalogue, config, locale })
        return toPage(await render('article', dependsOn, parts))
      })
      if (found) return found
      const article = await catalogue.article(slug, Date.now())
      if (article === undefined || article === 'gone') return article
      return { movedTo: articlePath(article) }
    },
    /** Whether a page links to a download, or shows a picture in a document. @param path in the articles folder */
    isLinked: (path: string) =>
      catalogue.isLinked(path, `${config.baseUrl}/media/${path}`, Date.now()),
    /** @returns the path of the page that was at this address, or 'gone' */
    async movedFrom(path: string) {
      const plain = plainPath(path)
      const found = plain && (await catalogue.slugAt(plain, root + plain, Date.now()))
      return found && found !== 'gone' ? { movedTo: articlePath(found) } : found
    },
    /** @throws SearchUnavailable */
    search(words: string, locale: string) {
      const path = `/search?q=${encodeURIComponent(words)}`
      return page(path, locale, 'search', [searches], (sources) =>
        searchPage(words, selection, sources),
      )
    },
    /** @throws SearchUnavailable */
    subscribe(choice: Choice, locale: string) {
      const path = `/subscribe?${JSON.stringify(choice)}`
      return page(path, locale, 'subscribe', [whole, searches], (sources) =>
        subscribePage(choice, selection, sources),
      )
    },
    /** A feed for a person. @throws QueryError @throws SearchUnavailable */
    feed(key: DocumentKey, locale: string) {
      return page(documentPath(key), locale, 'feed', [channelPath(key.channel)], (sources) =>
        feedPage(key, selection, sources),
      )
    },
    /** What is not HTML: OPML, sitemaps, robots.txt, the web manifest. */
    file(path: string) {
      return kept.have(path, async () => {
        const made = await fileAt(path, catalogue, config)
        return made && toPage(made)
      })
    },
    /** An error, which needs no article to be told. @param cause a search says what is wrong with it */
    error(status: number, cause?: unknown): string {
      const { title, detail } = errors[status] ?? wording.words.otherError
      const sentence = cause instanceof QueryError ? cause.in(wording) : detail
      const head = { title, isIndexed: false }
      return renderPage('error', { head, data: { status, title, detail: sentence } }, nav ?? [])
    },
    /** Drops all pages: the articles they were made from have other numbers now. */
    clear(): void {
      nav = undefined
      kept.clear()
    },
    /** Drops what is another page since this refresh. */
    async update(report: Pick<RefreshReport, 'channels' | 'articles'>): Promise<void> {
      const before = JSON.stringify(nav)
      if (nav) nav = await readNav(catalogue)
      const changed = outdatedNames(report, JSON.stringify(nav) !== before)
      kept.drop(({ dependsOn }) => dependsOn.some((one) => changed.has(one)))
    },
  }
}
