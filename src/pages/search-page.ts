import type { ChannelKey } from '../catalogue/catalogue.ts'
import { allTermKinds } from '../catalogue/channel-kinds.ts'
import { pagePath, searchText } from '../channels/channel.ts'
import type { Selected, Selection } from '../channels/selection.ts'
import { QueryError } from '../search/query.ts'
import { ended } from '../text.ts'
import { wordingIn } from '../words/wording.ts'
import { entriesOf } from './entries.ts'
import { alternatesOf, subscribing } from './feed-links.ts'
import type { PageSources } from './page.ts'
import type { PageParts } from './renderer.ts'

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
  selection: Selection,
  sources: PageSources,
): Promise<PageParts> {
  const { config } = sources
  const channel = searchChannel(words)
  const wording = wordingIn(config.language)
  const head = {
    title: wording.words.searching,
    description: ended(wording.words.searchArticles),
    canonical: config.baseUrl + (words === '' ? '/search' : pagePath(channel)),
    isIndexed: false,
    scripts: ['copy.js'],
  }
  const help = await examples(sources)
  if (words === '') return { head, data: { words, ...help } }
  let selected: Selected | undefined
  try {
    selected = await selection.select(channel)
  } catch (error) {
    if (!(error instanceof QueryError)) throw error
    return { head, data: { words, ...help, mistake: error.in(wording) } }
  }
  const entries = await entriesOf(selected?.listed ?? [], sources)
  const text = searchText(channel.slug)
  return {
    head: {
      ...head,
      title: wording.say(wording.words.searchTitle, { words: text }),
      description: ended(
        wording.say(wording.words.newest.search, { publisher: config.siteTitle, name: text }),
      ),
      alternates: alternatesOf(channel, text, config),
    },
    data: {
      words,
      ...help,
      entries,
      isFull: entries.length === config.feedItems,
      ...subscribing(channel, config),
    },
  }
}

/** Searches for what this site has: one of each kind of channel, and either of two of a kind. */
async function examples({ catalogue }: PageSources) {
  const kinds = await Promise.all(
    allTermKinds.map(async (kind) => {
      const slugs = (await catalogue.channels(kind, 2)).map(({ slug }) => slug)
      return { term: `${kind}:${slugs[0]}`, both: `${kind}:${slugs.join(',')}`, slugs }
    }),
  )
  return {
    named: kinds.flatMap(({ term, slugs }) => (slugs.length > 0 ? [term] : [])),
    oneOfTwo: kinds.find(({ slugs }) => slugs.length > 1)?.both,
  }
}
