/** Every page for people and crawlers: made when it is first asked for, and kept until it changes. */
import type { Catalogue, ChannelKey, RefreshReport } from '../catalogue/catalogue.ts'
import type { TermKind } from '../catalogue/channel-kinds.ts'
import { articlePath, channelPath, kindPath } from '../channels/channel.ts'
import { type DocumentKey, documentPath } from '../channels/channels.ts'
import { opml, opmlType } from '../channels/opml.ts'
import { allSearches, createSelection, site } from '../channels/selection.ts'
import type { Config } from '../config.ts'
import type { Search } from '../search/search.ts'
import { articlePage, type PageParts } from './article-page.ts'
import { type Assets, readAssets } from './assets.ts'
import { channelPage, termsPage } from './channel-pages.ts'
import { feedPage } from './feed-page.ts'
import { manifest } from './manifest.ts'
import { createPageCache, type Made, type Page } from './page-cache.ts'
import { createRenderer, type NavItem, type Renderer } from './renderer.ts'
import { searchPage } from './search-page.ts'
import {
  articlesSitemap,
  channelsSitemap,
  newsSitemap,
  partOf,
  robotsText,
  sitemapIndex,
} from './sitemaps.ts'
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

/** Sections that are named on top of every page, those with the most articles. */
const mostInNav = 8
/** A news sitemap without articles gets some when the site changes. */
const anHourMs = 60 * 60 * 1000

const html = 'text/html; charset=utf-8'
const xml = 'application/xml; charset=utf-8'

export function createPages(catalogue: Catalogue, search: Search, config: Config): Pages {
  const cache = createPageCache()
  const parts = { catalogue, config, selection: createSelection(catalogue, search, config) }
  let loaded: { assets: Assets; renderer: Renderer } | undefined
  let nav: readonly NavItem[] | undefined

  /** Files and templates are read when the first page is asked for; feeds need none of them. */
  function have() {
    if (loaded) return loaded
    const assets = readAssets()
    loaded = { assets, renderer: createRenderer(config, assets) }
    return loaded
  }

  async function readNav(): Promise<readonly NavItem[]> {
    const records = await catalogue.channels('section', mostInNav)
    return records.map((record) => ({ name: record.name, path: channelPath(record) }))
  }

  async function made(template: string, dependsOn: readonly string[], page: PageParts) {
    nav ??= await readNav()
    const body = have().renderer.page(template, page.head, nav, page.data)
    return { contentType: html, body, dependsOn }
  }

  /** @param path of the page, or of several that are alike */
  const page = (
    path: string,
    locale: string,
    template: string,
    dependsOn: readonly string[],
    make: () => Promise<PageParts | undefined>,
  ) =>
    cache.have(`${path} ${locale}`, async () => {
      const parts = await make()
      return parts && made(template, dependsOn, parts)
    })

  const whole = channelPath(site)

  async function fileOf(path: string): Promise<Made | undefined> {
    const file = (contentType: string, body: string, dependsOn = [whole]): Made => ({
      contentType,
      body,
      dependsOn,
    })
    if (path === '/feeds.opml') return file(opmlType, await opml(catalogue, config))
    if (path === '/sitemap.xml') return file(xml, await sitemapIndex(catalogue, config))
    if (path === '/sitemap-channels.xml') return file(xml, await channelsSitemap(catalogue, config))
    if (path === '/robots.txt') return file('text/plain; charset=utf-8', robotsText(config), [])
    if (path === '/site.webmanifest') {
      return file('application/manifest+json', manifest(config, have().renderer.to), [])
    }
    if (path === '/sitemap-news.xml') {
      const { xml: news, until } = await newsSitemap(catalogue, config)
      return { ...file(xml, news), until: until ?? Date.now() + anHourMs }
    }
    const part = /^\/sitemap-articles-([1-9]\d{0,5})\.xml$/.exec(path)?.[1]
    if (part === undefined) return undefined
    const body = await articlesSitemap(Number(part), catalogue, config)
    if (body === undefined) return undefined
    // The last part grows with the site.
    const isLast = Number(part) >= partOf(await catalogue.lastNumber())
    return file(xml, body, [partName(Number(part)), ...(isLast ? [whole] : [])])
  }

  return {
    get assets() {
      return have().assets
    },
    channel(key, number, locale) {
      const path = channelPath(key)
      const template = key.kind === 'site' && number === 1 ? 'front' : 'channel'
      return page(`${path}?page=${number}`, locale, template, [path], () =>
        channelPage(key, number, locale, catalogue, config),
      )
    },
    terms(kind, number, locale) {
      return page(`${kindPath(kind)}?page=${number}`, locale, 'terms', [whole], () =>
        termsPage(kind, number, catalogue, config),
      )
    },
    async article(slug, locale) {
      const found = await cache.have(`/articles/${slug} ${locale}`, async () => {
        const article = await catalogue.article(slug, Date.now())
        if (article === undefined || article === 'gone' || article.slug !== slug) return undefined
        const { section } = article
        const dependsOn = [`article ${article.number}`]
        if (section) dependsOn.push(channelPath({ kind: 'section', slug: section.slug }))
        return made('article', dependsOn, await articlePage(article, locale, catalogue, config))
      })
      if (found) return found
      const article = await catalogue.article(slug, Date.now())
      if (article === undefined || article === 'gone') return article
      return { movedTo: articlePath(article) }
    },
    search(words, locale) {
      const path = `/search?q=${encodeURIComponent(words)}`
      return page(path, locale, 'search', [channelPath(allSearches)], () =>
        searchPage(words, locale, parts),
      )
    },
    subscribe(choice, locale) {
      const path = `/subscribe?${JSON.stringify(choice)}`
      return page(path, locale, 'subscribe', [whole, channelPath(allSearches)], () =>
        subscribePage(choice, locale, parts),
      )
    },
    feed(key, locale) {
      return page(documentPath(key), locale, 'feed', [channelPath(key.channel)], () =>
        feedPage(key, locale, parts),
      )
    },
    file: (path) => cache.have(path, () => fileOf(path)),
    error(status, title, detail) {
      const head = { title, isIndexed: false }
      return have().renderer.page('error', head, nav ?? [], { status, title, detail })
    },
    clear() {
      nav = undefined
      cache.clear()
    },
    async update({ channels, articles }) {
      const before = JSON.stringify(nav)
      if (nav) nav = await readNav()
      if (JSON.stringify(nav) !== before) cache.clear()
      else {
        const changed = new Set([...channels, allSearches].map(channelPath))
        for (const number of articles) {
          changed.add(`article ${number}`).add(partName(partOf(number)))
        }
        cache.drop(changed)
      }
    },
  }
}

/** Of a part of the sitemap, as something that pages are made from. */
const partName = (part: number) => `sitemap ${part}`
