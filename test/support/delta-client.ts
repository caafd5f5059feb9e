/** A site without files, and who follows it by deltas: all in this process. */
import { expect } from 'vitest'
import type { ArticleContent } from '../../src/article.ts'
import type { Catalogue, ChannelKey } from '../../src/catalogue/catalogue.ts'
import type { Channels } from '../../src/channels/channels.ts'
import { readEtag } from '../../src/channels/etag.ts'
import { jsonFeed } from '../../src/channels/json-feed.ts'
import { renderingOf } from '../../src/channels/rendering.ts'
import { loadConfig } from '../../src/config.ts'
import { createSearch } from '../../src/search/search.ts'
import { createServing } from '../../src/serving.ts'
import { articleFile } from './article-file.ts'
import { openCatalogueIn } from './sharing.ts'

export type Folder = Map<string, Partial<ArticleContent>>

/** A site over a folder that is a table, at a time of its own. */
export async function openSite(dataDir: string, folder: Folder, feedItems = 3) {
  const config = loadConfig({ DATA_DIR: dataDir, FEED_ITEMS: String(feedItems) }, dataDir)
  const catalogue = await openCatalogueIn(config, renderingOf(config))
  const serving = createServing(catalogue, createSearch(config, catalogue, expect.fail), config)

  async function known(): Promise<Map<string, string>> {
    const files = await Array.fromAsync(catalogue.knownFiles(''))
    return new Map(files.flat().map(([path, signature]) => [path, signature]))
  }

  async function refresh(): Promise<void> {
    const before = await known()
    const files = [...folder].map(([path, content]) => articleFile(path, content))
    const refresh = await catalogue.refresh(Date.now())
    const gone = [...before.keys()].filter((path) => !folder.has(path))
    await refresh.vanish(gone, new Map())
    await refresh.keep(files.filter(({ path, signature }) => before.get(path) !== signature))
    await serving.update(await refresh.commit(true))
  }
  await refresh()
  return { catalogue: catalogue as Catalogue, channels: serving.channels, refresh }
}

export type Items = ReadonlyMap<string, string>

/** Its articles by their id. */
export async function itemsOf(document: Awaited<ReturnType<Channels['document']>>): Promise<Items> {
  const text = (await document?.encodings.make('identity'))?.toString() ?? '{"items":[]}'
  const items: { id: string }[] = JSON.parse(text).items
  return new Map(items.map((item) => [item.id, JSON.stringify(item)]))
}

/** Somebody who follows a channel, takes deltas where they are given, and throws nothing away. */
export function createClient(channel: ChannelKey) {
  const key = { channel, format: jsonFeed }
  const has = new Map<string, string>()
  let etag = ''
  return {
    /** @returns what it was given; undefined where that was nothing */
    async poll(channels: Channels): Promise<Items | undefined> {
      const whole = await channels.document(key)
      if (!whole) return undefined
      const known = readEtag(etag)
      etag = whole.etag
      if (known?.hash === readEtag(etag)?.hash) return undefined
      const given = await itemsOf((known && (await channels.delta(key, known))) ?? whole)
      for (const [id, item] of given) has.set(id, item)
      return given
    },
    has,
    /** Fails where it lacks an article that is listed, as it is now. */
    async expectAll(channels: Channels): Promise<void> {
      const all = await itemsOf(await channels.document(key))
      expect(has).toEqual(new Map([...has, ...all]))
    },
  }
}
