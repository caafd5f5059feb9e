import type { Catalogue, ChannelKey } from '../catalogue/catalogue.ts'
import { searchText } from '../channels/channel.ts'
import type { Selection } from '../channels/selection.ts'
import type { Config } from '../config.ts'
import { QueryError } from '../search/query.ts'
import { addressesOf, alternatesOf, readersOf } from './addresses.ts'
import type { PageParts } from './article-page.ts'
import { eachOf, entryOf } from './entries.ts'

/** The search channel for what people wrote. */
export const searchChannel = (words: string): ChannelKey => ({
  kind: 'search',
  slug: new URLSearchParams({ q: words }).toString().slice('q='.length),
})

/**
 * @param words as people wrote them; '' asks for the empty form
 * @throws SearchUnavailable
 */
export async function searchPage(
  words: string,
  locale: string,
  { catalogue, selection, config }: { catalogue: Catalogue; selection: Selection; config: Config },
): Promise<PageParts> {
  const channel = searchChannel(words)
  const head = { title: 'Search', isIndexed: false, scripts: ['copy.js'] }
  if (words === '') return { head, data: { words } }
  let selected: Awaited<ReturnType<Selection['select']>>
  try {
    selected = await selection.select(channel, undefined)
  } catch (error) {
    if (!(error instanceof QueryError)) throw error
    return { head, data: { words, mistake: error.message } }
  }
  const entries = await eachOf(selected?.listed ?? [], catalogue, (article) =>
    entryOf(article, locale, config),
  )
  const text = searchText(channel.slug)
  return {
    head: {
      ...head,
      title: `${text}: search`,
      alternates: alternatesOf(channel, text, config),
    },
    data: {
      words,
      entries,
      isFull: entries.length === config.feedItems,
      addresses: addressesOf(channel, config),
      readers: readersOf(channel, config),
    },
  }
}
