import type { Document } from '../channels/document.ts'
import { feedFormats } from '../channels/feed-formats.ts'
import { anyOrigin } from './any-origin.ts'
import { etagHeader } from './conditional.ts'
import type { Coded } from './content-coding.ts'
import { longestHeader, longestOwnLink, longestSelf } from './limits.ts'

const ofAnyOrigin = Object.entries(anyOrigin).flat()

/** Made once for a document: it is the longest of them. */
const links = new WeakMap<Document, string>()

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
function linkTo({ format, hubs }: Document, url: string): string {
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
