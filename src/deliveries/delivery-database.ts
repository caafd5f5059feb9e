/** The connections to the database of deliveries. A pooler may stand in between: no statement leaves anything behind in a session. */
import type { Pool, PoolClient } from 'pg'
import { codeOf, connectOptions, explain, isAnswer } from '../postgres/database.ts'
import { takeSteps } from './postgres-tables.ts'

export type Row = Readonly<Record<string, unknown>>
/** Runs a statement, whose places are `$1` …; several without places at once. @returns its rows */
export type Run = (sql: string, values?: readonly unknown[]) => Promise<Row[]>

/** Replicas have few each: what is read and written is little. */
const mostConnections = 4
/** A statement that takes longer hangs. */
const statementMs = 30_000
/** After a connection could not be made nobody waits for the next one so long, but is told why. */
const awayMs = 1000
/** A table, and the schema. */
const missing = ['42P01', '3F000']
/** Two that wait for each other: PostgreSQL has one of them begin anew. */
const clashes = ['40P01', '40001']
const mostClashes = 5

/** Errors say in a sentence what is wrong with which database, and have the code of PostgreSQL's where it has said it. */
export class DeliveryDatabase {
  readonly #address: string
  readonly #pool: Pool
  #tables: Promise<void> | undefined
  #away: { readonly error: unknown; readonly until: number } | undefined

  private constructor(address: string, pool: Pool) {
    this.#address = address
    this.#pool = pool
    // Of a connection that nobody asks anything at the moment: whoever does next is told.
    pool.on('error', () => {})
    pool.on('connect', (client) => client.on('error', () => {}))
  }

  /** Nothing is asked yet: the database may be away. @param address DATABASE_URL */
  static async open(address: string): Promise<DeliveryDatabase> {
    const { default: pg } = await import('pg')
    const pool = new pg.Pool({
      ...connectOptions(address),
      query_timeout: statementMs,
      max: mostConnections,
    })
    return new DeliveryDatabase(address, pool)
  }

  /** One statement. */
  async read(sql: string, values?: readonly unknown[]): Promise<Row[]> {
    return this.#explained(() => this.#withTables((client) => runOf(client)(sql, values)))
  }

  /** All that is done in it or nothing. @param act may be done several times, where others are in its way */
  async transaction<T>(act: (run: Run) => Promise<T>): Promise<T> {
    return this.#explained(async () => {
      for (let clash = 1; ; clash += 1) {
        try {
          return await this.#withTables((client) => inTransaction(client, act))
        } catch (error) {
          if (clash === mostClashes || !clashes.includes(String(codeOf(error)))) throw error
        }
      }
    })
  }

  async #withTables<T>(act: (client: PoolClient) => Promise<T>): Promise<T> {
    this.#tables ??= this.#with((client) => inTransaction(client, takeSteps))
    try {
      await this.#tables
    } catch (error) {
      this.#tables = undefined
      throw error
    }
    try {
      return await this.#with(act)
    } catch (error) {
      // Somebody has emptied the database: they are made again by whoever comes next.
      if (missing.includes(String(codeOf(error)))) this.#tables = undefined
      throw error
    }
  }

  async #with<T>(act: (client: PoolClient) => Promise<T>): Promise<T> {
    const client = await this.#connect()
    try {
      const result = await act(client)
      client.release()
      return result
    } catch (error) {
      // In which state it is is known only where PostgreSQL itself has said what is wrong, and it goes on.
      client.release(!isAnswer(error))
      throw error
    }
  }

  async #connect(): Promise<PoolClient> {
    if (this.#away && performance.now() < this.#away.until) throw this.#away.error
    try {
      const client = await this.#pool.connect()
      this.#away = undefined
      return client
    } catch (error) {
      this.#away = { error, until: performance.now() + awayMs }
      throw error
    }
  }

  async #explained<T>(act: () => Promise<T>): Promise<T> {
    try {
      return await act()
    } catch (error) {
      const said = new Error(explain(error, this.#address), { cause: error })
      throw Object.assign(said, { code: codeOf(error) })
    }
  }

  async close(): Promise<void> {
    await this.#pool.end()
  }
}

const runOf =
  (client: PoolClient): Run =>
  async (sql, values) =>
    (await client.query(sql, values as unknown[] | undefined)).rows

async function inTransaction<T>(client: PoolClient, act: (run: Run) => Promise<T>): Promise<T> {
  await client.query('BEGIN')
  try {
    const result = await act(runOf(client))
    await client.query('COMMIT')
    return result
  } catch (error) {
    if (isAnswer(error)) await client.query('ROLLBACK')
    throw error
  }
}
