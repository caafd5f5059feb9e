/**
 * Entries of articles, compared once for all documents that they are in. What an entry says depends on its article and format alone
 * (`FeedFormat`): where it is the same in both catalogues, a document that has its number in its place tells as much.
 */
import type { CatalogueReader } from '../catalogue/catalogue.ts'
import type { Document } from '../channels/document.ts'
import { longestDocument } from '../channels/document-renderer.ts'
import type { FeedFormat } from '../channels/feed-format.ts'
import { feedFormats } from '../channels/feed-formats.ts'
import type { Config } from '../config.ts'

/** A catalogue whose articles have nothing but their number, for formats that write no more. */
export const withNumbersOnly = (catalogue: CatalogueReader): CatalogueReader =>
  Object.create(catalogue, {
    articleByNumber: { value: async (number: number) => ({ id: String(number) }) },
  })

/** That format with numbers in the place of entries, between characters that no document has. */
export const withNumbers = (format: FeedFormat): FeedFormat => ({
  ...format,
  item: async ({ id }) => `\0${id}\0`,
})

/** What is known of entries that are the same in two catalogues. */
export function createEntries(source: CatalogueReader, target: CatalogueReader, config: Config) {
  /** Bytes of the longest of an article's entries, by its number; Infinity where one is another. */
  const lengths = new Map<number, number>()

  async function compare(number: number): Promise<number> {
    const one = await source.articleByNumber(number)
    const other = await target.articleByNumber(number)
    if (!one || !other) return Infinity
    let longest = 0
    for (const format of feedFormats) {
      const entry = await format.item(one, config, false)
      if (entry !== (await format.item(other, config, false))) return Infinity
      longest = Math.max(longest, Buffer.byteLength(entry))
    }
    return longest
  }

  async function lengthOf(number: number): Promise<number> {
    const length = lengths.get(number) ?? (await compare(number))
    lengths.set(number, length)
    return length
  }

  return {
    /**
     * Whether all entries of a document are the same in both, and none has its summary in place of its text, which was
     * not compared.
     * @param document with numbers in their place
     */
    async areSame({ listed, encodings }: Document): Promise<boolean> {
      let length = encodings.length
      for (const { number } of listed) length += await lengthOf(number)
      return length <= longestDocument
    },
  }
}
