/** How a page offers browsers the pictures of the articles folder in sizes that fit. */
import { createRequire } from 'node:module'
import type { Image } from '../article.ts'
import { attempt } from '../attempt.ts'
import {
  browserFormats,
  canFit,
  fittedAddress,
  fittedWidths,
  isInDocument,
} from '../channels/fitted-address.ts'
import type { Attributes, Change } from '../html.ts'
import { mediaType } from '../intake/media-files.ts'
import { mediaRoot } from '../media-kinds.ts'

/** Of pictures in the text: as wide as the column, and two pixels of a good screen for each of its. */
const widthsInText = [640, 1280]
const columnSizes = '(min-width: 42.5rem) 40rem, 100vw'

/** Of the same picture in one format, for a `source` element. */
export interface PictureSource {
  readonly type: string
  readonly sizes: readonly { readonly path: string; readonly width: number }[]
}

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
  const useful = fittedWidths.filter((_, n) => n === 0 || (fittedWidths[n - 1] ?? 0) < width)
  return browserFormats.map((format) => ({
    type: `image/${format}`,
    sizes: useful.map((one) => ({
      path: fittedAddress(path, { width: one, format }),
      width: Math.min(one, width),
    })),
  }))
}

/** Offers the pictures in an article's HTML in a size that fits, when they come into view. @param base the path of BASE_URL */
export const fitPictures =
  (base: string): Change =>
  (next) => ({
    open(name, attributes) {
      if (name !== 'img') return next.open(name, attributes)
      const sources = sourcesInText(base, attributes)
      if (sources.length > 0) next.open('picture', {})
      for (const source of sources) {
        next.open('source', source)
        next.close('source')
      }
      next.open(name, { ...attributes, loading: 'lazy' })
      if (sources.length > 0) next.close('picture')
    },
    close: (name) => next.close(name),
    text: (text) => next.text(text),
  })

/** Where the page does not know how large one is shown, it has one size: by several, browsers would enlarge a small one. */
function sourcesInText(base: string, { src = '', width = '' }: Attributes) {
  const [path = '', ...others] = src.split(/(?=[?#])/)
  const isOwn = others.length === 0 && path.startsWith(base + mediaRoot)
  const canBeFitted = isOwn && canFit(mediaType(path)) && !isInDocument(path.slice(base.length))
  if (!canBeFitted || !isInstalled()) return []
  const isSized = /^[1-9]\d{0,4}$/.test(width)
  const widest = Math.max(...widthsInText)
  return browserFormats.map((format) => {
    const address = (one: number) => fittedAddress(path, { width: one, format })
    const type = `image/${format}`
    if (!isSized) return { type, srcset: address(widest) }
    const srcset = widthsInText.map((one) => `${address(one)} ${one}w`).join(', ')
    return { type, srcset, sizes: Number(width) < 640 ? `${width}px` : columnSizes }
  })
}
