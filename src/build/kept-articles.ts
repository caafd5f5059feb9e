import { LRUCache } from 'lru-cache'
import type { Article } from '../article.ts'
import type { Catalogue } from '../catalogue/catalogue.ts'

/** Articles that are kept while a build goes on: those of a small site, so that each is read once for its page, lists and feeds. Characters. */
const keptLength = 64 * 1024 * 1024
/** What keeping one takes beside its text, about. */
const overhead = 2000

/**
 * A catalogue that has articles at hand which it was asked for before. Who says the version that is known gets none that is older,
 * though a refresh comes in between.
 */
export function keepArticles(catalogue: Catalogue): Catalogue {
  const kept = new LRUCache<number, { readonly version: number; readonly article: Article }>({
    maxSize: keptLength,
    sizeCalculation: ({ article }) => article.content.length + overhead,
  })
  async function articleByNumber(number: number, version?: number) {
    const known = kept.get(number)
    if (known && version !== undefined && known.version >= version) return known.article
    const article = await catalogue.articleByNumber(number)
    if (article && version !== undefined) kept.set(number, { version, article })
    return article
  }
  return Object.create(catalogue, { articleByNumber: { value: articleByNumber } })
}
