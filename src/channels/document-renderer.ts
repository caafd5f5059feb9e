import type { ArticleVersion, CatalogueReader } from '../catalogue/catalogue.ts'
import type { Config } from '../config.ts'
import { channelPath } from './channel.ts'
import { describeChannel, feedId } from './describe.ts'
import { type Document, type DocumentKey, linksOf } from './document.ts'
import { encode } from './encodings.ts'
import { etagOf } from './etag.ts'
import type { FeedFormat, Frame } from './feed-format.ts'
import { createItems } from './items.ts'
import { createSeen, type ListedState, stateOf } from './seen.ts'
import type { Selected, Selection } from './selection.ts'
import { surrogateHeaders } from './surrogate-keys.ts'

/** So long is a document at most, before it is packed. Bytes. */
export const longestDocument = 20 * 1024 * 1024

/** @param keptItems bytes of rendered items that are kept */
export function createDocumentRenderer(
  catalogue: CatalogueReader,
  selection: Selection,
  config: Config,
  keptItems?: number,
) {
  const items = createItems(catalogue, config, keptItems)
  const seen = createSeen(catalogue, config)

  async function joined(format: FeedFormat, frame: Frame, listed: readonly ArticleVersion[]) {
    const { before, between, after } = frame
    const used = Buffer.byteLength(before + after) + Buffer.byteLength(between) * listed.length
    return join(frame, await items.rendered(format, listed, longestDocument - used))
  }

  async function plainOf(key: DocumentKey, { record, listed: selected }: Selected) {
    const { channel, format, archive } = key
    const head = describeChannel(record, selected, config)
    const id = feedId(channel, catalogue.namespace, config)
    const links = linksOf(key, record, config)
    const frame = await format.frame({ ...head, id }, links, config)
    // All that is needed of them from here on, and kept.
    const listed = selected.map(stateOf)
    const lastModified = new Date(record.changed).toUTCString()
    // One that an article has left may be seen to change, and is not promised to stay.
    const isWhole = listed.length === config.feedItems
    const isFull = archive !== undefined && archive <= record.fullArchives && isWhole
    const { hubs } = links
    const keys = Object.entries(surrogateHeaders([channelPath(channel)], config)).flat()
    const bytes = await joined(format, frame, listed)
    return { format, frame, listed, lastModified, isFull, hubs, keys, bytes }
  }

  return {
    /** The bytes of a document without any coding, and what is said of it. */
    plain: plainOf,
    /**
     * @returns undefined when there is no such channel or archive document
     * @throws QueryError
     * @throws SearchUnavailable
     */
    async whole(key: DocumentKey): Promise<Document | undefined> {
      const { id } = catalogue
      const selected = await selection.select(key.channel, key.archive)
      if (!selected) return undefined
      const { bytes, ...document } = await plainOf(key, selected)
      const encodings = await encode(bytes)
      const etag = etagOf(encodings.etag, await seen.of(key, selected, id))
      return { ...document, etag, encodings }
    },
    /**
     * The document with some of its articles only, under the ETag of the whole one (RFC 3229 §10.5.3).
     */
    async delta(document: Document, listed: readonly ListedState[]): Promise<Document> {
      const { format, frame } = document
      return { ...document, listed, encodings: await encode(await joined(format, frame, listed)) }
    },
    isOf: seen.isOf,
    clear: items.clear,
  }
}

/** Joined as bytes: a string of this size would be garbage of twice the size. */
function join({ before, between, after }: Frame, items: readonly Buffer[]): Buffer {
  const separator = Buffer.from(between)
  const parts = items.flatMap((item, n) => (n === 0 ? [item] : [separator, item]))
  return Buffer.concat([Buffer.from(before, 'utf8'), ...parts, Buffer.from(after, 'utf8')])
}
