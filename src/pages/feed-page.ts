/** A feed, as a person sees it who opens its address in a browser. */
import { channelName, pagePath } from '../channels/channel.ts'
import { describeChannel } from '../channels/describe.ts'
import { type DocumentKey, documentPath } from '../channels/document.ts'
import type { Selection } from '../channels/selection.ts'
import { wordingIn } from '../words/wording.ts'
import { entriesOf } from './entries.ts'
import { alternatesOf, subscribing } from './feed-links.ts'
import type { PageSources } from './page.ts'
import { basePath, type PageParts } from './renderer.ts'

/** So many of a feed's articles are shown, the newest. */
const mostShown = 20

/**
 * @returns undefined when there is no such feed
 * @throws QueryError
 * @throws SearchUnavailable
 */
export async function feedPage(
  key: DocumentKey,
  selection: Selection,
  sources: PageSources,
): Promise<PageParts | undefined> {
  const { config } = sources
  const { channel, format, archive } = key
  const selected = await selection.select(channel, archive)
  if (!selected) return undefined
  const { record, listed } = selected
  const { title, description, pageUrl, language } = describeChannel(record, listed, config)
  const heading = channelName(record) || config.siteTitle
  const entries = await entriesOf(listed.slice(0, mostShown), sources)
  const { addresses, readers } = subscribing(channel, config)
  const { words, say, either } = wordingIn(config.language)
  const address = config.baseUrl + documentPath({ channel, format })
  return {
    head: {
      title: say(words.feedTitle, { name: heading }),
      description,
      isIndexed: false,
      canonical: pageUrl,
      alternates: alternatesOf(channel, title, config),
      scripts: ['copy.js'],
    },
    data: {
      heading,
      language,
      description,
      format: format.name,
      archive,
      address,
      others: either(
        addresses
          .filter(({ url }) => url !== address)
          .map(({ name, path }) => `<a href="${basePath(config)}${path}">${name}</a>`),
      ),
      readers,
      pagePath: pagePath(channel),
      entries,
      more: listed.length - entries.length,
    },
  }
}
