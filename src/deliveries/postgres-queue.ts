/** The queue of deliveries in PostgreSQL. What is under way says so in its row, with the process that has claimed it. */
import { oneAtATime } from '../one-at-a-time.ts'
import { type Delivery, type DueDelivery, type Kind, ofEachKind } from './delivery.ts'
import type { DeliveryDatabase, Row, Run } from './delivery-database.ts'
import { type DeliveryQueue, hostOf, type Settled } from './delivery-store.ts'
import { mostOfHost } from './places.ts'
import { announce, freeAllBut, isGone, type Presence } from './postgres-presence.ts'
import { putRows } from './postgres-rows.ts'
import { settleRows } from './postgres-settling.ts'
import { deliveryKey } from './postgres-tables.ts'

const sql = {
  hosts: `SELECT host FROM newsstand.delivery_host WHERE due <= $1 AND host <> ALL($2::text[])
    ORDER BY due LIMIT $3 FOR UPDATE SKIP LOCKED`,
  // Whoever has a host's row is alone with what waits for it.
  claim: `UPDATE newsstand.delivery d SET worker = $1, is_taken = true
    FROM unnest($2::text[]) AS h (host) CROSS JOIN LATERAL (
      SELECT key FROM newsstand.delivery WHERE host = h.host AND worker IS NULL AND due <= $3
        AND (SELECT count(*) FROM newsstand.delivery u
          WHERE u.host = h.host AND u.worker IS NOT NULL AND NOT u.is_beside) < $4
      ORDER BY due LIMIT 1 FOR UPDATE SKIP LOCKED
    ) AS next WHERE d.key = next.key RETURNING d.*`,
  // A host to which as much is under way as may be waits until something of that is settled.
  leaveHosts: `DELETE FROM newsstand.delivery_host h WHERE host = ANY($1) AND (
      NOT EXISTS (SELECT FROM newsstand.delivery d WHERE d.host = h.host AND d.worker IS NULL)
      OR (SELECT count(*) FROM newsstand.delivery u
        WHERE u.host = h.host AND u.worker IS NOT NULL AND NOT u.is_beside) >= $2)`,
  // What was the last may be gone since.
  nextOfHosts: `UPDATE newsstand.delivery_host h SET due = coalesce((
      SELECT d.due FROM newsstand.delivery d WHERE d.host = h.host AND d.worker IS NULL
      ORDER BY d.due LIMIT 1), due) WHERE host = ANY($1)`,
  claimAlike: `UPDATE newsstand.delivery SET worker = $1, is_taken = true, is_beside = true
    WHERE key IN (
      SELECT key FROM newsstand.delivery WHERE host = $2 AND worker IS NULL AND due <= $3
        AND kind = $4 AND target = $5 ORDER BY due LIMIT $6 FOR UPDATE SKIP LOCKED
    ) RETURNING *`,
  nextDue: `SELECT due FROM newsstand.delivery_host WHERE host <> ALL($1::text[])
    ORDER BY due LIMIT 1`,
  counts: 'SELECT kind, count(*) AS deliveries FROM newsstand.delivery GROUP BY kind',
}

const deliveryOf = (row: Row): DueDelivery => ({
  kind: row.kind as Kind,
  target: String(row.target),
  subject: String(row.subject),
  data: String(row.data),
  tries: Number(row.tries),
  revision: Number(row.revision),
})

const inOrder = (rows: Row[]): DueDelivery[] =>
  rows.sort((one, other) => Number(one.due) - Number(other.due)).map(deliveryOf)

export class PostgresQueue implements DeliveryQueue {
  readonly #database: DeliveryDatabase
  readonly #presence: Presence
  /** What this process has claimed, by key. */
  readonly #held = new Set<string>()
  /** Whether more may be claimed in our name than we know of: the answer to a claim did not come. */
  #isUnsure = false
  readonly #inTurn = oneAtATime()

  constructor(database: DeliveryDatabase, presence: Presence) {
    this.#database = database
    this.#presence = presence
  }

  async put(deliveries: readonly Delivery[], due: number): Promise<void> {
    await this.#database.transaction(async (run) => {
      await putRows(run, deliveries, due)
      await announce(run, this.#presence.id)
    })
  }

  async claim(now: number, limit: number, busy: readonly string[]): Promise<DueDelivery[]> {
    const me = this.#presence.id
    return this.#claimed(async (run) => {
      const found = await run(sql.hosts, [now, busy, limit])
      if (found.length === 0) return []
      const hosts = found.map(({ host }) => host)
      const rows = await run(sql.claim, [me, hosts, now, mostOfHost])
      await run(sql.leaveHosts, [hosts, mostOfHost])
      await run(sql.nextOfHosts, [hosts])
      return rows
    })
  }

  async claimAlike(like: Delivery, now: number, limit: number): Promise<DueDelivery[]> {
    const { kind, target } = like
    const me = this.#presence.id
    return this.#claimed((run) =>
      run(sql.claimAlike, [me, hostOf(target), now, kind, target, limit]),
    )
  }

  /** One claim comes after the other: else what one takes is not known to be ours while the other frees what is not. */
  #claimed(act: (run: Run) => Promise<Row[]>): Promise<DueDelivery[]> {
    return this.#inTurn(() => this.#claimNext(act))
  }

  async #claimNext(act: (run: Run) => Promise<Row[]>): Promise<DueDelivery[]> {
    if (this.#isUnsure) {
      const held = [...this.#held]
      await this.#database.transaction((run) => freeAllBut(run, this.#presence.id, held))
    }
    this.#isUnsure = true
    const rows = await this.#asPresent(() => this.#database.transaction(act))
    this.#isUnsure = false
    for (const { key } of rows) this.#held.add(String(key))
    return inOrder(rows)
  }

  /** Whoever was not seen for too long, as while a machine slept, says first that it is there. */
  async #asPresent<T>(act: () => Promise<T>): Promise<T> {
    try {
      return await act()
    } catch (error) {
      if (!isGone(error)) throw error
      await this.#presence.renew()
      return act()
    }
  }

  async settle(settled: readonly Settled[]): Promise<void> {
    await this.#database.transaction((run) => settleRows(run, settled, this.#presence.id))
    for (const { delivery } of settled) this.#held.delete(deliveryKey(delivery))
  }

  async nextDue(busy: readonly string[]): Promise<number | undefined> {
    const [row] = await this.#database.read(sql.nextDue, [busy])
    return row && Number(row.due)
  }

  async counts(): Promise<Readonly<Record<Kind, number>>> {
    const rows = await this.#database.read(sql.counts)
    const found = new Map(rows.map(({ kind, deliveries }) => [kind, Number(deliveries)]))
    return ofEachKind((kind) => found.get(kind) ?? 0)
  }
}
