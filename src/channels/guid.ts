/** What readers know an article by, and tell it from others. */
import type { Article } from '../article.ts'
import type { Config } from '../config.ts'
import { isIri } from '../uri.ts'
import { articlePath, articleUrl } from './channel.ts'

/**
 * What the file states; else by the setting GUID its id, or its first address: of the original unless another article is
 * known by that, of the site it came from, or here.
 */
export function guidOf(article: Article, config: Config): string {
  const { guid, id, sharesOriginal, permalink, slug, firstSlug = slug } = article
  const canonicalUrl = sharesOriginal ? undefined : article.canonicalUrl
  if (guid !== undefined) return guid
  if (config.guid === 'uuid') return id
  return canonicalUrl ?? config.baseUrl + (permalink ?? articlePath({ slug: firstSlug }))
}

/** The same for Atom, where a guid that is no IRI gives way to the id. */
export function atomId(article: Article, config: Config): string {
  const guid = guidOf(article, config)
  return isIri(guid) ? guid : article.id
}

/** Whether it is where the article is read: only then a reader may open it (rssboard.org/rss-specification, guid). */
export const isPermalink = (article: Article, config: Config): boolean =>
  guidOf(article, config) === articleUrl(article, config)
