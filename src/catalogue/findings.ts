import type { Outcome } from '../intake/file-result.ts'
import type { Note } from '../intake/note.ts'
import type { RejectedFile } from './catalogue.ts'
import type { Statements } from './statements.ts'

type Rejections = (Outcome & { readonly kind: 'rejected' })['rejections']

/** Keeps what editors should know of files: why they were rejected, and notes. */
export class Findings {
  /** Files rejected for the first time, or for other reasons than before. */
  readonly rejected: RejectedFile[] = []
  /** How many files were read that have notes. */
  noted = 0
  readonly #statements: Statements
  readonly #now: number
  /** Whether there were notes before this refresh: most folders have none, and need not look for them. */
  readonly #hadNotes: boolean

  /** @param now ms since 1970 */
  constructor(statements: Statements, now: number) {
    this.#statements = statements
    this.#now = now
    this.#hadNotes = statements.anyNote.get() !== undefined
  }

  /** Of a file that is gone. */
  forget(path: string): void {
    this.acquit(path)
    this.#forgetNotes(path)
  }

  /** Of a file that was read and is not rejected. */
  acquit(path: string): void {
    this.#statements.deleteRejection.run(path)
  }

  /** @param isPublished whether its last good version stays */
  reject(path: string, rejections: Rejections, isPublished: boolean): void {
    this.#forgetNotes(path)
    const [{ line = null, reason, remedy }, ...others] = rejections
    const further = JSON.stringify(others)
    const known = this.#statements.rejectionByPath.get(path)
    if (known?.reason === reason && known.line === line && known.others === further) return
    this.#statements.putRejection.run(path, line, reason, remedy, this.#now, further)
    this.rejected.push({ path, ...rejections[0], others, isPublished })
  }

  /** @param notes all that this file has now, which is read once in a refresh */
  note(path: string, notes: readonly Note[]): void {
    if (this.#hadNotes) this.#statements.deleteNotes.run(path)
    if (notes.length === 0) return
    for (const [number, { line = null, text }] of notes.entries()) {
      this.#statements.insertNote.run(path, number, line, text)
    }
    this.noted += 1
  }

  #forgetNotes(path: string): void {
    if (this.#hadNotes || this.noted > 0) this.#statements.deleteNotes.run(path)
  }
}
