/** The file of the catalogue over its life: damaged and made anew, not writable and writable again. */
import { existsSync, renameSync, rmSync } from 'node:fs'
import { basename, dirname } from 'node:path'
import { startThread, type Thread } from '../thread.ts'
import { explain, isDamage } from './damage.ts'
import { fileIdAt } from './file-id.ts'
import { type FolderLock, InUseError, lockFolder } from './folder-lock.ts'
import { makeAnew, replace } from './salvage.ts'
import {
  closeStore,
  openForReading,
  openForReadingOnly,
  openStore,
  type Store,
  type StoreSettings,
  type Writing,
} from './store.ts'

/** How often we look whether the file is still in its place. */
const placeCheckMs = 15_000
/** Of the thread that looks for damage. */
const youngMb = 4

export class CatalogueFile {
  readonly #settings: StoreSettings
  #open: Store | undefined
  /** Absent while nothing can be written. */
  #lock: FolderLock | undefined
  /** The file that is open for writing. */
  #fileId: string | undefined
  #placeTimer: NodeJS.Timeout | undefined
  /** Making the catalogue anew, while that is under way. */
  #repair: Promise<void> | undefined
  #tellRepaired: ((what: string) => void) | undefined
  /** What nobody could be told yet. */
  #repaired: string | undefined
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
      this.#open = this.#openAsFarAsPossible()
    } catch (error) {
      if (!isDamage(error)) throw error
      await this.#makeAnew((error as Error).message)
    }
    // What cannot be put back is told by whoever wants to write.
    this.#placeTimer = setInterval(() => attempt(() => this.checkPlace()), placeCheckMs).unref()
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
    try {
      if (this.#lock?.isInPlace() === false) this.#lockAnew()
      const fileId = fileIdAt(path)
      if (fileId === this.#fileId) return
      if (fileId !== undefined) {
        throw new Error('another file lies in its place; start Newsstand anew to use that one')
      }
      this.#putBack()
    } catch (error) {
      throw new Error(`the catalogue ${path} was deleted: ${this.explain(error)}`)
    }
    this.#tell(
      `${path} was deleted while it was in use: the catalogue was put back as it was; ` +
        'the search index is made anew',
    )
  }

  #lockAnew(): void {
    const lost = this.#lock
    this.#lock = lockFolder(this.#folder)
    lost?.release()
  }

  #putBack(): void {
    const { path } = this.#settings
    const made = `${path}.new`
    rmSync(made, { force: true })
    // Whoever writes has perhaps not opened the log yet, and could not do so any more.
    this.store.reader.prepare('VACUUM INTO ?').run(made)
    closeStore(this.store)
    renameSync(made, path)
    this.#openForWriting()
  }

  /** Who cannot lock the folder does not write into it. */
  #openAsFarAsPossible(): Store {
    const { path } = this.#settings
    try {
      this.#holdFolder()
    } catch (error) {
      if (error instanceof InUseError || !existsSync(path)) throw error
      return openForReadingOnly(path, this.explain(error))
    }
    return this.#openForWriting()
  }

  #openForWriting(): Store {
    this.#open = openStore(this.#settings)
    this.#fileId = fileIdAt(this.#settings.path)
    return this.#open
  }

  get #folder(): string {
    return dirname(this.#settings.path)
  }

  #holdFolder(): void {
    this.#lock ??= lockFolder(this.#folder)
  }

  get store(): Store {
    if (!this.#open) throw new Error('the catalogue is closed')
    return this.#open
  }

  /** See Catalogue, as for `attend` and `verify`. */
  onRepaired(tell: (what: string) => void): void {
    this.#tellRepaired = tell
    if (this.#repaired !== undefined) tell(this.#repaired)
    this.#repaired = undefined
  }

  /** What is wrong, with what to do about it where that is known. */
  explain(error: unknown): string {
    return explain(error, this.#folder)
  }

  async attend(error: unknown): Promise<string> {
    if (!isDamage(error)) return this.explain(error)
    try {
      await this.#makeAnew((error as Error).message)
      return 'the catalogue was damaged'
    } catch (fault) {
      return `the catalogue is damaged and cannot be made anew: ${this.explain(fault)}`
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

  /** Once for all who find the damage. */
  #makeAnew(reason: string): Promise<void> {
    this.#repair ??= this.#replaceDamaged(reason).finally(() => {
      this.#repair = undefined
    })
    return this.#repair
  }

  async #replaceDamaged(reason: string): Promise<void> {
    const { path } = this.#settings
    this.#holdFolder()
    const damaged = this.#open?.reader ?? attempt(() => openForReading(path))
    const { made, kept } = await makeAnew(damaged, this.#settings)
    // From here to the end nothing comes in between: whoever reads has the old one or the new one.
    if (this.#open) closeStore(this.#open)
    else damaged?.close()
    const aside = replace(path, made)
    this.#openForWriting()
    this.#tell(
      `the catalogue was damaged (${reason}): it was set aside as ${basename(aside)} and made anew; ` +
        `${kept} articles were taken over, and all files are read again`,
    )
  }

  #tell(what: string): void {
    if (this.#tellRepaired) this.#tellRepaired(what)
    else this.#repaired = what
  }

  /** Reads; where the catalogue turns out to be damaged, reads from the one made anew. */
  async read<T>(read: (queries: Store['queries']) => T): Promise<T> {
    try {
      return read(this.store.queries)
    } catch (error) {
      if (!isDamage(error)) throw error
      await this.#makeAnew((error as Error).message)
      return read(this.store.queries)
    }
  }

  /** @throws Error that says why nothing can be written */
  writing(): Writing {
    if (this.store.writing) return this.store.writing
    try {
      this.#holdFolder()
    } catch (error) {
      throw new Error(`the catalogue cannot be written: ${this.explain(error)}`)
    }
    // Within a process SQLite writes no file that is open for reading alone (its -shm is shared).
    closeStore(this.store)
    try {
      this.#openForWriting()
    } catch (error) {
      this.#open = openForReadingOnly(this.#settings.path, this.explain(error))
      throw error
    }
    const { writing, problem } = this.store
    if (!writing) throw new Error(`the catalogue cannot be written: ${problem}`)
    return writing
  }

  async close(): Promise<void> {
    clearInterval(this.#placeTimer)
    await this.#checker?.close()
    await this.#repair?.catch(() => {})
    if (this.#open) closeStore(this.#open)
    this.#open = undefined
    this.#lock?.release()
    this.#lock = undefined
  }
}

function attempt<T>(open: () => T): T | undefined {
  try {
    return open()
  } catch {
    return undefined
  }
}
