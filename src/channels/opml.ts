import type { CatalogueReader, ChannelRecord } from '../catalogue/catalogue.ts'
import { allTermKinds, type TermKind } from '../catalogue/channel-kinds.ts'
import type { Config } from '../config.ts'
import { wordingIn } from '../words/wording.ts'
import { channelName } from './channel.ts'
import { describeChannel } from './describe.ts'
import { documentPath } from './document.ts'
import { usualFormat } from './feed-formats.ts'
import { siteRecord } from './selection.ts'
import { buildXml, type Element } from './xml.ts'

export const opmlType = 'text/x-opml; charset=utf-8'

/** More channels of a kind than anybody subscribes to. */
const mostChannels = 10_000

/** Every channel, as readers import subscriptions: OPML 2.0 (opml.org/spec2.opml). */
export async function opml(catalogue: CatalogueReader, config: Config): Promise<string> {
  const whole = await siteRecord(catalogue)
  const { words, say } = wordingIn(config.language)
  const group = async (kind: TermKind) => {
    const records = await catalogue.channels(kind, mostChannels)
    const outline = records.map((record) => outlineOf(record, config))
    return outline.length > 0 ? [{ $: { text: words.kinds[kind].many }, outline }] : []
  }
  const groups = await Promise.all(allTermKinds.map(group))
  return buildXml({
    opml: {
      $: { version: '2.0' },
      head: {
        title: say(words.feedsOf, { name: config.siteTitle }),
        dateModified: new Date(whole.changed).toUTCString(),
        ownerName: config.publisher.name,
        ownerId: config.publisher.url,
      },
      body: { outline: [outlineOf(whole, config), ...groups.flat()] },
    },
  })
}

function outlineOf(record: ChannelRecord, config: Config): Element {
  const { title, description, pageUrl } = describeChannel(record, [], config)
  return {
    $: {
      type: 'rss',
      text: channelName(record) || title,
      title,
      description,
      xmlUrl: config.baseUrl + documentPath({ channel: record, format: usualFormat }),
      htmlUrl: pageUrl,
    },
  }
}
