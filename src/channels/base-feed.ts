import { Feed } from 'feed'
import type { Article } from '../article.ts'
import type { Config } from '../config.ts'
import { articleUrl, type Channel } from './channel.ts'
import { contentHtml, summaryHtml } from './item.ts'

/**
 * The channel in the `feed` library, with what that library gets right in all three formats. The
 * renderers add the rest. Categories and authors are not given to it: it does not escape them.
 */
export function baseFeed(
  channel: Channel,
  articles: readonly Article[],
  config: Config,
  self: string,
): Feed {
  const feed = new Feed({
    id: channel.pageUrl,
    title: channel.title,
    description: channel.description,
    link: channel.pageUrl,
    feed: self,
    language: config.language,
    updated: new Date(channel.updated),
    copyright: `© ${config.publisher.name}`,
    generator: 'Newsstand',
  })
  for (const article of articles) {
    feed.addItem({
      title: article.title,
      id: article.id,
      link: articleUrl(article, config),
      date: new Date(article.updated),
      published: new Date(article.published),
      content: contentHtml(article, config),
      // RSS readers and validators expect it before the content, so it is never left out.
      description: summaryHtml(article),
    })
  }
  return feed
}
