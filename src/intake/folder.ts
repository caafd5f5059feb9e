/** The articles folder: which files are in it. */
import { isUtf8 } from 'node:buffer'
import {
  type Dirent,
  existsSync,
  lstatSync,
  readdirSync,
  realpathSync,
  type Stats,
  statSync,
} from 'node:fs'
import { join, sep } from 'node:path'
import { isServedName } from '../media-kinds.ts'
import type { FileState } from './file-result.ts'
import { isAuthorsFile } from './formats/front-matter/author-files.ts'
import { isArticleName } from './formats/input-formats.ts'
import type { Note } from './note.ts'
import type { Rejection } from './rejection.ts'

/** A file in the folder; one that may not be read bears its rejection, and one that shall not be why. */
export interface FoundFile extends FileState {
  readonly ownerId: number
  readonly rejection?: Rejection
  /** Why it is no article of its own. */
  readonly passedOver?: Note
  /** The path of the file that it leads to, which is read as that. */
  readonly target?: string
  /** The path of the file that it leads to, which is read through links alone. */
  readonly source?: string
}

/** Knows which folders need not be listed, and learns of those that were. */
export interface FolderNotes {
  /** Paths of the folders in one that is as it was, with all that lies in it; undefined where it has to be listed. */
  unchanged(folder: string): readonly string[] | undefined
  /** @param inner paths of the folders in it */
  listed(folder: string, inner: readonly string[], hasLinks: boolean): void
}

/**
 * All article files below `path`, in no particular order. Dotfiles, files of other kinds and
 * folders reached by symbolic links are passed over.
 * @param root absolute, without symbolic links
 * @param path relative to the root; '' for all
 * @param onOther is told the paths of files that no format reads, and of JSON, which articles may lead to or name authors in
 * @param notes what lies in folders that are unchanged by these is not told
 * A subfolder that cannot be read is a file with a rejection and the signature `unreadable`; so is a
 * file or folder whose name is not UTF-8, with its bytes as escapes.
 * @throws the system's error when the root cannot be read
 */
export function* walk(
  root: string,
  path = '',
  onOther: (path: string) => unknown = () => {},
  notes?: FolderNotes,
): Generator<FoundFile> {
  const folders = [path]
  for (let folder = folders.pop(); folder !== undefined; folder = folders.pop()) {
    const unchanged = notes?.unchanged(folder)
    if (unchanged) {
      for (const inner of unchanged) folders.push(inner)
      continue
    }
    const { dirents, rejected, isListed } = list(root, folder)
    yield* rejected
    const before = folders.length
    let hasLinks = false
    for (const dirent of dirents) {
      if (dirent.name.startsWith('.')) continue
      const inner = pathIn(folder, dirent.name)
      if (dirent.isDirectory()) {
        folders.push(inner)
        continue
      }
      hasLinks ||= dirent.isSymbolicLink()
      const isArticle = isArticleName(dirent.name)
      const file = isArticle ? look(root, inner) : undefined
      if (file) yield file
      if (isArticle && !isAuthorsFile(dirent.name) && !isServedName(dirent.name)) continue
      if (!dirent.isSymbolicLink() || existsSync(join(root, inner))) onOther(inner)
    }
    if (isListed) notes?.listed(folder, folders.slice(before), hasLinks)
  }
}

/** The path of what is in a folder; both are relative to the articles folder. */
export const pathIn = (folder: string, name: string) => (folder === '' ? name : `${folder}/${name}`)

/** The folder in which something lies, likewise. */
export const folderOf = (path: string) => path.slice(0, Math.max(path.lastIndexOf('/'), 0))

/** What is in a folder, and what in it is rejected for its name, or all of it. */
function list(root: string, folder: string) {
  try {
    const dirents = readdirSync(join(root, folder), { withFileTypes: true })
    const read = dirents.some(({ name }) => isMisread(name))
      ? withoutMisread(root, folder, dirents)
      : { dirents, rejected: [] }
    return { ...read, isListed: true }
  } catch (error) {
    if (folder === '') throw unreadableRoot(error)
    // A subfolder may vanish while we walk.
    const rejected = isMissing(error) ? [] : [unreadableFile(folder, error)]
    return { dirents: [], rejected, isListed: false }
  }
}

/** Whether a name may stand for bytes that are not UTF-8: these are read as U+FFFD. */
export const isMisread = (name: string) => name.includes('\ufffd')

/** Tells names that are not UTF-8 from those that have a U+FFFD of their own. */
function withoutMisread(root: string, folder: string, dirents: readonly Dirent[]) {
  const named = readdirSync(join(root, folder), { withFileTypes: true, encoding: 'buffer' })
  const rightly = new Set(named.filter(({ name }) => isUtf8(name)).map(({ name }) => `${name}`))
  const rejected = named
    .filter((one) => !isUtf8(one.name) && !`${one.name}`.startsWith('.'))
    .filter((one) => one.isDirectory() || isArticleName(`${one.name}`))
    .map(({ name }) => rejectedFile(pathIn(folder, escaped(name)), misnamed))
  return { dirents: dirents.filter(({ name }) => rightly.has(name)), rejected }
}

/** Bytes as text in which those beyond ASCII are escapes. */
const escaped = (name: Buffer) =>
  name.toString('latin1').replace(/[\x80-\xff]/g, (byte) => `\\x${byte.charCodeAt(0).toString(16)}`)

const misnamed = {
  reason: 'its name is not UTF-8',
  remedy: 'Rename it: where its name has \\x here, it has a byte that means no letter in UTF-8.',
}

/** The signature of what is there and cannot be read; what is below it is not gone. */
export const unreadable = 'unreadable'

function rejectedFile(path: string, rejection: Rejection): FoundFile {
  return { path, signature: unreadable, modified: 0, size: 0, ownerId: -1, rejection }
}

/** Without its path, which whoever asks for /readyz need not know. */
function unreadableRoot(error: unknown): unknown {
  const { code = '' } = error as NodeJS.ErrnoException
  const remedies: Readonly<Record<string, string>> = {
    EACCES: 'give the user that runs Newsstand the right to read it',
    EPERM: 'give the user that runs Newsstand the right to read it',
    EMFILE: 'too many files are open, raise the limit (ulimit -n, or LimitNOFILE)',
    ENFILE: 'too many files are open on this machine, raise its limit',
  }
  const remedy = remedies[code]
  return remedy ? new Error(`the articles folder may not be read: ${remedy}`) : error
}

function unreadableFile(path: string, error: unknown): FoundFile {
  const { code, message } = error as NodeJS.ErrnoException
  if (code === 'ENAMETOOLONG') {
    return rejectedFile(path, {
      reason: 'its path is longer than the system allows',
      remedy: 'Move it into a folder less deep, or give its folders shorter names.',
    })
  }
  const isForbidden = code === 'EACCES' || code === 'EPERM'
  return rejectedFile(path, {
    reason: isForbidden ? 'it may not be read' : `it cannot be read: ${message}`,
    remedy: 'Give the user that runs Newsstand the right to read it, or move it away.',
  })
}

/** ENOTDIR: a folder of the path has become a file. */
const isMissing = (error: unknown) =>
  ['ENOENT', 'ENOTDIR'].includes((error as NodeJS.ErrnoException).code ?? '')

/** One file as it lies there; undefined when it is gone, or is no file. */
export function look(root: string, path: string): FoundFile | undefined {
  const whole = join(root, path)
  try {
    const stat = lstatSync(whole)
    if (stat.isFile()) return fileOf(path, stat)
    if (!stat.isSymbolicLink()) return undefined
    return lookThroughLink(root, path, stat)
  } catch (error) {
    return isMissing(error) ? undefined : unreadableFile(path, error)
  }
}

/** Those of these files that are there. */
export const filesAt = (root: string, paths: Iterable<string>): FoundFile[] =>
  [...paths].map((path) => look(root, path)).filter((file) => file !== undefined)

const leadsOut = {
  reason: 'the symbolic link leads out of the articles folder',
  remedy: 'Put the file itself into the folder.',
}
const leadsNowhere = {
  reason: 'the symbolic link leads to nothing',
  remedy: 'Put the file itself into the folder, or delete the link.',
}

function lookThroughLink(root: string, path: string, link: Stats): FoundFile | undefined {
  try {
    const target = realpathSync.native(join(root, path))
    if (!target.startsWith(root + sep)) return { ...fileOf(path, link), rejection: leadsOut }
    const stat = statSync(target)
    if (!stat.isFile()) return undefined
    const parts = target.slice(root.length + 1).split(sep)
    const inside = parts.join('/')
    if (!isFoundItself(parts)) return { ...fileOf(path, stat), source: inside }
    return linkTo(fileOf(inside, stat), path, link)
  } catch {
    return { ...fileOf(path, link), rejection: leadsNowhere }
  }
}

/** Whether `walk` finds the file at a path of these parts. */
const isFoundItself = (parts: readonly string[]) =>
  isArticleName(parts.at(-1) ?? '') && !parts.some((part) => part.startsWith('.'))

/** Ends the signature of a link to an article. */
export const toArticle = ' link'

/** A link to an article, which is published once: as the file that it is. */
function linkTo(target: FoundFile, path: string, link: Stats): FoundFile {
  const file = fileOf(path, link)
  const passedOver = { text: `it is a link to "${target.path}"` }
  // Where its target goes, it becomes another thing and is the same link.
  const signature = `${file.signature} ${target.signature}${toArticle}`
  return { ...file, signature, passedOver, target: target.path }
}

const fileOf = (path: string, stat: Stats): FoundFile => ({
  path,
  signature: `${stat.size} ${stat.mtimeMs} ${stat.ctimeMs}`,
  modified: Math.floor(stat.mtimeMs),
  size: stat.size,
  ownerId: stat.uid,
})
