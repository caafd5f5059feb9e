/** A feed, as a person sees it who opens its address in a browser. */
import type { Catalogue } from '../catalogue/catalogue.ts'
import { channelName, pagePath } from '../channels/channel.ts'
import { type DocumentKey, documentPath } from '../channels/channels.ts'
import { describeChannel } from '../channels/describe.ts'
import type { Selection } from '../channels/selection.ts'
import type { Config } from '../config.ts'
import { addressesOf, alternatesOf, readersOf } from './addresses.ts'
import type { PageParts } from './article-page.ts'
import { eachOf, entryOf } from './entries.ts'

/** So many of a feed's articles are shown, the newest. */
const mostShown = 20

/**
 * @returns undefined when there is no such feed
 * @throws QueryError
 * @throws SearchUnavailable
 */
export async function feedPage(
  key: DocumentKey,
  locale: string,
  { catalogue, selection, config }: { catalogue: Catalogue; selection: Selection; config: Config },
): Promise<PageParts | undefined> {
  const { channel, format, archive } = key
  const selected = await selection.select(channel, archive)
  if (!selected) return undefined
  const { record, listed } = selected
  const { title, description, pageUrl, language } = describeChannel(record, listed, config)
  const entries = await eachOf(listed.slice(0, mostShown), catalogue, (article) =>
    entryOf(article, locale, config),
  )
  const addresses = addressesOf(channel, config)
  const own = config.baseUrl + documentPath({ channel, format })
  return {
    head: {
      title: `${channelName(record) || config.publisher.name}: feed`,
      description,
      isIndexed: false,
      canonical: pageUrl,
      alternates: alternatesOf(channel, title, config),
      scripts: ['copy.js'],
    },
    data: {
      heading: channelName(record) || config.publisher.name,
      language,
      description,
      format: format.name,
      archive,
      own,
      others: addresses.filter(({ url }) => url !== own),
      readers: readersOf(channel, config),
      pagePath: pagePath(channel),
      entries,
      more: listed.length - entries.length,
    },
  }
}
