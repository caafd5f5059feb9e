/** What links in the text of an article become. */
import { posix } from 'node:path'
import { attempt } from '../attempt.ts'
import { anchorLink } from './anchors.ts'
import { fileKey, nameIn } from './file-key.ts'
import { articlePath } from './file-names.ts'
import { look } from './folder.ts'
import { isArticleName } from './formats/input-formats.ts'
import { type FileLink, linkToFile, linkUrl, type Place, readFileLink } from './links.ts'

/**
 * The address that stored HTML has: of another host, below the root of ours, of a file that we serve, or a link to an
 * article's file. Undefined where there is nothing that it could lead to.
 * @param fileUrl the address of a file that we serve, if there is one
 */
export function linkTarget(
  url: string,
  place: Place,
  fileUrl: (url: string) => string | undefined,
): string | undefined {
  if (url.startsWith('#')) return anchorLink(url)
  const marked = readFileLink(url)
  if (marked) return linkByName(marked, place)
  if (place.canonicalUrl || URL.canParse(url) || url.startsWith('//')) return linkUrl(url, place)
  const article = linkByPath(url, place)
  if (article !== undefined) return article
  // What starts at the root may be anything that the host has.
  if (url.startsWith('/')) return linkUrl(url, place)
  const address = fileUrl(url)
  if (address === undefined) place.note(`it links to ${url}, which is not there`, url)
  return address
}

/** Of a link that names a file, and of what an author wrote that looks like one. */
function linkByName({ path, name, fragment }: FileLink, place: Place): string | undefined {
  const anchor = anchorIn(`#${fragment}`)
  if (name === '') return linkToFile(path, anchor)
  const found = place.files.named(name, place.path)
  if (found === undefined) place.note(`it links to "${name}", and no file has that name`, name)
  return linkToFile(found ?? '', anchor, nameIn(fileKey(articlePath(name))))
}

/** @returns undefined where the file of no article can be meant */
function linkByPath(url: string, place: Place): string | undefined {
  const [written = ''] = url.split(/[?#]/)
  const fragment = anchorIn(url)
  const path = written === '' ? undefined : pathIn(place, written)
  const found = path === undefined ? undefined : fileAt(path, place)
  if (found !== undefined) return linkToFile(found, fragment)
  // A name may have these signs in it.
  const other = written === url ? undefined : pathIn(place, url)
  if (other !== undefined && fileAt(other, place) === other) return linkToFile(other, '')
  if (path === undefined || url.startsWith('/') || !mayBeArticle(path)) return undefined
  place.note(`it links to ${url}, which is not there`, url)
  // It may come later.
  return linkToFile(articlePath(path), fragment)
}

const mayBeArticle = (path: string) =>
  posix.extname(path) === '' || isArticleName(posix.basename(path))

/** The path in the folder that an encoded reference means; undefined where it leads out of it, or is hidden. */
function pathIn(place: Place, reference: string): string | undefined {
  const name = attempt(() => decodeURIComponent(reference))
  if (name === undefined) return undefined
  const start = name.startsWith('/') ? '' : posix.dirname(place.path)
  const path = posix.join(start, name)
  const isHidden = path.split('/').some((part) => part.startsWith('.') && part !== '.')
  return isHidden ? undefined : path.replace(/^\.?\/?/, '')
}

/** The article's file that is meant by a path, if it is there. */
function fileAt(path: string, { root, files }: Place): string | undefined {
  if (isArticleName(posix.basename(path)) && look(root, path)) return path
  return files.like(articlePath(path))
}

/** The fragment as it is on our page, without its #; '' for none. */
function anchorIn(url: string): string {
  const at = url.indexOf('#')
  return (at === -1 ? undefined : anchorLink(url.slice(at)))?.slice(1) ?? ''
}
