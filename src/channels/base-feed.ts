import { Feed } from 'feed'
import type { Config } from '../config.ts'
import type { Channel } from './channel.ts'
import { feedLanguage } from './feed-language.ts'

/**
 * The channel without articles in the `feed` library, with what that library gets right in all
 * three formats. The renderers add the rest.
 */
export function baseFeed(channel: Channel, config: Config, self: string): Feed {
  return new Feed({
    id: channel.id,
    title: channel.title,
    description: channel.description,
    link: channel.pageUrl,
    feed: self,
    language: feedLanguage(channel.language),
    updated: new Date(channel.updated),
    copyright: config.copyright,
    generator: 'Newsstand',
  })
}
