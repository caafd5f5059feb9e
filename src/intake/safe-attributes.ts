/** The attributes that elements of safe HTML have: where their addresses lead, and their ids. */
import type { Attributes } from '../html.ts'
import { anchorOf } from './anchors.ts'
import { elements } from './safe-elements.ts'
import { isUnseen } from './unseen.ts'

/**
 * What an address in HTML becomes: another address, or undefined when it has to go.
 * A link may lead anywhere; media is what a reader loads by itself.
 */
export type Resolve = (url: string, kind: 'link' | 'media') => string | undefined

/** RFC 9110 asks software to handle 8,000; looking at more would cost more than it brings. */
const longestUrl = 8000

export const schemes = { media: ['http', 'https'], link: ['http', 'https', 'mailto', 'tel'] }

/**
 * The attributes with an id that may stand on a page of ours, and that no element before had. What old
 * pages lead to is the name of a link.
 */
export function withAnchor(tagName: string, attribs: Attributes, ids: Set<string>): Attributes {
  const written = attribs.id ?? (tagName === 'a' ? attribs.name : undefined)
  if (written === undefined) return attribs
  const { id: _, ...others } = attribs
  const id = anchorOf(written)
  // A picture without an address has to go, and goes when it has no attribute at all.
  if (
    id === '' ||
    ids.has(id) ||
    !Object.hasOwn(elements, tagName) ||
    needsAddress(tagName, others)
  )
    return others
  ids.add(id)
  return { ...others, id }
}

/** Of a picture, in pixels. */
export interface PictureSize {
  readonly width: number
  readonly height: number
}

/** Of the picture at an address as `Resolve` gives it; undefined where nobody has measured it. */
export type SizeOf = (address: string) => PictureSize | undefined

const needsAddress = (tagName: string, { src }: Attributes) =>
  (tagName === 'img' || tagName === 'source') && !src

/** What is stated stays: it is how large the picture is to be shown. */
export function withSize(attribs: Attributes, sizeOf: SizeOf): Attributes {
  const { src, width, height } = attribs
  const size = src !== undefined && width === undefined && height === undefined && sizeOf(src)
  return size ? { ...attribs, width: String(size.width), height: String(size.height) } : attribs
}

/** @returns what the picture shows and nothing else when it is not where it should be, and nothing when it has to go */
export function pictureAttributes(attribs: Attributes, resolve: Resolve): Attributes {
  if (isUnseen(attribs)) return {}
  const resolved = withAddress(attribs, 'src', resolve)
  if (resolved.src) return resolved
  const { src, alt } = attribs
  return alt && addressIn(src, 'media') ? { alt } : {}
}

/** @returns no attributes at all when the address has to go */
export function mediaAttributes(attribs: Attributes, resolve: Resolve): Attributes {
  const resolved = withAddress(attribs, 'src', resolve)
  return resolved.src ? resolved : {}
}

/** A player that nobody can start is of no use, so it always shows its controls. */
export function playerAttributes(attribs: Attributes, resolve: Resolve): Attributes {
  const resolved = withAddress(withAddress(attribs, 'src', resolve), 'poster', resolve)
  return { ...resolved, controls: '' }
}

/** The side on which a column's words stand, as an attribute: feed readers drop styles, and so do our pages. */
export function cellAttributes(attribs: Attributes): Attributes {
  const { align = '', style = '', ...others } = attribs
  const [, styled] = /(?:^|;)\s*text-align\s*:\s*(\w+)/i.exec(style) ?? []
  const side = (styled ?? align).trim().toLowerCase()
  return sides.has(side) ? { ...others, align: side } : others
}

const sides = new Set(['left', 'center', 'right'])

/** The attributes with one address resolved, or without it. */
export function withAddress(
  attribs: Attributes,
  name: 'href' | 'src' | 'poster',
  resolve: Resolve,
): Attributes {
  const { [name]: written, ...others } = attribs
  const kind = name === 'href' ? 'link' : 'media'
  const url = addressIn(written, kind)
  const resolved = url && resolve(url, kind)
  return resolved ? { ...attribs, [name]: resolved } : others
}

/** An address that may be shown, if what is written is one. */
function addressIn(written: string | undefined, kind: keyof typeof schemes): string | undefined {
  // Browsers overlook line ends and control characters in addresses, as in `java\nscript:`.
  const url = (written ?? '').replace(/\p{Cc}/gu, '').trim()
  const isOne = url !== '' && url.length <= longestUrl && hasAllowedScheme(url, kind)
  return isOne ? url : undefined
}

/** An address without a scheme is relative, which is `resolve`'s to judge. */
function hasAllowedScheme(url: string, kind: keyof typeof schemes): boolean {
  const scheme = /^([a-z][a-z0-9+.-]*)\s*:/i.exec(url)?.[1]?.toLowerCase()
  return scheme === undefined || schemes[kind].includes(scheme)
}
