/** Puts one file into the out folder, whole or not at all, and says what is wrong where it cannot be there. */
import { hash } from 'node:crypto'
import {
  closeSync,
  futimesSync,
  lstatSync,
  openSync,
  renameSync,
  rmSync,
  type Stats,
  writeSync,
} from 'node:fs'
import { join, posix } from 'node:path'
import { attempt } from '../attempt.ts'

/** The build cannot go on: a sentence that says what to do. */
export class BuildError extends Error {}

/** Whether what was written cannot be noted, or what is to be written cannot be read: no file can be written then. */
export const isOfDatabase = (error: unknown): boolean =>
  (error as NodeJS.ErrnoException).code === 'ERR_SQLITE_ERROR'

/** What is wrong with one name, and with no other. */
const ofOneFile = new Set([
  ...['ENAMETOOLONG', 'EINVAL', 'EISDIR', 'ENOTDIR', 'EEXIST', 'ENOTEMPTY', 'ENOENT'],
])

const whatIsWrong: Readonly<Record<string, string>> = {
  ENOSPC: 'the disk is full',
  EDQUOT: 'no more may be written to this disk',
  EROFS: 'the disk may only be read',
  EACCES: 'this user may not write there',
  EPERM: 'this user may not write there',
  ENAMETOOLONG: 'its name is too long for this disk; give the article a shorter slug',
  EISDIR: 'its address is that of a folder too',
  ENOTDIR: 'its address is below that of a file',
  EEXIST: 'its address is below that of a file',
  ENOENT: 'what it is made from was removed meanwhile',
}

/** What lies at a path; undefined where nothing can. */
export function statOf(path: string): Stats | undefined {
  try {
    return lstatSync(path, { throwIfNoEntry: false })
  } catch (error) {
    const { code = '' } = error as NodeJS.ErrnoException
    if (ofOneFile.has(code)) return undefined
    throw new BuildError(
      `${path} cannot be looked at: ${(error as Error).message}. Build again once it can.`,
    )
  }
}

/** Removes a file that may be there. */
export function removeFile(path: string): void {
  if (statOf(path)) rmSync(path)
}

/** Where a file is until it is whole: in the same folder, so that it can be renamed, and under a name no longer than others. */
export function temporaryPath(root: string, path: string): string {
  const name = `.newsstand-${hash('sha1', path, 'hex').slice(0, 12)}~`
  return join(root, posix.dirname(path), name)
}

/**
 * @param path in the out folder
 * @param write makes the file at another name in its folder
 * @returns what is wrong with this file, where it cannot be there: a sentence
 * @throws BuildError where no file can be written
 */
export function writeWhole(
  root: string,
  path: string,
  write: (to: string) => void,
): string | undefined {
  const to = join(root, path)
  const temporary = temporaryPath(root, path)
  try {
    if (!path.split('/').every((part) => part !== '' && part !== '.' && part !== '..')) {
      throw Object.assign(new Error('no file may have this name'), { code: 'EINVAL' })
    }
    write(temporary)
    renameSync(temporary, to)
    return undefined
  } catch (error) {
    if (error instanceof BuildError) throw error
    attempt(() => removeFile(temporary))
    const { code = '', message } = error as NodeJS.ErrnoException
    const reason = whatIsWrong[code] ?? message
    if (ofOneFile.has(code)) return `${path} cannot be written: ${reason}`
    throw new BuildError(
      `${to} cannot be written: ${reason}. What is there stays, and the next build goes on from it.`,
    )
  }
}

/** @param changed in seconds since 1970 */
export function writeAt(path: string, bytes: Uint8Array, changed: number): void {
  const file = openSync(path, 'w')
  try {
    for (let done = 0; done < bytes.length; ) done += writeSync(file, bytes, done)
    futimesSync(file, changed, changed)
  } finally {
    closeSync(file)
  }
}

/**
 * When a file was changed, in seconds: tools compare size and time. What says since when its bytes are these counts; where
 * the file was there with others and that is no later, or where nothing says so, it is now.
 * @param before when it was changed last; 0 where it is new
 */
export function timeOf(modified: number | undefined, before = 0): number {
  const stated = modified === undefined ? 0 : Math.floor(modified / 1000)
  if (stated > before) return stated
  return Math.max(Math.floor(Date.now() / 1000), before + 1)
}
