/** Whether two catalogues make the same feeds, byte by byte. */
import { everyChannel } from '../build/units.ts'
import type { CatalogueReader, ChannelRecord } from '../catalogue/catalogue.ts'
import { type Document, type DocumentKey, documentPath } from '../channels/document.ts'
import { createDocumentRenderer } from '../channels/document-renderer.ts'
import { feedFormats } from '../channels/feed-formats.ts'
import { createSelection, lastArchive } from '../channels/selection.ts'
import type { Config } from '../config.ts'
import type { Progress } from '../progress.ts'
import { createEntries, withNumbers, withNumbersOnly } from './entries.ts'

export interface Compared {
  readonly documents: number
  /** Addresses of those that differ, or are in one of them alone. */
  readonly different: readonly string[]
}

/** Searches are made of the same articles by an index that is made anew. */
const search = { find: () => Promise.reject(new Error('searches are not compared')) }

/** Compares every document of every channel: its bytes, its ETag and its date. */
export async function compareFeeds(
  source: CatalogueReader,
  target: CatalogueReader,
  config: Config,
  onProgress: Progress,
): Promise<Compared> {
  const isTheSame = createComparison(source, target, config)
  const different: string[] = []
  let documents = 0
  const of = await countDocuments(source)
  for await (const record of everyChannel(source)) {
    for (const key of documentsOf(record)) {
      if (!(await isTheSame(key))) different.push(config.baseUrl + documentPath(key))
      documents += 1
      onProgress(documents, of)
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

/** @returns says whether a document is the same in both */
function createComparison(source: CatalogueReader, target: CatalogueReader, config: Config) {
  const entries = createEntries(source, target, config)
  const whole = createRenderers(source, target, config)
  const numbered = createRenderers(withNumbersOnly(source), withNumbersOnly(target), config)
  return async (key: DocumentKey): Promise<boolean> => {
    const [one, other] = await numbered({ ...key, format: withNumbers(key.format) })
    const isSeenToBe = (await areSame(one, other)) && one && (await entries.areSame(one))
    // What is not seen from its parts is made, which tells in any case.
    return isSeenToBe || areSame(...(await whole(key)))
  }
}

type Made = Document | undefined

/** @returns makes a document of both */
function createRenderers(source: CatalogueReader, target: CatalogueReader, config: Config) {
  const rendererOf = (catalogue: CatalogueReader) =>
    createDocumentRenderer(catalogue, createSelection(catalogue, search, config), config)
  const [one, other] = [rendererOf(source), rendererOf(target)]
  return async (key: DocumentKey): Promise<[Made, Made]> => [
    await one.whole(key),
    await other.whole(key),
  ]
}

async function areSame(one: Made, other: Made): Promise<boolean> {
  if (!one || !other || one.etag !== other.etag || one.lastModified !== other.lastModified) {
    return false
  }
  const [bytes, others] = [
    await one.encodings.make('identity'),
    await other.encodings.make('identity'),
  ]
  return Buffer.compare(bytes, others) === 0
}

async function countDocuments(catalogue: CatalogueReader): Promise<number> {
  let documents = 0
  for await (const record of everyChannel(catalogue)) {
    documents += (lastArchive(record) + 1) * feedFormats.length
  }
  return documents
}

/** The feeds of a channel, behind its archive documents. */
function* documentsOf(record: ChannelRecord): Generator<DocumentKey> {
  const { kind, slug } = record
  const last = lastArchive(record)
  for (let n = 1; n <= last + 1; n += 1) {
    const archive = n <= last ? { archive: n } : {}
    for (const format of feedFormats) yield { channel: { kind, slug }, format, ...archive }
  }
}
