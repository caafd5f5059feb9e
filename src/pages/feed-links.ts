/** The addresses of a channel's feeds, as people copy them. */
import type { ChannelKey } from '../catalogue/catalogue.ts'
import { documentPath } from '../channels/document.ts'
import { feedFormats, usualFormat } from '../channels/feed-formats.ts'
import type { Config } from '../config.ts'
import { wordingIn } from '../words/wording.ts'
import { readerLinks } from './readers.ts'
import type { Alternate } from './renderer.ts'

/** In every format, by path and as an absolute URL. */
export function addressesOf(channel: ChannelKey, { baseUrl }: Config) {
  return feedFormats.map((format) => {
    const path = documentPath({ channel, format })
    return { name: format.name, mediaType: format.mediaType, path, url: baseUrl + path }
  })
}

/** What a page offers to whoever wants to subscribe: readers take any format, and know RSS best. */
export const subscribing = (channel: ChannelKey, config: Config) => ({
  addresses: addressesOf(channel, config),
  readers: readerLinks(
    config.baseUrl + documentPath({ channel, format: usualFormat }),
    wordingIn(config.language).words,
  ),
})

/** @param title of the channel */
export function alternatesOf(channel: ChannelKey, title: string, config: Config): Alternate[] {
  return addressesOf(channel, config).map(({ name, mediaType, url }) => ({
    type: mediaType,
    title: `${title} (${name})`,
    href: url,
  }))
}
