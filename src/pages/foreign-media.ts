/** What an article's HTML would load from other sites becomes a link: no page of ours does that. */
import type { Article } from '../article.ts'
import { isOurs } from '../channels/content-html.ts'
import { type Attributes, type Change, readHtml } from '../html.ts'
import type { Words } from '../words/en.ts'

/** An audio or video element that is being read: what is in it tells what becomes of it. */
interface Player {
  readonly name: string
  readonly attributes: Attributes
  readonly urls: string[]
  /** What is in it, to be passed on if it stays. */
  readonly inside: (() => void)[]
}

/** Expects root-relative addresses of our own. */
export const linkForeignMedia =
  ({ image, recording, video }: Words): Change =>
  (next) => {
    const kinds: Readonly<Record<string, string>> = { img: image, audio: recording, video }
    let links = 0
    const players: Player[] = []

    /** Passes on, or keeps what is in a player until it is known whether that stays. */
    function pass(piece: () => void): void {
      const player = players.at(-1)
      if (player) player.inside.push(piece)
      else piece()
    }

    function link(name: string, { alt }: Attributes, url: string): void {
      const words = `${alt || kinds[name]} (${hostOf(url)})`
      // A link in a link is two.
      const isLinked = links > 0
      pass(() => {
        if (!isLinked) next.open('a', { href: url, rel: 'noopener' })
        next.text(words)
        if (!isLinked) next.close('a')
      })
    }

    function end(player: Player): void {
      const { name, attributes, urls, inside } = player
      const [first] = urls
      if (first !== undefined && !urls.every(isOurs)) link(name, attributes, first)
      else {
        pass(() => next.open(name, attributes))
        for (const piece of inside) pass(piece)
        pass(() => next.close(name))
      }
    }

    return {
      open(name, attributes) {
        const { src, poster } = attributes
        if (name === 'a') links += 1
        if (name === 'audio' || name === 'video') {
          const { poster: _, ...others } = attributes
          const shown = poster !== undefined && !isOurs(poster) ? others : attributes
          players.push({
            name,
            attributes: shown,
            urls: src === undefined ? [] : [src],
            inside: [],
          })
        } else if (name === 'img' && src !== undefined && !isOurs(src)) link(name, attributes, src)
        else {
          if (name === 'source' && src !== undefined) players.at(-1)?.urls.push(src)
          pass(() => next.open(name, attributes))
        }
      },
      close(name) {
        if (name === 'a') links -= 1
        const player = name === 'audio' || name === 'video' ? players.pop() : undefined
        if (player) end(player)
        else pass(() => next.close(name))
      },
      text: (text) => pass(() => next.text(text)),
    }
  }

/** Whose pictures an article has that a page of ours shows as links only, each host once. */
export function foreignHosts({ image, content }: Pick<Article, 'image' | 'content'>): string[] {
  const urls = image?.url === undefined ? [] : [image.url]
  if (content.includes('<img ')) {
    const open = (name: string, { src }: Attributes) => {
      if (name === 'img' && src !== undefined) urls.push(src)
    }
    readHtml(content, { open, close: () => {}, text: () => {} })
  }
  return [...new Set(urls.filter((url) => !isOurs(url)).map(hostOf))]
}

const hostOf = (url: string) => (URL.canParse(url) ? new URL(url).host : url)
