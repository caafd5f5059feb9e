import { LRUCache } from 'lru-cache'
import type { CatalogueReader, ChannelKey } from '../catalogue/catalogue.ts'
import type { Config } from '../config.ts'
import { channelPath } from './channel.ts'
import { type Document, type DocumentKey, documentPath } from './document.ts'
import { createDocumentRenderer } from './document-renderer.ts'
import type { Known } from './etag.ts'
import { feedFormats } from './feed-formats.ts'
import { createKept } from './kept.ts'
import { isNewTo } from './seen.ts'
import { type Selection, site } from './selection.ts'

/**
 * Rendered documents are kept up to this size. The site's three have room even when they are as long as a
 * document may be, and hard to pack.
 */
const keptBytes = 48 * 1024 * 1024
/** A refresh makes so many documents anew; what else it changed is made when it is asked for. */
const mostMadeAnew = 100
/** So many searches are remembered that were asked for, and characters of their addresses. */
const keptSearches = { max: 1000, maxSize: 1024 * 1024 }

export type Channels = ReturnType<typeof createChannels>

/** A document that is kept, or a delta of it. */
interface Rendered {
  readonly key: DocumentKey
  readonly document: Document
  /** Whether the whole document was asked for since it was made. */
  wasAsked: boolean
}

/** The documents of all channels: rendered when they are asked for, and kept. */
export function createChannels(catalogue: CatalogueReader, selection: Selection, config: Config) {
  const renderer = createDocumentRenderer(catalogue, selection, config)
  const kept = createKept<Rendered>({ maxSize: keptBytes, sizeOf })
  const searches = new LRUCache<string, DocumentKey>({
    ...keptSearches,
    sizeCalculation: (_key, path) => path.length + 1,
  })

  /** The document at this path, if it is at hand. */
  function ready(path: string): Document | undefined {
    const rendered = kept.ready(path)
    if (rendered) rendered.wasAsked = true
    return rendered?.document
  }

  async function render(key: DocumentKey): Promise<Rendered | undefined> {
    const document = await renderer.whole(key)
    return document && { key, document, wasAsked: false }
  }

  /** The document at hand, or rendered now; undefined when there never was such a channel. */
  async function documentOf(key: DocumentKey): Promise<Document | undefined> {
    const path = documentPath(key)
    const document = ready(path) ?? (await kept.have(path, () => render(key)))?.document
    // One that is not understood is none.
    if (key.channel.kind === 'search') searches.set(path, key)
    return document
  }

  return {
    ready,
    document: documentOf,
    /** Those of searches that were asked for lately. */
    searches: (): readonly DocumentKey[] => [...searches.values()],
    /**
     * Whether there is such a document, without rendering it, and without searching.
     * @throws QueryError when a search is not understood
     */
    async exists(key: DocumentKey): Promise<boolean> {
      const isReady = kept.ready(documentPath(key)) !== undefined
      return isReady || selection.exists(key.channel, key.archive)
    },
    /**
     * What of the document is new to someone who has that version of it (RFC 3229).
     * @returns undefined when that cannot be told, or it is the newest
     */
    async delta(key: DocumentKey, { hash, seen }: Known): Promise<Document | undefined> {
      const whole = seen && (await documentOf(key))
      if (!whole || whole.encodings.etag === hash) return undefined
      if (!(await renderer.isOf(key, seen))) return undefined
      const listed = whole.listed.filter((one) => isNewTo(seen, one))
      // By what is in it, however many versions clients say they have.
      const named = listed.map(({ number }) => number.toString(36))
      const name = [documentPath(key), whole.etag, ...named].join(' ')
      const { document } = await kept.have(name, async () => {
        return { key, document: await renderer.delta(whole, listed), wasAsked: false }
      })
      return document
    },
    /**
     * Brings the documents of these channels up to date. Until a new one is made, the old one is
     * given: nobody waits.
     */
    async update(keys: readonly ChannelKey[]): Promise<void> {
      const changed = new Set(keys.map(channelPath))
      const isOutdated = ({ key }: Rendered) => changed.has(channelPath(key.channel))
      const isWorthIt = ({ key, wasAsked }: Rendered) => wasAsked && key.channel.kind !== 'search'
      const outdated = kept.values().filter(isOutdated)
      const anew = new Set(outdated.filter(isWorthIt).slice(0, mostMadeAnew))
      kept.drop((one) => isOutdated(one) && !anew.has(one))
      for (const { key } of anew) await kept.renew(documentPath(key), () => render(key))
    },
    /** Drops all documents: the articles they were made from have other numbers now, and some may be missing. */
    clear(): void {
      kept.clear()
      renderer.clear()
    },
    /** Renders the documents of the whole site, so that the first to ask need not wait. */
    async prepare(): Promise<void> {
      await Promise.all(feedFormats.map((format) => documentOf({ channel: site, format })))
    },
  }
}

/** What keeping a document takes beside its bytes: measured with searches that find nothing. */
const overhead = 3000

/** What remembering an article in a document takes. */
const listedBytes = 160

/** Paths of searches are as long as what was searched for, and stand in the frame several times. */
const sizeOf = ({ document: { encodings, frame, listed } }: Rendered) =>
  overhead + encodings.ownLength + frame.before.length + listed.length * listedBytes
