import type { DeliveryFile } from './delivery-file.ts'
import type { SqliteQueue } from './sqlite-queue.ts'
import type { LookedUntil, ToldChange, ToldState } from './told-state.ts'
import { merged } from './webhook-event.ts'

const sql = {
  sums: 'SELECT article, sum FROM told WHERE article IN (SELECT value FROM json_each(?))',
  put: 'INSERT OR REPLACE INTO told VALUES (?, ?)',
  remove: 'DELETE FROM told WHERE article = ?',
  forget: 'DELETE FROM told',
  lookedUntil: "SELECT value FROM setting WHERE name = 'looked until'",
  putLookedUntil: "INSERT OR REPLACE INTO setting VALUES ('looked until', ?)",
  forgetLookedUntil: "DELETE FROM setting WHERE name = 'looked until'",
}

/** What was told of the articles, beside the queue, so that both change together. */
export class SqliteTold implements ToldState {
  readonly #file: DeliveryFile
  readonly #queue: SqliteQueue

  constructor(file: DeliveryFile, queue: SqliteQueue) {
    this.#file = file
    this.#queue = queue
  }

  async lookedUntil(): Promise<LookedUntil | undefined> {
    const row = this.#file.read(() => this.#file.prepared(sql.lookedUntil).get())
    return row && JSON.parse(String(row.value))
  }

  async sums(numbers: readonly number[]): Promise<ReadonlyMap<number, string>> {
    const rows = this.#file.read(() => this.#file.prepared(sql.sums).all(JSON.stringify(numbers)))
    return new Map(rows.map(({ article, sum }) => [Number(article), String(sum)]))
  }

  async note({ told, deliveries, lookedUntil }: ToldChange, now: number): Promise<void> {
    this.#file.transaction(() => {
      for (const [article, sum] of told) {
        if (sum === undefined) this.#file.prepared(sql.remove).run(article)
        else this.#file.prepared(sql.put).run(article, sum)
      }
      for (const delivery of deliveries) {
        const pending = delivery.kind === 'webhook' ? this.#queue.pending(delivery) : undefined
        const next = pending ? merged(delivery, pending) : delivery
        if (next) this.#queue.putOne(next, now)
        else this.#queue.withdraw(delivery, now)
      }
      if (lookedUntil) this.#file.prepared(sql.putLookedUntil).run(JSON.stringify(lookedUntil))
    })
  }

  async forget(): Promise<void> {
    this.#file.transaction(() => {
      this.#file.prepared(sql.forget).run()
      this.#file.prepared(sql.forgetLookedUntil).run()
    })
  }
}
