/** Subscriptions in SQLite. */
import type { DeliveryFile } from './delivery-file.ts'
import { hostOf, type Subscription, type Subscriptions } from './delivery-store.ts'
import type { SqliteQueue } from './sqlite-queue.ts'

const numberOf = '(SELECT number FROM topic WHERE topic = ?)'

const sql = {
  get: `SELECT secret, expires FROM subscription
    WHERE topic = ${numberOf} AND callback = ? AND expires > ?`,
  knowTopic: "INSERT INTO topic (topic, etag, changed) VALUES (?, ?, '') ON CONFLICT DO NOTHING",
  // One that is renewed has what it was sent.
  put: `INSERT INTO subscription (topic, callback, host, secret, expires, sent)
    VALUES (${numberOf}, ?, ?, ?, ?, ?)
    ON CONFLICT DO UPDATE SET secret = excluded.secret, expires = excluded.expires RETURNING sent`,
  etag: 'SELECT etag FROM topic WHERE topic = ?',
  remove: `DELETE FROM subscription WHERE topic = ${numberOf} AND callback = ?`,
  removeExpired: 'DELETE FROM subscription WHERE expires <= ?',
  countOfHost: 'SELECT count(*) AS number FROM subscription WHERE host = ?',
  verificationsOf:
    "SELECT count(*) AS number FROM delivery WHERE kind = 'verification' AND host = ?",
  countOfTopic: 'SELECT subscriptions AS number FROM topic WHERE topic = ?',
  count: `SELECT sum(subscriptions) - (SELECT count(*) FROM subscription WHERE expires <= ?) AS number
    FROM topic WHERE subscriptions > 0`,
}

export class SqliteSubscriptions implements Subscriptions {
  readonly #file: DeliveryFile
  readonly #queue: SqliteQueue

  constructor(file: DeliveryFile, queue: SqliteQueue) {
    this.#file = file
    this.#queue = queue
  }

  async get(callback: string, topic: string, now: number): Promise<Subscription | undefined> {
    const row = this.#file.read(() => this.#file.prepared(sql.get).get(topic, callback, now))
    return row && { callback, topic, secret: String(row.secret), expires: Number(row.expires) }
  }

  async put(subscription: Subscription, state: string): Promise<void> {
    const { callback, topic, secret, expires } = subscription
    this.#file.transaction(() => {
      this.#file.prepared(sql.knowTopic).run(topic, state)
      const row = this.#file
        .prepared(sql.put)
        .get(topic, callback, hostOf(callback), secret, expires, state)
      const noted = this.#file.prepared(sql.etag).get(topic)?.etag
      if (noted === '' || noted === row?.sent) return
      // Whoever was told of that state did not see this subscription yet, or had given it up.
      this.#queue.putOne({ kind: 'content', target: callback, subject: topic, data: '' }, 0)
    })
  }

  async remove(callback: string, topic: string): Promise<void> {
    this.#file.transaction(() => this.#file.prepared(sql.remove).run(topic, callback))
  }

  async removeExpired(now: number): Promise<void> {
    this.#file.transaction(() => this.#file.prepared(sql.removeExpired).run(now))
  }

  async countOfHost(host: string): Promise<number> {
    return this.#number(sql.countOfHost, host)
  }

  async countOfTopic(topic: string): Promise<number> {
    return this.#number(sql.countOfTopic, topic)
  }

  async verificationsOf(host: string): Promise<number> {
    return this.#number(sql.verificationsOf, host)
  }

  async count(now: number): Promise<number> {
    return this.#number(sql.count, now)
  }

  #number(statement: string, of: string | number): number {
    return Number(this.#file.read(() => this.#file.prepared(statement).get(of)?.number) ?? 0)
  }
}
