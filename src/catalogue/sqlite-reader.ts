/** The catalogue in SQLite for a process that serves it, while another one writes it. */
import { join } from 'node:path'
import type { Config } from '../config.ts'
import type { CatalogueReader } from './catalogue.ts'
import { explain, isDamage, isDamageOfTables } from './damage.ts'
import type { Queries } from './queries.ts'
import { type QueriedFile, type ReadingSettings, readingOf } from './sqlite-reading.ts'
import { closeStore, fileName, openForReadingOnly, type Store } from './store.ts'

/**
 * Asks who writes the catalogue to make it anew. Done when that was tried.
 * @param error says in what way it is damaged
 * @param id of the one that was read: another may be in its place by then. Undefined where it could not be opened
 */
export type AskForRepair = (error: Error, id: string | undefined) => Promise<unknown>

export interface FollowingReader extends CatalogueReader {
  /**
   * Reads from the file that is in its place now, where it does not see this refresh: who opened it while nobody could write it sees nothing
   * that is written later, and another file may have taken its place.
   * @param refreshed when the last refresh was, in ms since 1970; without it the file is opened in any case
   * @throws Error that names the file when it cannot be opened; what was open stays open
   */
  follow(refreshed?: number): Promise<void>
}

class ReaderFile implements QueriedFile {
  readonly #path: string
  readonly #repair: AskForRepair
  #open: Store | undefined

  constructor(path: string, repair: AskForRepair) {
    this.#path = path
    this.#repair = repair
  }

  get store(): Store {
    if (!this.#open) throw new Error('the catalogue is closed')
    return this.#open
  }

  open(): void {
    const opened = openForReadingOnly(this.#path, 'another process writes it')
    this.close()
    this.#open = opened
  }

  async read<T>(read: (queries: Queries) => T): Promise<T> {
    try {
      return read(this.store.queries)
    } catch (error) {
      if (!isDamageOfTables(error)) throw error
      await this.#repair(error as Error, this.store.id)
      this.open()
      return read(this.store.queries)
    }
  }

  close(): void {
    if (this.#open) closeStore(this.#open)
    this.#open = undefined
  }
}

/**
 * Opens the catalogue that another process has in `dataDir`.
 * @throws Error that names the file when it cannot be read
 */
export async function openSqliteReader(
  { dataDir, ...settings }: ReadingSettings & Pick<Config, 'dataDir'>,
  repair: AskForRepair,
): Promise<FollowingReader> {
  const path = join(dataDir, fileName)
  const file = new ReaderFile(path, repair)
  const open = () => {
    try {
      file.open()
    } catch (error) {
      if (isDamage(error)) throw error
      throw new Error(`the catalogue ${path} cannot be read: ${explain(error, dataDir)}`)
    }
  }
  try {
    open()
  } catch (error) {
    if (!isDamage(error)) throw error
    await repair(error as Error, undefined)
    open()
  }
  const reading = readingOf(file, settings)
  return Object.assign(reading, {
    async follow(refreshed?: number) {
      if ((await reading.lastRefresh()) !== refreshed) open()
    },
    async close() {
      file.close()
    },
  })
}
