import type { Catalogue } from '../catalogue/catalogue.ts'
import type { Config } from '../config.ts'
import { describeChannel, feedId } from './describe.ts'
import {
  type Document,
  type DocumentKey,
  linksOf,
  makeDelta,
  makeDocument,
  roomIn,
} from './document.ts'
import { createItems } from './items.ts'
import type { Selection } from './selection.ts'

export interface DocumentRenderer {
  /**
   * @returns undefined when there is no such channel or archive document
   * @throws QueryError
   * @throws SearchUnavailable
   */
  whole(key: DocumentKey): Promise<Document | undefined>
  /** What of the document is new to someone who has seen these versions of articles. */
  delta(document: Document, seen: readonly number[]): Promise<Document>
  /** Forgets all articles: they have other numbers now. */
  clear(): void
}

export function createDocumentRenderer(
  catalogue: Catalogue,
  selection: Selection,
  config: Config,
): DocumentRenderer {
  const items = createItems(catalogue, config)
  return {
    async whole(key) {
      const { channel, format, archive } = key
      const selected = await selection.select(channel, archive)
      if (!selected) return undefined
      const { record } = selected
      const head = describeChannel(record, selected.listed, config)
      // All that is needed of them from here on, and kept.
      const listed = selected.listed.map(({ number, version }) => ({ number, version }))
      const id = feedId(channel, catalogue.namespace, config)
      const links = linksOf(key, record, config)
      const frame = await format.frame({ ...head, id }, links, config)
      const rendered = await items.rendered(format, listed, roomIn(frame, listed.length))
      const lastModified = new Date(record.changed).toUTCString()
      // One that an article has left may be seen to change, and is not promised to stay.
      const isWhole = listed.length === config.feedItems
      const isFull = archive !== undefined && archive <= record.fullArchives && isWhole
      return makeDocument({ format, frame, listed, lastModified, isFull }, rendered)
    },
    async delta(document, seen) {
      const { format, frame } = document
      const fresh = document.listed.filter(({ version }) => !seen.includes(version))
      const rendered = await items.rendered(format, fresh, roomIn(frame, fresh.length))
      return makeDelta(document, fresh, rendered)
    },
    clear: items.clear,
  }
}
