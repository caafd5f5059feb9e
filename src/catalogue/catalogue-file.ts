/** The file of the catalogue over its life: damaged and made anew, deleted and put back. */
import { basename } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { startThread, type Thread } from '../thread.ts'
import { isDamage, isDamageOfTables } from './damage.ts'
import { LockedStore } from './locked-store.ts'
import { makeAnew } from './salvage.ts'
import { articlesFolder } from './setting-names.ts'
import { makeTables, removeFile, type Store, type StoreSettings, type Writing } from './store.ts'

/** How soon making a catalogue anew that failed is tried again: it can take seconds until it fails. */
const mendAgainMs = 10_000
/** Of the thread that looks for damage. */
const youngMb = 6

export class CatalogueFile {
  readonly #settings: StoreSettings
  readonly #locked: LockedStore
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
    this.#locked = new LockedStore(settings)
  }

  /**
   * @throws InUseError when another process writes it
   * @throws Error when it can be neither written nor read
   */
  async open(): Promise<void> {
    try {
      this.#locked.openAsFarAsPossible()
    } catch (error) {
      if (!isDamage(error)) throw error
      await this.#makeAnew((error as Error).message)
    }
  }

  /**
   * Looks whether the file is still in its place, and puts it back where it was deleted.
   * @throws Error when it cannot be put back, or another one is in its place
   */
  checkPlace(): void {
    // Another look comes when a refresh is done.
    if (this.#locked.isInTransaction || this.#repair || !this.#locked.checkPlace()) return
    this.#tell(
      `${this.#settings.path} was deleted while it was in use: the catalogue was put back as it was; ` +
        'the search index is made anew',
    )
  }

  /**
   * Takes away what a first refresh has kept. In what ids are made stays known: it may be of a damaged one before.
   * Not for use within a transaction.
   * @throws Error when nothing can be written
   */
  async beginAnew(): Promise<void> {
    this.writing()
    const { made } = await makeAnew(this.#locked.reader(), this.#settings)
    this.#locked.discardFor(made)
  }

  /**
   * Puts a copy of another machine's in the place of the file. Not for use within a transaction.
   * @param fill fills a new file, with tables of a version
   * @param isOld whether the file is an older state of the same catalogue: any other is set aside
   * @throws Error when nothing can be written
   */
  async replaceWith(
    fill: (made: DatabaseSync) => Promise<unknown>,
    { isOld, version }: { readonly isOld: boolean; readonly version: number },
  ): Promise<void> {
    const { statements } = this.writing()
    const folder = statements.setting.get(articlesFolder)?.value
    const isEmpty = statements.anyArticle.get() === undefined && !statements.anyFile.get()
    const made = `${this.#settings.path}.new`
    removeFile(made)
    const database = new DatabaseSync(made)
    try {
      makeTables(database, version)
      await fill(database)
      if (folder !== undefined) {
        database.prepare('INSERT OR REPLACE INTO setting VALUES (?, ?)').run(articlesFolder, folder)
      }
    } finally {
      database.close()
    }
    if (isOld || isEmpty) this.#locked.discardFor(made)
    else this.#locked.replaceBy(made, this.#locked.reader(), 'former')
  }

  /** See LockedStore. */
  reopen(): void {
    this.writing()
    this.#locked.reopen()
  }

  get store(): Store {
    return this.#locked.store
  }

  /** See Catalogue, as for `repairIfDamaged` and `verify`. */
  onRepaired(tell: (what: string) => void): void {
    this.#tell = tell
    if (this.#repaired !== undefined) tell(this.#repaired)
    this.#repaired = undefined
  }

  /** What is wrong, with what to do about it where that is known. */
  explain(error: unknown): string {
    return this.#locked.explain(error)
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
    if (this.#locked.isInTransaction) throw this.#failure.error
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
    try {
      this.#locked.lock()
      const damaged = this.#locked.reader()
      const { made, kept } = await makeAnew(damaged, this.#settings)
      const aside = this.#locked.replaceBy(made, damaged, 'damaged')
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
    return this.#locked.writing()
  }

  async close(): Promise<void> {
    await this.#checker?.close()
    await this.#repair?.catch(() => {})
    this.#locked.close()
  }
}
