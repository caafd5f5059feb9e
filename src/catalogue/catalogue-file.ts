/** The file of the catalogue over its life: damaged and made anew, not writable and writable again. */
import { existsSync } from 'node:fs'
import { basename, dirname } from 'node:path'
import { attempt } from '../attempt.ts'
import { startThread, type Thread } from '../thread.ts'
import { explain, isDamage, isDamageOfTables } from './damage.ts'
import { type FolderLock, fileIdAt, InUseError, lockFolder } from './folder-lock.ts'
import { makeAnew, putBack, replace } from './salvage.ts'
import {
  closeStore,
  openForReading,
  openForReadingOnly,
  openForWriting,
  type Store,
  type StoreSettings,
  type Writing,
} from './store.ts'

/** How soon making a catalogue anew that failed is tried again: it can take seconds until it fails. */
const mendAgainMs = 10_000
/** Of the thread that looks for damage. */
const youngMb = 4

export class CatalogueFile {
  readonly #settings: StoreSettings
  #open: Store | undefined
  /** Absent while nothing can be written. */
  #lock: FolderLock | undefined
  /** The file that is open for writing. */
  #fileId: string | undefined
  /** Making the catalogue anew, while that is under way. */
  #repair: Promise<void> | undefined
  /** Damage that could not be mended. */
  #failure: { reason: string; error: Error; at: number } | undefined
  /** What nobody could be told yet. */
  #repaired: string | undefined
  #tell = (what: string): void => {
    this.#repaired = what
  }
  #checker: Thread | undefined

  constructor(settings: StoreSettings) {
    this.#settings = settings
  }

  /**
   * @throws InUseError when another process writes it
   * @throws Error when it can be neither written nor read
   */
  async open(): Promise<void> {
    try {
      this.#openAsFarAsPossible()
    } catch (error) {
      if (!isDamage(error)) throw error
      await this.#makeAnew((error as Error).message)
    }
  }

  /**
   * Looks whether the file is still in its place, and puts it back where it was deleted: as long as it
   * is open, all of it is there.
   * @throws Error when it cannot be put back, or another one is in its place
   */
  checkPlace(): void {
    const { path } = this.#settings
    const { database } = this.#open?.writing ?? {}
    // Another look comes when a refresh is done.
    if (!database || database.isTransaction || this.#repair) return
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
    if (fileId === this.#fileId) return
    if (fileId !== undefined) {
      throw new Error(
        `${name} was deleted, and another file lies in its place; start Newsstand anew to use that one`,
      )
    }
    this.#telling(`${name} was deleted`, () => {
      putBack(this.store.reader, path)
      // Only what is open still had everything: it is closed when the rest has gone well.
      closeStore(this.store)
      this.#openAsFarAsPossible()
    })
    this.#tell(
      `${path} was deleted while it was in use: the catalogue was put back as it was; ` +
        'the search index is made anew',
    )
  }

  #telling<T>(what: string, act: () => T): T {
    try {
      return act()
    } catch (error) {
      throw new Error(`${what}: ${this.explain(error)}`)
    }
  }

  /**
   * What is there and cannot be written is opened for reading. Who cannot lock the folder does not write into it.
   * @throws Error when it is damaged, or there is nothing to read and nothing can be written
   */
  #openAsFarAsPossible(): void {
    const { path } = this.#settings
    try {
      this.#lock ??= lockFolder(this.#folder)
      this.#open = openForWriting(this.#settings)
      this.#fileId = fileIdAt(path)
    } catch (error) {
      if (error instanceof InUseError || isDamage(error) || !existsSync(path)) throw error
      this.#open = openForReadingOnly(path, this.explain(error))
    }
  }

  get #folder(): string {
    return dirname(this.#settings.path)
  }

  get store(): Store {
    if (!this.#open) throw new Error('the catalogue is closed')
    return this.#open
  }

  /** See Catalogue, as for `repairIfDamaged` and `verify`. */
  onRepaired(tell: (what: string) => void): void {
    this.#tell = tell
    if (this.#repaired !== undefined) tell(this.#repaired)
    this.#repaired = undefined
  }

  /** What is wrong, with what to do about it where that is known. */
  explain(error: unknown): string {
    return explain(error, this.#folder)
  }

  async repairIfDamaged(error: unknown): Promise<string> {
    if (!isDamage(error)) return this.explain(error)
    try {
      await this.#makeAnew((error as Error).message)
      return 'the catalogue was damaged'
    } catch (failure) {
      return (failure as Error).message
    }
  }

  async verify(): Promise<void> {
    const checker = startThread(new URL('./checker.ts', import.meta.url), {}, youngMb)
    this.#checker = checker
    try {
      const damage = await checker.ask('findDamage', this.#settings.path)
      if (damage !== undefined) await this.#makeAnew(String(damage))
    } finally {
      await checker.close()
    }
  }

  /**
   * Tries again to make a damaged catalogue anew, where that failed.
   * @throws Error that says why it cannot be
   */
  async mend(): Promise<void> {
    if (!this.#failure) return
    // A refresh is not broken off for it.
    if (this.#open?.writing?.database.isTransaction) throw this.#failure.error
    await this.#makeAnew(this.#failure.reason)
  }

  /**
   * Once for all who find the damage, and not at every request where it fails.
   * @throws Error that says that it is damaged, and why it cannot be made anew
   */
  async #makeAnew(reason: string): Promise<void> {
    const failure = this.#failure
    if (failure && performance.now() - failure.at < mendAgainMs) throw failure.error
    this.#repair ??= this.#tryToMakeAnew(reason).finally(() => {
      this.#repair = undefined
    })
    await this.#repair
  }

  async #tryToMakeAnew(reason: string): Promise<void> {
    const { path } = this.#settings
    try {
      this.#lock ??= lockFolder(this.#folder)
      const damaged = this.#open?.reader ?? attempt(() => openForReading(path))
      const { made, kept } = await makeAnew(damaged, this.#settings)
      // From here to the end nothing comes in between: whoever reads has the old one or the new one.
      const aside = replace(path, made)
      if (this.#open) closeStore(this.#open)
      else damaged?.close()
      this.#openAsFarAsPossible()
      this.#tell(
        `the catalogue was damaged (${reason}): it was set aside as ${basename(aside)} and made anew; ` +
          `${kept} articles were taken over, and all files are read again`,
      )
      this.#failure = undefined
    } catch (cause) {
      const why = this.explain(cause)
      const error = new Error(`the catalogue is damaged and cannot be made anew: ${why}`, { cause })
      this.#failure = { reason, error, at: performance.now() }
      throw error
    }
  }

  /**
   * Reads; where the catalogue turns out to be damaged, reads from the one made anew.
   * @param read says what rows mean as well, so that one that means nothing is found here
   */
  async read<T>(read: (queries: Store['queries']) => T): Promise<T> {
    try {
      return read(this.store.queries)
    } catch (error) {
      if (!isDamageOfTables(error)) throw error
      await this.#makeAnew((error as Error).message)
      return read(this.store.queries)
    }
  }

  /** @throws Error that says why nothing can be written */
  writing(): Writing {
    // What is open is being read to its end.
    if (this.#repair) throw new Error('the catalogue is being made anew')
    if (this.store.writing) return this.store.writing
    try {
      this.#lock ??= lockFolder(this.#folder)
    } catch (error) {
      throw new Error(`the catalogue cannot be written: ${this.explain(error)}`)
    }
    // Within a process SQLite writes no file that is open for reading alone (its -shm is shared).
    closeStore(this.store)
    try {
      this.#openAsFarAsPossible()
    } catch (error) {
      this.#open = openForReadingOnly(this.#settings.path, this.explain(error))
      throw error
    }
    const { writing, problem } = this.store
    if (!writing) throw new Error(`the catalogue cannot be written: ${problem}`)
    return writing
  }

  async close(): Promise<void> {
    await this.#checker?.close()
    await this.#repair?.catch(() => {})
    if (this.#open) closeStore(this.#open)
    this.#open = undefined
    this.#lock?.release()
    this.#lock = undefined
  }
}
