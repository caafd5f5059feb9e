import type { Words } from '../words/en.ts'

/** Feed readers that can be told of a feed by a link. @param feedUrl absolute */
export function readerLinks(feedUrl: string, { appHere }: Words) {
  const address = encodeURIComponent(feedUrl)
  return [
    { name: 'Feedly', href: `https://feedly.com/i/subscription/feed/${address}` },
    { name: 'Inoreader', href: `https://www.inoreader.com/?add_feed=${address}` },
    { name: 'NewsBlur', href: `https://www.newsblur.com/?url=${address}` },
    {
      name: 'The Old Reader',
      href: `https://theoldreader.com/feeds/subscribe?url=${address}`,
    },
    { name: 'Feedbin', href: `https://feedbin.com/?subscribe=${address}` },
    { name: appHere, href: `feed:${feedUrl}` },
  ]
}
