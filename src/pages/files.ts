/** What is not HTML: OPML, sitemaps, robots.txt, the web manifest. */
import type { CatalogueReader } from '../catalogue/catalogue.ts'
import { channelPath } from '../channels/channel.ts'
import { opml, opmlType } from '../channels/opml.ts'
import { site } from '../channels/selection.ts'
import type { Config } from '../config.ts'
import { manifest } from './manifest.ts'
import type { Made } from './page.ts'
import {
  articlesSitemap,
  channelsSitemap,
  newsSitemap,
  partOf,
  robotsText,
  sitemapIndex,
} from './sitemaps.ts'

const xml = 'application/xml; charset=utf-8'
const whole = channelPath(site)

/** The file at a URL path, if there is one. */
export async function fileAt(
  path: string,
  catalogue: CatalogueReader,
  config: Config,
): Promise<Made | undefined> {
  const file = (contentType: string, text: string, dependsOn = [whole]): Made => ({
    contentType,
    body: text,
    dependsOn,
  })
  switch (path) {
    case '/feeds.opml':
      return file(opmlType, await opml(catalogue, config))
    case '/sitemap.xml':
      return file(xml, await sitemapIndex(catalogue, config))
    case '/sitemap-channels.xml':
      return file(xml, await channelsSitemap(catalogue, config))
    case '/sitemap-news.xml':
      return file(xml, await newsSitemap(catalogue, config), [whole, newsName])
    case '/robots.txt':
      return file('text/plain; charset=utf-8', robotsText(config), [])
    case '/site.webmanifest':
      return file('application/manifest+json', manifest(config), [])
  }
  const part = Number(/^\/sitemap-articles-([1-9]\d{0,5})\.xml$/.exec(path)?.[1])
  const body = part > 0 ? await articlesSitemap(part, catalogue, config) : undefined
  if (body === undefined) return undefined
  // The last part grows with the site.
  const isLast = part >= partOf(await catalogue.lastNumber())
  return file(xml, body, [partName(part), ...(isLast ? [whole] : [])])
}

/** Of the news sitemap, which articles leave though nothing else changes. */
export const newsName = 'sitemap news'

/** Of a part of the sitemap, as something that pages are made from. */
export const partName = (part: number) => `sitemap ${part}`
