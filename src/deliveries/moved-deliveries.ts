/** Subscriptions, what is to be delivered and what was told, as they are moved as a whole from deliveries.sqlite to PostgreSQL or back. */
import type { DatabaseSync, SQLOutputValue } from 'node:sqlite'
import { ConfigError } from '../config.ts'
import type { Delivery } from './delivery.ts'
import type { Row, Run } from './delivery-database.ts'
import { moved } from './delivery-tables.ts'
import { deliveryKey, putSetting, subscriptionKey, takeSteps, topicKey } from './postgres-tables.ts'

/** Rows that are read and written in one go. */
const portion = 500
/** Of each its own. */
const ownSetting = 'version of tables'
const ownSettings = `'${ownSetting}', '${moved}'`

const local = {
  topics: 'SELECT topic, etag, changed, subscriptions FROM topic',
  subscriptions: `SELECT t.topic, s.callback, s.host, s.secret, s.expires, s.sent
    FROM subscription s JOIN topic t ON t.number = s.topic`,
  deliveries: 'SELECT kind, target, subject, data, host, due, tries FROM delivery',
  told: 'SELECT article, sum FROM told',
  settings: `SELECT name, value FROM setting WHERE name NOT IN (${ownSettings})`,
  isMoved: 'SELECT 1 FROM setting WHERE name = ?',
  current:
    'SELECT t.topic, s.callback FROM subscription s JOIN topic t ON t.number = s.topic WHERE s.expires > ?',
  count: 'SELECT count(*) AS number FROM subscription WHERE expires > ?',
  putTopic: 'INSERT INTO topic VALUES (?, ?, ?, ?, 0)',
  putSubscription: 'INSERT INTO subscription VALUES (?, ?, ?, ?, ?, ?)',
  putDelivery: 'INSERT INTO delivery VALUES (?, ?, ?, ?, ?, ?, ?, ?)',
  putTold: 'INSERT INTO told VALUES (?, ?)',
  putSetting: 'INSERT OR REPLACE INTO setting VALUES (?, ?)',
}

const remote = {
  isThere: "SELECT to_regclass('newsstand.delivery_setting') IS NOT NULL AS is_there",
  empty: `DELETE FROM newsstand.delivery; DELETE FROM newsstand.delivery_host;
    DELETE FROM newsstand.subscription; DELETE FROM newsstand.topic; DELETE FROM newsstand.told;
    DELETE FROM newsstand.delivery_setting WHERE name <> '${ownSetting}'`,
  count: 'SELECT count(*) AS number FROM newsstand.subscription WHERE expires > $1',
  countOf: `SELECT count(*) AS number FROM newsstand.subscription
    WHERE expires > $1 AND key = ANY($2)`,
  putTopics: `INSERT INTO newsstand.topic (key, topic, etag, changed, subscriptions)
    SELECT * FROM unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::integer[])`,
  putSubscriptions: `INSERT INTO newsstand.subscription
    SELECT s.key, t.number, s.callback, s.host, s.secret, s.expires, s.sent
    FROM unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::bytea[], $6::bigint[], $7::text[])
      AS s (key, topic, callback, host, secret, expires, sent)
      JOIN newsstand.topic t ON t.key = s.topic`,
  putDeliveries: `INSERT INTO newsstand.delivery (key, kind, target, subject, data, host, due, tries)
    SELECT * FROM unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::bigint[], $8::integer[])`,
  putHosts: `INSERT INTO newsstand.delivery_host
    SELECT host, min(due) FROM newsstand.delivery GROUP BY host`,
  putTold: 'INSERT INTO newsstand.told SELECT * FROM unnest($1::bigint[], $2::text[])',
  topics: `SELECT number AS key, topic, etag, changed FROM newsstand.topic
    WHERE number > $1 ORDER BY number LIMIT $2`,
  subscriptions: `SELECT key, topic, callback, host, secret, expires, sent FROM newsstand.subscription
    WHERE key > $1 ORDER BY key LIMIT $2`,
  // One that was begun, of which it is not known what became, counts as tried.
  deliveries: `SELECT key, kind, target, subject, data, host, due, revision,
      greatest(tries, is_taken::integer) AS tries
    FROM newsstand.delivery WHERE key > $1 ORDER BY key LIMIT $2`,
  told: `SELECT article AS key, sum FROM newsstand.told WHERE article > $1 ORDER BY article LIMIT $2`,
  settings: `SELECT name, value FROM newsstand.delivery_setting WHERE name <> '${ownSetting}'`,
}

/**
 * Puts all that a file has into the database, in place of what is there.
 * @param run within a transaction
 * @param file see openTables
 * @throws ConfigError where the database has subscriptions that the file has not, and that would be lost
 */
export async function putDeliveries(run: Run, file: DatabaseSync, now: number): Promise<void> {
  await takeSteps(run)
  await checkNoneIsLost(run, file, now)
  await run(remote.empty)
  for (const rows of portionsOf(file, local.topics)) {
    const column = columnsOf(rows)
    await run(remote.putTopics, [
      rows.map(({ topic }) => topicKey(String(topic))),
      ...['topic', 'etag', 'changed', 'subscriptions'].map(column),
    ])
  }
  for (const rows of portionsOf(file, local.subscriptions)) {
    const column = columnsOf(rows)
    await run(remote.putSubscriptions, [
      rows.map(keyOfSubscription),
      rows.map(({ topic }) => topicKey(String(topic))),
      ...['callback', 'host'].map(column),
      rows.map(({ secret }) => Buffer.from(String(secret))),
      ...['expires', 'sent'].map(column),
    ])
  }
  for (const rows of portionsOf(file, local.deliveries)) {
    const column = columnsOf(rows)
    await run(remote.putDeliveries, [
      rows.map((row) => deliveryKey(row as unknown as Delivery)),
      ...['kind', 'target', 'subject', 'data', 'host', 'due', 'tries'].map(column),
    ])
  }
  await run(remote.putHosts)
  for (const rows of portionsOf(file, local.told)) {
    await run(remote.putTold, ['article', 'sum'].map(columnsOf(rows)))
  }
  for (const { name, value } of file.prepare(local.settings).all()) {
    await run(putSetting, [name, value])
  }
}

/** Those that ended there meanwhile, as it went on in the file alone, are no loss. */
async function checkNoneIsLost(run: Run, file: DatabaseSync, now: number): Promise<void> {
  let lost = await countThere(run, now)
  if (lost === 0) return
  for (const rows of portionsOf(file, local.subscriptions)) {
    const [row] = await run(remote.countOf, [now, rows.map(keyOfSubscription)])
    lost -= Number(row?.number)
  }
  if (lost === 0) return
  throw new ConfigError(
    `the database has subscriptions to the hub that deliveries.sqlite has not (${lost}), and they would be lost. Name an empty database in DATABASE_URL.`,
  )
}

/** Notes that a file has what the database has. */
export const noteMoved = (file: DatabaseSync): void =>
  void file.prepare(local.putSetting).run(moved, '')

/** @throws ConfigError where the file was used since it was moved, and has subscriptions that the database has not */
export async function checkFileIsOlder(run: Run, file: DatabaseSync, now: number): Promise<void> {
  if (file.prepare(local.isMoved).get(moved)) return
  const isThere = await hasDeliveries(run)
  let lost = 0
  for (const rows of portionsOf(file, local.current, now)) {
    const [row] = isThere ? await run(remote.countOf, [now, rows.map(keyOfSubscription)]) : []
    lost += rows.length - Number(row?.number ?? 0)
  }
  if (lost === 0) return
  throw new ConfigError(
    `deliveries.sqlite in DATA_DIR has subscriptions to the hub that the database has not (${lost}), and they would be lost. Move the site with --from sqlite --to postgres, or name another DATA_DIR.`,
  )
}

/**
 * Puts all that the database has into a new file, in one transaction.
 * @param run within a transaction that sees one state
 */
export async function takeDeliveries(run: Run, file: DatabaseSync): Promise<void> {
  file.exec('BEGIN')
  const topic = file.prepare(local.putTopic)
  for await (const { key, ...row } of everyRow(run, remote.topics, 0)) {
    topic.run(Number(key), ...textsOf(row, 'topic', 'etag', 'changed'))
  }
  const subscription = file.prepare(local.putSubscription)
  for await (const row of everyRow(run, remote.subscriptions, '')) {
    const [callback = '', host = '', secret = '', sent = ''] = textsOf(
      ...([row, 'callback', 'host', 'secret', 'sent'] as const),
    )
    subscription.run(Number(row.topic), callback, host, secret, Number(row.expires), sent)
  }
  const delivery = file.prepare(local.putDelivery)
  for await (const row of everyRow(run, remote.deliveries, '')) {
    const numbers = [Number(row.due), Number(row.tries), Number(row.revision)]
    delivery.run(...textsOf(row, 'kind', 'target', 'subject', 'data', 'host'), ...numbers)
  }
  const told = file.prepare(local.putTold)
  for await (const { key, sum } of everyRow(run, remote.told, 0)) {
    told.run(Number(key), String(sum))
  }
  const setting = file.prepare(local.putSetting)
  for (const row of await run(remote.settings)) setting.run(...textsOf(row, 'name', 'value'))
  file.exec('COMMIT')
}

/** Whether a machine has ever delivered with this database. */
export const hasDeliveries = async (run: Run): Promise<boolean> =>
  (await run(remote.isThere))[0]?.is_there === true

/** Subscriptions that there are at this time. */
export const countThere = async (run: Run, now: number): Promise<number> =>
  Number((await run(remote.count, [now]))[0]?.number)

/** The same of a file. */
export const countIn = (file: DatabaseSync, now: number): number =>
  Number(file.prepare(local.count).get(now)?.number)

type LocalRow = Readonly<Record<string, SQLOutputValue>>

function* portionsOf(
  file: DatabaseSync,
  sql: string,
  ...values: readonly number[]
): Generator<LocalRow[]> {
  let rows: LocalRow[] = []
  for (const row of file.prepare(sql).iterate(...values)) {
    rows.push(row)
    if (rows.length < portion) continue
    yield rows
    rows = []
  }
  if (rows.length > 0) yield rows
}

/** @param first below every key */
async function* everyRow(run: Run, sql: string, first: unknown): AsyncGenerator<Row> {
  for (let after = first; ; ) {
    const rows = await run(sql, [after, portion])
    yield* rows
    if (rows.length < portion) return
    after = rows.at(-1)?.key
  }
}

const columnsOf = (rows: readonly LocalRow[]) => (name: string) => rows.map((row) => row[name])

const textsOf = (row: Row, ...names: readonly string[]) => names.map((name) => String(row[name]))

const keyOfSubscription = ({ callback, topic }: LocalRow) =>
  subscriptionKey(String(callback), String(topic))
