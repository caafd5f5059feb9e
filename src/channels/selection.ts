import type {
  CatalogueReader,
  ChannelKey,
  ChannelRecord,
  ListedArticle,
} from '../catalogue/catalogue.ts'
import type { Config } from '../config.ts'
import { parseQuery } from '../search/query.ts'
import type { Search } from '../search/search.ts'
import { searchText } from './channel.ts'

export const site: ChannelKey = { kind: 'site', slug: '' }

/** All searches, for `update`. */
export const allSearches: ChannelKey = { kind: 'search', slug: '' }

/** The site is a channel before it has an article: then nothing has changed since we last looked. */
export async function siteRecord(catalogue: CatalogueReader): Promise<ChannelRecord> {
  const known = await catalogue.channel(site)
  if (known) return known
  const changed = new Date(await catalogue.lastRefresh()).toISOString()
  return { ...site, name: '', changed, version: 0, archives: 0, fullArchives: 0 }
}

export interface Selected {
  readonly record: ChannelRecord
  /** Newest first. */
  readonly listed: readonly ListedArticle[]
  /** Of a search: articles with a higher version than that may be missing. */
  readonly foundUntil?: number
}

/** @returns undefined when there is no such channel */
export const recordOf = async (key: ChannelKey, catalogue: CatalogueReader) =>
  key.kind === 'site' ? siteRecord(catalogue) : catalogue.channel(key)

/**
 * The last archive document there is. The one after a full one is there at once, though empty: a full
 * one links to it, and must never change.
 */
export const lastArchive = ({ archives, fullArchives }: ChannelRecord) =>
  archives === 0 ? 0 : Math.max(archives, fullArchives + 1)

/** @throws QueryError */
const queryOf = ({ slug }: ChannelKey) => parseQuery(searchText(slug))

export type Selection = ReturnType<typeof createSelection>

/** What is in a channel, or in one of its archive documents. */
export function createSelection(
  catalogue: CatalogueReader,
  search: Pick<Search, 'find'>,
  config: Config,
) {
  /** A search may change whenever the site does. */
  async function found(key: ChannelKey): Promise<Selected> {
    const { numbers, until } = await search.find(queryOf(key), config.feedItems)
    const { changed, version } = await siteRecord(catalogue)
    const record = { ...key, name: '', changed, version, archives: 0, fullArchives: 0 }
    return { record, listed: await catalogue.listedByNumber(numbers), foundUntil: until }
  }

  /** @returns undefined when the channel, or this archive document of it, is not there */
  async function recordWith(key: ChannelKey, archive: number | undefined) {
    const record = await recordOf(key, catalogue)
    return record && (archive ?? 0) <= lastArchive(record) ? record : undefined
  }

  return {
    /**
     * @returns undefined when there is no such channel or archive document
     * @throws QueryError when a search is not understood
     * @throws SearchUnavailable
     */
    async select(key: ChannelKey, archive?: number): Promise<Selected | undefined> {
      if (key.kind === 'search') return found(key)
      const record = await recordWith(key, archive)
      if (!record) return undefined
      const listed =
        archive === undefined
          ? await catalogue.listed(key, config.feedItems)
          : await catalogue.archived(key, archive)
      return { record, listed }
    },
    /**
     * Whether there would be a selection, without making one. There is one of every search that is understood.
     * @throws QueryError
     */
    async exists(key: ChannelKey, archive?: number): Promise<boolean> {
      if (key.kind !== 'search') return (await recordWith(key, archive)) !== undefined
      queryOf(key)
      return true
    },
  }
}
