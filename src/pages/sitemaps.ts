/** What crawlers read: sitemaps (sitemaps.org), Google's news sitemap, and robots.txt (RFC 9309). */
import { setImmediate } from 'node:timers/promises'
import type { Article } from '../article.ts'
import type { CatalogueReader } from '../catalogue/catalogue.ts'
import { allTermKinds } from '../catalogue/channel-kinds.ts'
import { newsMs } from '../catalogue/is-out.ts'
import { articlePath, channelPath, kindPath, originalUrl } from '../channels/channel.ts'
import { site } from '../channels/selection.ts'
import type { Config } from '../config.ts'
import { escapeText } from '../text.ts'
import { eachOf } from './entries.ts'
import { newsLanguage } from './language-codes.ts'
import { basePath } from './renderer.ts'

/** The protocol allows so many addresses in one sitemap. */
const partSize = 50_000
/** Articles looked at in one go: few enough to let a request in between. */
const portion = 1000
/** More channels of a kind than a crawler needs. */
const mostChannels = 10_000
/** Google wants a thousand at most. */
const mostNews = 1000

const declaration = '<?xml version="1.0" encoding="utf-8"?>\n'
const namespace = 'http://www.sitemaps.org/schemas/sitemap/0.9'
/** What the root of a news sitemap has besides. */
const newsAttribute = ' xmlns:news="http://www.google.com/schemas/sitemap-news/0.9"'

/** The part of the sitemap that an article of this number is in, counted from 1. */
export const partOf = (article: number) => Math.ceil(article / partSize)

export async function sitemapIndex(catalogue: CatalogueReader, config: Config): Promise<string> {
  const parts = Math.max(1, partOf(await catalogue.lastNumber()))
  const paths = [
    '/sitemap-channels.xml',
    ...Array.from({ length: parts }, (_, n) => `/sitemap-articles-${n + 1}.xml`),
  ]
  const entries = paths.map((path) => `<sitemap><loc>${location(path, config)}</loc></sitemap>\n`)
  return `${declaration}<sitemapindex xmlns="${namespace}">\n${entries.join('')}</sitemapindex>\n`
}

/** @returns undefined when there is no such part */
export async function articlesSitemap(
  part: number,
  catalogue: CatalogueReader,
  config: Config,
): Promise<string | undefined> {
  const end = Math.min(part * partSize, await catalogue.lastNumber())
  const start = (part - 1) * partSize + 1
  if (start > Math.max(end, 1)) return undefined
  const lines: string[] = []
  for (let first = start; first <= end; first += portion) {
    const last = Math.min(first + portion - 1, end)
    for (const page of await catalogue.pages(first, last)) {
      if (originalUrl(page, config) === undefined) {
        lines.push(entry(articlePath(page), page.updated, config))
      }
    }
    await setImmediate()
  }
  return urlset(lines, config)
}

export async function channelsSitemap(catalogue: CatalogueReader, config: Config): Promise<string> {
  const records = await Promise.all(
    allTermKinds.map((kind) => catalogue.channels(kind, mostChannels)),
  )
  const front = await catalogue.channel(site)
  const entries = [
    entry('/', front?.changed, config),
    entry('/subscribe', undefined, config),
    ...allTermKinds.map((kind) => entry(kindPath(kind), undefined, config)),
    ...records.flat().map((record) => entry(channelPath(record), record.changed, config)),
  ]
  return urlset(entries, config)
}

export async function newsSitemap(catalogue: CatalogueReader, config: Config): Promise<string> {
  const since = (await catalogue.lastRefresh()) - newsMs
  const isFresh = ({ published }: { published: string }) => Date.parse(published) > since
  const ours: Article[] = []
  for (let offset = 0; offset < mostNews; offset += 100) {
    const fresh = (await catalogue.listed(site, 100, offset)).filter(isFresh)
    await eachOf(fresh, catalogue, (article) => {
      // Without its text, which is most of it.
      if (originalUrl(article, config) === undefined) ours.push({ ...article, content: '' })
    })
    if (fresh.length < 100) break
  }
  return urlset(
    ours.map((article) => newsEntry(article, config)),
    config,
    newsAttribute,
  )
}

function newsEntry(article: Article, config: Config): string {
  const { language, published, title } = article
  return (
    `<url><loc>${location(articlePath(article), config)}</loc><news:news><news:publication>` +
    `<news:name>${escapeText(config.publisher.name)}</news:name>` +
    `<news:language>${newsLanguage(language)}</news:language></news:publication>` +
    `<news:publication_date>${published}</news:publication_date>` +
    `<news:title>${escapeText(title)}</news:title></news:news></url>\n`
  )
}

/**
 * A sitemap. Its schema wants an address at least (sitemaps.org/schemas/sitemap/0.9/sitemap.xsd): where there
 * is none to tell, the front page stands there, which Google lets a news sitemap have without its metadata.
 */
function urlset(entries: readonly string[], config: Config, attributes = ''): string {
  const all = entries.length > 0 ? entries : [entry('/', undefined, config)]
  return `${declaration}<urlset xmlns="${namespace}"${attributes}>\n${all.join('')}</urlset>\n`
}

function entry(path: string, updated: string | undefined, config: Config): string {
  const lastmod = updated ? `<lastmod>${updated}</lastmod>` : ''
  return `<url><loc>${location(path, config)}</loc>${lastmod}</url>\n`
}

const location = (path: string, { baseUrl }: Config) => escapeText(baseUrl + path)

/** Everything may be read; results of searches are no use to a crawler. */
export const robotsText = (config: Config) =>
  `User-agent: *
Disallow: ${basePath(config)}/search

Sitemap: ${config.baseUrl}/sitemap.xml
Sitemap: ${config.baseUrl}/sitemap-news.xml
`
