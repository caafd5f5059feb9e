/** Media of the articles folder by their names alone, for those whose folder only the template of a site knows. */
import { type Dirent, readdirSync, statSync } from 'node:fs'
import { join, posix } from 'node:path'
import { attempt } from '../attempt.ts'
import { isDownload, isServedName } from '../media-kinds.ts'
import { pathIn } from './folder.ts'
import { isArticleName, isMostlyOther } from './formats/input-formats.ts'
import { mostOfName, plainName } from './needs.ts'

interface Listing {
  /** When it was begun; ms since 1970. */
  readonly taken: number
  /** Paths relative to the folder, by names in small letters. */
  readonly byName: ReadonlyMap<string, readonly string[]>
  /** Folders of articles and their bundles, in small letters. */
  readonly ofArticles: ReadonlySet<string>
}

/** So long the folder is not looked through again, unless the article that asks has come later. ms */
const longestUse = 10_000

/** File systems date changes by a clock that is so much behind. ms */
const clockMs = 20

/** By the folder: most have no need of one. */
const listings = new Map<string, Listing>()

/** Has the folder looked through anew when the next article asks. @param root as in `mediaNamed` */
export const forgetMediaNames = (root: string) => listings.delete(root)

const plain = (path: string) => path.normalize().toLowerCase()

interface NamedMedia {
  /** Relative to the articles folder. */
  readonly path: string
  /** Whether it lies among other articles, or in the bundle of one: names such as `cover.jpg` are often given there. */
  readonly isOfOthers: boolean
}

/** Whether a file is one of those that are known by their names. @param path relative to the folder */
export const isMedia = (path: string) =>
  isServedName(path) && !path.split('/').includes('node_modules')

/** Paths of the media that have this name, in small letters. @param articlePath of the article that asks for it, if one does */
export function mediaOfName(root: string, name: string, articlePath = ''): readonly string[] {
  return listingFor(root, articlePath).byName.get(name) ?? []
}

/**
 * The media that have the name of this path, with letters in either case.
 * @param root the articles folder, absolute, without symbolic links
 * @param articlePath of the article that asks for it
 */
export function mediaNamed(root: string, articlePath: string, path: string): NamedMedia[] {
  const { byName, ofArticles } = listingFor(root, articlePath)
  const { dir, name } = posix.parse(articlePath)
  const own = name === 'index' && dir !== '' ? `${dir}/` : undefined
  // Names such as `data.csv` are given to other files everywhere.
  const media = (byName.get(plainName(path)) ?? []).filter((found) => !isDownload(found))
  return media.map((found) => ({
    path: found,
    isOfOthers:
      ofArticles.has(plain(posix.dirname(found))) && !(own !== undefined && found.startsWith(own)),
  }))
}

function listingFor(root: string, articlePath: string): Listing {
  const known = listings.get(root)
  const article = statSync(join(root, articlePath), { throwIfNoEntry: false })
  const now = Date.now()
  const changed = article?.ctimeMs ?? now
  // What has come with the article has to be found; of a file that is dated in the future nobody knows when it came.
  const isNewer =
    known !== undefined && (known.taken > changed + clockMs || changed > now + clockMs)
  if (known && isNewer && now - known.taken < longestUse) return known
  const listing = list(root, now)
  listings.set(root, listing)
  return listing
}

function list(root: string, taken: number): Listing {
  const byName = new Map<string, string[]>()
  const ofArticles = new Set<string>()
  /** Folders of pages, with the folders in them. */
  const bundles = new Map<string, string[]>()
  /** Folders that have articles in folders below. */
  const above = new Set<string>()
  const folders = ['']
  for (let folder = folders.pop(); folder !== undefined; folder = folders.pop()) {
    const entries = entriesOf(join(root, folder))
    if (folder !== '' && entries.some(({ name }) => isIndex(name))) bundles.set(folder, [])
    if (entries.some(({ name }) => isArticle(name))) addAbove(above, folder)
    for (const entry of entries) {
      const path = pathIn(folder, entry.name)
      if (entry.isDirectory()) {
        folders.push(path)
        bundles.get(folder)?.push(path)
        continue
      }
      if (isArticle(entry.name)) {
        ofArticles.add(plain(folder || '.')).add(plain(path.replace(/\.[^.]*$/, '')))
      }
      if (isServedName(entry.name)) {
        const name = plainName(entry.name)
        const same = byName.get(name)
        if (!same) byName.set(name, [path])
        else if (same.length < mostOfName) same.push(path)
      }
    }
  }
  for (const [folder, inside] of bundles) {
    // The front page of a site is no bundle of its posts.
    if (!above.has(folder)) for (const path of inside) ofArticles.add(plain(path))
  }
  return { taken, byName, ofArticles }
}

/** Adds those that a folder lies in, up to one that is known. */
function addAbove(above: Set<string>, folder: string): void {
  for (let path = posix.dirname(folder); !above.has(path); path = posix.dirname(path)) {
    above.add(path)
  }
}

const isArticle = (name: string) => isArticleName(name) && !isMostlyOther(name)

const isIndex = (name: string) => isArticleName(name) && name.startsWith('index.')

/** What is not hidden; nothing of a folder that cannot be read, or has gone. */
const entriesOf = (folder: string): Dirent[] =>
  (attempt(() => readdirSync(folder, { withFileTypes: true })) ?? []).filter(
    ({ name }) => !name.startsWith('.') && name !== 'node_modules',
  )
