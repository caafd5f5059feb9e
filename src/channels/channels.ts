import { LRUCache } from 'lru-cache'
import type { Catalogue, ChannelKey, ChannelRecord } from '../catalogue/catalogue.ts'
import type { Config } from '../config.ts'
import { channelPath, describeChannel } from './channel.ts'
import { type Document, makeDocument } from './document.ts'
import { type FeedFormat, feedFormats } from './formats.ts'

/** Rendered documents are kept up to this size, those asked for most recently first. */
const keptBytes = 64 * 1024 * 1024

export interface Channels {
  /** The document at hand, or rendered now; undefined when there never was such a channel. */
  document(key: ChannelKey, format: FeedFormat): Promise<Document | undefined>
  /** Drops the documents of channels that a refresh has changed. */
  drop(keys: readonly ChannelKey[]): void
  /** Renders the documents of the whole site, so that the first to ask need not wait. */
  prepare(): Promise<void>
}

export const site: ChannelKey = { kind: 'site', slug: '' }

/** The site is a channel before it has an article. */
const emptySite: ChannelRecord = { ...site, changed: '1970-01-01T00:00:00Z' }

export function createChannels(catalogue: Catalogue, config: Config): Channels {
  const kept = new LRUCache<string, Document>({
    maxSize: keptBytes,
    sizeCalculation: ({ bytes }) => bytes.length,
  })
  /** Renderings under way: whoever asks meanwhile waits for the same one. */
  const pending = new Map<string, Promise<Document | undefined>>()

  async function render(key: ChannelKey, format: FeedFormat): Promise<Document | undefined> {
    const record = (await catalogue.channel(key)) ?? (key.kind === 'site' ? emptySite : undefined)
    if (!record) return undefined
    const articles = await catalogue.articles(key, config.feedItems, Date.now())
    const channel = describeChannel(record, articles, config)
    const text = await format.render(channel, articles, config, channel.pageUrl + format.fileName)
    return makeDocument(text, format.contentType, record.changed)
  }

  async function document(key: ChannelKey, format: FeedFormat) {
    const path = channelPath(key) + format.fileName
    const ready = kept.get(path)
    if (ready) return ready
    const underWay = pending.get(path)
    if (underWay) return underWay
    const rendering = render(key, format)
    pending.set(path, rendering)
    try {
      const made = await rendering
      // A refresh that came meanwhile has dropped this rendering: it is good for who asked before it.
      if (made && pending.get(path) === rendering) kept.set(path, made)
      return made
    } finally {
      if (pending.get(path) === rendering) pending.delete(path)
    }
  }

  return {
    document,
    drop(keys) {
      for (const key of keys) {
        for (const { fileName } of feedFormats) {
          kept.delete(channelPath(key) + fileName)
          pending.delete(channelPath(key) + fileName)
        }
      }
    },
    async prepare() {
      await Promise.all(feedFormats.map((format) => document(site, format)))
    },
  }
}
