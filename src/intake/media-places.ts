/** Where in the articles folder a file may lie that an article names. */
import { posix } from 'node:path'
import { attempt } from '../attempt.ts'

/** Folders from which site generators serve files as if they lay in the site's root: Hugo, Zola, Astro, Eleventy. */
const siteFolders = ['', 'static', 'public', 'assets', 'content']

/** So many folders above an article may be that of a site. */
const mostSites = 10

/** Paths relative to the articles folder, the likeliest first. @param names that the article may mean */
export function* mediaPlaces(articlePath: string, names: Iterable<string>): Generator<string> {
  for (const name of names) {
    for (const folder of foldersOf(articlePath, name)) {
      const path = posix.normalize(posix.join(folder, name))
      const isHidden = path.split('/').some((part) => part.startsWith('.'))
      if (!isHidden) yield path
    }
  }
}

/**
 * What an address may mean, which is written encoded or as it is: with the slashes of Windows; with letters that
 * are composed, or are not, as on a Mac.
 */
export function namesMeant(reference: string): ReadonlySet<string> {
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

/** Folders that a name may start from. */
function* foldersOf(articlePath: string, name: string): Generator<string> {
  const folder = posix.dirname(articlePath)
  if (!name.startsWith('/')) {
    yield folder
    // Where pages have folders of their own, this is the page's, and Hexo's for its pictures.
    yield articlePath.replace(/\.[^./]*$/, '')
    // A name alone is too common to be looked for elsewhere.
    if (!name.includes('/') || name.startsWith('.')) return
  }
  const above = folder === '.' ? [] : folder.split('/')
  for (let depth = 0; depth <= Math.min(above.length, mostSites); depth += 1) {
    for (const site of siteFolders) yield posix.join(...above.slice(0, depth), site)
  }
}
