/** Pictures and films that a page's scripts load late: where they are, and how they are written at once. */
import type { Attributes } from '../html.ts'
import { isPicture, mediaKind } from '../media-kinds.ts'
import { escapeText, wordSet } from '../text.ts'
import { startTag } from './edit-html.ts'
import { isAddress, largest } from './picture-sizes.ts'

/** Where scripts find the address of what loads late; the likeliest first. */
const lateNames = wordSet(`
  data-src data-lazy-src data-original data-lazy data-ll-src data-lazyload data-lazyload-src data-orig-src
  data-original-src data-real-src data-actualsrc data-echo data-img-src data-litespeed-src data-cmp-src
  data-cookieblock-src data-consent-src data-src-cmplz
`)
const lateSets = wordSet(
  'data-srcset data-lazy-srcset data-original-set data-ll-srcset data-original-srcset',
)

/** What stays of a picture that is written anew; how a page shows it before it has loaded goes. */
const kept = wordSet('alt title width height hidden class lang dir')

/** A picture that stands for another: of one colour or of one pixel. */
const placeholder =
  /^(?:|data:[\s\S]*|about:.*|#.*|(?:.*[/_.-])?(?:blank|spacer|placeholder|transparent|pixel|lazy|lazyload|loading|loader|1x1|trans|clear)[^/]{0,40}\.(?:gif|png|svg))$/i

export const isPlaceholder = (address: string) => placeholder.test(address.slice(0, 500))

/** The first of the attributes that has an address. */
const firstAddress = (attributes: Attributes, names: Iterable<string>) =>
  Iterator.from(names)
    .map((name) => attributes[name])
    .find(isAddress)

export const lateAddress = (attributes: Attributes) => firstAddress(attributes, lateNames)

/** Where a picture is once it has loaded; the empty text where that is nowhere. */
export function pictureAddress(attributes: Attributes, sizes: readonly string[]): string {
  const { src = '', srcset = '' } = attributes
  const late = lateAddress(attributes) ?? largest([firstAddress(attributes, lateSets) ?? ''])
  if (late !== '') return late
  if (!isPlaceholder(src.trim())) return src
  const other = largest([srcset]) || largest(sizes)
  return other || (otherPicture(attributes) ?? src)
}

/** An address of a picture in an attribute of which nobody has told us. */
const otherPicture = (attributes: Attributes) =>
  Object.entries(attributes)
    .filter(([name, value]) => name.startsWith('data-') && isAddress(value))
    .find(([, value]) => isPicture(value.slice(0, 2000)))?.[1]

/** A picture, or what is written like one. */
export function plainPicture(attributes: Attributes, address: string): string {
  const kind = mediaKind(address)
  const { alt = '' } = attributes
  const link = (text: string) => `${startTag('a', { href: address })}${escapeText(text)}</a>`
  if (kind === 'document' || kind === 'session')
    return link(alt || (address.split('/').at(-1) ?? ''))
  const player = kind === 'film' ? 'video' : kind === 'sound' ? 'audio' : undefined
  if (player) return `${startTag(player, { src: address })}${alt && link(alt)}</${player}>`
  const others = Object.entries(attributes).filter(([name]) => kept.has(name))
  return startTag('img', { src: address, ...Object.fromEntries(others) })
}

export const withoutLate = (attributes: Attributes) =>
  Object.fromEntries(Object.entries(attributes).filter(([name]) => /^[a-z]+$/.test(name)))
