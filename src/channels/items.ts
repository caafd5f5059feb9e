import { setImmediate } from 'node:timers/promises'
import { LRUCache } from 'lru-cache'
import type { ArticleVersion, CatalogueReader } from '../catalogue/catalogue.ts'
import type { Config } from '../config.ts'
import type { FeedFormat } from './feed-format.ts'

/** Rendered items are kept up to this size. Bytes. */
const keptBytes = 12 * 1024 * 1024
/** One longer than that is rendered anew each time: it would push out all the others. */
const longestKept = keptBytes / 16
/** What keeping one takes beside its bytes, about: short items are many. */
const overhead = 1000

/** Articles rendered as items, in UTF-8. Each is rendered once, whatever documents it is in. */
export function createItems(catalogue: CatalogueReader, config: Config, maxSize = keptBytes) {
  /** By article, format and length, so that an edited article takes no second place. */
  const kept = new LRUCache<string, { readonly version: number; readonly bytes: Buffer }>({
    maxSize,
    maxEntrySize: longestKept,
    sizeCalculation: ({ bytes }) => bytes.length + overhead,
  })

  async function item(
    format: FeedFormat,
    { number, version }: ArticleVersion,
    isBrief: boolean,
  ): Promise<Buffer> {
    const name = `${number} ${format.fileName}${isBrief ? ' in brief' : ''}`
    const ready = kept.get(name)
    if (ready?.version === version) return ready.bytes
    const article = await catalogue.articleByNumber(number, version)
    if (!article) throw new Error(`article ${number} is not in the catalogue`)
    const made = ownBytes(await format.item(article, config, isBrief))
    // Fifty of them take some milliseconds; whoever asks meanwhile comes in between.
    await setImmediate()
    kept.set(name, { version, bytes: made })
    return made
  }

  return {
    /**
     * @param listed newest first
     * @param room bytes that all of them may have. Where that is not enough the oldest ones have their
     *   summary in place of their text
     */
    async rendered(
      format: FeedFormat,
      listed: readonly ArticleVersion[],
      room: number,
    ): Promise<readonly Buffer[]> {
      const rendered: Buffer[] = []
      let used = 0
      for (const one of listed) {
        if (used > room) break
        const whole = await item(format, one, false)
        rendered.push(whole)
        used += whole.length
      }
      if (used <= room) return rendered
      // From the end: each in brief, until those before it fit.
      const brief: Buffer[] = []
      for (const one of listed.toReversed()) {
        const at = listed.length - 1 - brief.length
        const short = await item(format, one, true)
        used += short.length - (rendered[at]?.length ?? 0)
        rendered.length = Math.min(rendered.length, at)
        brief.push(short)
        if (used <= room && rendered.length === at) break
      }
      return [...rendered, ...brief.reverse()]
    },
    /** Forgets all: articles have other numbers now. */
    clear: () => kept.clear(),
  }
}

/** In memory of its own: a small Buffer is a slice of 64 kB, all of which would be kept along with it. */
function ownBytes(text: string): Buffer {
  const bytes = Buffer.allocUnsafeSlow(Buffer.byteLength(text))
  bytes.write(text)
  return bytes
}
