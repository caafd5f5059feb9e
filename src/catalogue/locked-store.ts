/** The file of the catalogue, open as far as that is possible, and the lock by which no other process writes it. */
import { existsSync } from 'node:fs'
import { dirname } from 'node:path'
import type { DatabaseSync } from 'node:sqlite'
import { attempt } from '../attempt.ts'
import { explain, isDamage } from './damage.ts'
import { type FolderLock, fileIdAt, InUseError, lockFolder } from './folder-lock.ts'
import { type Aside, discard, putBack, replace } from './salvage.ts'
import {
  closeStore,
  openForReading,
  openForReadingOnly,
  openForWriting,
  type Store,
  type StoreSettings,
  type Writing,
} from './store.ts'

export class LockedStore {
  readonly #settings: StoreSettings
  #open: Store | undefined
  /** Absent while nothing can be written. */
  #lock: FolderLock | undefined
  /** The file that is open for writing. */
  #fileId: string | undefined

  constructor(settings: StoreSettings) {
    this.#settings = settings
  }

  /**
   * What is there and cannot be written is opened for reading. Who cannot lock the folder does not write into it.
   * @throws InUseError when another process writes it
   * @throws Error when it is damaged, or there is nothing to read and nothing can be written
   */
  openAsFarAsPossible(): void {
    const { path } = this.#settings
    try {
      this.lock()
      this.#open = openForWriting(this.#settings)
      this.#fileId = fileIdAt(path)
    } catch (error) {
      if (error instanceof InUseError || isDamage(error) || !existsSync(path)) throw error
      this.#open = openForReadingOnly(path, this.explain(error))
    }
  }

  /** @throws Error when the folder cannot be locked */
  lock(): void {
    this.#lock ??= lockFolder(this.#folder)
  }

  get #folder(): string {
    return dirname(this.#settings.path)
  }

  get store(): Store {
    if (!this.#open) throw new Error('the catalogue is closed')
    return this.#open
  }

  /** Whether it is in the midst of a refresh. */
  get isInTransaction(): boolean {
    return this.#open?.writing?.database.isTransaction === true
  }

  /** What is wrong, with what to do about it where that is known. */
  explain(error: unknown): string {
    return explain(error, this.#folder)
  }

  /**
   * Looks whether the file is still in its place, and puts it back where it was deleted: as long as it
   * is open, all of it is there. Not for use within a transaction.
   * @returns whether it was put back
   * @throws Error when it cannot be put back, or another one is in its place
   */
  checkPlace(): boolean {
    if (!this.#open?.writing) return false
    const { path } = this.#settings
    const name = `the catalogue ${path}`
    const [isLocked, fileId] = this.#telling(`${name} cannot be looked for`, () => [
      this.#lock?.isInPlace() !== false,
      fileIdAt(path),
    ])
    if (!isLocked) {
      const lost = fileId === undefined ? name : `the lock in ${this.#folder}`
      this.#telling(`${lost} was deleted`, () => {
        const former = this.#lock
        this.#lock = lockFolder(this.#folder)
        former?.release()
      })
    }
    if (fileId === this.#fileId) return false
    if (fileId !== undefined) {
      throw new Error(
        `${name} was deleted, and another file lies in its place; start Newsstand anew to use that one`,
      )
    }
    this.#telling(`${name} was deleted`, () => {
      putBack(this.store.reader, path)
      // Only what is open still had everything: it is closed when the rest has gone well.
      closeStore(this.store)
      this.openAsFarAsPossible()
    })
    return true
  }

  #telling<T>(what: string, act: () => T): T {
    try {
      return act()
    } catch (error) {
      throw new Error(`${what}: ${this.explain(error)}`)
    }
  }

  /** What reads the file, be it opened for that alone; undefined where it cannot even be opened. */
  reader(): DatabaseSync | undefined {
    return this.#open?.reader ?? attempt(() => openForReading(this.#settings.path))
  }

  /**
   * Sets the file aside, and opens the one that was made in its place as far as that is possible. Whoever reads has the
   * old one before it and the new one after it.
   * @param reader what `reader` has given, which is closed
   * @returns where the old one is
   */
  replaceBy(made: string, reader: DatabaseSync | undefined, why: Aside): string {
    const aside = replace(this.#settings.path, made, why)
    if (this.#open) closeStore(this.#open)
    else reader?.close()
    this.openAsFarAsPossible()
    return aside
  }

  /** Opens what was made in place of the file, which is no more. */
  discardFor(made: string): void {
    closeStore(this.store)
    discard(this.#settings.path, made)
    this.openAsFarAsPossible()
  }

  /** Opens the file anew: what was written into it over the connection alone becomes known. Not for use within a transaction. */
  reopen(): void {
    closeStore(this.store)
    this.openAsFarAsPossible()
  }

  /** @throws Error that says why nothing can be written */
  writing(): Writing {
    if (this.store.writing) return this.store.writing
    try {
      this.lock()
    } catch (error) {
      throw new Error(`the catalogue cannot be written: ${this.explain(error)}`)
    }
    // Within a process SQLite writes no file that is open for reading alone (its -shm is shared).
    closeStore(this.store)
    try {
      this.openAsFarAsPossible()
    } catch (error) {
      this.#open = openForReadingOnly(this.#settings.path, this.explain(error))
      throw error
    }
    const { writing, problem } = this.store
    if (!writing) throw new Error(`the catalogue cannot be written: ${problem}`)
    return writing
  }

  close(): void {
    if (this.#open) closeStore(this.#open)
    this.#open = undefined
    this.#lock?.release()
    this.#lock = undefined
  }
}
