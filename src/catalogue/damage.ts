/** What can be wrong with the file of the catalogue, told apart and told to people. */

/** The catalogue says something that was never written into it. */
export class DamageError extends Error {}

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

export const isDamage = (error: unknown): boolean =>
  error instanceof DamageError || [corrupt, notADatabase].includes(codeOf(error))

/** While tables are opened, a name that SQLite does not find was there before. */
export const isDamageAtOpening = (error: unknown): boolean =>
  isDamage(error) || codeOf(error) === logicError

export const isReadOnly = (error: unknown): boolean => codeOf(error) === readOnly

export const isBusy = (error: unknown): boolean => codeOf(error) === busy

const remedies: ReadonlyMap<number, string> = new Map([
  [readOnly, 'give the user that runs Newsstand the right to write DATA_DIR'],
  [ioError, 'make sure that the disk of DATA_DIR works and has room'],
  [full, 'make room on the disk of DATA_DIR'],
  [cannotOpen, 'make sure that DATA_DIR may be written and its disk has room'],
])

/** What is wrong, with what to do about it where that is known. */
export function explain(error: unknown): string {
  const { message } = error as Error
  const remedy = remedies.get(codeOf(error))
  return remedy ? `${message}; ${remedy}` : message
}
