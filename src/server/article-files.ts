/** Writes and removes files of the articles folder for programs that publish over HTTP. */
import { randomUUID } from 'node:crypto'
import type { Stats } from 'node:fs'
import { type FileHandle, mkdir, open, realpath, rename, rm, stat, unlink } from 'node:fs/promises'
import { basename, dirname, join, sep } from 'node:path'
import { isArticleName } from '../intake/formats/input-formats.ts'

/** As every file system takes it. Bytes. */
const longestName = 255
const longestPath = 1000

const isFolder = 'A folder lies there.'

/** Why nothing may lie at a path. */
export class PathError extends Error {}

/**
 * The path of an article's file as a URL has it.
 * @returns it relative to the articles folder, with `/`
 * @throws PathError
 */
export function articleFileOf(urlPath: string): string {
  let path: string
  try {
    path = decodeURIComponent(urlPath)
  } catch {
    throw new PathError('The path is not percent-encoded as it should be.')
  }
  const names = path.split('/')
  const isPlain = (name: string) =>
    name !== '' && !name.startsWith('.') && Buffer.byteLength(name) <= longestName
  if (!names.every(isPlain) || /[\p{Cc}\\]/u.test(path) || path.length > longestPath) {
    throw new PathError(
      'A path has names between slashes, none of which is empty, begins with a dot or is too long.',
    )
  }
  if (!isArticleName(basename(path))) {
    throw new PathError('Its ending is none of an article, such as .md or .html.')
  }
  return path
}

/**
 * Writes a file beside its place and puts it there whole. Who might read and write the one that lay there, still may.
 * @returns whether it is new
 * @throws PathError when a link leads out of the folder, or a folder lies there
 */
export async function putFile(articlesDir: string, path: string, bytes: Buffer): Promise<boolean> {
  const folder = await folderOf(articlesDir, path, true)
  const whole = join(folder, basename(path))
  const before = await statOf(whole)
  if (before?.isDirectory()) throw new PathError(isFolder)
  // Hidden: nobody reads it meanwhile.
  const beside = join(folder, `.${randomUUID()}.newsstand`)
  try {
    const file = await open(beside, 'wx')
    try {
      await file.writeFile(bytes)
      if (before) await keepRights(file, before)
      await file.sync()
    } finally {
      await file.close()
    }
    await rename(beside, whole)
  } catch (error) {
    await rm(beside, { force: true })
    throw error
  }
  return before === undefined
}

/** Who may not give a file away keeps it, in the group that it had where that is one of theirs. */
async function keepRights(file: FileHandle, { uid, gid, mode }: Stats): Promise<void> {
  await file
    .chown(uid, gid)
    .catch(() => file.chown(-1, gid))
    .catch(() => {})
  // Some file systems know no rights.
  await file.chmod(mode & 0o777).catch(() => {})
}

/**
 * Removes a file.
 * @returns whether one lay there
 * @throws PathError as `putFile`
 */
export async function removeFile(articlesDir: string, path: string): Promise<boolean> {
  try {
    await unlink(join(await folderOf(articlesDir, path, false), basename(path)))
    return true
  } catch (error) {
    const { code = '' } = error as NodeJS.ErrnoException
    if (code === 'ENOENT' || code === 'ENOTDIR') return false
    if (code === 'EISDIR') throw new PathError(isFolder)
    throw error
  }
}

/** The folder of a file, without links. @param isToBeMade whether it is made where there is none */
async function folderOf(articlesDir: string, path: string, isToBeMade: boolean): Promise<string> {
  const root = await realpath(articlesDir)
  let folder = root
  for (const name of dirname(path).split('/')) {
    const next = join(folder, name)
    if (isToBeMade && (await statOf(next)) === undefined) await mkdir(next, { recursive: true })
    folder = await realpath(next)
    if (folder !== root && !folder.startsWith(root + sep)) {
      throw new PathError('A link leads out of the articles folder.')
    }
    if (isToBeMade && !(await stat(folder)).isDirectory()) {
      throw new PathError('A file lies where a folder would have to be.')
    }
  }
  return folder
}

async function statOf(path: string) {
  try {
    return await stat(path)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw error
  }
}
