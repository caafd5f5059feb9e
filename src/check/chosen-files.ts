/** Which files `check` reads, each as the server would: in the articles folder if it lies there. */
import { lstatSync, realpathSync, statSync } from 'node:fs'
import { basename, dirname, isAbsolute, join, relative, resolve, sep } from 'node:path'
import { checkFolder, whereArticlesAre } from '../articles-folder.ts'
import { attempt } from '../attempt.ts'
import { ConfigError } from '../config.ts'
import { type FoundFile, look, walk } from '../intake/folder.ts'
import { isArticleName } from '../intake/formats/input-formats.ts'
import { LinkedFiles } from '../intake/linked-files.ts'
import { isTextDocument, unreadBecause } from './unread.ts'

export interface ChosenFile {
  /** What relative addresses in it are looked for in: the articles folder, or the folder it lies in. */
  readonly root: string
  /** Relative to that, with `/`. */
  readonly path: string
  /** As whoever chose it knows it. */
  readonly shown: string
  /** undefined where no file lies there. */
  readonly found: FoundFile | undefined
  /** Why the server would pass it over. */
  readonly unread?: string
}

/**
 * @param paths files and folders; none for the articles folder
 * @returns in the order of paths, each once; of what is no article file in a folder only what may be taken for one
 * @throws ConfigError when a path is not there
 */
export function chooseFiles(paths: readonly string[], articlesDir: string): ChosenFile[] {
  if (paths.length === 0) checkFolder(articlesDir, whereArticlesAre())
  const home = { set: resolve(articlesDir), real: attempt(() => realpathSync.native(articlesDir)) }
  const files = (paths.length > 0 ? paths : [articlesDir]).flatMap((path) => filesOf(path, home))
  const byPlace = new Map(files.map((one) => [join(one.root, one.path), one]))
  return [...byPlace.values()].sort((a, b) => (a.shown < b.shown ? -1 : 1))
}

/** The articles folder as it is set, and without symbolic links; undefined where there is none. */
interface Home {
  readonly set: string
  readonly real: string | undefined
}

function filesOf(path: string, home: Home): ChosenFile[] {
  const whole = resolve(path)
  const isFolder = isFolderAt(whole, path)
  const real = realpathSync.native(isFolder ? whole : dirname(whole))
  const isReached = within(home.real, real) !== undefined
  if (!isReached && within(home.set, whole) !== undefined) {
    const unread = 'a symbolic link to a folder leads there, which the server does not follow'
    return [
      { root: real, path: basename(whole), shown: shownPath(whole), found: undefined, unread },
    ]
  }
  return isFolder ? filesIn(whole, real, home) : [fileAt(whole, join(real, basename(whole)), home)]
}

/** @throws ConfigError when nothing is there, or it may not be looked at */
function isFolderAt(whole: string, path: string): boolean {
  try {
    const options = { throwIfNoEntry: false } as const
    const stat = statSync(whole, options) ?? lstatSync(whole, options)
    if (stat) return stat.isDirectory()
  } catch (error) {
    throw new ConfigError(`${path} cannot be looked at: ${(error as Error).message}.`)
  }
  throw new ConfigError(`there is no file or folder ${whole}. Correct the path, or name another.`)
}

/** @param real the folder without symbolic links */
function filesIn(whole: string, real: string, home: Home): ChosenFile[] {
  const inHome = within(home.real, real)
  const root = inHome === undefined ? real : (home.real ?? real)
  const start = inHome ?? ''
  const others: string[] = []
  const walkedThrough = walked(root, start, (path) => others.push(path))
  const found = new LinkedFiles().settle(root, walkedThrough, [], new Map())
  const shown = (path: string) => shownPath(join(whole, relative(start, path)))
  const files = found.map((file) => chosen(root, file.path, shown(file.path), file))
  const passedOver = others
    .filter(isTextDocument)
    .map((path) => chosen(root, path, shown(path), undefined))
  const all = [...files, ...passedOver]
  // The articles folder may be below a folder that was named, and its files are read as in there.
  const around = inHome === undefined && home.real && within(real, home.real)
  return around ? all.map((file) => broughtHome(file, `${around}/`, home)) : all
}

/** @throws ConfigError when the folder itself cannot be read */
function walked(...where: Parameters<typeof walk>): FoundFile[] {
  try {
    return [...walk(...where)]
  } catch (error) {
    throw new ConfigError(`${where[0]} cannot be read: ${(error as Error).message}.`)
  }
}

/** @param around the path of the articles folder, as that of the file begins if it lies there */
function broughtHome(file: ChosenFile, around: string, { real = '' }: Home): ChosenFile {
  if (!file.path.startsWith(around)) return file
  const path = file.path.slice(around.length)
  return chosen(real, path, file.shown, look(real, path))
}

/**
 * A link in the articles folder is the server's to judge; another one stands for the file it leads to.
 * @param beside the file in its real folder
 */
function fileAt(whole: string, beside: string, home: Home): ChosenFile {
  const real =
    within(home.real, beside) === undefined
      ? (attempt(() => realpathSync.native(beside)) ?? beside)
      : beside
  const inHome = within(home.real, real)
  const root = inHome === undefined ? dirname(real) : (home.real ?? '')
  const path = inHome ?? basename(real)
  return chosen(root, path, shownPath(whole), look(root, path))
}

function chosen(
  root: string,
  path: string,
  shown: string,
  found: FoundFile | undefined,
): ChosenFile {
  const isHidden = path.split('/').some((part) => part.startsWith('.'))
  const hidden = 'names that begin with a dot are hidden'
  if (isHidden) return { root, path, shown, found, unread: hidden }
  // A folder that cannot be read is found as a file that is rejected.
  if (found?.rejection || isArticleName(basename(path))) return { root, path, shown, found }
  return { root, path, shown, found, unread: unreadBecause(path) }
}

/** The path below a folder, with `/`; undefined where it lies elsewhere. */
function within(folder: string | undefined, path: string): string | undefined {
  if (folder === undefined) return undefined
  const way = relative(folder, path)
  const isOutside = way === '..' || way.startsWith(`..${sep}`) || isAbsolute(way)
  return isOutside ? undefined : way.split(sep).join('/')
}

const shownPath = (whole: string) => relative(process.cwd(), whole).split(sep).join('/')
