/** Subscriptions in PostgreSQL. */
import type { DeliveryDatabase } from './delivery-database.ts'
import { hostOf, type Subscription, type Subscriptions } from './delivery-store.ts'
import { announce, type Presence } from './postgres-presence.ts'
import { lockTopic, putRows, removeSubscriptions } from './postgres-rows.ts'
import { subscriptionKey, topicKey } from './postgres-tables.ts'

const sql = {
  get: 'SELECT secret, expires FROM newsstand.subscription WHERE key = $1 AND expires > $2',
  // One that is renewed has what it was sent.
  renew: `UPDATE newsstand.subscription SET secret = $2, expires = $3 WHERE key = $1 RETURNING sent`,
  add: 'INSERT INTO newsstand.subscription VALUES ($1, $2, $3, $4, $5, $6, $7)',
  more: 'UPDATE newsstand.topic SET subscriptions = subscriptions + 1 WHERE number = $1',
  lockTopic: 'SELECT FROM newsstand.topic WHERE key = $1 FOR UPDATE',
  ended: 'SELECT DISTINCT topic FROM newsstand.subscription WHERE expires <= $1',
  lockTopics: 'SELECT FROM newsstand.topic WHERE number = ANY($1) ORDER BY number FOR UPDATE',
  countOfHost: 'SELECT count(*) AS number FROM newsstand.subscription WHERE host = $1',
  verificationsOf: `SELECT count(*) AS number FROM newsstand.delivery
    WHERE kind = 'verification' AND host = $1`,
  countOfTopic: 'SELECT subscriptions AS number FROM newsstand.topic WHERE key = $1',
  count: `SELECT sum(subscriptions)
      - (SELECT count(*) FROM newsstand.subscription WHERE expires <= $1) AS number
    FROM newsstand.topic WHERE subscriptions > 0`,
}

export class PostgresSubscriptions implements Subscriptions {
  readonly #database: DeliveryDatabase
  readonly #presence: Presence

  constructor(database: DeliveryDatabase, presence: Presence) {
    this.#database = database
    this.#presence = presence
  }

  async get(callback: string, topic: string, now: number): Promise<Subscription | undefined> {
    const [row] = await this.#database.read(sql.get, [subscriptionKey(callback, topic), now])
    return row && { callback, topic, secret: String(row.secret), expires: Number(row.expires) }
  }

  async put(subscription: Subscription, state: string): Promise<void> {
    const { callback, topic, expires } = subscription
    const key = subscriptionKey(callback, topic)
    const secret = Buffer.from(subscription.secret)
    await this.#database.transaction(async (run) => {
      const known = await lockTopic(run, topic, state)
      const [renewed] = await run(sql.renew, [key, secret, expires])
      if (!renewed) {
        const { number } = known
        await run(sql.add, [key, number, callback, hostOf(callback), secret, expires, state])
        await run(sql.more, [number])
      }
      if (known.etag !== '' && known.etag !== (renewed?.sent ?? state)) {
        // Whoever was told of that state did not see this subscription yet, or had given it up.
        await putRows(run, [{ kind: 'content', target: callback, subject: topic, data: '' }], 0)
      }
      await announce(run, this.#presence.id)
    })
  }

  async remove(callback: string, topic: string): Promise<void> {
    await this.#database.transaction(async (run) => {
      await run(sql.lockTopic, [topicKey(topic)])
      await removeSubscriptions(run, 'key = $1', [subscriptionKey(callback, topic)])
    })
  }

  async removeExpired(now: number): Promise<void> {
    await this.#database.transaction(async (run) => {
      const topics = (await run(sql.ended, [now])).map(({ topic }) => topic)
      if (topics.length === 0) return
      await run(sql.lockTopics, [topics])
      await removeSubscriptions(run, 'expires <= $1 AND topic = ANY($2)', [now, topics])
    })
  }

  async countOfHost(host: string): Promise<number> {
    return this.#number(sql.countOfHost, host)
  }

  async countOfTopic(topic: string): Promise<number> {
    return this.#number(sql.countOfTopic, topicKey(topic))
  }

  async verificationsOf(host: string): Promise<number> {
    return this.#number(sql.verificationsOf, host)
  }

  async count(now: number): Promise<number> {
    return this.#number(sql.count, now)
  }

  async #number(statement: string, of: string | number): Promise<number> {
    const [row] = await this.#database.read(statement, [of])
    return Number(row?.number ?? 0)
  }
}
