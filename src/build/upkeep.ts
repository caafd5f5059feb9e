/** What is done to files of the out folder that were written earlier. */
import { realpathSync, rmdirSync } from 'node:fs'
import { join, posix } from 'node:path'
import { attempt } from '../attempt.ts'
import type { Ledger } from './ledger.ts'
import type { Tally } from './out-folder.ts'
import { packedEndings } from './what-is-written.ts'
import { removeFile, statOf, temporaryPath } from './write-whole.ts'

const isPacked = (path: string) =>
  Object.values(packedEndings).some((ending) => path.endsWith(ending))

/**
 * Finds files that are others than were written, or gone, and has them made anew. Removes what a killed build left half
 * written.
 */
export function findAltered(root: string, ledger: Ledger): void {
  for (let after = ''; ; ) {
    const files = ledger.files(after)
    for (const { path, unit, hash: known, size, changed } of files) {
      if (known === '') removeFile(temporaryPath(root, path))
      const stat = statOf(join(root, path))
      const isSame =
        stat?.isFile() && stat.size === size && Math.floor(stat.mtimeMs / 1000) === changed
      if (isSame && known !== '') continue
      ledger.forgetUnit(unit)
      // It is made together with the one that it lies beside.
      if (isPacked(path)) ledger.forgetKey(path.replace(/\.\w+$/, ''))
      if (known !== '') ledger.putFile({ path, unit, key: '', hash: 'another', size: -1, changed })
    }
    if (files.length === 0) return
    after = files.at(-1)?.path ?? ''
  }
}

/** Removes what is no part of the site any more, and folders that are empty then. */
export function removeOrphans(root: string, ledger: Ledger, tally: Tally): void {
  const isInside = insideOf(root)
  for (const path of ledger.filesOf('')) {
    try {
      if (!isInside(posix.dirname(path))) {
        tally.faults.push(`${path} is not removed: its folder leads out of ${root}`)
        continue
      }
      removeFile(join(root, path))
      removeFile(temporaryPath(root, path))
      removeEmpty(root, posix.dirname(path))
    } catch (error) {
      tally.faults.push(`${path} cannot be removed: ${(error as Error).message}`)
      continue
    }
    ledger.deleteFile(path)
    if (!isPacked(path)) tally.removed += 1
  }
}

/** @returns whether a folder of the out folder lies in it, and is no link that somebody has put in its place */
function insideOf(root: string): (folder: string) => boolean {
  const found = new Map<string, boolean>()
  return (folder) => {
    let isInside = found.get(folder)
    if (isInside === undefined) {
      const path = join(root, folder)
      isInside = (attempt(() => realpathSync(path)) ?? path) === path
      found.set(folder, isInside)
    }
    return isInside
  }
}

function removeEmpty(root: string, folder: string): void {
  for (let one = folder; one !== '.'; one = posix.dirname(one)) {
    try {
      rmdirSync(join(root, one))
    } catch {
      return
    }
  }
}

/** Names that are one on the disks of others: sentences. */
export const alikeNames = (ledger: Ledger): string[] =>
  ledger
    .allAlike()
    .map((paths) => paths.filter((path) => !isPacked(path)))
    .filter((paths) => paths.length > 1)
    .map(
      (paths) =>
        `${paths.join(' and ')} are one name where case does not count (Windows, macOS): give one of them another`,
    )
