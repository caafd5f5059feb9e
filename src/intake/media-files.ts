/** Images and recordings that lie in the articles folder beside the articles. */
import { extname, posix } from 'node:path'
import { imageSize } from 'image-size'
import mime from 'mime'
import { attempt } from '../attempt.ts'
import { wordSet } from '../text.ts'
import { readBytes, useFile } from './open-file.ts'

/** The extensions we serve. SVG is not among them: it can carry script. */
const servable = wordSet('.jpg .jpeg .png .gif .webp .avif .mp3 .m4a .aac .ogg .oga .opus .wav')

export const isMediaName = (name: string) => servable.has(extname(name).toLowerCase())

/** The media type that a name stands for. */
export const mediaType = (name: string): string | undefined => mime.getType(name) ?? undefined

/** The path under which the server serves the folder's media. */
export const mediaRoot = '/media/'

export interface Media {
  /** Root-relative: `/media/…`. */
  readonly url: string
  readonly type: string
  /** Bytes. */
  readonly length: number
  /** Pixels, of images. */
  readonly width?: number
  readonly height?: number
}

/** Enough for the header of any image that image-size knows. */
const headerBytes = 256 * 1024

/**
 * What is known of a media file that an article names by a relative address, or by its path, encoded or as it is: a
 * name may have a %, # or ? in it.
 * @param root the articles folder, absolute, without symbolic links
 * @param articlePath of the article that names it, relative to the root
 * @returns undefined when it is not there, is of another kind, or lies outside the root
 */
export function findMedia(root: string, articlePath: string, reference: string): Media | undefined {
  const names = new Set([decoded(reference.replace(/[?#].*$/, '')), decoded(reference), reference])
  for (const name of names) {
    const path = pathBeside(articlePath, name)
    if (path === undefined || !isMediaName(path)) continue
    const found = attempt(() => describe(root, path))
    if (found) return found
  }
  return undefined
}

/** @throws the system's error, or that of what measures images */
const describe = (root: string, path: string): Media | undefined =>
  useFile(root, path, (file, { size }) => {
    if (size === 0) return undefined
    const url = mediaRoot + path.split('/').map(encodeURIComponent).join('/')
    const byName = mediaType(path) ?? 'application/octet-stream'
    const base = { url, type: byName, length: size }
    return byName.startsWith('image/') ? { ...base, ...measure(file, size) } : base
  })

/** The name in an address; without one that is encoded properly, the empty text. */
const decoded = (reference: string) => attempt(() => decodeURIComponent(reference)) ?? ''

function pathBeside(articlePath: string, name: string): string | undefined {
  const path = posix.normalize(posix.join(posix.dirname(articlePath), name))
  const isHidden = path.split('/').some((part) => part.startsWith('.'))
  return isHidden || name.startsWith('/') ? undefined : path
}

/** The real type and size, from the bytes and not from the name. */
function measure(file: number, length: number) {
  const { type, width, height } = imageSize(readBytes(file, Math.min(length, headerBytes)))
  const real = mediaType(type ?? '')
  return { width, height, ...(real && { type: real }) }
}
