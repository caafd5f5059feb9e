import type { Catalogue } from '../catalogue/catalogue.ts'
import { kindPath, pagePath } from '../channels/channel.ts'
import { type Selection, site } from '../channels/selection.ts'
import type { Config } from '../config.ts'
import { addressesOf, alternatesOf, readersOf } from './addresses.ts'
import type { PageParts } from './article-page.ts'
import { namedChannel, type TermKind, termKinds, withAddresses } from './channel-pages.ts'
import { searchChannel, searchPage } from './search-page.ts'

/** Of each kind; the others are in the list of all of that kind. */
const mostListed = 200
/** Tags to choose from with a click; others may be written. */
const tagsOffered = 60

/** What somebody has chosen from. */
export interface Choice {
  /** Slugs. */
  readonly sections: readonly string[]
  readonly tags: readonly string[]
  readonly words: string
  /** Whether the form was sent, be it empty. */
  readonly isMade: boolean
}

/** One search for articles of any of the sections, with any of the tags, and with the words. */
export function searchFor({ sections, tags, words }: Choice): string {
  const parts = [
    sections.length > 0 ? `section:${sections.join(',')}` : '',
    tags.length > 0 ? `tag:${tags.join(',')}` : '',
    words,
  ]
  return parts.filter((part) => part !== '').join(' ')
}

export async function subscribePage(
  choice: Choice,
  locale: string,
  parts: { catalogue: Catalogue; selection: Selection; config: Config },
): Promise<PageParts> {
  const { catalogue, config } = parts
  const search = searchFor(choice)
  const chosen = search === '' ? undefined : (await searchPage(search, locale, parts)).data
  const offered = async (kind: TermKind, limit: number, slugs: readonly string[]) =>
    (await catalogue.channels(kind, limit)).map((record) => ({
      ...namedChannel(record),
      isChosen: slugs.includes(record.slug),
    }))
  return {
    head: {
      title: 'Subscribe',
      description: `Feeds of ${config.publisher.name}: the whole site, sections, tags, authors, or a selection of your own.`,
      canonical: `${config.baseUrl}/subscribe`,
      alternates: alternatesOf(site, config.publisher.name, config),
      isIndexed: search === '',
      scripts: ['copy.js', 'preview.js'],
    },
    data: {
      addresses: addressesOf(site, config),
      readers: readersOf(site, config),
      sections: await offered('section', mostListed, choice.sections),
      tags: await offered('tag', tagsOffered, choice.tags),
      words: choice.words,
      chosen,
      isNothing: choice.isMade && search === '',
      page: search === '' ? undefined : pagePath(searchChannel(search)),
      // Whoever has chosen does not look for the others, and previews ask for this page again and again.
      groups:
        search === ''
          ? await Promise.all(termsOfAll.map((kind) => group(kind, catalogue, config)))
          : [],
    },
  }
}

const termsOfAll = Object.keys(termKinds) as TermKind[]

async function group(kind: TermKind, catalogue: Catalogue, config: Config) {
  const records = await catalogue.channels(kind, mostListed + 1)
  return {
    name: termKinds[kind].many,
    path: kindPath(kind),
    channels: records.slice(0, mostListed).map((record) => withAddresses(record, config)),
    hasMore: records.length > mostListed,
  }
}
