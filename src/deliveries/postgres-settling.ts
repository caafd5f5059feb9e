/** Writes what became of what was claimed (DeliveryQueue.settle), many in a few statements. */
import type { Row, Run } from './delivery-database.ts'
import { hostOf, type Settled } from './delivery-store.ts'
import { removeSubscriptions, wakeHosts } from './postgres-rows.ts'
import { deliveryKey, topicKey } from './postgres-tables.ts'

const sql = {
  etags: 'SELECT key, etag FROM newsstand.topic WHERE key = ANY($1) ORDER BY number FOR',
  get: `SELECT key, revision, worker, is_taken FROM newsstand.delivery WHERE key = ANY($1)
    ORDER BY key FOR UPDATE`,
  sent: `UPDATE newsstand.subscription s SET sent = n.sent
    FROM unnest($1::text[], $2::text[]) AS n (key, sent) WHERE s.key = n.key`,
  remove: 'DELETE FROM newsstand.delivery WHERE key = ANY($1)',
  free: `UPDATE newsstand.delivery SET worker = NULL, is_taken = false, is_beside = false
    WHERE key = ANY($1)`,
  putOff: `UPDATE newsstand.delivery d SET worker = NULL, is_taken = false, is_beside = false,
      tries = tries + 1, due = a.due
    FROM unnest($1::text[], $2::bigint[]) AS a (key, due) WHERE d.key = a.key`,
}

type Fate = 'remove' | 'unsubscribe' | 'putOff' | 'free' | 'leave'

const sentOf = ({ delivery, outcome }: Settled): string | undefined =>
  delivery.kind === 'content' && outcome.is === 'done' ? outcome.sent : undefined

const isRefusedContent = ({ delivery, outcome }: Settled): boolean =>
  delivery.kind === 'content' && outcome.is === 'refused'

/**
 * @param row of the delivery, as it is now
 * @param etag of the newest state of its topic
 * @param me who has tried it
 */
function fateOf(one: Settled, row: Row, etag: string | undefined, me: string): Fate {
  const { delivery, outcome, again } = one
  const isAsClaimed = Number(row.revision) === delivery.revision
  const sent = sentOf(one)
  // What was sent may be newer than what it was claimed for, and is then what it was put anew for.
  if (sent !== undefined && sent === etag) return 'remove'
  if (isAsClaimed && outcome.is === 'done') return 'remove'
  // Whoever was away for long may find that it was given to another, or that what is said now was said already.
  const isOurs = row.worker === me || (row.worker === null && row.is_taken)
  if (!isOurs) return 'leave'
  if (!isAsClaimed) return 'free'
  if (again !== undefined) return 'putOff'
  return isRefusedContent(one) ? 'unsubscribe' : 'remove'
}

/** What was noted of these topics last, by key; they stay so until the end of the transaction. */
async function etagsOf(run: Run, settled: readonly Settled[]): Promise<Map<unknown, string>> {
  const contents = settled.filter(({ delivery }) => delivery.kind === 'content')
  if (contents.length === 0) return new Map()
  const keys = new Set(contents.map(({ delivery }) => topicKey(delivery.subject)))
  const lock = settled.some(isRefusedContent) ? 'UPDATE' : 'SHARE'
  const rows = await run(`${sql.etags} ${lock}`, [[...keys]])
  return new Map(rows.map(({ key, etag }) => [key, String(etag)]))
}

/** @param run within a transaction @param me who has tried them */
export async function settleRows(run: Run, settled: readonly Settled[], me: string): Promise<void> {
  const etags = await etagsOf(run, settled)
  const found = await run(sql.get, [settled.map(({ delivery }) => deliveryKey(delivery))])
  const rows = new Map(found.map((row) => [row.key, row]))
  const those: Record<Fate, string[]> = {
    ...{ remove: [], unsubscribe: [], putOff: [], free: [], leave: [] },
  }
  const sent: { readonly key: string; readonly etag: string }[] = []
  const dues: number[] = []
  for (const one of settled) {
    const key = deliveryKey(one.delivery)
    const row = rows.get(key)
    if (!row) continue
    const etag = sentOf(one)
    if (etag !== undefined) sent.push({ key, etag })
    const fate = fateOf(one, row, etags.get(topicKey(one.delivery.subject)), me)
    those[fate].push(key)
    if (fate === 'putOff') dues.push(one.again ?? 0)
  }
  if (sent.length > 0)
    await run(sql.sent, [sent.map(({ key }) => key), sent.map(({ etag }) => etag)])
  const { remove, unsubscribe, putOff, free } = those
  if (unsubscribe.length > 0) await removeSubscriptions(run, 'key = ANY($1)', [unsubscribe])
  const removed = [...remove, ...unsubscribe]
  if (removed.length > 0) await run(sql.remove, [removed])
  if (putOff.length > 0) await run(sql.putOff, [putOff, dues])
  if (free.length > 0) await run(sql.free, [free])
  await wakeHosts(
    run,
    settled.map(({ delivery }) => hostOf(delivery.target)),
  )
}
