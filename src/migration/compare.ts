/** Whether two catalogues make the same feeds, byte by byte. */
import { everyChannel } from '../build/units.ts'
import type { CatalogueReader, ChannelRecord } from '../catalogue/catalogue.ts'
import { type DocumentKey, documentPath } from '../channels/document.ts'
import { createDocumentRenderer } from '../channels/document-renderer.ts'
import { feedFormats } from '../channels/feed-formats.ts'
import { createSelection, lastArchive } from '../channels/selection.ts'
import type { Config } from '../config.ts'
import type { Progress } from '../progress.ts'

export interface Compared {
  readonly documents: number
  /** Addresses of those that differ, or are in one of them alone. */
  readonly different: readonly string[]
}

/** Searches are made of the same articles by an index that is made anew. */
const search = { find: () => Promise.reject(new Error('searches are not compared')) }

/** Compares every document of every channel: its bytes and its ETag. */
export async function compareFeeds(
  source: CatalogueReader,
  target: CatalogueReader,
  config: Config,
  onProgress: Progress,
): Promise<Compared> {
  const [one, other] = [source, target].map((catalogue) =>
    createDocumentRenderer(catalogue, createSelection(catalogue, search, config), config),
  )
  const different: string[] = []
  let documents = 0
  const of = await countDocuments(source)
  // The documents of a format one after the other, so that each article is rendered once in each.
  for (const format of feedFormats) {
    for await (const record of everyChannel(source)) {
      for (const key of documentsOf(record, format)) {
        const [wanted, made] = [await one?.whole(key), await other?.whole(key)]
        documents += 1
        onProgress(documents, of)
        if (!(await isSame(wanted, made))) different.push(config.baseUrl + documentPath(key))
      }
    }
  }
  for await (const { kind, slug } of everyChannel(target)) {
    if (kind === 'site' || (await source.channel({ kind, slug }))) continue
    for (const format of feedFormats) {
      different.push(config.baseUrl + documentPath({ channel: { kind, slug }, format }))
    }
  }
  return { documents, different }
}

async function countDocuments(catalogue: CatalogueReader): Promise<number> {
  let documents = 0
  for await (const record of everyChannel(catalogue)) {
    documents += (lastArchive(record) + 1) * feedFormats.length
  }
  return documents
}

/** The feed of a channel, behind its archive documents. */
function documentsOf(record: ChannelRecord, format: DocumentKey['format']): DocumentKey[] {
  const { kind, slug } = record
  const key = { channel: { kind, slug }, format }
  const archives = Array.from({ length: lastArchive(record) }, (_, n) => ({
    ...key,
    archive: n + 1,
  }))
  return [...archives, key]
}

type Document = Awaited<ReturnType<ReturnType<typeof createDocumentRenderer>['whole']>>

async function isSame(one: Document, other: Document): Promise<boolean> {
  if (!one || !other || one.etag !== other.etag || one.lastModified !== other.lastModified) {
    return false
  }
  const [bytes, others] = [
    await one.encodings.make('identity'),
    await other.encodings.make('identity'),
  ]
  return Buffer.compare(bytes, others) === 0
}
