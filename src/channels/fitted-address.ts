/** Addresses of pictures of the articles folder in other sizes, and what each asks for (server/fitted-pictures.ts). */
import { extname } from 'node:path'
import { attempt } from '../attempt.ts'
import { isEmbedded } from '../intake/embedded-pictures.ts'
import { mediaRoot } from '../media-kinds.ts'

/** Pixels. No others are made: whoever asks for one after the other fills no disk. */
export const fittedWidths: readonly number[] = [160, 320, 640, 960, 1280, 1920]

/** What pages offer to browsers, the smaller first: one takes the first that it can show. */
export const browserFormats = ['avif', 'webp'] as const

/** So wide is the one in a format that every program reads: feeds, previews and crawlers have one address for all. */
export const plainWidth = 1280

/** That format, by the ending of the picture's name. */
const plainFormats = new Map([
  ['.jpg', 'jpeg' as const],
  ['.jpeg', 'jpeg' as const],
  ['.png', 'png' as const],
  ['.webp', 'jpeg' as const],
  ['.avif', 'jpeg' as const],
])

export interface Fitting {
  readonly width: number
  readonly format: (typeof browserFormats)[number] | 'jpeg' | 'png'
}

/** Of an animation each picture would be needed, and a drawing fits as it is. @param type a media type */
export const canFit = (type: string | undefined) =>
  /^image\/(?:jpeg|png|webp|avif)$/.test(type ?? '')

/** Whether the picture at this path, root-relative, is sent out of a document: as it is. */
export const isInDocument = (path: string) =>
  attempt(() => isEmbedded(decodeURIComponent(path.slice(mediaRoot.length)))) ?? true

/** @param path of a picture that `canFit`, without a query */
export const fittedAddress = (path: string, { width, format }: Fitting) =>
  `${path}?width=${width}&as=${format}`

/** In the format that every program reads, which the address leaves out: an "&" in it would be written as five signs. */
export const plainAddress = (path: string) => `${path}?width=${plainWidth}`

/** The format of what is made for a plain address; undefined where nothing is. */
export const plainFormat = (path: string) => plainFormats.get(extname(path).toLowerCase())

/**
 * What an address asks for; undefined where it is the picture itself, or a size that nobody makes. Of several widths
 * the first counts, and what others have written behind the address (`utm_source`) counts for nothing.
 */
export function fittingOf(url: string): Fitting | undefined {
  const [, path = '', query = ''] = /^([^?]*)\?(.*)$/s.exec(url) ?? []
  const asked = new URLSearchParams(query)
  const width = fittedWidths.find((one) => String(one) === asked.get('width'))
  if (width === undefined) return undefined
  const as = asked.get('as')
  const isPlain = as === null && width === plainWidth
  const format = isPlain ? plainFormat(path) : browserFormats.find((one) => one === as)
  return format && { width, format }
}
