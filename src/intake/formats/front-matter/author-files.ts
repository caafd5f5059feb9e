/** Where a site keeps the names of the authors whom its articles name by a key. */
import { lstatSync } from 'node:fs'
import { join, posix } from 'node:path'
import { attempt } from '../../../attempt.ts'

const endings = ['yml', 'yaml', 'json', 'toml']
/** Jekyll and Eleventy have one in the first, Hugo in the second. */
const folders = ['_data', 'data']
/** Old sites of Jekyll have them here. */
export const siteConfig = '_config.yml'

const ofData = endings.map((ending) => `authors.${ending}`)
/** Docusaurus has it beside the articles. */
const beside = 'authors.yml'

/** Whether a file of this name may be one of them. */
export const isAuthorsFile = (name: string): boolean => name === siteConfig || ofData.includes(name)

/** What lies there itself: a symbolic link may lead out of the articles folder. */
export const kindOf = (file: string) => attempt(() => lstatSync(file, { throwIfNoEntry: false }))

/**
 * The files that are there in which the authors of articles may be named, the nearest first; all paths are relative to the root.
 * @param folder of the articles, `.` for the root
 */
export function authorsFilesAbove(root: string, folder: string): string[] {
  const found: string[] = []
  for (let at = folder; ; at = posix.dirname(at)) {
    found.push(...filesIn(root, at).filter((file) => kindOf(join(root, file))?.isFile()))
    if (at === '.') return found
  }
}

const filesIn = (root: string, folder: string) => [
  ...folders
    .map((name) => posix.join(folder, name))
    .filter((data) => kindOf(join(root, data))?.isDirectory())
    .flatMap((data) => ofData.map((name) => posix.join(data, name))),
  ...[beside, siteConfig].map((name) => posix.join(folder, name)),
]

/** As `authorsFilesAbove`, of files that are known to be there. */
export function authorsFilesOf(folder: string, files: readonly string[]): string[] {
  return files.filter((file) => {
    const { dir, base } = posix.parse(file)
    const places =
      folders.includes(posix.basename(dir)) && base !== siteConfig ? [posix.dirname(dir)] : []
    if (base === beside || base === siteConfig) places.push(dir || '.')
    return places.some((place) => place === '.' || `${folder}/`.startsWith(`${place}/`))
  })
}
