/** Media RSS (rssboard.org/media-rss), the same in RSS and Atom. */
import type { Article } from '../article.ts'
import type { Config } from '../config.ts'
import { namedImage } from './fitted-image.ts'
import { absoluteUrl } from './item.ts'
import type { Element } from './xml.ts'

export const mediaNamespace = { 'xmlns:media': 'http://search.yahoo.com/mrss/' }

/**
 * The lead image as an element of an item or entry; none where its address is not known. `media:thumbnail` beside it
 * would have QuiteRSS and GNOME Feeds show the picture a second time.
 */
export function mediaElements(article: Article, config: Config): Element {
  const image = article.image && namedImage(article.image)
  if (!image?.url) return {}
  const { type, length, width, height, caption, credit } = image
  return {
    'media:content': {
      $: {
        url: absoluteUrl(image.url, config),
        medium: 'image',
        ...(type && { type }),
        ...(length && { fileSize: length }),
        ...(width && { width }),
        ...(height && { height }),
      },
      ...(caption && { 'media:description': { $: { type: 'plain' }, _: caption } }),
      ...(credit && {
        'media:credit': { $: { role: 'photographer', scheme: 'urn:ebu' }, _: credit },
      }),
    },
  }
}
