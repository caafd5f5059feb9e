/** Images, recordings, films, documents and downloads that lie in the articles folder beside the articles. */
import { statSync } from 'node:fs'
import { join, posix, sep } from 'node:path'
import { imageSize } from 'image-size'
import mime from 'mime'
import { attempt } from '../attempt.ts'
import { encodedPath, isDownload, isServedName, kindOfFile, mediaRoot } from '../media-kinds.ts'
import { drawingSize } from './drawing-size.ts'
import type { Place } from './links.ts'
import { mediaNamed, mediaOfName } from './media-names.ts'
import { isPlacedAnywhere, mediaPlaces, namesMeant, writtenName } from './media-places.ts'
import { needFile, needName, plainName } from './needs.ts'
import { readBytes, useFile } from './open-file.ts'
import { withinSite } from './own-address.ts'

/**
 * Whether the file at this path is served: by its own name and place, whatever a link to it is called.
 * @param target without links, relative to the articles folder
 */
export const isServed = (target: string) => isServedName(target) && !isHidden(target)

/** Whether it lies in a folder that begins with a dot, or does so itself. @param path of the system */
export const isHidden = (path: string) => path.split(sep).some((part) => part.startsWith('.'))

/** The media type that a name stands for. */
export function mediaType(name: string): string | undefined {
  if (kindOfFile(name) === 'session') return 'application/x-asciicast'
  const type = mime.getType(name) ?? undefined
  // Programs in Rust have the ending of a kind of XML.
  return isDownload(name) && type?.endsWith('xml') ? undefined : type
}

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

/** As long as a path may be on Linux. */
const longestPath = 4096

/** Enough for the header of any image that image-size knows. */
const headerBytes = 256 * 1024

/** So many places a file may be in are looked at. */
export const mostPlaces = 300

const isElsewhere = (reference: string) =>
  /^(?:https?:)?\/\//i.test(reference) || reference.length > longestPath

/**
 * What is known of a media file that an article names by an address without a host, or by its path, encoded or as
 * it is: a name may have a %, # or ? in it.
 * @param root the articles folder, absolute, without symbolic links
 * @param articlePath of the article that names it, relative to the root
 * @param most places to look at, the likeliest first
 * @param except a folder, with a slash at its end, in which it is not looked for
 * @returns undefined when it is not there, is of another kind, or lies outside the root
 */
export function findMedia(
  root: string,
  articlePath: string,
  reference: string,
  most = mostPlaces,
  except?: string,
): Media | undefined {
  if (isElsewhere(reference)) return undefined
  const names = [...namesMeant(reference)].filter(isServedName)
  for (const path of mediaPlaces(articlePath, names).take(most)) {
    if (except !== undefined && path.startsWith(except)) continue
    // Most are not there, and an error costs more than a look.
    const isThere = attempt(() => statSync(join(root, path), { throwIfNoEntry: false })?.isFile())
    const found = isThere ? attempt(() => describe(root, path)) : undefined
    if (found) return found
  }
  return undefined
}

/**
 * As `findMedia`; what is not there as it is written is the one file whose name differs in the case of its letters
 * alone, or the one file of a name, wherever it lies: a site's template may know its folder.
 */
function findMediaByName(
  root: string,
  articlePath: string,
  reference: string,
  most = mostPlaces,
): Media | undefined {
  const found = findMedia(root, articlePath, reference, most)
  if (found || isElsewhere(reference)) return needed(found)
  const names = [...namesMeant(reference)].filter(isServedName)
  for (const name of new Set(names.map(plainName))) {
    needName(root, name, () => mediaOfName(root, name, articlePath))
  }
  return needed(named(root, articlePath, names, most))
}

/** As `findMediaByName`, also by the address that the article's site has elsewhere. */
export function findOwnMedia(
  { root, path, ownAddress }: Pick<Place, 'root' | 'path' | 'ownAddress'>,
  reference: string,
  most = mostPlaces,
): Media | undefined {
  const within = withinSite(reference, ownAddress)
  const found = findMediaByName(root, path, reference, most)
  return found ?? (within === undefined ? undefined : findMediaByName(root, path, within, most))
}

function needed(media: Media | undefined): Media | undefined {
  if (media) needFile(decodeURIComponent(media.url.slice(mediaRoot.length)))
  return media
}

/** @param names that the article may mean */
function named(
  root: string,
  articlePath: string,
  names: readonly string[],
  most: number,
): Media | undefined {
  const [name] = names
  if (name === undefined) return undefined
  const media = mediaNamed(root, articlePath, withSlashes(writtenName(name)))
  if (media.length === 0) return undefined
  const places = new Set(mediaPlaces(articlePath, names).take(most).map(inSmall))
  const written = withSlashes(writtenName(name)).replace(/^\/+/, '')
  const isAlone = !written.includes('/')
  const isAnywhere = isPlacedAnywhere(name)
  const [meant = []] = [
    media.filter(({ path }) => places.has(inSmall(path))),
    media.filter(({ isOfOthers }) => isAlone && (isAnywhere || !isOfOthers)),
    // A template may begin where the site has its pictures.
    media.filter(({ path }) => !isAlone && inSmall(path).endsWith(inSmall(`/${written}`))),
  ].filter((some) => some.length > 0)
  const one = onlyOne(meant.map(({ path }) => path))
  return one === undefined ? undefined : attempt(() => describe(root, one))
}

/** As on systems other than Windows. */
const withSlashes = (name: string) => name.replaceAll('\\', '/')

/** A folder of the same pictures in another size: `thumbs/`, `800x600/`. */
const ofSizes = /^[^/]*(?:thumb|small|preview|\d{2})[^/]*\/[^/]+$/i

/** The path that all others are smaller copies of, if there is one. */
const onlyOne = (paths: readonly string[]): string | undefined =>
  paths.find((path) =>
    paths.every(
      (other) => other === path || ofSizes.test(posix.relative(posix.dirname(path), other)),
    ),
  )

const inSmall = (path: string) => path.normalize().toLowerCase()

/** @throws the system's error, or that of what measures images */
const describe = (root: string, path: string): Media | undefined =>
  useFile(root, path, (file, { size }, target) => {
    if (size === 0 || !isServed(target) || isPointer(file, size)) return undefined
    const url = mediaRoot + encodedPath(path)
    const byName = mediaType(path) ?? 'application/octet-stream'
    const base = { url, type: byName, length: size }
    if (!byName.startsWith('image/')) return base
    const start = readBytes(file, Math.min(size, headerBytes))
    if (kindOfFile(path) !== 'drawing') return { ...base, ...measure(start) }
    const measured = drawingSize(start.toString())
    return measured && { ...base, ...measured }
  })

/** So long is what Git LFS leaves in place of a file at most. Bytes. */
const longestPointer = 1024

/** Whether Git LFS has the file, and this only stands for it. */
const isPointer = (file: number, size: number) =>
  size <= longestPointer &&
  readBytes(file, size).toString('latin1').startsWith('version https://git-lfs.github.com/')

/**
 * What is wrong with a file that an article names and that `findMedia` does not find; goes on after "it".
 * @returns undefined where there is none
 */
export function faultOfMedia(
  root: string,
  articlePath: string,
  reference: string,
): string | undefined {
  if (isElsewhere(reference)) return undefined
  for (const path of mediaPlaces(articlePath, namesMeant(reference)).take(mostPlaces)) {
    const isThere = attempt(() => statSync(join(root, path), { throwIfNoEntry: false })?.isFile())
    const fault = isThere
      ? attempt(() => useFile(root, path, (file, { size }) => faultOf(path, file, size)))
      : undefined
    if (fault) return fault
  }
  return undefined
}

function faultOf(path: string, file: number, size: number): string {
  if (size === 0) return 'is empty'
  if (isPointer(file, size)) return 'only stands for a file that Git LFS has; run git lfs pull'
  const kind = kindOfFile(path)
  const isShown = kind === 'picture' || kind === 'drawing'
  if (isServedName(path)) {
    return isShown ? 'is no picture that can be read' : 'is no picture, recording or film'
  }
  return isShown
    ? 'is of a kind that browsers do not show; save it as PNG or JPEG'
    : 'is of a kind that is not served'
}

/** The real type and size, from the bytes and not from the name. */
function measure(start: Buffer) {
  const { type, width, height, orientation = 1 } = imageSize(start)
  const real = mediaType(type ?? '')
  // From 5 on it is shown lying on its side (Exif 2.3, tag 0x0112).
  const shown = orientation < 5 ? { width, height } : { width: height, height: width }
  return { ...shown, ...(real && { type: real }) }
}
