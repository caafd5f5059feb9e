/**
 * What is written in several transactions, each of which locks in this order, so that no two wait for each other: topics by their numbers,
 * subscriptions, deliveries by their keys, hosts by their names.
 */
import type { Delivery } from './delivery.ts'
import type { Run } from './delivery-database.ts'
import { hostOf } from './delivery-store.ts'
import { deliveryKey, isSearch, newRevision, topicKey } from './postgres-tables.ts'

const sql = {
  put: `INSERT INTO newsstand.delivery (key, kind, target, subject, data, host, due)
    SELECT d.*, $7::bigint FROM unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::text[], $6::text[])
      AS d (key, kind, target, subject, data, host) ORDER BY d.key
    ON CONFLICT (key) DO UPDATE SET data = excluded.data, due = excluded.due, tries = 0, revision = excluded.revision`,
  wakeHosts: `INSERT INTO newsstand.delivery_host AS known
    SELECT h.host, d.due FROM unnest($1::text[]) AS h (host) CROSS JOIN LATERAL (
      SELECT due FROM newsstand.delivery WHERE host = h.host AND worker IS NULL ORDER BY due LIMIT 1
    ) AS d ORDER BY h.host
    ON CONFLICT (host) DO UPDATE SET due = excluded.due WHERE known.due > excluded.due`,
  renew: `UPDATE newsstand.delivery SET due = $2, tries = 0, revision = ${newRevision}
    WHERE key = ANY($1) AND is_taken RETURNING host`,
  remove: 'DELETE FROM newsstand.delivery WHERE key = ANY($1) AND NOT is_taken',
  lockTopic: `INSERT INTO newsstand.topic AS known (key, topic, etag, changed) VALUES ($1, $2, $3, '')
    ON CONFLICT (key) DO UPDATE SET changed = known.changed RETURNING number, etag, changed`,
}

/** Adds these, or takes the place of those that wait. */
export async function putRows(run: Run, deliveries: readonly Delivery[], due: number) {
  const all = [...new Map(deliveries.map((one) => [deliveryKey(one), one])).values()]
  if (all.length === 0) return
  const hosts = all.map(({ target }) => hostOf(target))
  await run(sql.put, [
    all.map(deliveryKey),
    ...(['kind', 'target', 'subject', 'data'] as const).map((name) => all.map((one) => one[name])),
    ...[hosts, due],
  ])
  await wakeHosts(run, hosts)
}

/** Has something that waits for these hosts found, or found sooner. */
export async function wakeHosts(run: Run, hosts: readonly string[]): Promise<void> {
  if (hosts.length > 0) await run(sql.wakeHosts, [[...new Set(hosts)]])
}

/** Removes deliveries that have become needless, or has those made once more that may be under way. */
export async function withdrawRows(run: Run, keys: readonly string[], due: number): Promise<void> {
  if (keys.length === 0) return
  const renewed = await run(sql.renew, [keys, due])
  await run(sql.remove, [keys])
  await wakeHosts(
    run,
    renewed.map(({ host }) => String(host)),
  )
}

export interface LockedTopic {
  readonly number: string
  readonly etag: string
  readonly changed: string
}

/** The row of a topic, which nobody else changes until the end of the transaction. @param etag of one that was not known */
export async function lockTopic(run: Run, topic: string, etag: string): Promise<LockedTopic> {
  const [row] = await run(sql.lockTopic, [topicKey(topic), topic, etag])
  return row as unknown as LockedTopic
}

/**
 * Removes subscriptions whose topics are locked, with what is due to them. Anybody can think of searches: one that nobody is told
 * of any more is forgotten.
 * @param which a condition
 */
export async function removeSubscriptions(
  run: Run,
  which: string,
  values: readonly unknown[],
): Promise<void> {
  await run(
    `WITH removed AS (DELETE FROM newsstand.subscription WHERE ${which} RETURNING topic, key),
      undone AS (DELETE FROM newsstand.delivery WHERE key IN (SELECT key FROM removed)),
      fewer AS (SELECT topic AS number, count(*)::integer AS many FROM removed GROUP BY topic),
      forgotten AS (DELETE FROM newsstand.topic t USING fewer f
        WHERE t.number = f.number AND t.subscriptions = f.many AND ${isSearch})
      UPDATE newsstand.topic t SET subscriptions = subscriptions - f.many FROM fewer f
        WHERE t.number = f.number AND NOT (t.subscriptions = f.many AND ${isSearch})`,
    values,
  )
}
