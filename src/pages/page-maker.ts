/** Makes every page of HTML, each as it is now; what keeps them is pages.ts, and what writes them as files is the static build. */
import type {
  CatalogueReader,
  ChannelKey,
  ListedArticle,
  NumberedArticle,
} from '../catalogue/catalogue.ts'
import type { TermKind } from '../catalogue/channel-kinds.ts'
import { channelPath } from '../channels/channel.ts'
import type { DocumentKey } from '../channels/document.ts'
import { allSearches, type Selection, site } from '../channels/selection.ts'
import { everyPage } from '../channels/surrogate-keys.ts'
import type { Config } from '../config.ts'
import { QueryError } from '../search/query.ts'
import { wordingIn } from '../words/wording.ts'
import { articlePage, newestOf } from './article-page.ts'
import type { Assets } from './assets.ts'
import { channelPage, termsPage } from './channel-pages.ts'
import type { ListEntry } from './entries.ts'
import { feedPage } from './feed-page.ts'
import { readNav } from './nav.ts'
import { articleName } from './outdated.ts'
import type { Made } from './page.ts'
import { createRenderer, type PageLink, type PageParts } from './renderer.ts'
import { searchPage } from './search-page.ts'
import { type Choice, subscribePage } from './subscribe-page.ts'

const whole = channelPath(site)
const searches = channelPath(allSearches)

export type PageMaker = ReturnType<typeof createPageMaker>

/** @param canSearch whether somebody answers searches, as no host of files does */
export function createPageMaker(
  catalogue: CatalogueReader,
  selection: Selection,
  config: Config,
  assets: Assets,
  canSearch = true,
) {
  const renderPage = createRenderer(config, assets, canSearch)
  const wording = wordingIn(config.language)
  const errors: Readonly<Record<number, { title: string; detail: string }>> = wording.words.errors
  let nav: readonly PageLink[] | undefined

  async function page(
    template: string,
    dependsOn: readonly string[],
    made: Promise<PageParts | undefined>,
  ): Promise<Made | undefined> {
    const parts = await made
    return parts && render(template, dependsOn, parts)
  }

  async function render(
    template: string,
    dependsOn: readonly string[],
    parts: PageParts,
  ): Promise<Made> {
    nav ??= await readNav(catalogue)
    const body = renderPage(template, parts, nav)
    return { contentType: 'text/html; charset=utf-8', body, dependsOn: [...dependsOn, everyPage] }
  }

  const sourcesIn = (locale: string) => ({ catalogue, config, locale })

  return {
    /** @param number counted from 1. @param known its articles, as `onPage` gives them, where they are at hand */
    channel(key: ChannelKey, number: number, locale: string, known?: readonly ListedArticle[]) {
      const template = key.kind === 'site' && number === 1 ? 'front' : 'channel'
      return page(template, [channelPath(key)], channelPage(key, number, sourcesIn(locale), known))
    },
    /** @param number counted from 1 */
    terms: (kind: TermKind, number: number, locale: string) =>
      page('terms', [whole], termsPage(kind, number, sourcesIn(locale))),
    /** @param newest of the article's section, as `newestOf` gives them, where they are at hand */
    async article(article: NumberedArticle, locale: string, newest?: readonly ListEntry[]) {
      const { number, section } = article
      const dependsOn = [articleName(number)]
      if (section) dependsOn.push(channelPath({ kind: 'section', slug: section.slug }))
      const sources = sourcesIn(locale)
      const others = newest ?? (section ? await newestOf(section, sources) : [])
      return render('article', dependsOn, articlePage(article, others, sources))
    },
    /** The newest articles of a section, as pages of articles name them. */
    newest: (section: { readonly slug: string }, locale: string): Promise<readonly ListEntry[]> =>
      newestOf(section, sourcesIn(locale)),
    /** @throws SearchUnavailable */
    search: (words: string, locale: string) =>
      page('search', [searches], searchPage(words, selection, sourcesIn(locale))),
    /** @throws SearchUnavailable */
    subscribe: (choice: Choice, locale: string) =>
      page('subscribe', [whole, searches], subscribePage(choice, selection, sourcesIn(locale))),
    /** A feed for a person. @throws QueryError @throws SearchUnavailable */
    feed: (key: DocumentKey, locale: string) =>
      page('feed', [channelPath(key.channel)], feedPage(key, selection, sourcesIn(locale))),
    /** An error, which needs no article to be told. @param cause a search says what is wrong with it */
    error(status: number, cause?: unknown): string {
      const { title, detail } = errors[status] ?? wording.words.otherError
      const sentence = cause instanceof QueryError ? cause.in(wording) : detail
      const head = { title, isIndexed: false }
      return renderPage('error', { head, data: { status, title, detail: sentence } }, nav ?? [])
    },
    /** Forgets which sections are on top of every page. */
    clear(): void {
      nav = undefined
    },
    /** The sections on top of every page as they are now: every page is another one when these are. */
    async readNav(): Promise<readonly PageLink[]> {
      nav = await readNav(catalogue)
      return nav
    },
    nav: () => nav,
  }
}
