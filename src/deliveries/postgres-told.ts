import type { Delivery } from './delivery.ts'
import type { DeliveryDatabase, Run } from './delivery-database.ts'
import { announce, type Presence } from './postgres-presence.ts'
import { putRows, withdrawRows } from './postgres-rows.ts'
import { deliveryKey, putSetting } from './postgres-tables.ts'
import type { LookedUntil, ToldChange, ToldState } from './told-state.ts'
import { merged } from './webhook-event.ts'

const lookedUntilSetting = 'looked until'

const sql = {
  sums: 'SELECT article, sum FROM newsstand.told WHERE article = ANY($1::bigint[])',
  put: `INSERT INTO newsstand.told SELECT * FROM unnest($1::bigint[], $2::text[])
    ON CONFLICT (article) DO UPDATE SET sum = excluded.sum`,
  remove: 'DELETE FROM newsstand.told WHERE article = ANY($1::bigint[])',
  forget: 'DELETE FROM newsstand.told',
  setting: 'SELECT value FROM newsstand.delivery_setting WHERE name = $1',
  removeSetting: 'DELETE FROM newsstand.delivery_setting WHERE name = $1',
  pending: `SELECT key, data, tries > 0 OR is_taken AS is_tried FROM newsstand.delivery
    WHERE key = ANY($1) AND kind = 'webhook' ORDER BY key FOR UPDATE`,
}

/** What was told of the articles, beside the queue, so that both change together. */
export class PostgresTold implements ToldState {
  readonly #database: DeliveryDatabase
  readonly #presence: Presence

  constructor(database: DeliveryDatabase, presence: Presence) {
    this.#database = database
    this.#presence = presence
  }

  async lookedUntil(): Promise<LookedUntil | undefined> {
    const [row] = await this.#database.read(sql.setting, [lookedUntilSetting])
    return row && JSON.parse(String(row.value))
  }

  async sums(numbers: readonly number[]): Promise<ReadonlyMap<number, string>> {
    const rows = await this.#database.read(sql.sums, [numbers])
    return new Map(rows.map(({ article, sum }) => [Number(article), String(sum)]))
  }

  async note({ told, deliveries, lookedUntil }: ToldChange, now: number): Promise<void> {
    await this.#database.transaction(async (run) => {
      await noteSums(run, told)
      if (lookedUntil) await run(putSetting, [lookedUntilSetting, JSON.stringify(lookedUntil)])
      if (deliveries.length === 0) return
      await queue(run, deliveries, now)
      await announce(run, this.#presence.id)
    })
  }

  async forget(): Promise<void> {
    await this.#database.transaction(async (run) => {
      await run(sql.forget)
      await run(sql.removeSetting, [lookedUntilSetting])
    })
  }
}

async function noteSums(run: Run, told: ToldChange['told']): Promise<void> {
  const gone = [...told].filter(([, sum]) => sum === undefined)
  const known = [...told].filter(([, sum]) => sum !== undefined)
  if (gone.length > 0) await run(sql.remove, [gone.map(([article]) => article)])
  if (known.length > 0) {
    await run(sql.put, [known.map(([article]) => article), known.map(([, sum]) => sum)])
  }
}

/** Those to webhooks are merged with what waits. */
async function queue(run: Run, deliveries: readonly Delivery[], now: number): Promise<void> {
  const rows = await run(sql.pending, [deliveries.map(deliveryKey)])
  const pending = new Map(
    rows.map(({ key, data, is_tried }) => [
      key,
      { data: String(data), isTried: is_tried === true },
    ]),
  )
  const next = deliveries.map((delivery) => {
    const before = pending.get(deliveryKey(delivery))
    return before ? merged(delivery, before) : delivery
  })
  await putRows(
    run,
    next.filter((one) => one !== undefined),
    now,
  )
  const needless = deliveries.filter((_, n) => next[n] === undefined)
  await withdrawRows(run, needless.map(deliveryKey), now)
}
