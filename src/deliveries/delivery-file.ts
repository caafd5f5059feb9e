/** The file of deliveries and subscriptions, which is begun anew where it is damaged. */
import { existsSync, mkdirSync, renameSync } from 'node:fs'
import { basename, join } from 'node:path'
import type { DatabaseSync, StatementSync } from 'node:sqlite'
import { isDamage } from '../catalogue/damage.ts'
import { fileEnds } from '../catalogue/store.ts'
import { openTables } from './delivery-tables.ts'

/** In DATA_DIR. */
export const fileName = 'deliveries.sqlite'

export class DeliveryFile {
  readonly #path: string
  #database: DatabaseSync
  readonly #statements = new Map<string, StatementSync>()
  /** What nobody could be told yet. */
  #repaired: string | undefined
  #tell = (what: string): void => {
    this.#repaired = what
  }

  /** @throws Error when it cannot be written, or a newer Newsstand has written it */
  constructor(dataDir: string) {
    mkdirSync(dataDir, { recursive: true })
    this.#path = join(dataDir, fileName)
    try {
      this.#database = openTables(this.#path)
    } catch (error) {
      if (!isDamage(error)) throw error
      this.#database = this.#beginAnew(error as Error)
    }
  }

  /** See DeliveryStore. */
  onRepaired(tell: (what: string) => void): void {
    this.#tell = tell
    if (this.#repaired !== undefined) tell(this.#repaired)
    this.#repaired = undefined
  }

  /** A statement, prepared once. To be run within `transaction` or `read`. */
  prepared(sql: string): StatementSync {
    const known = this.#statements.get(sql)
    if (known) return known
    const statement = this.#database.prepare(sql)
    this.#statements.set(sql, statement)
    return statement
  }

  /** @param act changes nothing but tables: where these are damaged, it is done again with empty ones */
  transaction<T>(act: () => T): T {
    return this.read(() => {
      this.#database.exec('BEGIN')
      try {
        const result = act()
        this.#database.exec('COMMIT')
        return result
      } catch (error) {
        // Some errors end it themselves.
        if (this.#database.isTransaction) this.#database.exec('ROLLBACK')
        throw error
      }
    })
  }

  /** @param act is done again with empty tables where they are damaged */
  read<T>(act: () => T): T {
    try {
      return act()
    } catch (error) {
      if (!isDamage(error)) throw error
      this.#statements.clear()
      this.#database.close()
      this.#database = this.#beginAnew(error as Error)
      return act()
    }
  }

  #beginAnew({ message }: Error): DatabaseSync {
    const moment = new Date().toISOString().replace(/[:.]/g, '-')
    const aside = this.#path.replace(/\.sqlite$/, `.damaged-${moment}.sqlite`)
    for (const end of fileEnds)
      if (existsSync(this.#path + end)) renameSync(this.#path + end, aside + end)
    const database = openTables(this.#path)
    this.#tell(
      `deliveries.sqlite was damaged (${message}): it was set aside as ${basename(aside)} and begun anew; ` +
        'who was subscribed to the hub has to subscribe again',
    )
    return database
  }

  close(): void {
    this.#database.close()
  }
}
