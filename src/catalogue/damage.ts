/** What can be wrong with the file of the catalogue, told apart and told to people. */
import { statfsSync } from 'node:fs'
import { attempt } from '../attempt.ts'

const damaged = 'ERR_DAMAGED_CATALOGUE'

/** The catalogue says something that was never written into it. */
export class DamageError extends Error {
  /** By which it is known when it comes from another thread. */
  readonly code = damaged
}

/** A result code of SQLite (sqlite.org/rescode.html), without what extends it. */
const codeOf = (error: unknown) => ((error as { errcode?: number })?.errcode ?? 0) & 0xff

const logicError = 1
const busy = 5
const readOnly = 8
const ioError = 10
const corrupt = 11
const full = 13
const cannotOpen = 14
const notADatabase = 26

/** Node's for an integer that no number of JavaScript's holds: nobody has written one. */
const outOfRange = 'ERR_OUT_OF_RANGE'

export const isDamage = (error: unknown): boolean =>
  [corrupt, notADatabase].includes(codeOf(error)) ||
  [damaged, outOfRange].includes((error as NodeJS.ErrnoException)?.code ?? '')

/** As for our statements: a name that SQLite does not find was there before, and what is no JSON was. */
export const isDamageOfTables = (error: unknown): boolean =>
  isDamage(error) || codeOf(error) === logicError

export const isReadOnly = (error: unknown): boolean => codeOf(error) === readOnly

export const isBusy = (error: unknown): boolean => codeOf(error) === busy

const remedies: ReadonlyMap<number, string> = new Map([
  [readOnly, 'give the user that runs Newsstand the right to write DATA_DIR'],
  [ioError, 'make sure that the disk of DATA_DIR works and has room'],
  [cannotOpen, 'make sure that DATA_DIR may be written and its disk has room'],
])

/** Less than this is no room: SQLite's smallest file takes as much. */
const leastRoom = 64 * 1024

/**
 * What is wrong, with what to do about it where that is known.
 * @param folder DATA_DIR
 */
export function explain(error: unknown, folder: string): string {
  if (isFull(error, folder)) return `the disk is full; make room where ${folder} is`
  const { message, code } = error as NodeJS.ErrnoException
  const remedy = remedies.get(code === 'EACCES' ? readOnly : codeOf(error))
  return remedy ? `${message}; ${remedy}` : message
}

/** SQLite and the system have many words for it. */
function isFull(error: unknown, folder: string): boolean {
  const code = codeOf(error)
  if (code === full || (error as NodeJS.ErrnoException)?.code === 'ENOSPC') return true
  if (code !== ioError && code !== cannotOpen) return false
  const room = attempt(() => statfsSync(folder))
  return room !== undefined && room.bavail * room.bsize < leastRoom
}
