import type { Document } from '../channels/document.ts'
import type { Coding } from '../channels/encodings.ts'
import { feedFormats } from '../channels/feed-formats.ts'
import { anyOrigin } from './any-origin.ts'
import { forEver } from './caching.ts'
import { etagHeader } from './conditional.ts'
import { type Coded, contentHeaders } from './content-coding.ts'
import { longestHeader, longestOwnLink, longestSelf } from './limits.ts'
import { feedVary } from './negotiation.ts'

const ofAnyOrigin = Object.entries(anyOrigin).flat()

/** Made once for a document: it is the longest of them. */
const links = new WeakMap<Document, string>()

/** The headers of a document in a coding: names and values in turn. */
interface Heads {
  readonly etag: string
  readonly whole: readonly string[]
  /** Of a 304. */
  readonly unchanged: readonly string[]
  /** Bytes: a coding may be made anew, and better. */
  readonly length: number
}

/** Made once for a document and a coding. */
const known = new WeakMap<Document, Partial<Record<Coding, Heads>>>()

/**
 * @param url absolute
 * @param usualCaching the `Cache-Control` of what may change
 */
export function headsOf(
  document: Document,
  coded: Coded,
  url: string,
  usualCaching: string,
): Heads {
  const ofDocument = known.get(document) ?? {}
  const heads = ofDocument[coded.coding]
  if (heads?.length === coded.bytes.length) return heads
  const unchanged = feedHeaders(document, coded, url)
  unchanged.push('Cache-Control', document.isFull ? forEver : usualCaching, 'Vary', feedVary)
  const whole = [...unchanged, ...contentHeaders(document.format.contentType, coded)]
  const etag = etagHeader(document.etag, coded.coding)
  const made = { etag, whole, unchanged, length: coded.bytes.length }
  known.set(document, { ...ofDocument, [coded.coding]: made })
  return made
}

/**
 * What stands above a feed, its delta and a 304: a flat list of names and values is what Node writes fastest.
 * @param url absolute
 */
export function feedHeaders(document: Document, { coding }: Coded, url: string): string[] {
  const link = links.get(document) ?? linkTo(document, url)
  links.set(document, link)
  return [
    'ETag',
    etagHeader(document.etag, coding),
    'Last-Modified',
    document.lastModified,
    ...(link === '' ? [] : ['Link', link]),
    ...document.keys,
    'Access-Control-Allow-Origin',
    '*',
    'Access-Control-Expose-Headers',
    'ETag, IM, Link',
    ...ofAnyOrigin,
    'X-Content-Type-Options',
    'nosniff',
  ]
}

/**
 * The document in every format (RFC 8288), and its hubs (W3C WebSub §4): where that would be too long, as a search stands
 * in it once for each format, the document itself and its hubs.
 * @returns '' where that is too long as well; the document says it inside
 */
export function linkTo({ format, hubs }: Pick<Document, 'format' | 'hubs'>, url: string): string {
  const [place = '', query] = url.split('?')
  const folder = place.slice(0, place.lastIndexOf('/') + 1)
  const rest = query === undefined ? '' : `?${query}`
  const formats = feedFormats.map((one) => {
    const rel = one.fileName === format.fileName ? 'self' : 'alternate'
    return `<${folder}${one.fileName}${rest}>; rel="${rel}"; type="${one.mediaType}"`
  })
  const hubLinks = hubs.map((hub) => `<${hub}>; rel="hub"`)
  const all = [...formats, ...hubLinks].join(', ')
  if (all.length <= longestHeader) return all
  const own = [`<${url}>; rel="self"`, ...hubLinks].join(', ')
  const isShort = url.length <= longestSelf && own.length <= longestOwnLink
  return hubs.length > 0 && isShort ? own : ''
}
