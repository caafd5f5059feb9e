/** Where in the articles folder a file may lie that an article names. */
import { posix } from 'node:path'
import { attempt } from '../attempt.ts'

/** Folders from which site generators serve files as if they lay in the site's root: Hugo, Zola, Astro, Eleventy. */
const siteFolders = ['', 'static', 'public', 'assets', 'content']

/** Where a picture that is named alone may lie: themes have a folder for their pictures, and notes for what is put into them. */
const pictureFolders = [
  ...['attachments', 'Attachments', '_attachments', 'Assets/Attachments'],
  ...['assets', 'images', 'img', 'media', 'files'].flatMap((folder) =>
    ['', 'static', 'public', 'assets'].map((site) => posix.join(site, folder)),
  ),
]

/** Stands before the name of a file that may lie in any folder above as well, as in Obsidian. */
const anywhere = '*/'

/** The reference for it in HTML that goes through intake. */
export const placedAnywhere = (name: string) => anywhere + encodeURI(name)

export const isPlacedAnywhere = (reference: string) => reference.startsWith(anywhere)

/** Without the mark that an address of Pelican has before the path of a file: `{filename}second.md`, `|static|/pier.png`. */
export const withoutMark = (reference: string) =>
  reference.replace(/^(?:\{|%7B|\||%7C)(?:filename|static|attach)(?:\}|%7D|\||%7C)/i, '')

/** What the author wrote. */
export const writtenName = (reference: string) =>
  isPlacedAnywhere(reference) ? reference.slice(anywhere.length) : reference

/** So many folders above an article may be that of a site. */
const mostSites = 10

const hidden = /(?:^|\/)\./

/** Paths relative to the articles folder, the likeliest first. @param names that the article may mean */
export function* mediaPlaces(articlePath: string, names: Iterable<string>): Generator<string> {
  for (const name of names) {
    for (const folder of foldersOf(articlePath, name)) {
      const path = posix.join(folder, writtenName(name))
      if (!hidden.test(path)) yield path
    }
  }
}

/**
 * What an address may mean, which is written encoded or as it is: with the slashes of Windows; with letters that
 * are composed, or are not, as on a Mac.
 */
export function namesMeant(address: string): ReadonlySet<string> {
  const reference = withoutMark(address)
  const written = [decoded(reference.replace(/[?#].*$/, '')), decoded(reference), reference]
  const turned = written.map((name) => name.replaceAll('\\', '/'))
  const forms = [...written, ...turned]
  return new Set([
    ...forms,
    ...forms.map((name) => name.normalize('NFC')),
    ...forms.map((name) => name.normalize('NFD')),
  ])
}

/** The name in an address; without one that is encoded properly, the empty text. */
const decoded = (reference: string) => attempt(() => decodeURIComponent(reference)) ?? ''

/** The folder of all pages, which Hugo and Zola have beside that of what they serve as it is. */
const ofPages = /(^|\/)content(?=\/|$)/

/** Folders that a name may start from. */
function* foldersOf(articlePath: string, reference: string): Generator<string> {
  const name = writtenName(reference)
  const isAnywhere = name !== reference
  const folder = posix.dirname(articlePath)
  if (!name.startsWith('/')) {
    yield folder
    // Where pages have folders of their own, this is the page's, and Hexo's for its pictures.
    yield articlePath.replace(/\.[^./]*$/, '')
    if (name.startsWith('.') && ofPages.test(folder)) {
      // From the address of the page, in which the folder of all pages has no part; a page that is a file has a folder of its own there.
      for (const one of [articlePath.replace(/(?:\/index)?\.[^/]*$/, ''), folder]) {
        yield one.replace(ofPages, '$1static')
      }
    }
    if (/^\.(?:\.|\/[^/]*$)/.test(name)) return
  }
  const named = isAnywhere ? ['', ...pictureFolders] : pictureFolders
  // Programs read `./src/pier.png` from where they are run.
  const folders = name.replace(/^\.\//, '').includes('/') ? siteFolders : named
  const above = folder === '.' ? [] : folder.split('/')
  for (let depth = 0; depth <= Math.min(above.length, mostSites); depth += 1) {
    const start = above.slice(0, depth).join('/')
    for (const one of folders) yield start === '' ? one || '.' : `${start}/${one}`
  }
}
