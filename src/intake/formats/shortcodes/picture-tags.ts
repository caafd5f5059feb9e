/** Tags that show a picture. */
import { isPicture } from '../../../media-kinds.ts'
import { escapeAttribute } from '../../../text.ts'
import { placedAnywhere } from '../../media-places.ts'
import type { Parameters } from './shortcode-parameters.ts'
import { creditOf } from './tag-captions.ts'
import type { Inline, Kind } from './tag-kind.ts'
import { attribute, isAddress } from './tag-links.ts'

/** Hugo's figures have their title above the caption. */
export const figure: Kind = (parameters, inline) =>
  picture(parameters, inline, parameters.named('title'))

/** In includes a title is what a picture shows, or what is told of it under a pointer: no site shows it as a caption. */
export const includedPicture: Kind = (parameters, inline) => picture(parameters, inline, undefined)

/** @param heading that stands with the caption */
function picture(
  { named, inOrder }: Parameters,
  inline: Inline,
  heading: string | undefined,
): string | undefined {
  const at = inOrder.findIndex((one) => isPicture(one) || isAddress(one) || one.startsWith('/'))
  const src = sourceOf(named) ?? inOrder[at]
  if (!src) return undefined
  const title = named('title')
  const caption = named('caption', 'figcaption', 'description', 'desc')
  const alt =
    named('alt') ??
    [...inOrder.slice(at + 1), ...inOrder.slice(0, Math.max(0, at))].find((one) =>
      /\s|\P{ASCII}/u.test(one),
    ) ??
    title ??
    caption
  const size = attribute('width', named('width')) + attribute('height', named('height'))
  const hint = attribute('title', heading || title === alt ? undefined : title)
  const image = `<img src="${escapeAttribute(src)}" alt="${escapeAttribute(alt ?? '')}"${hint}${size}>`
  const address = named('url')
  const link = named('link', 'href') ?? (address !== src ? address : undefined)
  const shown = link ? `<a href="${escapeAttribute(link)}">${image}</a>` : image
  const words = [
    heading && `<strong>${inline(heading)}</strong>`,
    caption && inline(caption),
    creditOf(named, inline),
  ].filter((part) => !!part)
  if (words.length === 0) return shown
  return `<figure>${shown}<figcaption>${words.join(' ')}</figcaption></figure>`
}

const sources = ['src', 'url', 'path', 'image', 'image_path', 'file', 'img', 'filename']
const otherSources = ['source', 'name', 'picture', 'photo', 'pic', 'thumbnail', 'image_url']

/** What is a picture by its ending, or else what is called the source of one. */
function sourceOf(named: Parameters['named']): string | undefined {
  const pictures = [...sources, ...otherSources].filter((name) => isPicture(named(name) ?? ''))
  return named(...pictures, ...sources)
}

/** A drawing that a site puts into the page. */
export const drawing: Kind = ({ named, inOrder }, inline) => {
  const stated = [named('src', 'path', 'file', 'name'), ...inOrder]
  const file = stated.find((one) => one && /\.svg$/i.test(one))
  if (!file) return undefined
  const src = isAddress(file) || /^[./]/.test(file) ? file : placedAnywhere(file)
  const words = (...names: string[]) => named(...names.filter((name) => name !== 'src'))
  return includedPicture({ named: words, inOrder: [src] }, inline)
}

/** @param name in small letters */
export const isPictureTag = (name: string) => /^(?:figure|image|img|picture|photo)/.test(name)

/**
 * With the text within the tag of a picture: it says what that shows, unless this is stated, or the tag is of
 * pictures with captions.
 * @param name in small letters
 */
export function withWords(name: string, { named, inOrder }: Parameters, words: string): Parameters {
  const isAlt = /^(?:image|img|picture|photo)$/.test(name) && !named('alt')
  const key = isAlt ? 'alt' : 'caption'
  return {
    inOrder,
    named: (...names) => named(...names) ?? (names.includes(key) ? words : undefined),
  }
}

/** Whatever a site calls it, what states a picture as its source shows that; a card has one beside its address. */
export const hasPicture = ({ named }: Parameters) =>
  isPicture(named('src') ?? '') ||
  (isPicture(named('image', 'img') ?? '') && !named('url', 'href', 'link'))

/** The picture that a tag of a site's own names among its words: `{% pierImage800 pier.png max-800 %}`. @param name in small letters */
export function pictureInOrder(
  name: string,
  { named, inOrder }: Parameters,
  inline: Inline,
): string | undefined {
  const at = inOrder.findIndex((one) => isPicture(one) && !/\s/.test(one))
  // Hexo takes all words behind the name and the size for one text.
  if (name === 'asset_img' && at !== -1) {
    const words = inOrder.slice(at + 1).filter((one) => !/^\d+%?$/.test(one))
    const isQuoted = words.some((one) => /\s/.test(one))
    const stated = isQuoted ? words.at(-1) : words.join(' ')
    const namedAlt: Parameters['named'] = (...names) =>
      named(...names) ?? (names.includes('alt') ? stated : undefined)
    return includedPicture({ named: namedAlt, inOrder: inOrder.slice(at, at + 1) }, inline)
  }
  if (at === -1 || !/ima?ge?|photo|pic|figure|cover|banner/.test(name)) return undefined
  return includedPicture({ named, inOrder }, inline)
}
