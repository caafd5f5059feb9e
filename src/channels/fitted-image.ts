/**
 * Pictures of the articles folder as feeds and previews name them: a photograph in a size that fits, and not as the camera
 * has written it. What that address answers depends on the server, which may have to send the photograph itself: so
 * nothing is said of it that would be wrong then.
 */
import type { Image } from '../article.ts'
import type { Attributes, Change } from '../html.ts'
import { mediaType } from '../intake/media-files.ts'
import { mediaRoot } from '../media-kinds.ts'
import { canFit, isInDocument, plainAddress, plainFormat, plainWidth } from './fitted-address.ts'

/** The lead picture, with what is known of what its address answers. */
export function namedImage(image: Image): Image {
  const { url, type, width, height: _, length: __, ...words } = image
  if (url === undefined || !isWide(url, type, width)) return image
  // Of another format the photograph itself has another type.
  const isSame = type === `image/${plainFormat(url)}`
  return { ...words, url: plainAddress(url), ...(isSame && { type }) }
}

/** The same for an `<img>`, whose width and height are those that it is shown with. */
export function shownImage(image: Image): Image {
  const { width, height } = image
  const named = namedImage(image)
  return named === image ? image : { ...named, ...shownSize(width, height) }
}

/** Pictures in safe HTML whose addresses are root-relative. */
export const fitInText: Change = (next) => ({
  open: (name, attributes) => next.open(name, name === 'img' ? fitted(attributes) : attributes),
  close: (name) => next.close(name),
  text: (text) => next.text(text),
})

function fitted(attributes: Attributes): Attributes {
  const { src = '', width, height } = attributes
  if (/[?#]/.test(src) || !isWide(src, mediaType(src), Number(width))) return attributes
  const size = shownSize(Number(width), Number(height) || undefined)
  const written = Object.entries(size).map(([name, value]) => [name, String(value)])
  return { ...attributes, src: plainAddress(src), ...Object.fromEntries(written) }
}

const isWide = (path: string, type: string | undefined, width: number | undefined) =>
  path.startsWith(mediaRoot) &&
  canFit(type) &&
  plainFormat(path) !== undefined &&
  (width ?? 0) > plainWidth &&
  !isInDocument(path)

const shownSize = (width = plainWidth, height?: number) => ({
  width: plainWidth,
  ...(height && { height: Math.round((height * plainWidth) / width) }),
})
