/** What stands below a story and is no more of it, and calls to follow its site. */
import type { Block } from './story-blocks.ts'
import {
  aboutAuthor,
  appeared,
  asksToJoin,
  calls,
  channelHosts,
  closings,
  keywords,
  linkedKeywords,
  neighbours,
  notices,
  ofOurs,
  requests,
} from './story-endings.ts'
import { isTold } from './story-told.ts'

/** What is no text below it though it may be as long as a paragraph. */
export function isEnding({ kind, element, text, size, linked }: Block): boolean {
  if (kind !== 'paragraph' || text === '' || element.querySelector('img')) return false
  return (
    closings.test(text) ||
    keywords.test(text) ||
    notices.test(text) ||
    appeared.test(text) ||
    (requests.test(text) && !isTold(text)) ||
    (linked > 0 && calls.test(text)) ||
    (linked > 0 && linked * 2 >= size && (neighbours.test(text) || linkedKeywords.test(text)))
  )
}

const longestCall = 250

/** To follow the site in a channel of its own, with a link to that. */
export function isToJoin({ element, text, linked }: Block): boolean {
  if (linked === 0 || text.length > longestCall) return false
  if (!asksToJoin.test(text) || !ofOurs.test(text)) return false
  const urls = [...element.querySelectorAll('a[href]')].map((link) => link.getAttribute('href'))
  return urls.some((url) => channelHosts.test(url ?? ''))
}

/** A life is no longer. */
const longestLife = 1000
const mostOfLife = 6

/** The blocks of the story, and those of the life of who wrote below it. */
export function withoutLife(blocks: readonly Block[]) {
  const at = blocks.findLastIndex(
    ({ kind, text }) => (kind === 'heading' || kind === 'paragraph') && aboutAuthor.test(text),
  )
  const life = at === -1 ? [] : blocks.slice(at)
  const size = sizeOf(life)
  const isLife = life.length > 0 && life.length <= mostOfLife && size <= longestLife
  if (!isLife || size * 3 > sizeOf(blocks)) return { blocks, life: [] }
  return { blocks: blocks.slice(0, at), life }
}

const sizeOf = (blocks: readonly Block[]) => blocks.reduce((sum, { size }) => sum + size, 0)
