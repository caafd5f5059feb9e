/**
 * Pictures of the articles folder in sizes that fit: which there are, and how a page offers them to browsers. They are
 * made when somebody asks for one (server/fitted-pictures.ts).
 */
import { createRequire } from 'node:module'
import type { Image } from '../article.ts'
import { attempt } from '../attempt.ts'
import type { Change } from '../html.ts'
import { isEmbedded } from '../intake/embedded-pictures.ts'
import { mediaType } from '../intake/media-files.ts'
import { mediaRoot } from '../media-kinds.ts'

/** Pixels. No others are made: whoever asks for one after the other fills no disk. */
const widths: readonly number[] = [160, 320, 640, 960, 1280, 1920]

/** The smaller first: a browser takes the first that it can show. */
const formats = ['avif', 'webp'] as const

/** Of pictures in the text, whose size a page does not know: two pixels of a good screen for each of the column's. */
const widthInText = 1280

export interface Fitting {
  readonly width: number
  readonly format: (typeof formats)[number]
}

/** Of the same picture in one format, for a `source` element. */
export interface PictureSource {
  readonly type: string
  readonly sizes: readonly { readonly path: string; readonly width: number }[]
}

const query = ({ width, format }: Fitting) => `?width=${width}&as=${format}`

/** What an address asks for; undefined where it is the picture itself, or a size that nobody makes. */
export function fittingOf(url: string): Fitting | undefined {
  const [, width = '', as] = /^[^?]*\?width=([1-9]\d{1,4})&as=([a-z]+)$/.exec(url) ?? []
  const format = formats.find((one) => one === as)
  return format && widths.includes(Number(width)) ? { width: Number(width), format } : undefined
}

/** Of an animation each picture would be needed, and a drawing fits as it is. */
const canFit = (type: string | undefined) => /^image\/(?:jpeg|png|webp|avif)$/.test(type ?? '')

let isFound: boolean | undefined

/** Whether anybody makes them here: the package is optional. It is looked for when a page shows the first picture. */
function isInstalled(): boolean {
  isFound ??= attempt(() => createRequire(import.meta.url).resolve('sharp')) !== undefined
  return isFound
}

/**
 * @param path root-relative, of a picture of ours
 * @param width its own, in pixels; none is made larger
 * @returns none where the picture is best as it is
 */
export function fittingSources(
  path: string,
  { type, width }: Pick<Image, 'type' | 'width'>,
): readonly PictureSource[] {
  if (width === undefined || !canFit(type) || isInDocument(path) || !isInstalled()) return []
  // The first that is no smaller than the picture is as wide as that.
  const useful = widths.filter((_, n) => n === 0 || (widths[n - 1] ?? 0) < width)
  return formats.map((format) => ({
    type: `image/${format}`,
    sizes: useful.map((one) => ({
      path: path + query({ width: one, format }),
      width: Math.min(one, width),
    })),
  }))
}

/** It is sent out of the document as it is. */
const isInDocument = (path: string) =>
  attempt(() => isEmbedded(decodeURIComponent(path.slice(mediaRoot.length)))) ?? true

/** Offers the pictures in an article's HTML in a size that fits. @param base the path of BASE_URL */
export const fitPictures =
  (base: string): Change =>
  (next) => ({
    open(name, attributes) {
      const sources = name === 'img' ? sourcesInText(base, attributes.src ?? '') : []
      if (sources.length > 0) next.open('picture', {})
      for (const source of sources) {
        next.open('source', source)
        next.close('source')
      }
      next.open(name, attributes)
      if (sources.length > 0) next.close('picture')
    },
    close: (name) => next.close(name),
    text: (text) => next.text(text),
  })

function sourcesInText(base: string, src: string) {
  const [path = '', ...others] = src.split(/(?=[?#])/)
  const isOwn = others.length === 0 && path.startsWith(base + mediaRoot)
  const canBeFitted = isOwn && canFit(mediaType(path)) && !isInDocument(path.slice(base.length))
  if (!canBeFitted || !isInstalled()) return []
  return formats.map((format) => ({
    type: `image/${format}`,
    srcset: path + query({ width: widthInText, format }),
  }))
}
