import { allTermKinds, type TermKind } from '../catalogue/channel-kinds.ts'
import { kindPath, pagePath } from '../channels/channel.ts'
import { type Selection, site } from '../channels/selection.ts'
import { wordingIn } from '../words/wording.ts'
import { withAddresses } from './channel-pages.ts'
import { channelLink } from './entries.ts'
import { alternatesOf, subscribing } from './feed-links.ts'
import type { PageSources } from './page.ts'
import type { PageParts } from './renderer.ts'
import { searchChannel, searchPage } from './search-page.ts'

/** Of each kind; the others are in the list of all of that kind. */
const mostListed = 200
/** So many of these kinds are there to choose from with a click; others may be written. */
const offered: readonly (readonly [TermKind, number])[] = [
  ['section', mostListed],
  ['tag', 60],
]
export const offeredKinds = offered.map(([kind]) => kind)

/** What somebody has chosen from. */
export interface Choice {
  readonly slugs: Readonly<Partial<Record<TermKind, readonly string[]>>>
  readonly words: string
  /** Whether the form was sent, be it empty. */
  readonly isMade: boolean
}

/** One search for articles of any of the sections, with any of the tags, and with the words. */
function searchFor({ slugs, words }: Choice): string {
  const named = Object.entries(slugs)
    .filter(([, chosen]) => chosen.length > 0)
    .map(([kind, chosen]) => `${kind}:${chosen.join(',')}`)
  return [...named, words].filter((part) => part !== '').join(' ')
}

export async function subscribePage(
  choice: Choice,
  selection: Selection,
  sources: PageSources,
): Promise<PageParts> {
  const { catalogue, config } = sources
  const { words, say } = wordingIn(config.language)
  const search = searchFor(choice)
  const chosen = search === '' ? undefined : (await searchPage(search, selection, sources)).data
  const fieldset = async ([kind, limit]: (typeof offered)[number]) => ({
    kind,
    legend: words.kinds[kind].many,
    options: (await catalogue.channels(kind, limit)).map((record) => ({
      ...channelLink(kind, record),
      slug: record.slug,
      isChosen: choice.slugs[kind]?.includes(record.slug),
    })),
  })
  return {
    head: {
      title: words.subscribing,
      description: say(words.subscribeAbout, { name: config.siteTitle }),
      canonical: `${config.baseUrl}/subscribe`,
      alternates: alternatesOf(site, config.siteTitle, config),
      isIndexed: search === '',
      scripts: ['copy.js'],
    },
    data: {
      ...subscribing(site, config),
      fieldsets: await Promise.all(offered.map(fieldset)),
      words: choice.words,
      chosen,
      isNothing: choice.isMade && search === '',
      page: search === '' ? undefined : pagePath(searchChannel(search)),
      // Whoever has chosen does not look for the others, and previews ask for this page again and again.
      groups:
        search === '' ? await Promise.all(allTermKinds.map((kind) => group(kind, sources))) : [],
    },
  }
}

async function group(kind: TermKind, sources: PageSources) {
  const { catalogue } = sources
  const records = await catalogue.channels(kind, mostListed + 1)
  return {
    kind,
    path: kindPath(kind),
    channels: await Promise.all(
      records.slice(0, mostListed).map((record) => withAddresses(kind, record, sources)),
    ),
    hasMore: records.length > mostListed,
  }
}
