import type { Catalogue, ChannelKey, ChannelRecord, ListedArticle } from '../catalogue/catalogue.ts'
import type { Config } from '../config.ts'
import { parseQuery } from '../search/query.ts'
import type { Search } from '../search/search.ts'
import { searchText } from './channel.ts'

export const site: ChannelKey = { kind: 'site', slug: '' }

/** All searches, for `update`. */
export const allSearches: ChannelKey = { kind: 'search', slug: '' }

/** The site is a channel before it has an article. */
export const emptySite: ChannelRecord = {
  ...site,
  name: '',
  changed: '1970-01-01T00:00:00Z',
  archives: 0,
  fullArchives: 0,
}

interface Selected {
  readonly record: ChannelRecord
  /** Newest first. */
  readonly listed: readonly ListedArticle[]
}

/** What is in a channel, or in one of its archive documents. */
export interface Selection {
  /**
   * @returns undefined when there is no such channel or archive document
   * @throws QueryError when a search is not understood
   * @throws SearchUnavailable
   */
  select(channel: ChannelKey, archive: number | undefined): Promise<Selected | undefined>
}

/**
 * The last archive document there is. The one after a full one is there at once, though empty: a full
 * one links to it, and must never change.
 */
export const lastArchive = ({ archives, fullArchives }: ChannelRecord) =>
  archives === 0 ? 0 : Math.max(archives, fullArchives + 1)

export function createSelection(catalogue: Catalogue, search: Search, config: Config): Selection {
  const recordOf = async (key: ChannelKey) =>
    (await catalogue.channel(key)) ?? (key.kind === 'site' ? emptySite : undefined)

  /** A search may change whenever the site does. */
  async function found(key: ChannelKey): Promise<Selected> {
    const query = parseQuery(searchText(key.slug))
    const numbers = await search.find(query, config.feedItems, Date.now())
    const { changed } = (await recordOf(site)) ?? emptySite
    const record = { ...key, name: '', changed, archives: 0, fullArchives: 0 }
    return { record, listed: await catalogue.listedByNumber(numbers) }
  }

  return {
    async select(key, archive) {
      if (key.kind === 'search') return found(key)
      const record = await recordOf(key)
      if (!record || (archive !== undefined && archive > lastArchive(record))) return undefined
      const now = Date.now()
      const listed =
        archive === undefined
          ? await catalogue.listed(key, config.feedItems, now)
          : await catalogue.archived(key, archive, now)
      return { record, listed }
    },
  }
}
