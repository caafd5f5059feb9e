import type { FileResult } from '../intake/file-result.ts'
import type { Note } from '../intake/note.ts'
import type { RejectedFile } from './catalogue.ts'
import type { Guids } from './guids.ts'
import type { Statements } from './statements.ts'

type Rejected = FileResult & { readonly kind: 'rejected' }
type Accepted = Exclude<FileResult, Rejected | { readonly kind: 'unsettled' }>

/** In place of the number of a note: why its file was passed over. Such a file has no notes. */
export const passedOverNumber = -1

/**
 * Keeps what editors should know of files: why they were rejected or wait for a guid, and notes; and what reading them
 * has needed of other files.
 */
export class Findings {
  /** Files rejected for the first time, or for other reasons than before. */
  readonly rejected: RejectedFile[] = []
  /** How many files were read that have notes. */
  noted = 0
  readonly #statements: Statements
  readonly #guids: Guids
  readonly #times: { readonly now: number; readonly isFirst: boolean }
  /** Whether there were any before this refresh: most folders have none, and need not look for them. */
  readonly #hadNotes: boolean
  readonly #hadNeeds: boolean
  #hasPutNotes = false
  #hasPutNeeds = false

  /**
   * @param times `now` in ms since 1970; `isFirst` where the catalogue knows no file yet
   */
  constructor(
    statements: Statements,
    guids: Guids,
    times: { readonly now: number; readonly isFirst: boolean },
  ) {
    this.#statements = statements
    this.#guids = guids
    this.#times = times
    this.#hadNotes = statements.anyNote.get() !== undefined
    this.#hadNeeds = statements.anyNeed.get() !== undefined
  }

  /** Of a file that is gone. */
  forget(path: string): void {
    this.#acquit(path)
    this.#forgetNotes(path)
    this.#forgetNeeds(path)
  }

  /** Whatever was wrong with this file is no more; what should be known of it is what is told now. */
  accept(result: Accepted): void {
    if (!this.#times.isFirst) this.#acquit(result.path)
    if (this.#hadNotes) this.#statements.deleteNotes.run(result.path)
    if (result.kind !== 'passed-over') this.#putNotes(result.path, result.notes)
    else if (!result.isUsual) this.#putNote(result.path, passedOverNumber, result.note)
    this.#putNeeds(result)
  }

  /** What is found out of an accepted file when all files are known. */
  add(path: string, text: string): void {
    const notes = Number(this.#statements.countNotes.get(path)?.notes)
    this.#statements.insertNote.run(path, notes, null, text)
    if (notes === 0) this.noted += 1
  }

  /** In place of whatever was noted of an accepted file. */
  replace(path: string, text: string): void {
    if (this.#statements.rejectionByPath.get(path)) return
    this.#statements.deleteNotes.run(path)
    this.#putNote(path, 0, { text })
  }

  /** @param article the number of the last good version of the file, which stays; null for none */
  reject(
    result: Pick<Rejected, 'path' | 'signature' | 'rejections' | 'needs'>,
    article: number | null,
  ): void {
    const { path, signature, rejections } = result
    this.#statements.putFile.run(path, signature, article)
    this.#forgetNotes(path)
    this.#putNeeds(result)
    const [{ line = null, reason, remedy }, ...others] = rejections
    const further = JSON.stringify(others)
    const known = this.#statements.rejectionByPath.get(path)
    if (known?.reason === reason && known.line === line && known.others === further) return
    this.#statements.putRejection.run(path, line, reason, remedy, this.#times.now, further)
    this.rejected.push({ path, ...rejections[0], others, isPublished: article !== null })
  }

  #acquit(path: string): void {
    this.#statements.deleteRejection.run(path)
    this.#guids.endWaiting(path)
  }

  /** @param notes all that this file has now, which is read once in a refresh */
  #putNotes(path: string, notes: readonly Note[]): void {
    for (const [number, note] of notes.entries()) this.#putNote(path, number, note)
    if (notes.length > 0) this.noted += 1
  }

  /** @param needs undefined where reading the file has needed none */
  #putNeeds({ path, needs }: Pick<FileResult, 'path' | 'needs'>): void {
    if (needs === undefined) {
      this.#forgetNeeds(path)
      return
    }
    this.#statements.putNeeds.run(path, needs)
    this.#hasPutNeeds = true
  }

  #forgetNeeds(path: string): void {
    if (this.#hadNeeds || this.#hasPutNeeds) this.#statements.deleteNeeds.run(path)
  }

  #putNote(path: string, number: number, { line, text }: Note): void {
    this.#statements.insertNote.run(path, number, line ?? null, text)
    this.#hasPutNotes = true
  }

  #forgetNotes(path: string): void {
    if (this.#hadNotes || this.#hasPutNotes) this.#statements.deleteNotes.run(path)
  }
}
