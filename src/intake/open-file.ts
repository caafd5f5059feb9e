/**
 * Opens files of the articles folder. Between a look at a file and its opening anything may be put in
 * its place: what counts is what was opened.
 */
import {
  closeSync,
  constants,
  fstatSync,
  openSync,
  readSync,
  realpathSync,
  type Stats,
} from 'node:fs'
import { join, sep } from 'node:path'
import { signatureOf } from './folder.ts'

/**
 * Flags of open(2) for reading that nothing blocks: a pipe does not wait for its writer, and a terminal is
 * not taken over.
 */
export const withoutWaiting = constants.O_RDONLY | constants.O_NONBLOCK | constants.O_NOCTTY

/** An article of a hundred thousand words is a megabyte; what is larger is no article. */
export const mostFileBytes = 10 * 1024 * 1024

/** A link has taken the file's place; a socket, or a device that is not there. */
const isNoFile = (error: unknown) =>
  ['ELOOP', 'ENXIO', 'ENODEV'].includes((error as NodeJS.ErrnoException).code ?? '')

/**
 * Opens a file, and closes it when it was used.
 * @param root the articles folder, absolute, without symbolic links
 * @param path relative to the root; links that stay within the root are followed
 * @param use is given the descriptor, what lies behind that, and its own path, to which links lead; relative to the root
 * @param found the signature of the file, where a walk through the root has found it
 * @returns undefined when no file lies there, but a pipe or a device, or a link that leads out of the root
 * @throws the system's error, or what `use` throws
 */
export function useFile<T>(
  root: string,
  path: string,
  use: (descriptor: number, stat: Stats, target: string) => T,
  found?: string,
): T | undefined {
  // What has the time of change and the size that were found in the root is that file, as nobody can set that time. To
  // look at each part of its path takes as long as reading it.
  const own = found === undefined ? undefined : useAt(join(root, path), use, path, found)
  if (own) return own.value
  // Node's own looks at each folder of the path from JavaScript, which takes twice as long.
  const whole = realpathSync.native(join(root, path))
  if (!whole.startsWith(root + sep)) return undefined
  return useAt(whole, use, whole.slice(root.length + 1))?.value
}

/** @returns undefined when no file lies there, or another one than was found */
function useAt<T>(
  whole: string,
  use: (descriptor: number, stat: Stats, target: string) => T,
  target: string,
  found?: string,
): { readonly value: T } | undefined {
  const descriptor = open(whole)
  if (descriptor === undefined) return undefined
  try {
    const stat = fstatSync(descriptor)
    if (!stat.isFile() || (found !== undefined && signatureOf(stat) !== found)) return undefined
    return { value: use(descriptor, stat, target) }
  } finally {
    closeSync(descriptor)
  }
}

function open(path: string): number | undefined {
  try {
    return openSync(path, withoutWaiting | constants.O_NOFOLLOW)
  } catch (error) {
    if (isNoFile(error)) return undefined
    throw error
  }
}

/** The first bytes of an open file: as many as are wanted, or fewer when it ends before. */
export function readBytes(descriptor: number, length: number): Buffer {
  const bytes = Buffer.allocUnsafe(length)
  let filled = 0
  while (filled < length) {
    const count = readSync(descriptor, bytes, filled, length - filled, filled)
    if (count === 0) break
    filled += count
  }
  return bytes.subarray(0, filled)
}
