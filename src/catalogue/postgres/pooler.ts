/**
 * Whether a pooler such as PgBouncer stands between this machine and PostgreSQL, and gives each transaction another connection. Nothing fails there:
 * the lock is then that of whoever gets the connection next, so that two machines refresh, and nobody is notified of anything.
 */
import { connect, type Session } from '../../postgres/session.ts'

const remedy =
  'each statement gets another connection there, as from a pooler in transaction mode, and the lock of the machine that refreshes needs one that stays: ' +
  'let DATABASE_URL name PostgreSQL itself, or a pooler in session mode'

/** The process of the server that does what this connection asks for. */
async function processOf(session: Session): Promise<number> {
  const [row] = await session.ask<{ pid: number }>('SELECT pg_backend_pid() AS pid')
  return row?.pid ?? 0
}

/** Keeps it from then on, until the connection is closed. */
async function inTransaction(session: Session): Promise<number> {
  await session.ask('BEGIN')
  return processOf(session)
}

/** Watches a connection for being given another server's process than it began with. */
export class PoolerWatch {
  readonly #session: Session
  readonly #first: number
  readonly #isPooled: boolean

  private constructor(session: Session, first: number) {
    this.#session = session
    this.#first = first
    // PostgreSQL says at the beginning which process it is; poolers say a number of their own.
    this.#isPooled = session.processId !== first
  }

  /** @throws Error where there is a pooler that keeps nothing; the connection is lost then */
  static async begin(session: Session, url: string): Promise<PoolerWatch> {
    const watch = new PoolerWatch(session, await processOf(session))
    if (watch.#isPooled) await watch.#provoke(url)
    return watch
  }

  /** Another one takes the connection that was given back last, which is ours where it was given back at all. */
  async #provoke(url: string): Promise<void> {
    await this.look()
    // Where there is none left for it ours tells sooner or later.
    const other = await connect(url).catch(() => undefined)
    try {
      const taken = other && (await inTransaction(other).catch(() => undefined))
      if (taken === this.#first) throw this.#lose()
      await this.look()
    } finally {
      await other?.close()
    }
  }

  /** To be called again and again: others may have left us ours by chance. @throws Error as `begin` does */
  async look(): Promise<void> {
    if (this.#isPooled && (await processOf(this.#session)) !== this.#first) throw this.#lose()
  }

  #lose(): Error {
    return this.#session.lose(new Error(remedy))
  }
}
