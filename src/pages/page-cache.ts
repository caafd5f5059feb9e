import { LRUCache } from 'lru-cache'
import { type Encodings, encode } from '../channels/encodings.ts'
import { etagOf } from '../channels/etag.ts'

/** What a page is made as. */
export interface Made {
  readonly contentType: string
  readonly body: string
  /** What it was made from: when one of these changes it is made anew. */
  readonly dependsOn: readonly string[]
  /** When it has to be made anew in any case; ms since 1970. */
  readonly until?: number
}

/** A page as it is served. Immutable, but for codings that are made later. */
export interface Page extends Omit<Made, 'body'> {
  /** As `etagOf` makes it of the bytes. */
  readonly etag: string
  readonly encodings: Encodings
}

export interface PageCache {
  /** The page at hand, or made now, once for all who ask meanwhile. */
  have(name: string, make: () => Promise<Made | undefined>): Promise<Page | undefined>
  /** Drops pages made from one of these. */
  drop(changed: ReadonlySet<string>): void
  clear(): void
}

/** Pages are kept up to this size, those asked for most recently first. */
const keptBytes = 16 * 1024 * 1024

export function createPageCache(): PageCache {
  const kept = new LRUCache<string, Page>({ maxSize: keptBytes, sizeCalculation: sizeOf })
  const pending = new Map<string, Promise<Page | undefined>>()

  /** A page has one coding more, and counts for more. */
  function grown(name: string): void {
    const page = kept.peek(name)
    if (page) kept.set(name, { ...page })
  }

  async function makePage(name: string, make: () => Promise<Made | undefined>) {
    const made = await make()
    return made && toPage(made, () => grown(name))
  }

  async function have(name: string, make: () => Promise<Made | undefined>) {
    const ready = kept.get(name)
    if (ready && (ready.until === undefined || ready.until > Date.now())) return ready
    const underWay = pending.get(name)
    if (underWay) return underWay
    const promise = makePage(name, make)
    pending.set(name, promise)
    try {
      const page = await promise
      // A refresh that came meanwhile has forgotten this one: it is good for who asked before it.
      if (page && pending.get(name) === promise) kept.set(name, page)
      return page
    } finally {
      if (pending.get(name) === promise) pending.delete(name)
    }
  }

  return {
    have,
    drop(changed) {
      pending.clear()
      for (const [name, { dependsOn }] of [...kept.entries()]) {
        if (dependsOn.some((one) => changed.has(one))) kept.delete(name)
      }
    },
    clear() {
      pending.clear()
      kept.clear()
    },
  }
}

/** @param onMade is told when another coding has been made */
export async function toPage({ body, ...made }: Made, onMade: () => void): Promise<Page> {
  const bytes = Buffer.from(body, 'utf8')
  return { ...made, etag: etagOf(bytes), encodings: await encode(bytes, onMade) }
}

/** Names are as long as what was asked for. */
function sizeOf({ encodings }: Page, name: string): number {
  let size = 1000 + name.length
  for (const bytes of encodings.ready.values()) size += bytes.length
  return size
}
