/** Which processes deliver: each says so again and again, and what one has claimed that does not any more is free. */
import { randomUUID } from 'node:crypto'
import type { DeliveryDatabase, Run } from './delivery-database.ts'
import { wakeHosts } from './postgres-rows.ts'

/** Where others hear that something is due, or is to be looked at. What is said is who says it. */
export const channel = 'newsstand_deliveries'

export interface Beat {
  /** So often each says that it is there. */
  readonly everyMs: number
  /** Who has not done so for this long is gone. */
  readonly goneMs: number
}

const usualBeat: Beat = { everyMs: 5000, goneMs: 20_000 }

const sql = {
  renew: `INSERT INTO newsstand.delivery_worker VALUES ($1, clock_timestamp())
    ON CONFLICT (id) DO UPDATE SET seen = excluded.seen`,
  // Who claims at this moment has its row locked, and is there.
  gone: `SELECT id FROM newsstand.delivery_worker
    WHERE seen < clock_timestamp() - $1 * interval '1 ms' FOR UPDATE SKIP LOCKED`,
  hosts: 'SELECT DISTINCT host FROM newsstand.delivery WHERE worker = ANY($1)',
  remove: 'DELETE FROM newsstand.delivery_worker WHERE id = ANY($1)',
  freeAllBut: `UPDATE newsstand.delivery SET worker = NULL WHERE worker = $1 AND key <> ALL($2::text[])
    RETURNING host`,
}

/** Has others look what is due, once the transaction is done. */
export async function announce(run: Run, who: string): Promise<void> {
  await run('SELECT pg_notify($1, $2)', [channel, who])
}

/** Whether it is the error of one who claims and is not in the table. */
export const isGone = (error: unknown): boolean =>
  (error as { readonly code?: unknown }).code === '23503'

/** Frees what this one has claimed but for these, which is not known to have been tried. */
export async function freeAllBut(run: Run, who: string, keys: readonly string[]): Promise<void> {
  const freed = await run(sql.freeAllBut, [who, keys])
  await wakeHosts(
    run,
    freed.map(({ host }) => String(host)),
  )
}

/** Removes these, which frees what they have claimed. */
async function remove(run: Run, ids: readonly unknown[]): Promise<void> {
  const hosts = await run(sql.hosts, [ids])
  await run(sql.remove, [ids])
  await wakeHosts(
    run,
    hosts.map(({ host }) => String(host)),
  )
}

export class Presence {
  readonly id = randomUUID()
  readonly #database: DeliveryDatabase
  readonly #beat: Beat
  /** Since when we have been seen without a gap, by the clock that never jumps. */
  #since: number | undefined

  constructor(database: DeliveryDatabase, beat = usualBeat) {
    this.#database = database
    this.#beat = beat
  }

  get everyMs(): number {
    return this.#beat.everyMs
  }

  async renew(): Promise<void> {
    await this.#database.read(sql.renew, [this.id])
  }

  /** Says that we are there, and frees what those have claimed that are gone. Never throws: whoever wants something of the database says why not. */
  async beat(): Promise<void> {
    try {
      await this.renew()
      this.#since ??= performance.now()
      // While the database was away nobody could be seen. Who has just come, or come back, waits whether the others do.
      if (performance.now() - this.#since > this.#beat.goneMs) await this.#freeGone()
    } catch {
      this.#since = undefined
    }
  }

  async #freeGone(): Promise<void> {
    await this.#database.transaction(async (run) => {
      const gone = (await run(sql.gone, [this.#beat.goneMs])).map(({ id }) => id)
      if (gone.length > 0) await remove(run, gone)
    })
  }

  /** Frees what we have claimed, and has others take it. */
  async leave(): Promise<void> {
    await this.#database.transaction(async (run) => {
      await remove(run, [this.id])
      await announce(run, this.id)
    })
  }
}
