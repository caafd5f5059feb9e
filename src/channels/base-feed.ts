import { Feed } from 'feed'
import type { Article } from '../article.ts'
import type { Config } from '../config.ts'
import { articleUrl, type Channel } from './channel.ts'

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
    language: channel.language,
    updated: new Date(channel.updated),
    copyright: `© ${config.publisher.name}`,
    generator: 'Newsstand',
  })
}

/**
 * A feed of this article alone: its item is the same in every channel, and rendered once.
 * Categories and authors are not given to the library: it does not escape them. Its texts are not,
 * since they are long, and would be written, read and written again.
 */
export function baseItem(article: Article, config: Config): Feed {
  const feed = new Feed({ id: '', title: '', copyright: '', updated: new Date(article.updated) })
  feed.addItem({
    title: article.title,
    id: article.id,
    link: articleUrl(article, config),
    date: new Date(article.updated),
    published: new Date(article.published),
  })
  return feed
}
