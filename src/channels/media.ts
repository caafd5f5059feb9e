/** Media RSS (rssboard.org/media-rss), the same in RSS and Atom. */
import type { Article } from '../article.ts'
import type { Config } from '../config.ts'
import { absoluteUrl } from './item.ts'
import type { Element } from './xml.ts'

export const mediaNamespace = { 'xmlns:media': 'http://search.yahoo.com/mrss/' }

/** The lead image as elements of an item or entry; none where its address is not known. */
export function mediaElements({ image }: Article, config: Config): Element {
  if (!image?.url) return {}
  const { type, length, width, height, caption, credit } = image
  const url = absoluteUrl(image.url, config)
  const size = { ...(width && { width }), ...(height && { height }) }
  return {
    'media:content': {
      $: {
        url,
        medium: 'image',
        ...(type && { type }),
        ...(length && { fileSize: length }),
        ...size,
      },
      ...(caption && { 'media:description': { $: { type: 'plain' }, _: caption } }),
      ...(credit && {
        'media:credit': { $: { role: 'photographer', scheme: 'urn:ebu' }, _: credit },
      }),
    },
    // What podcast readers take for the picture of an episode, and not for its file.
    'media:thumbnail': { $: { url, ...size } },
  }
}
