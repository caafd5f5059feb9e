/** One Newsstand at a time writes a folder of data: a lock that the system holds for the process. */
import { mkdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { attempt } from '../attempt.ts'
import { isBusy } from './damage.ts'

/**
 * Which file lies at a path; undefined when none does. A file that is open goes on when it is deleted
 * or another is put in its place, and nobody is told.
 */
export function fileIdAt(path: string): string | undefined {
  const stat = statSync(path, { throwIfNoEntry: false })
  return stat && `${stat.dev} ${stat.ino}`
}

/** Another process holds the lock. */
export class InUseError extends Error {}

export type FolderLock = ReturnType<typeof lockFolder>

const fileName = 'newsstand.lock'

/**
 * Locks the folder, and makes it where there is none. The lock is gone with the process, however that
 * ends. Node cannot lock files itself, and SQLite does (fcntl on Unix): nothing is ever in this one.
 * The file stays, since another process may have opened it already. Nobody else in this process may open
 * it: fcntl's locks go with the first descriptor that is closed.
 * @throws InUseError
 * @throws the system's error or SQLite's when the folder may not be written
 */
export function lockFolder(folder: string) {
  mkdirSync(folder, { recursive: true })
  const path = join(folder, fileName)
  const database = new DatabaseSync(path)
  try {
    // Where the file may not be written, SQLite would lock it for reading and not say so: hence the
    // change, which is never committed. Nothing is written beside it.
    database.exec('PRAGMA journal_mode = MEMORY; BEGIN EXCLUSIVE; PRAGMA user_version = 1')
  } catch (error) {
    database.close()
    if (!isBusy(error)) throw error
    throw new InUseError(
      `another Newsstand${holderOf(path)} uses this DATA_DIR; ` +
        'stop that one, or give this one a DATA_DIR of its own',
    )
  }
  const fileId = fileIdAt(path)
  return {
    /** Whether its file is still where another process would look for it. */
    isInPlace: () => fileIdAt(path) === fileId,
    release: () => database.close(),
  }
}

/** Where the system tells (Linux): which process it is. */
function holderOf(path: string): string {
  const pid = attempt(() => {
    const { ino } = statSync(path)
    const locks = readFileSync('/proc/locks', 'utf8')
    return new RegExp(`WRITE +([1-9]\\d*) \\S+:${ino} `).exec(locks)?.[1]
  })
  return pid === undefined ? '' : ` (process ${pid})`
}
