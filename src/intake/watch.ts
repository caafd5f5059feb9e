/**
 * Notices changes in the articles folder. One watch a folder, which on Linux covers the files in
 * it: libraries that watch file by file would need 100,000 watches where we need a hundred.
 */
import { type FSWatcher, lstatSync, readdirSync, statSync, watch } from 'node:fs'
import { join } from 'node:path'
import { isArticleName } from './formats/formats.ts'

export interface FolderWatch {
  close(): void
}

/** Events of one change come in bursts: they are handed on when it is quiet, or at the latest… */
const quietMs = 20
/** …after this long. */
const longestMs = 200
/** How often we look whether the root is still the folder that is watched. */
const rootCheckMs = 2000

/**
 * @param root absolute
 * @param onChange files and folders that came, changed or went, relative to the root
 * @param onFailure once, when watching is not possible (any more); changes are then not noticed
 */
export function watchFolder(
  root: string,
  onChange: (paths: string[]) => void,
  onFailure: (error: Error) => void,
): FolderWatch {
  const watches = new Map<string, FSWatcher>()
  const changed = new Set<string>()
  let timer: NodeJS.Timeout | undefined
  let since = 0
  let hasFailed = false
  let identity = identityOf(root)

  /** A folder that was made or mounted anew has no watch, and sends no word of itself. */
  function checkRoot(): void {
    const now = identityOf(root)
    if (now === identity || now === undefined || hasFailed) return
    identity = now
    forget('')
    watchTree('')
    onChange([''])
  }
  const rootTimer = setInterval(checkRoot, rootCheckMs).unref()

  function fail(error: Error): void {
    if (hasFailed) return
    hasFailed = true
    close()
    onFailure(error)
  }

  function note(path: string): void {
    if (changed.size === 0) since = performance.now()
    changed.add(path)
    clearTimeout(timer)
    const wait = Math.max(0, Math.min(quietMs, since + longestMs - performance.now()))
    timer = setTimeout(() => {
      const paths = [...changed]
      changed.clear()
      onChange(paths)
    }, wait)
  }

  function noticed(folder: string, event: string, name: string | null): void {
    if (name === null || name.startsWith('.')) return
    const path = folder === '' ? name : `${folder}/${name}`
    if (event === 'rename' && isFolder(join(root, path))) {
      // A folder that was removed and made again has a watch that sees nothing any more.
      forget(path)
      watchTree(path)
      note(path)
    } else if (watches.has(path)) {
      forget(path)
      note(path)
    } else if (isArticleName(name)) note(path)
  }

  function watchTree(folder: string): void {
    const folders = [folder]
    for (let next = folders.pop(); next !== undefined; next = folders.pop()) {
      folders.push(...watchOne(next))
    }
  }

  /** @returns the folders in it */
  function watchOne(folder: string): string[] {
    try {
      const one = watch(join(root, folder), (event, name) => noticed(folder, event, name))
      one.on('error', fail)
      watches.set(folder, one)
      return readdirSync(join(root, folder), { withFileTypes: true })
        .filter((dirent) => dirent.isDirectory() && !dirent.name.startsWith('.'))
        .map(({ name }) => (folder === '' ? name : `${folder}/${name}`))
    } catch (error) {
      // A folder may vanish again, or not be ours to read; refreshes say so of the latter.
      const { code } = error as NodeJS.ErrnoException
      if (!['ENOENT', 'ENOTDIR', 'EACCES', 'EPERM'].includes(code ?? '')) fail(error as Error)
      return []
    }
  }

  /** Stops watching a folder that is gone, and those that were in it. */
  function forget(folder: string): void {
    for (const [path, one] of watches) {
      if (folder !== '' && path !== folder && !path.startsWith(`${folder}/`)) continue
      one.close()
      watches.delete(path)
    }
  }

  function close(): void {
    clearTimeout(timer)
    clearInterval(rootTimer)
    for (const one of watches.values()) one.close()
    watches.clear()
  }

  watchTree('')
  return { close }
}

/** Which folder lies at a path; undefined when that cannot be told. Numbers of inodes are used again. */
function identityOf(path: string): string | undefined {
  try {
    const { dev, ino, birthtimeMs } = statSync(path)
    return `${dev} ${ino} ${birthtimeMs}`
  } catch {
    return undefined
  }
}

function isFolder(path: string): boolean {
  return lstatSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false
}
