/** Topics in PostgreSQL, and who is told when one has changed. */
import type { DeliveryDatabase, Row, Run } from './delivery-database.ts'
import type { Topic, Topics } from './delivery-store.ts'
import { announce, type Presence } from './postgres-presence.ts'
import { type LockedTopic, lockTopic, putRows, withdrawRows } from './postgres-rows.ts'
import { isSearch, topicKey } from './postgres-tables.ts'

/** Whether a row of topic, called `t`, has a subscription at `$1`. */
const isSubscribed = `subscriptions > 0
  AND EXISTS (SELECT FROM newsstand.subscription s WHERE s.topic = t.number AND s.expires > $1)`
const columns = 'SELECT topic, etag, changed FROM newsstand.topic t WHERE'

/** Subscriptions of a topic that are told of its state. */
const told = 'topic = $1 AND expires > $2 AND sent <> $3'

const sql = {
  subscribed: `${columns} ${isSubscribed}`,
  subscribedAmong: `${columns} key = ANY($2) AND NOT ${isSearch} AND ${isSubscribed}
    UNION ALL ${columns} ${isSearch} AND ${isSubscribed}`,
  askedFor: `${columns} changed = '' AND ${isSubscribed}`,
  askFor: "UPDATE newsstand.topic SET changed = '' WHERE key = $1",
  searches: `SELECT count(*) AS searches FROM newsstand.topic t WHERE ${isSearch} AND ${isSubscribed}`,
  known: `${columns} key = ANY($1) ORDER BY topic`,
  forgetSearches: `DELETE FROM newsstand.topic
    WHERE ${isSearch} AND subscriptions = 0 AND key <> ALL($1::text[])`,
  put: 'UPDATE newsstand.topic SET etag = $2, changed = $3 WHERE number = $1',
  takeOver: 'UPDATE newsstand.subscription SET sent = $2 WHERE topic = $1 AND sent = $3',
  // What waits already keeps its place.
  tell: `INSERT INTO newsstand.delivery AS waiting (key, kind, target, subject, data, host, due)
    SELECT key, 'content', callback, $4, '', host, $2::bigint FROM newsstand.subscription WHERE ${told} ORDER BY key
    ON CONFLICT (key) DO UPDATE
      SET due = least(waiting.due, excluded.due), tries = 0, revision = excluded.revision`,
  wake: `INSERT INTO newsstand.delivery_host AS known
    SELECT DISTINCT host, $2::bigint FROM newsstand.subscription WHERE ${told} ORDER BY host
    ON CONFLICT (host) DO UPDATE SET due = excluded.due WHERE known.due > excluded.due`,
  needless: `SELECT d.key FROM newsstand.subscription s JOIN newsstand.delivery d ON d.key = s.key
    WHERE s.topic = $1 AND s.sent = $2 ORDER BY d.key FOR UPDATE OF d`,
}

const topicOf = ({ topic, etag, changed }: Row): Topic => ({
  topic: String(topic),
  etag: String(etag),
  changed: String(changed),
})

export class PostgresTopics implements Topics {
  readonly #database: DeliveryDatabase
  readonly #presence: Presence

  constructor(database: DeliveryDatabase, presence: Presence) {
    this.#database = database
    this.#presence = presence
  }

  async subscribed(now: number, among?: readonly string[]): Promise<Topic[]> {
    const rows = among
      ? await this.#database.read(sql.subscribedAmong, [now, among.map(topicKey)])
      : await this.#database.read(sql.subscribed, [now])
    return rows.map(topicOf)
  }

  /** See Others. */
  async askedFor(now: number): Promise<Topic[]> {
    return (await this.#database.read(sql.askedFor, [now])).map(topicOf)
  }

  /** See Others. */
  async askFor(topic: string): Promise<void> {
    await this.#database.read(sql.askFor, [topicKey(topic)])
  }

  async known(topics: readonly string[]): Promise<Topic[]> {
    return (await this.#database.read(sql.known, [topics.map(topicKey)])).map(topicOf)
  }

  async forgetSearches(except: readonly string[]): Promise<void> {
    await this.#database.read(sql.forgetSearches, [except.map(topicKey)])
  }

  async searches(now: number): Promise<number> {
    const [row] = await this.#database.read(sql.searches, [now])
    return Number(row?.searches)
  }

  async note(
    noted: Topic,
    { hubs, isSilent }: { readonly hubs: readonly string[]; readonly isSilent: boolean },
    now: number,
  ): Promise<void> {
    const { topic, etag, changed } = noted
    await this.#database.transaction(async (run) => {
      const known = await lockTopic(run, topic, '')
      await run(sql.put, [known.number, etag, changed])
      if (etag === known.etag) return
      // Noted without its document, which nobody wanted yet: that it is made now is no change.
      const isMadeNow = known.etag === '' && changed !== '' && known.changed === changed
      if (isSilent) await run(sql.takeOver, [known.number, etag, known.etag])
      else await tell(run, known, noted, isMadeNow ? [] : hubs, now)
      // A subscriber that has this state needs no delivery of another one.
      const needless = await run(sql.needless, [known.number, etag])
      const keys = needless.map(({ key }) => String(key))
      await withdrawRows(run, keys, now)
      await announce(run, this.#presence.id)
    })
  }
}

async function tell(
  run: Run,
  { number }: LockedTopic,
  { topic, etag }: Topic,
  hubs: readonly string[],
  now: number,
): Promise<void> {
  await run(sql.tell, [number, now, etag, topic])
  await run(sql.wake, [number, now, etag])
  const pings = hubs.map(
    (target) => ({ kind: 'publish', target, subject: topic, data: '' }) as const,
  )
  await putRows(run, pings, now)
}
