/** Topics in SQLite, and who is told when one has changed. */
import type { SQLOutputValue } from 'node:sqlite'
import type { DeliveryFile } from './delivery-file.ts'
import type { Topic, Topics } from './delivery-store.ts'
import { isSearch, newRevision } from './delivery-tables.ts'
import type { SqliteQueue } from './sqlite-queue.ts'

/** Whether a row of topic, called `t`, has a subscription at `:now`. */
const isSubscribed = `subscriptions > 0
  AND EXISTS (SELECT 1 FROM subscription s WHERE s.topic = t.number AND s.expires > :now)`
const columns = 'SELECT topic, etag, changed FROM topic t WHERE'
const isOfList = 'topic IN (SELECT value FROM json_each(:list))'

/** Subscriptions of a topic that are told of its state. */
const told = 'topic = :number AND expires > :now AND sent <> :etag'

const sql = {
  subscribed: `${columns} ${isSubscribed}`,
  subscribedAmong: `${columns} ${isOfList} AND NOT ${isSearch} AND ${isSubscribed}
    UNION ALL ${columns} ${isSearch} AND ${isSubscribed}`,
  searches: `SELECT count(*) AS searches FROM topic t WHERE ${isSearch} AND ${isSubscribed}`,
  known: `${columns} ${isOfList}`,
  forgetSearches: `DELETE FROM topic WHERE ${isSearch} AND subscriptions = 0 AND NOT ${isOfList}`,
  get: 'SELECT number, etag, changed FROM topic WHERE topic = ?',
  put: `INSERT INTO topic (topic, etag, changed) VALUES (?, ?, ?)
    ON CONFLICT DO UPDATE SET etag = excluded.etag, changed = excluded.changed RETURNING number`,
  takeOver: 'UPDATE subscription SET sent = :etag WHERE topic = :number AND sent = :former',
  // What waits already keeps its place.
  tell: `INSERT INTO delivery
    SELECT 'content', callback, :topic, '', host, :now, 0, ${newRevision} FROM subscription WHERE ${told}
    ON CONFLICT DO UPDATE SET due = min(due, excluded.due), tries = 0, revision = excluded.revision`,
  wait: `INSERT INTO waiting SELECT DISTINCT host, :now FROM subscription WHERE ${told}
    ON CONFLICT DO UPDATE SET due = min(due, excluded.due)`,
  needless: `SELECT d.target FROM subscription s
    CROSS JOIN delivery d ON d.kind = 'content' AND d.target = s.callback AND d.subject = :topic
    WHERE s.topic = :number AND s.sent = :etag`,
}

const topicOf = ({ topic, etag, changed }: Record<string, SQLOutputValue>): Topic => ({
  topic: String(topic),
  etag: String(etag),
  changed: String(changed),
})

export class SqliteTopics implements Topics {
  readonly #file: DeliveryFile
  readonly #queue: SqliteQueue

  constructor(file: DeliveryFile, queue: SqliteQueue) {
    this.#file = file
    this.#queue = queue
  }

  async subscribed(now: number, among?: readonly string[]): Promise<Topic[]> {
    const rows = this.#file.read(() =>
      among
        ? this.#file.prepared(sql.subscribedAmong).all({ now, list: JSON.stringify(among) })
        : this.#file.prepared(sql.subscribed).all({ now }),
    )
    return rows.map(topicOf)
  }

  async known(topics: readonly string[]): Promise<Topic[]> {
    const list = JSON.stringify(topics)
    return this.#file.read(() => this.#file.prepared(sql.known).all({ list })).map(topicOf)
  }

  async forgetSearches(except: readonly string[]): Promise<void> {
    const list = JSON.stringify(except)
    this.#file.transaction(() => this.#file.prepared(sql.forgetSearches).run({ list }))
  }

  async searches(now: number): Promise<number> {
    const row = this.#file.read(() => this.#file.prepared(sql.searches).get({ now }))
    return Number(row?.searches)
  }

  async note(
    { topic, etag, changed }: Topic,
    { hubs, isSilent }: { readonly hubs: readonly string[]; readonly isSilent: boolean },
    now: number,
  ): Promise<void> {
    this.#file.transaction(() => {
      const known = this.#file.prepared(sql.get).get(topic)
      const former = String(known?.etag ?? '')
      // Noted without its document, which nobody wanted yet: that it is made now is no change.
      const isMadeNow = former === '' && changed !== '' && known?.changed === changed
      const number = Number(this.#file.prepared(sql.put).get(topic, etag, changed)?.number)
      if (etag === former) return
      if (isSilent) this.#file.prepared(sql.takeOver).run({ etag, number, former })
      else {
        this.#file.prepared(sql.tell).run({ topic, number, etag, now })
        this.#file.prepared(sql.wait).run({ number, etag, now })
        for (const hub of isMadeNow ? [] : hubs)
          this.#queue.putOne({ kind: 'publish', target: hub, subject: topic, data: '' }, now)
      }
      // A subscriber that has this state needs no delivery of another one.
      for (const { target } of this.#file.prepared(sql.needless).all({ topic, number, etag })) {
        const delivery = {
          kind: 'content',
          target: String(target),
          subject: topic,
          data: '',
        } as const
        this.#queue.withdraw(delivery, now)
      }
    })
  }
}
