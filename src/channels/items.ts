import { setImmediate } from 'node:timers/promises'
import { LRUCache } from 'lru-cache'
import type { Catalogue, ListedArticle } from '../catalogue/catalogue.ts'
import type { Config } from '../config.ts'
import type { FeedFormat } from './formats.ts'

/** Rendered items are kept up to this many characters. */
const keptCharacters = 16 * 1024 * 1024

/** Articles rendered as items. Each is rendered once, whatever documents it is in. */
export interface Items {
  texts(format: FeedFormat, listed: readonly ListedArticle[]): Promise<string[]>
}

export function createItems(catalogue: Catalogue, config: Config): Items {
  const kept = new LRUCache<string, string>({
    maxSize: keptCharacters,
    sizeCalculation: (text) => text.length + 1,
  })

  async function text(format: FeedFormat, { number, version }: ListedArticle): Promise<string> {
    const name = `${version} ${format.fileName}`
    const ready = kept.get(name)
    if (ready !== undefined) return ready
    const article = await catalogue.articleByNumber(number)
    if (!article) throw new Error(`article ${number} is not in the catalogue`)
    const made = await format.item(article, config)
    // Fifty of them take some milliseconds; whoever asks meanwhile comes in between.
    await setImmediate()
    kept.set(name, made)
    return made
  }

  return {
    async texts(format, listed) {
      const texts: string[] = []
      for (const one of listed) texts.push(await text(format, one))
      return texts
    },
  }
}
