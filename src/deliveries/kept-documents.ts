import { LRUCache } from 'lru-cache'
import type { WholeDocument } from './documents.ts'

/** While documents are sent to many, those that are on their way now. */
const keptBytes = 16 * 1024 * 1024

/**
 * Documents at hand for those who send them: asked for once for all who want one at the same time.
 * @param whole makes it; undefined where there is none, or none can be had at the moment
 */
export function createKeptDocuments(whole: (topic: string) => Promise<WholeDocument | undefined>) {
  const kept = new LRUCache<string, WholeDocument>({
    maxSize: keptBytes,
    sizeCalculation: ({ body }, topic) => body.length + topic.length + 1,
  })
  /** By what is noted and the topic: one that was asked for before that was noted may be older. */
  const asked = new Map<string, Promise<WholeDocument | undefined>>()

  async function have(topic: string, name: string): Promise<WholeDocument | undefined> {
    try {
      const document = await whole(topic)
      if (document) kept.set(topic, document)
      return document
    } finally {
      asked.delete(name)
    }
  }

  return {
    /** As it is now. @param etag of the state that is noted of it: one that is kept is no older than that */
    get(topic: string, etag: string): Promise<WholeDocument | undefined> {
      const document = kept.get(topic)
      if (document?.etag === etag) return Promise.resolve(document)
      const name = `${etag} ${topic}`
      const found = asked.get(name) ?? have(topic, name)
      asked.set(name, found)
      return found
    },
  }
}
