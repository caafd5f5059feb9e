/** The front page, the pages of channels, and the lists of these. */
import type {
  CatalogueReader,
  ChannelKey,
  ChannelRecord,
  ListedArticle,
} from '../catalogue/catalogue.ts'
import { isTermKind, type TermKind } from '../catalogue/channel-kinds.ts'
import { channelName, channelPath, kindPath } from '../channels/channel.ts'
import { describeChannel } from '../channels/describe.ts'
import { recordOf } from '../channels/selection.ts'
import { wordingIn } from '../words/wording.ts'
import { channelLink, entriesOf, type ListEntry } from './entries.ts'
import { addressesOf, alternatesOf, subscribing } from './feed-links.ts'
import type { PageSources } from './page.ts'
import type { PageParts } from './renderer.ts'

/** Articles on one page of a list. */
const perPage = 30
/** What is older is found by searching, or in the archive of the feed. */
const mostPages = 100
/** So many articles of a channel are looked at for all pages of its list: one more than these show, which says whether there are older ones. */
export const mostListed = perPage * mostPages + 1
/** Channels on one page of the list of all of a kind. */
const termsPerPage = 200
/** Sections and tags that the front page names. */
const frontSections = 50
const frontTags = 24

/** The articles that a page of a list is made of, and one more. @param listed those of the whole list, newest first */
export const onPage = <T>(listed: readonly T[], page: number): readonly T[] =>
  listed.slice((page - 1) * perPage, page * perPage + 1)

/**
 * @param page counted from 1
 * @param known what `onPage` gives, where it is at hand: finding it anew takes the longer the farther back the page is
 * @returns undefined when there is no such channel, or no such page of it
 */
export async function channelPage(
  key: ChannelKey,
  page: number,
  sources: PageSources,
  known?: readonly ListedArticle[],
): Promise<PageParts | undefined> {
  const { catalogue, config } = sources
  const record = await recordOf(key, catalogue)
  if (!record || page > mostPages) return undefined
  const found = known ?? (await catalogue.listed(key, perPage + 1, (page - 1) * perPage))
  if (found.length === 0 && page > 1) return undefined
  const entries = await entriesOf(found.slice(0, perPage), sources)
  const { title, description, pageUrl, language } = describeChannel(record, found, config)
  const name = channelName(record)
  const { words } = wordingIn(config.language)
  const path = channelPath(key)
  const isFront = key.kind === 'site' && page === 1
  return {
    head: {
      title: key.kind === 'site' ? '' : name,
      description,
      canonical: pagePathIn(pageUrl, page),
      alternates: alternatesOf(key, title, config),
      scripts: ['copy.js'],
      current: path,
      ...(entries.length === 0 && { isIndexed: false }),
    },
    data: {
      heading: name || config.siteTitle,
      language,
      kind: isTermKind(key.kind) ? words.kinds[key.kind].one : undefined,
      withoutSection: key.kind === 'section',
      page,
      ...(isFront ? await frontData(entries, sources) : { entries }),
      ...neighbours(path, page, found.length > perPage),
      ...subscribing(key, config),
    },
  }
}

async function frontData([lead, ...entries]: readonly ListEntry[], { catalogue }: PageSources) {
  const sections = await catalogue.channels('section', frontSections)
  const tags = await catalogue.channels('tag', frontTags)
  return {
    lead,
    entries,
    sections: await Promise.all(sections.map((one) => countedLink('section', one, catalogue))),
    tags: await Promise.all(tags.map((one) => countedLink('tag', one, catalogue))),
  }
}

/**
 * The URL path of a page of a list: no query tells it from the first, since a file server knows none.
 * @param list path of its first page, with a slash at its end
 * @param page counted from 1
 */
export const pagePathIn = (list: string, page: number) => list + (page === 1 ? '' : `page/${page}/`)

/** Where the pages of a list lead. @param path of its first page */
const neighbours = (path: string, page: number, hasNext: boolean) => ({
  newer: page > 1 ? pagePathIn(path, page - 1) : undefined,
  older: hasNext && page < mostPages ? pagePathIn(path, page + 1) : undefined,
})

/** All channels of a kind. @param page counted from 1 */
export async function termsPage(
  kind: TermKind,
  page: number,
  sources: PageSources,
): Promise<PageParts | undefined> {
  const { catalogue, config } = sources
  if (page > mostPages) return undefined
  const found = await catalogue.channels(kind, termsPerPage + 1, (page - 1) * termsPerPage)
  if (found.length === 0 && page > 1) return undefined
  const { words, say } = wordingIn(config.language)
  const { many, allOf } = words.kinds[kind]
  const path = kindPath(kind)
  return {
    head: {
      title: many,
      description: say(allOf, { name: config.siteTitle }),
      canonical: config.baseUrl + pagePathIn(path, page),
      scripts: ['copy.js'],
      current: path,
      ...(found.length === 0 && { isIndexed: false }),
    },
    data: {
      heading: many,
      channels: await Promise.all(
        found.slice(0, termsPerPage).map((record) => withAddresses(kind, record, sources)),
      ),
      ...neighbours(path, page, found.length > termsPerPage),
    },
  }
}

export const withAddresses = async (
  kind: TermKind,
  record: ChannelRecord,
  { catalogue, config }: PageSources,
) => ({
  ...(await countedLink(kind, record, catalogue)),
  addresses: addressesOf(record, config),
})

/** With how many articles are there. */
const countedLink = async (kind: TermKind, record: ChannelRecord, catalogue: CatalogueReader) => ({
  ...channelLink(kind, record),
  articles: await catalogue.count(record),
})
