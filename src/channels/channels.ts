import { LRUCache } from 'lru-cache'
import type { Catalogue, ChannelKey, ChannelRecord } from '../catalogue/catalogue.ts'
import type { Config } from '../config.ts'
import type { Search } from '../search/search.ts'
import { channelPath } from './channel.ts'
import { describeChannel, feedId } from './describe.ts'
import { type Document, makeDelta, makeDocument, roomIn } from './document.ts'
import type { DocumentLinks, FeedFormat } from './format.ts'
import { feedFormats } from './formats.ts'
import { createItems } from './items.ts'
import { createSelection, lastArchive, site } from './selection.ts'

/**
 * Rendered documents are kept up to this size, those asked for most recently first. The site's three have
 * room even when they are as long as a document may be, and hard to pack.
 */
const keptBytes = 48 * 1024 * 1024
/** A refresh makes so many documents anew; what else it changed is made when it is asked for. */
const mostMadeAnew = 100
/** So many articles of former documents are remembered, for the deltas since then; about 4 MB. */
const keptVersions = 250_000

/** Names a document: a channel in one format, or one of its archive documents. */
export interface DocumentKey {
  readonly channel: ChannelKey
  readonly format: FeedFormat
  /** Counted from 1, the oldest. */
  readonly archive?: number
}

export interface Channels {
  /** The document at this path, if it is at hand. */
  ready(path: string): Document | undefined
  /** The document at hand, or rendered now; undefined when there never was such a channel. */
  document(key: DocumentKey): Promise<Document | undefined>
  /**
   * Whether there is such a document, without rendering it, and without searching.
   * @throws QueryError when a search is not understood
   */
  exists(key: DocumentKey): Promise<boolean>
  /**
   * What of the document is new to someone who has the version with this ETag (RFC 3229).
   * @returns undefined when that version is not remembered
   */
  delta(key: DocumentKey, etag: string): Promise<Document | undefined>
  /**
   * Brings the documents of these channels up to date. Until a new one is made, the old one is
   * given: nobody waits.
   */
  update(keys: readonly ChannelKey[]): Promise<void>
  /** Drops all documents: the articles they were made from have other numbers now, and some may be missing. */
  clear(): void
  /** Renders the documents of the whole site, so that the first to ask need not wait. */
  prepare(): Promise<void>
}

interface Kept {
  readonly key: DocumentKey
  readonly document: Document
  readonly isDelta: boolean
  wasAsked: boolean
}

interface Pending {
  readonly channel: ChannelKey
  readonly promise: Promise<Document | undefined>
}

/** The URL path of a document. */
export function documentPath({ channel, format, archive }: DocumentKey): string {
  const folder = archive === undefined ? '' : `archive/${archive}/`
  const query = channel.kind === 'search' ? `?q=${channel.slug}` : ''
  return channelPath(channel) + folder + format.fileName + query
}

const deltaPath = (key: DocumentKey, etag: string) => `${documentPath(key)} ${etag}`

export function createChannels(catalogue: Catalogue, search: Search, config: Config): Channels {
  const items = createItems(catalogue, config)
  const selection = createSelection(catalogue, search, config)
  const kept = new LRUCache<string, Kept>({ maxSize: keptBytes, sizeCalculation: sizeOf })
  /** Renderings under way: whoever asks meanwhile waits for the same one. */
  const pending = new Map<string, Pending>()
  /** Versions of the articles in former documents, by path and ETag. */
  const versions = new LRUCache<string, readonly number[]>({
    maxSize: keptVersions,
    // Of searches that find nothing, the path is all there is.
    sizeCalculation: (list, path) => list.length + 1 + Math.ceil(path.length / 4),
  })

  async function render(key: DocumentKey, onMade: () => void): Promise<Document | undefined> {
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
    const document = await makeDocument(
      { format, frame, listed, lastModified, isFull },
      rendered,
      onMade,
    )
    versions.set(
      deltaPath(key, document.etag),
      listed.map(({ version }) => version),
    )
    return document
  }

  async function renderDelta(key: DocumentKey, etag: string, onMade: () => void) {
    const seen = versions.get(deltaPath(key, etag))
    const document = seen && (await documentOf(key))
    if (!document || document.etag === etag) return undefined
    const fresh = document.listed.filter(({ version }) => !seen.includes(version))
    const room = roomIn(document.frame, fresh.length)
    return makeDelta(document, fresh, await items.rendered(key.format, fresh, room), onMade)
  }

  /** Makes what is not at hand, once for all who ask. */
  async function have(
    path: string,
    key: DocumentKey,
    isDelta: boolean,
    make: (onMade: () => void) => Promise<Document | undefined>,
  ): Promise<Document | undefined> {
    const ready = ask(path)
    if (ready) return ready
    const underWay = pending.get(path)
    if (underWay) return underWay.promise
    const promise = make(() => grown(path))
    const entry = { channel: key.channel, promise }
    pending.set(path, entry)
    try {
      const document = await promise
      // A refresh that came meanwhile has dropped this rendering: it is good for who asked before it.
      if (document && pending.get(path) === entry) {
        kept.set(path, { key, document, isDelta, wasAsked: false })
      }
      return document
    } finally {
      if (pending.get(path) === entry) pending.delete(path)
    }
  }

  /** A document has one coding more, and counts for more. */
  function grown(path: string): void {
    const entry = kept.peek(path)
    // The same object would be taken for one of the same size.
    if (entry) kept.set(path, { ...entry })
  }

  function ask(path: string): Document | undefined {
    const entry = kept.get(path)
    if (!entry) return undefined
    entry.wasAsked = true
    return entry.document
  }

  async function documentOf(key: DocumentKey): Promise<Document | undefined> {
    const path = documentPath(key)
    return have(path, key, false, (onMade) => render(key, onMade))
  }

  async function makeAnew(path: string, key: DocumentKey): Promise<void> {
    const { id } = catalogue
    const document = await render(key, () => grown(path)).catch(() => undefined)
    // Made from a catalogue that has been replaced meanwhile.
    if (catalogue.id !== id) return
    // Without one, whoever asks next makes it, and is told what is wrong.
    if (document) kept.set(path, { key, document, isDelta: false, wasAsked: false })
    else kept.delete(path)
  }

  return {
    ready: ask,
    document: documentOf,
    async exists(key) {
      return kept.has(documentPath(key)) || selection.exists(key.channel, key.archive)
    },
    async delta(key, etag) {
      const path = deltaPath(key, etag)
      const whole = kept.peek(documentPath(key))?.document
      // One that was made while the whole was being made anew belongs to the former whole.
      if (whole && kept.peek(path)?.document.etag !== whole.etag) kept.delete(path)
      return have(path, key, true, (onMade) => renderDelta(key, etag, onMade))
    },
    async update(keys) {
      const changed = new Set(keys.map(channelPath))
      for (const [path, { channel }] of pending) {
        if (changed.has(channelPath(channel))) pending.delete(path)
      }
      const anew: [string, DocumentKey][] = []
      for (const [path, { key, isDelta, wasAsked }] of [...kept.entries()]) {
        if (!changed.has(channelPath(key.channel))) continue
        const isWorthIt = wasAsked && !isDelta && key.channel.kind !== 'search'
        if (isWorthIt && anew.length < mostMadeAnew) anew.push([path, key])
        else kept.delete(path)
      }
      for (const [path, key] of anew) await makeAnew(path, key)
    },
    clear() {
      pending.clear()
      kept.clear()
      versions.clear()
      items.clear()
    },
    async prepare() {
      await Promise.all(feedFormats.map((format) => documentOf({ channel: site, format })))
    },
  }
}

/** What keeping a document takes beside its bytes: measured with searches that find nothing. */
const overhead = 3000

/** What remembering an article in a document takes. */
const listedBytes = 100

/** Paths of searches are as long as what was searched for, and stand in the frame several times. */
function sizeOf({ document: { encodings, frame, listed } }: Kept, path: string): number {
  let size = overhead + path.length + frame.before.length + listed.length * listedBytes
  for (const bytes of encodings.ready.values()) size += bytes.length
  return size
}

function linksOf(key: DocumentKey, record: ChannelRecord, config: Config): DocumentLinks {
  const { channel, format, archive } = key
  const url = (n?: number) =>
    config.baseUrl + documentPath({ channel, format, ...(n !== undefined && { archive: n }) })
  const previous = archive === undefined ? record.archives : archive - 1
  return {
    self: url(archive),
    ...(previous > 0 && { prevArchive: url(previous) }),
    ...(archive !== undefined && { current: url() }),
    ...(archive !== undefined &&
      archive < lastArchive(record) && { nextArchive: url(archive + 1) }),
  }
}
