/** Elements that libraries make players of, for films of others. */
import type { Attributes } from '../html.ts'
import { wordSet } from '../text.ts'
import { type StartTag, startTag } from './edit-html.ts'

/** The attribute with the number of a film, and the address before that. */
export const players: ReadonlyMap<string, readonly [attribute: string, address: string]> = new Map([
  ['lite-youtube', ['videoid', 'https://www.youtube.com/watch?v=']],
  ['amp-youtube', ['data-videoid', 'https://www.youtube.com/watch?v=']],
  ['lite-vimeo', ['videoid', 'https://vimeo.com/']],
  ['amp-vimeo', ['data-videoid', 'https://vimeo.com/']],
  ['amp-dailymotion', ['data-videoid', 'https://www.dailymotion.com/video/']],
  ['amp-twitter', ['data-tweetid', 'https://twitter.com/i/web/status/']],
  ['amp-instagram', ['data-shortcode', 'https://www.instagram.com/p/']],
])
/** Attributes of any element that scripts put a film of YouTube into. */
const youtubeIds = wordSet(
  'data-youtube-id data-youtube data-youtubeid data-ytid data-yt-id data-youtube-video-id',
)

/** What a library makes into a player, as the frame that this is. */
export function playerIn({ name, attributes }: StartTag): string | undefined {
  const [attribute = '', before = 'https://www.youtube.com/watch?v='] = players.get(name) ?? []
  const id = attributes[attribute] ?? firstId(attributes)
  if (id === undefined || !/^[\w-]+$/.test(id)) return undefined
  const { title = attributes.playlabel, style = '' } = attributes
  const [, poster] = /url\(["']?([^"')]+)/.exec(style.slice(0, 2000)) ?? []
  return `${startTag('iframe', { src: before + id, title, poster })}</iframe>`
}

export const firstId = (attributes: Attributes) =>
  Iterator.from(youtubeIds)
    .map((one) => attributes[one])
    .find((id) => /^[\w-]{11}$/.test(id ?? ''))
