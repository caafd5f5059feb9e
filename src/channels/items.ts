import { setImmediate } from 'node:timers/promises'
import { LRUCache } from 'lru-cache'
import type { Catalogue, ListedArticle } from '../catalogue/catalogue.ts'
import type { Config } from '../config.ts'
import type { FeedFormat } from './format.ts'

/** Rendered items are kept up to this size. Bytes. */
const keptBytes = 12 * 1024 * 1024
/** What keeping one takes beside its bytes, about: short items are many. */
const overhead = 1000

/** Articles rendered as items, in UTF-8. Each is rendered once, whatever documents it is in. */
export interface Items {
  rendered(format: FeedFormat, listed: readonly ListedArticle[]): Promise<Buffer[]>
}

export function createItems(catalogue: Catalogue, config: Config): Items {
  /** By article and format, so that an edited article takes no second place. */
  const kept = new LRUCache<string, { readonly version: number; readonly bytes: Buffer }>({
    maxSize: keptBytes,
    sizeCalculation: ({ bytes }) => bytes.length + overhead,
  })

  async function item(format: FeedFormat, { number, version }: ListedArticle): Promise<Buffer> {
    const name = `${number} ${format.fileName}`
    const ready = kept.get(name)
    if (ready?.version === version) return ready.bytes
    const article = await catalogue.articleByNumber(number)
    if (!article) throw new Error(`article ${number} is not in the catalogue`)
    const made = ownBytes(await format.item(article, config))
    // Fifty of them take some milliseconds; whoever asks meanwhile comes in between.
    await setImmediate()
    kept.set(name, { version, bytes: made })
    return made
  }

  return {
    async rendered(format, listed) {
      const rendered: Buffer[] = []
      for (const one of listed) rendered.push(await item(format, one))
      return rendered
    },
  }
}

/** In memory of its own: a small Buffer is a slice of 64 kB, all of which would be kept along with it. */
function ownBytes(text: string): Buffer {
  const bytes = Buffer.allocUnsafeSlow(Buffer.byteLength(text))
  bytes.write(text)
  return bytes
}
