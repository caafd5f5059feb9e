/** Addresses that tags state, and links to them. */
import { isServedName } from '../../../media-kinds.ts'
import { escapeAttribute, escapeText, wordSet } from '../../../text.ts'
import { nameLink } from '../../file-link.ts'
import type { Parameters } from './shortcode-parameters.ts'

/** Whether it is a whole address. */
export const isAddress = (text: string) => /^https?:\/\//i.test(text)

/** An attribute of HTML, where it has a value. */
export const attribute = (name: string, value: string | undefined) =>
  value ? ` ${name}="${escapeAttribute(value)}"` : ''

/** An address of a film's player. */
const isPlayer = (address: string) =>
  /^https?:\/\/(?:[\w-]+\.)*(?:youtube(?:-nocookie)?\.com\/embed\/|player\.vimeo\.com\/video\/)/i.test(
    address,
  )

/** A link to what a site shows in a way of its own; a film's player stays one. */
export const linkOfAddress = (address: string, words?: string): string =>
  isPlayer(address)
    ? `<iframe src="${escapeAttribute(address)}"${attribute('title', words)}></iframe>`
    : link(address, words)

/** A link to an address, which it shows where there are no words for it. */
export const link = (address: string, words = address.replace(/^https?:\/\/(?:www\.)?/, '')) =>
  `<a href="${escapeAttribute(address)}">${escapeText(words)}</a>`

/** Tags that name the file of an article, with the place in it: `second.md#more`. */
const fileTags = wordSet('ref relref post_url link')

/** The address in place of a tag that is one, or undefined. @param name in small letters */
export function addressOfTag(name: string, { named, inOrder }: Parameters): string | undefined {
  const target = named('path') ?? inOrder[0]
  if (!target || !fileTags.has(name)) return undefined
  // Jekyll links to files of other kinds with the same tag.
  if (name === 'link' && isServedName(target)) return `/${encodeURI(target.replace(/^\//, ''))}`
  const [file = '', fragment = ''] = target.split('#', 2)
  return nameLink(file, fragment)
}

/** The file that a tag of unknown meaning names, where only an address can stand. */
export const fileOfTag = ({ inOrder }: Parameters): string | undefined =>
  inOrder.find((one) => /^[^\s<>"']*\/[^\s<>"']*$|\.\w{2,4}$/.test(one))?.replace(/\s/g, '%20')

/** The address that a tag of unknown meaning names, as a link; else what is said of what it shows. */
export function linkOfTag({ named, inOrder }: Parameters): string {
  const stated = named('url', 'href', 'link')
  const address = stated?.startsWith('/')
    ? stated
    : [stated, named('src'), ...inOrder].find((one) => one && isAddress(one))
  if (!address) return ''
  const shown = link(address, named('title', 'text', 'name') ?? wordsBehind(address, inOrder))
  const more = named('description', 'desc') ?? ''
  return /\s|\P{ASCII}{2}/u.test(more) ? `${shown} ${escapeText(more)}` : shown
}

/** The words behind an address, or else before it, if they are some, and not what a program is told. */
function wordsBehind(address: string, inOrder: readonly string[]): string | undefined {
  const at = inOrder.indexOf(address)
  const words = inOrder.slice(at + 1).join(' ') || (inOrder[at - 1] ?? '')
  return /\p{L}{2}.*\s.*\p{L}{2}|\P{ASCII}{2}|^\p{Lu}\p{L}/u.test(words) ? words : undefined
}
