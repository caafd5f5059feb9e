/** What of a document is new to someone who has a former one: told by the ETag of that, whoever has made it. */
import { hash } from 'node:crypto'
import type { ArticleVersion, CatalogueReader, ListedArticle } from '../catalogue/catalogue.ts'
import type { Config } from '../config.ts'
import { indexVersion } from '../search/query.ts'
import { type DocumentKey, documentPath } from './document.ts'
import { isBelow, markLength, type Place, type Seen } from './etag.ts'
import { renderingOf } from './rendering.ts'
import type { Selected } from './selection.ts'

/** All that is kept of an article in a document. */
export type ListedState = ArticleVersion & Place

export const stateOf = ({ number, version, id, published }: ListedArticle): ListedState => ({
  ...{ number, version, published: Date.parse(published) },
  start: id.slice('urn:uuid:'.length).slice(0, 8),
})

/** Whether an article is new to who has seen that, or another than it was. */
export const isNewTo = ({ version, floor }: Seen, one: ListedState): boolean =>
  // What was below the end of a full list rises into it as others leave, and is no other than it was.
  version < one.version || (floor !== undefined && isBelow(one, floor))

export function createSeen(catalogue: CatalogueReader, config: Config) {
  const rendering = renderingOf(config)

  /** @returns undefined where no article has as high a version */
  async function markOf(key: DocumentKey, version: number, id: string) {
    const numbering = await catalogue.numberingOf(version)
    if (numbering === undefined) return undefined
    const of = [id, numbering, rendering, documentPath(key), indexVersion]
    return hash('sha256', JSON.stringify(of), 'base64url').slice(0, markLength)
  }

  return {
    /**
     * @param selected newest first. Its version is that of its last change: what was removed then is in no list, and is back
     *   where a former state of the catalogue was put back
     * @param id of the catalogue, before it was listed
     * @returns undefined where articles may be missing in it of which that cannot be told
     */
    async of(
      key: DocumentKey,
      { record, listed, foundUntil }: Selected,
      id: string,
    ): Promise<Seen | undefined> {
      const last = listed.at(-1)
      const isFull = listed.length >= config.feedItems
      // Archive documents have none, and searches are in another order than channels.
      const isTold = key.archive === undefined && (foundUntil === undefined || !isFull)
      if (!isTold) return undefined
      const version = Math.min(record.version, foundUntil ?? record.version)
      const mark = await markOf(key, version, id)
      if (mark === undefined) return undefined
      return { mark, version, ...(last && isFull && { floor: stateOf(last) }) }
    },
    /** Whether that was of this document, and all that was in it then has the same version now or a higher one. */
    async isOf(key: DocumentKey, { mark, version }: Seen): Promise<boolean> {
      return mark === (await markOf(key, version, catalogue.id))
    },
  }
}
