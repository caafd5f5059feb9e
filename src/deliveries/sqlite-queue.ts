/** The queue of deliveries in SQLite. What is under way is known in memory alone: after a crash it is due again. */
import type { SQLOutputValue } from 'node:sqlite'
import { type Delivery, type DueDelivery, type Kind, ofEachKind } from './delivery.ts'
import type { DeliveryFile } from './delivery-file.ts'
import { type DeliveryQueue, hostOf, type Settled } from './delivery-store.ts'
import { newRevision } from './delivery-tables.ts'

const sql = {
  put: `INSERT INTO delivery VALUES (?, ?, ?, ?, ?, ?, 0, ${newRevision})
    ON CONFLICT DO UPDATE SET data = excluded.data, due = excluded.due, tries = 0, revision = excluded.revision`,
  renew: `UPDATE delivery SET due = ?, tries = 0, revision = ${newRevision}
    WHERE kind = ? AND target = ? AND subject = ?`,
  get: 'SELECT due, revision FROM delivery WHERE kind = ? AND target = ? AND subject = ?',
  pending: 'SELECT data, tries FROM delivery WHERE kind = ? AND target = ? AND subject = ?',
  putOff:
    'UPDATE delivery SET due = ?, tries = tries + 1 WHERE kind = ? AND target = ? AND subject = ?',
  remove: 'DELETE FROM delivery WHERE kind = ? AND target = ? AND subject = ?',
  ofHost: 'SELECT * FROM delivery WHERE host = ? ORDER BY due LIMIT ?',
  alike: 'SELECT * FROM delivery WHERE kind = ? AND target = ? AND due <= ? ORDER BY due LIMIT ?',
  counts: 'SELECT kind, count(*) AS deliveries FROM delivery GROUP BY kind',
  wait: `INSERT INTO waiting VALUES (?, ?) ON CONFLICT DO UPDATE SET due = min(due, excluded.due)`,
  waitUntil: 'INSERT OR REPLACE INTO waiting VALUES (?, ?)',
  stopWaiting: 'DELETE FROM waiting WHERE host = ?',
  waiting: 'SELECT host, due FROM waiting WHERE due <= ? ORDER BY due LIMIT ?',
  sent: `UPDATE subscription SET sent = ?
    WHERE topic = (SELECT number FROM topic WHERE topic = ?) AND callback = ?`,
  unsubscribe: `DELETE FROM subscription
    WHERE topic = (SELECT number FROM topic WHERE topic = ?) AND callback = ?`,
  etag: 'SELECT etag FROM topic WHERE topic = ?',
}

/** What tells deliveries apart, in one. Addresses have no spaces. */
const keyOf = ({ kind, target, subject }: Delivery) => `${kind} ${target} ${subject}`

const places = ({ kind, target, subject }: Delivery) => [kind, target, subject] as const

const deliveryOf = (row: Record<string, SQLOutputValue>): DueDelivery => ({
  kind: String(row.kind) as Kind,
  target: String(row.target),
  subject: String(row.subject),
  data: String(row.data),
  tries: Number(row.tries),
  revision: Number(row.revision),
})

export class SqliteQueue implements DeliveryQueue {
  readonly #file: DeliveryFile
  /** What is under way, by its host and by `keyOf`. */
  readonly #claims = new Map<string, Set<string>>()

  constructor(file: DeliveryFile) {
    this.#file = file
  }

  async put(deliveries: readonly Delivery[], due: number): Promise<void> {
    this.#file.transaction(() => {
      for (const delivery of deliveries) this.putOne(delivery, due)
    })
  }

  /** As `put`, within a transaction. */
  putOne(delivery: Delivery, due: number): void {
    const host = hostOf(delivery.target)
    this.#file.prepared(sql.put).run(...places(delivery), delivery.data, host, due)
    this.#wait(host, due)
  }

  /** What is known of the one of this kind, target and subject. Within a transaction. */
  pending(delivery: Delivery): { readonly data: string; readonly isTried: boolean } | undefined {
    const row = this.#file.prepared(sql.pending).get(...places(delivery))
    if (!row) return undefined
    return { data: String(row.data), isTried: Number(row.tries) > 0 || this.#isClaimed(delivery) }
  }

  /** Removes one that has become needless, or has it made once more if it is under way. Within a transaction. */
  withdraw(delivery: Delivery, due: number): void {
    if (this.#isClaimed(delivery)) this.#file.prepared(sql.renew).run(due, ...places(delivery))
    else this.#file.prepared(sql.remove).run(...places(delivery))
  }

  async claim(now: number, limit: number, busy: readonly string[]): Promise<DueDelivery[]> {
    const found = this.#file.transaction(() => {
      const taken: DueDelivery[] = []
      const passed = new Set(busy)
      while (taken.length < limit) {
        const hosts = this.#file
          .prepared(sql.waiting)
          .all(now, limit - taken.length + passed.size)
          .map(({ host }) => String(host))
          .filter((host) => !passed.has(host))
        if (hosts.length === 0) break
        for (const host of hosts) {
          passed.add(host)
          const delivery = this.#nextOf(host, now)
          if (delivery) taken.push(delivery)
        }
      }
      return taken
    })
    return this.#claim(found)
  }

  /** @returns the next one to this host, which waits for the one after it from now on */
  #nextOf(host: string, now: number): DueDelivery | undefined {
    const claimed = this.#claims.get(host)?.size ?? 0
    const [first, second] = this.#file
      .prepared(sql.ofHost)
      .all(host, claimed + 2)
      .map((row) => ({ due: Number(row.due), delivery: deliveryOf(row) }))
      .filter(({ delivery }) => !this.#isClaimed(delivery))
    const isDue = first !== undefined && first.due <= now
    const next = isDue ? second : first
    if (next) this.#file.prepared(sql.waitUntil).run(host, next.due)
    else this.#file.prepared(sql.stopWaiting).run(host)
    return isDue ? first.delivery : undefined
  }

  async claimAlike(like: Delivery, now: number, limit: number): Promise<DueDelivery[]> {
    const claimed = this.#claims.get(hostOf(like.target))?.size ?? 0
    const found = this.#file
      .read(() => this.#file.prepared(sql.alike).all(like.kind, like.target, now, limit + claimed))
      .map(deliveryOf)
      .filter((delivery) => !this.#isClaimed(delivery))
    return this.#claim(found.slice(0, limit))
  }

  async settle(settled: readonly Settled[]): Promise<void> {
    this.#file.transaction(() => {
      for (const one of settled) this.#settleOne(one)
    })
    for (const { delivery } of settled) {
      const host = hostOf(delivery.target)
      const ofHost = this.#claims.get(host)
      ofHost?.delete(keyOf(delivery))
      if (ofHost?.size === 0) this.#claims.delete(host)
    }
  }

  #settleOne({ delivery, outcome, again }: Settled): void {
    const { kind, target, subject } = delivery
    const sent = kind === 'content' && outcome.is === 'done' ? outcome.sent : undefined
    const row = this.#file.prepared(sql.get).get(...places(delivery))
    if (!row) return
    if (sent !== undefined) this.#file.prepared(sql.sent).run(sent, subject, target)
    const isAsClaimed = row.revision === delivery.revision
    // Who has subscribed anew since has not refused that.
    if (kind === 'content' && outcome.is === 'refused' && isAsClaimed)
      this.#file.prepared(sql.unsubscribe).run(subject, target)
    // What was sent may be newer than what it was claimed for, and is then what it was put anew for.
    const isSent = sent !== undefined && this.#file.prepared(sql.etag).get(subject)?.etag === sent
    if (isSent || (isAsClaimed && again === undefined)) {
      this.#file.prepared(sql.remove).run(...places(delivery))
      return
    }
    if (isAsClaimed) this.#file.prepared(sql.putOff).run(again ?? 0, ...places(delivery))
    this.#wait(hostOf(target), isAsClaimed ? (again ?? 0) : Number(row.due))
  }

  async nextDue(busy: readonly string[]): Promise<number | undefined> {
    const first = this.#file
      .read(() => this.#file.prepared(sql.waiting).all(Number.MAX_SAFE_INTEGER, busy.length + 1))
      .find(({ host }) => !busy.includes(String(host)))
    return first && Number(first.due)
  }

  async counts(): Promise<Readonly<Record<Kind, number>>> {
    const rows = this.#file.read(() => this.#file.prepared(sql.counts).all())
    const found = new Map(rows.map(({ kind, deliveries }) => [kind, Number(deliveries)]))
    return ofEachKind((kind) => found.get(kind) ?? 0)
  }

  #wait(host: string, due: number): void {
    this.#file.prepared(sql.wait).run(host, due)
  }

  #isClaimed(delivery: Delivery): boolean {
    return this.#claims.get(hostOf(delivery.target))?.has(keyOf(delivery)) ?? false
  }

  #claim(deliveries: DueDelivery[]): DueDelivery[] {
    for (const delivery of deliveries) {
      const host = hostOf(delivery.target)
      const ofHost = this.#claims.get(host) ?? new Set()
      this.#claims.set(host, ofHost.add(keyOf(delivery)))
    }
    return deliveries
  }
}
