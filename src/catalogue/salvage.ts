/** Makes a catalogue anew from what can still be read of a damaged one. */
import { existsSync, renameSync, rmSync } from 'node:fs'
import { DatabaseSync } from 'node:sqlite'
import { attempt } from '../attempt.ts'
import { namespacesOfDamaged } from './former-namespaces.ts'
import { writeNamespaces } from './namespaces.ts'
import { articlesFolder, filling } from './setting-names.ts'
import { fileEnds, makeTables, removeFile, type StoreSettings, startWriting } from './store.ts'
import { takeOver } from './take-over.ts'

/**
 * Makes a new catalogue beside the damaged one. Its files count as unread: the next refresh reads
 * them all, and finds their articles by path or by text, with their ids and dates.
 * @param damaged absent when it cannot even be opened
 * @returns where the new one is, and how many articles were taken over
 */
export async function makeAnew(
  damaged: DatabaseSync | undefined,
  settings: StoreSettings,
): Promise<{ made: string; kept: number }> {
  const { path } = settings
  const made = `${path}.new`
  removeFile(made)
  const database = new DatabaseSync(made)
  try {
    makeTables(database)
    const stated = settingOf(damaged, 'namespaces')
    const namespaces = await namespacesOfDamaged(damaged, path, stated)
    const put = database.prepare('INSERT INTO setting VALUES (?, ?)')
    if (namespaces) put.run('namespaces', writeNamespaces(namespaces))
    // Another than was kept is known by its checksum when it is read.
    const folder = settingOf(damaged, articlesFolder)
    if (folder !== undefined) put.run(articlesFolder, String(folder))
    const writing = startWriting(database, settings)
    // Nobody has seen what a first refresh has kept before its end: it begins anew.
    const kept = damaged && !isFilling(damaged) ? await takeOver(damaged, writing) : 0
    return { made, kept }
  } finally {
    database.close()
  }
}

/** Why a catalogue is set aside, as the name of its file says. */
export type Aside = 'damaged' | 'former'

/**
 * Puts a new catalogue in the place of another, which is set aside and never deleted.
 * No connection to the new one may be open; one to the other still reads it where this fails.
 * @returns where the other one is
 */
export function replace(path: string, made: string, why: Aside): string {
  const moment = new Date().toISOString().replace(/[:.]/g, '-')
  const aside = path.replace(/\.sqlite$/, `.${why}-${moment}.sqlite`)
  for (const end of fileEnds) if (existsSync(path + end)) renameSync(path + end, aside + end)
  renameSync(made, path)
  return aside
}

/** Puts a new catalogue in the place of one that nobody has seen yet. Neither is open. */
export function discard(path: string, made: string): void {
  // What is left of the old one would be taken for a journal of the new one.
  for (const end of fileEnds.slice(1)) rmSync(path + end, { force: true })
  renameSync(made, path)
}

/**
 * Puts a catalogue that was deleted back, out of what is open of it.
 * @throws an error of SQLite's or the system's; what is open still has everything then
 */
export function putBack(open: DatabaseSync, path: string): void {
  const made = `${path}.new`
  rmSync(made, { force: true })
  // Whoever writes has perhaps not opened the log yet, and could not do so any more.
  open.prepare('VACUUM INTO ?').run(made)
  // A log that was left behind does not fit the file that is put back.
  for (const end of ['-wal', '-shm']) rmSync(path + end, { force: true })
  renameSync(made, path)
}

/** By the mark, or by the table that goes with it. */
const isFilling = (damaged: DatabaseSync): boolean =>
  settingOf(damaged, filling) !== undefined ||
  attempt(() => damaged.prepare('SELECT 1 FROM staged')) !== undefined

/** What the damaged catalogue remembers, where its table still says so. */
const settingOf = (damaged: DatabaseSync | undefined, name: string): unknown =>
  attempt(() => damaged?.prepare('SELECT value FROM setting WHERE name = ?').get(name)?.value)
