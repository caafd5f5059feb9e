/** The articles folder: which files are in it, and whether each is wholly written. */
import { type Dirent, lstatSync, readdirSync, realpathSync, type Stats, statSync } from 'node:fs'
import { join, sep } from 'node:path'
import type { FoundFile } from './file-result.ts'
import { isArticleName } from './formats/formats.ts'
import type { Rejection } from './rejection.ts'
import { canSeeWriters, openForWriting } from './writers.ts'

/** A file in the folder; one that may not be read bears its rejection. */
export interface Entry extends FoundFile {
  readonly ownerId: number
  readonly rejection?: Rejection
}

/**
 * All article files below `path`, in no particular order. Dotfiles, files of other kinds and
 * folders reached by symbolic links are passed over.
 * @param root absolute, without symbolic links
 * @param path relative to the root; '' for all
 * A subfolder that cannot be read is an entry with a rejection and the signature `unreadable`.
 * @throws the system's error when the root cannot be read
 */
export function* walk(root: string, path = ''): Generator<Entry> {
  const folders = [path]
  for (let folder = folders.pop(); folder !== undefined; folder = folders.pop()) {
    const dirents = list(root, folder)
    if (!dirents) yield unreadableEntry(folder)
    for (const dirent of dirents ?? []) {
      if (dirent.name.startsWith('.')) continue
      const inner = folder === '' ? dirent.name : `${folder}/${dirent.name}`
      if (dirent.isDirectory()) folders.push(inner)
      else if (isArticleName(dirent.name)) {
        const entry = look(root, inner)
        if (entry) yield entry
      }
    }
  }
}

/** undefined when the folder is there and cannot be read. */
function list(root: string, folder: string): Dirent[] | undefined {
  try {
    return readdirSync(join(root, folder), { withFileTypes: true })
  } catch (error) {
    if (folder === '') throw error
    // A subfolder may vanish while we walk.
    return isMissing(error) ? [] : undefined
  }
}

/** The signature of what is there and cannot be read; what is below it is not gone. */
export const unreadable = 'unreadable'

function unreadableEntry(path: string): Entry {
  const rejection = {
    reason: 'it may not be read',
    remedy: 'Give the user that runs Newsstand the right to read it, or move it away.',
  }
  return { path, signature: unreadable, modified: 0, size: 0, ownerId: -1, rejection }
}

/** ENOTDIR: a folder of the path has become a file. */
const isMissing = (error: unknown) =>
  ['ENOENT', 'ENOTDIR'].includes((error as NodeJS.ErrnoException).code ?? '')

/** One file as it lies there; undefined when it is gone, or is no file. */
export function look(root: string, path: string): Entry | undefined {
  const whole = join(root, path)
  try {
    const stat = lstatSync(whole)
    if (stat.isFile()) return entryOf(path, stat)
    if (!stat.isSymbolicLink()) return undefined
    return lookThroughLink(root, path, stat)
  } catch (error) {
    return isMissing(error) ? undefined : unreadableEntry(path)
  }
}

function lookThroughLink(root: string, path: string, link: Stats): Entry | undefined {
  try {
    const target = realpathSync(join(root, path))
    if (!target.startsWith(root + sep)) {
      const rejection = {
        reason: 'the symbolic link leads out of the articles folder',
        remedy: 'Put the file itself into the folder.',
      }
      return { ...entryOf(path, link), rejection }
    }
    const stat = statSync(target)
    return stat.isFile() ? entryOf(path, stat) : undefined
  } catch {
    const rejection = {
      reason: 'the symbolic link leads to nothing',
      remedy: 'Put the file itself into the folder, or delete the link.',
    }
    return { ...entryOf(path, link), rejection }
  }
}

const entryOf = (path: string, stat: Stats): Entry => ({
  path,
  signature: `${stat.size} ${stat.mtimeMs} ${stat.ctimeMs}`,
  modified: Math.floor(stat.mtimeMs),
  size: stat.size,
  ownerId: stat.uid,
})

/** A file that is a moment old may be changed again within the same tick of its clock. */
const momentMs = 30
/** Where writers cannot be seen, a file counts as written after it was left alone for so long. */
const unseenWriterMs = 2000

/**
 * Those of `entries` that may still be written: touched just now, or open for writing.
 * @param now ms since 1970
 */
export function unsettled(root: string, entries: readonly Entry[], now: number): Set<string> {
  const waiting = new Set<string>()
  const recent = entries.filter((entry) => Math.abs(now - changed(entry)) < 60_000)
  if (recent.length === 0) return waiting
  const open = openForWriting(root)
  for (const entry of recent) {
    const age = Math.abs(now - changed(entry))
    const quiet = canSeeWriters(entry.ownerId) ? momentMs : unseenWriterMs
    if (age < quiet || open.has(join(root, entry.path))) waiting.add(entry.path)
  }
  return waiting
}

/** Time of the last change; renaming a file changes this and not the time of modification. */
const changed = (entry: Entry) => Number(entry.signature.split(' ')[2])
