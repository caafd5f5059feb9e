/** Every page for people and crawlers: made when it is first asked for, and kept until it changes. */
import type { Catalogue, ChannelKey, RefreshReport } from '../catalogue/catalogue.ts'
import type { TermKind } from '../catalogue/channel-kinds.ts'
import { articlePath, channelPath, kindPath } from '../channels/channel.ts'
import { type DocumentKey, documentPath } from '../channels/document.ts'
import { createKept } from '../channels/kept.ts'
import { allSearches, type Selection, site } from '../channels/selection.ts'
import type { Config } from '../config.ts'
import { articlePage } from './article-page.ts'
import { type Assets, readAssets } from './assets.ts'
import { channelPage, termsPage } from './channel-pages.ts'
import { channelLink } from './entries.ts'
import { feedPage } from './feed-page.ts'
import { fileAt, partName } from './files.ts'
import { type Made, type Page, type PageSources, toPage } from './page.ts'
import { createRenderer, type PageLink, type PageParts, type Renderer } from './renderer.ts'
import { searchPage } from './search-page.ts'
import { partOf } from './sitemaps.ts'
import { type Choice, subscribePage } from './subscribe-page.ts'

export interface Pages {
  readonly assets: Assets
  /** @param page counted from 1 */
  channel(key: ChannelKey, page: number, locale: string): Promise<Page | undefined>
  terms(kind: TermKind, page: number, locale: string): Promise<Page | undefined>
  /** @returns the path of its page if it has another slug, or 'gone' */
  article(slug: string, locale: string): Promise<Page | { movedTo: string } | 'gone' | undefined>
  /** @throws SearchUnavailable */
  search(words: string, locale: string): Promise<Page | undefined>
  subscribe(choice: Choice, locale: string): Promise<Page | undefined>
  /** A feed for a person. @throws QueryError @throws SearchUnavailable */
  feed(key: DocumentKey, locale: string): Promise<Page | undefined>
  /** What is not HTML: OPML, sitemaps, robots.txt, the web manifest. */
  file(path: string): Promise<Page | undefined>
  /** An error, which needs no article to be told. @param detail a sentence for people */
  error(status: number, title: string, detail: string): string
  /** Drops all pages: the articles they were made from have other numbers now. */
  clear(): void
  /** Drops what is another page since this refresh. */
  update(report: RefreshReport): Promise<void>
}

/** Pages are kept up to this size. */
const keptBytes = 8 * 1024 * 1024
/** What keeping one takes beside its bytes, about. */
const overhead = 1000
/** Sections that are named on top of every page, those with the most articles. */
const mostInNav = 8

const whole = channelPath(site)
const searches = channelPath(allSearches)

export function createPages(catalogue: Catalogue, selection: Selection, config: Config): Pages {
  const kept = createKept<Page>({
    maxSize: keptBytes,
    sizeOf: ({ encodings }) => overhead + encodings.ownLength,
    isStale: ({ until }) => until !== undefined && until <= Date.now(),
  })
  let loaded: { assets: Assets; renderer: Renderer } | undefined
  let nav: readonly PageLink[] | undefined

  /** Files and templates are read when the first page is asked for; feeds need none of them. */
  function load() {
    if (loaded) return loaded
    const assets = readAssets()
    loaded = { assets, renderer: createRenderer(config, assets) }
    return loaded
  }

  async function readNav(): Promise<readonly PageLink[]> {
    const records = await catalogue.channels('section', mostInNav)
    return records.map((record) => channelLink('section', record))
  }

  async function render(
    template: string,
    dependsOn: readonly string[],
    parts: PageParts,
  ): Promise<Made> {
    nav ??= await readNav()
    const body = load().renderer.page(template, parts, nav)
    return { contentType: 'text/html; charset=utf-8', body, dependsOn }
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
    get assets() {
      return load().assets
    },
    channel(key, number, locale) {
      const path = channelPath(key)
      const template = key.kind === 'site' && number === 1 ? 'front' : 'channel'
      return page(`${path}?page=${number}`, locale, template, [path], (sources) =>
        channelPage(key, number, sources),
      )
    },
    terms(kind, number, locale) {
      return page(`${kindPath(kind)}?page=${number}`, locale, 'terms', [whole], (sources) =>
        termsPage(kind, number, sources),
      )
    },
    async article(slug, locale) {
      const found = await kept.have(`/articles/${slug} ${locale}`, async () => {
        const article = await catalogue.article(slug, Date.now())
        if (article === undefined || article === 'gone' || article.slug !== slug) return undefined
        const { number, section } = article
        const dependsOn = [`article ${number}`]
        if (section) dependsOn.push(channelPath({ kind: 'section', slug: section.slug }))
        const parts = await articlePage(article, { catalogue, config, locale })
        return toPage(await render('article', dependsOn, parts))
      })
      if (found) return found
      const article = await catalogue.article(slug, Date.now())
      if (article === undefined || article === 'gone') return article
      return { movedTo: articlePath(article) }
    },
    search(words, locale) {
      const path = `/search?q=${encodeURIComponent(words)}`
      return page(path, locale, 'search', [searches], (sources) =>
        searchPage(words, selection, sources),
      )
    },
    subscribe(choice, locale) {
      const path = `/subscribe?${JSON.stringify(choice)}`
      return page(path, locale, 'subscribe', [whole, searches], (sources) =>
        subscribePage(choice, selection, sources),
      )
    },
    feed(key, locale) {
      return page(documentPath(key), locale, 'feed', [channelPath(key.channel)], (sources) =>
        feedPage(key, selection, sources),
      )
    },
    file(path) {
      return kept.have(path, async () => {
        const made = await fileAt(path, catalogue, config)
        return made && toPage(made)
      })
    },
    error(status, title, detail) {
      const head = { title, isIndexed: false }
      return load().renderer.page('error', { head, data: { status, title, detail } }, nav ?? [])
    },
    clear() {
      nav = undefined
      kept.clear()
    },
    async update({ channels, articles }) {
      const before = JSON.stringify(nav)
      if (nav) nav = await readNav()
      if (JSON.stringify(nav) !== before) return kept.clear()
      const changed = new Set([...channels, allSearches].map(channelPath))
      for (const number of articles) {
        changed.add(`article ${number}`).add(partName(partOf(number)))
      }
      kept.drop(({ dependsOn }) => dependsOn.some((one) => changed.has(one)))
    },
  }
}
