/** What links in the text of an article become. */
import { posix } from 'node:path'
import { isServedName } from '../media-kinds.ts'
import { slugOf } from '../names.ts'
import { decodedPath, readablePath } from '../page-address.ts'
import { anchorLink } from './anchors.ts'
import { isBareHost } from './bare-host.ts'
import { isData } from './data-files.ts'
import { fileKey, nameIn } from './file-key.ts'
import { type FileLink, linkToAuthor, linkToFile, readFileLink } from './file-link.ts'
import { articlePath } from './file-names.ts'
import { look } from './folder.ts'
import { isArticleName, isMostlyOther } from './formats/input-formats.ts'
import { linkUrl, type Place } from './links.ts'
import { faultOfMedia } from './media-files.ts'
import { withoutMark, writtenName } from './media-places.ts'
import { withinSite } from './own-address.ts'
import { pageAddress } from './page-address-on-site.ts'
import { makesSite } from './site-folders.ts'

/**
 * The address that stored HTML has: of another host, below the root of ours, of a file that we serve, or a link to an
 * article's file. Undefined where there is nothing that it could lead to.
 * @param fileUrl the address of a file that we serve, if there is one
 */
export function linkTarget(
  written: string,
  place: Place,
  fileUrl: (url: string) => string | undefined,
): string | undefined {
  const url = withoutMark(written).replace(bracketed, '$1')
  if (url.startsWith('#')) return anchorLink(url)
  const within = withinSite(url, place.ownAddress)
  const named = readFileLink(url) ?? readFileLink(within ?? '') ?? fromContentRoot(url)
  if (named) return linkByName(named, place)
  const author = authorIn(url, place)
  if (author !== undefined) return linkToAuthor(author)
  if (within !== undefined && !url.startsWith('/')) {
    return fileFromRoot(within, () => fileUrl(url)) ?? linkUrl(url, place)
  }
  if (place.canonicalUrl || URL.canParse(url) || url.startsWith('//')) return linkUrl(url, place)
  const article = linkByPath(url, place)
  if (article !== undefined) return article
  // What starts at the root may be anything that the host has.
  if (url.startsWith('/')) {
    const page = linkOfPage(url, place) ?? (within && linkByPath(within, place))
    return page ?? fileFromRoot(url, fileUrl) ?? linkUrl(url, place)
  }
  const address = fileUrl(url)
  if (address === undefined) noteMissing(url, place)
  return address
}

/** The link of a tag within brackets that are too many: `[words](({{< ref "second" >}}))`. */
const bracketed = /^\((\/articles\/\?file=.*)\)$/s

/** Sites have a page for each author (`/authors/jo-lind/`): of those who wrote this article ours, unless it is a file here. @returns a slug */
function authorIn(url: string, place: Place): string | undefined {
  const { canonicalUrl, authors } = place
  if (canonicalUrl || authors.length === 0) return undefined
  const [, written = ''] = authorPage.exec(url) ?? []
  const slug = written === '' ? '' : slugOf(decodedPath(written) ?? '')
  if (!authors.includes(slug)) return undefined
  const path = pathIn(place, url)
  const isArticle = path !== undefined && fileAt(path, place) !== undefined
  return isArticle ? undefined : slug
}

const authorPage =
  /^(?:\.{1,2}\/|\/(?!\/))(?:[^/?#]+\/){0,10}?authors?\/([^/?#]{1,200})\/?(?:_?index\.\w+)?$/i

/** Of what is not there and looks like the name of a host that is meant. */
function noteMissing(url: string, place: Place): void {
  const written = writtenName(url)
  place.note(() => {
    const fault = faultOfMedia(place.root, place.path, url)
    const remedy = fault ? '' : remedyOf(url)
    return `it links to "${readablePath(written)}", which ${fault ?? 'is not there'}${remedy}`
  }, written)
}

function remedyOf(url: string): string {
  if (/^[^\s/@:]+@[^\s/@:]+\.[a-z]{2,}$/i.test(url))
    return `; if that address is meant, write "mailto:${url}"`
  return isBareHost(url) ? `; if that host is meant, write "https://${url}"` : ''
}

/** A link as Zola has them: `@/posts/second.md`, from the folder of all articles, which may be one in ours. */
function fromContentRoot(url: string): FileLink | undefined {
  if (!url.startsWith('@/')) return undefined
  const [written = '', fragment = ''] = url.slice(2).split('#')
  const name = decodedPath(written)
  return name ? { path: '', name, fragment, address: '' } : undefined
}

/**
 * The address of a page on a site that was made of these files: its last part is the name of a file, and what is before
 * it the file's folder or, in numbers, its date.
 */
function linkOfPage(url: string, place: Place): string | undefined {
  const [written = ''] = url.split(/[?#]/)
  const address = decodedPath(written) ?? ''
  const name = address
    .replace(/^.*\/(\d{4})\/(\d\d)\/(\d\d)\/(?=[^/]+\/?$)/, '$1-$2-$3-')
    .replace(/^\/|\/$/g, '')
  const isWhole = name.includes('/') || /^\d{4}-/.test(name)
  const found = isWhole && mayBeArticle(name) ? place.files.named(name, place.path) : undefined
  return found && linkTo(found, url, place, nameOfLink(name))
}

/** A file that we serve lies in the folder where its host has it. */
const fileFromRoot = (url: string, fileUrl: (url: string) => string | undefined) =>
  isServedName(url.replace(/[?#].*$/, '')) ? fileUrl(url) : undefined

/** Of a link that names a file, and of what an author wrote that looks like one. */
function linkByName({ path, name, fragment }: FileLink, place: Place): string | undefined {
  const anchor = anchorIn(`#${fragment}`)
  if (name === '') return linkToFile(path, anchor)
  const found = place.files.named(name, place.path, (file) => !makesSite(place.root, file))
  const section = name.replace(/^\/|\/$/g, '')
  if (section === '') return linkUrl('/', place)
  if (found === undefined && place.files.named(`${section}/_index.md`, place.path)) {
    place.note(`it links to the page of the section "${section}", which is no article`, name)
    return linkUrl(`/${section}/${fragment && `#${encodeURIComponent(fragment)}`}`, place)
  }
  if (found === undefined) place.note(`it links to "${name}", and no file has that name`, name)
  if (found === undefined) return linkToFile('', anchor, nameOfLink(name))
  return linkTo(
    found,
    `${name.replace(/^\//, '')}${fragment && `#${fragment}`}`,
    place,
    nameOfLink(name),
  )
}

/** @param url as it is written, from the root where it begins with a slash */
function linkTo(found: string, url: string, place: Place, name = ''): string {
  const page = pageAddress(place.root, found, url)
  const { path: base = '' } = place.ownAddress ?? {}
  const isBelow = base === '' || page?.startsWith(`${base}/`)
  const address = page === undefined ? '' : linkUrl(isBelow ? page : base + page, place)
  return linkToFile(found, anchorIn(url), name, address)
}

/** By which the link is found when a file of that name comes or goes. */
const nameOfLink = (name: string) => nameIn(fileKey(articlePath(name)))

/** @returns undefined where the file of no article can be meant */
function linkByPath(url: string, place: Place): string | undefined {
  const [written = ''] = url.split(/[?#]/)
  const path = written === '' ? undefined : pathIn(place, written)
  const found = path === undefined ? undefined : fileAt(path, place)
  if (found !== undefined) return linkTo(found, url, place)
  // A name may have these signs in it.
  const other = written === url ? undefined : pathIn(place, url)
  if (other !== undefined && fileAt(other, place) === other) {
    return linkToFile(other, '')
  }
  const onPage = fileFromPage(written, place)
  const further = onPage ?? fileFromAbove(written, place) ?? sectionPage(path, place)
  if (further !== undefined) return linkTo(further, url, place)
  if (path === undefined || url.startsWith('/') || !mayBeArticle(path)) return undefined
  // It is rather a download, whether it is there or comes later.
  if (isMostlyOther(path)) return undefined
  noteMissing(url, place)
  // It may come later.
  return linkToFile(articlePath(path), anchorIn(url))
}

/**
 * The file that browsers come to from the address of a page, where that is a folder of its own: from `news/crane.md`, which
 * is `/news/crane/`, `../ferry/` leads to `news/ferry.md`.
 */
function fileFromPage(reference: string, place: Place): string | undefined {
  if (!reference.startsWith('../')) return undefined
  const folder = place.path.replace(/\.[^./]*$/, '')
  const path = pathIn({ ...place, path: `${folder}/index.md` }, reference)
  return path === undefined ? undefined : fileAt(path, place)
}

/** The file that is meant from a folder above, such as Hugo's `content/`: the nearest where one lies. */
function fileFromAbove(reference: string, place: Place): string | undefined {
  if (!/^[^./][^/]*\/./.test(reference)) return undefined
  for (let folder = posix.dirname(place.path); folder !== '.'; folder = posix.dirname(folder)) {
    const path = pathIn({ ...place, path: folder }, reference)
    const found = path === undefined ? undefined : fileAt(path, place)
    if (found !== undefined) return found
  }
  return undefined
}

const sectionPage = (path: string | undefined, { files }: Place) =>
  path === undefined ? undefined : files.like(posix.join(path, '_index.md'))

/** A number behind a full stop is no extension. */
const mayBeArticle = (path: string) =>
  isArticleName(posix.basename(path)) || !(/\.[a-z]\w*$/i.test(path) || isServedName(path))

/** The path in the folder that an encoded reference means; undefined where it leads out of it, or is hidden. */
function pathIn(place: Place, reference: string): string | undefined {
  const name = decodedPath(reference)
  if (name === undefined) return undefined
  const start = name.startsWith('/') ? '' : posix.dirname(place.path)
  const path = posix.join(start, name)
  const isHidden = path.split('/').some((part) => part.startsWith('.') && part !== '.')
  return isHidden ? undefined : path.replace(/^\.?\/?/, '')
}

/** The article's file that is meant by a path, if it is there. */
function fileAt(path: string, { root, files }: Place): string | undefined {
  const isThere = isArticleName(posix.basename(path)) && look(root, path) !== undefined
  if (isThere) return isData(root, path) ? undefined : path
  return mayBeArticle(path) ? files.like(articlePath(path)) : undefined
}

/** The fragment as it is on our page, without its #; '' for none. */
function anchorIn(url: string): string {
  const at = url.indexOf('#')
  return (at === -1 ? undefined : anchorLink(url.slice(at)))?.slice(1) ?? ''
}
