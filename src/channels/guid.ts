/** What readers know an article by, and tell it from others. */
import type { Article } from '../article.ts'
import type { Config } from '../config.ts'
import { articlePath, articleUrl } from './channel.ts'

/** An absolute IRI, as Atom wants its ids to be (RFC 4287 §4.2.6, RFC 3987 §2.2): nothing in it is a blank or a bracket. */
const iri = /^[a-z][a-z\d+.-]*:(?:[^\s<>"{}|\\^`%[\]]|%[\da-f]{2})+$/i

/** What the file states; else by the setting GUID its id, or the address it was first published at. */
export function guidOf(article: Article, config: Config): string {
  const { guid, id, canonicalUrl, slug, firstSlug = slug } = article
  if (guid !== undefined) return guid
  if (config.guid === 'uuid') return id
  return canonicalUrl ?? config.baseUrl + articlePath({ slug: firstSlug })
}

/** The same for Atom, where a guid that is no IRI gives way to the id. */
export function atomId(article: Article, config: Config): string {
  const guid = guidOf(article, config)
  return iri.test(guid) ? guid : article.id
}

/** Whether it is where the article is read: only then a reader may open it (rssboard.org/rss-specification, guid). */
export const isPermalink = (article: Article, config: Config): boolean =>
  guidOf(article, config) === articleUrl(article, config)
