/** Deliveries and subscriptions in a SQLite file of their own: a refresh holds the catalogue's writer for seconds. */
import { DeliveryFile } from './delivery-file.ts'
import type { DeliveryStore } from './delivery-store.ts'
import { moved } from './delivery-tables.ts'
import { SqliteQueue } from './sqlite-queue.ts'
import { SqliteSubscriptions } from './sqlite-subscriptions.ts'
import { SqliteTold } from './sqlite-told.ts'
import { SqliteTopics } from './sqlite-topics.ts'

const settingByName = 'SELECT value FROM setting WHERE name = ?'
const forgetSetting = 'DELETE FROM setting WHERE name = ?'
const putSetting = 'INSERT OR REPLACE INTO setting VALUES (?, ?)'

/**
 * Opens or makes deliveries.sqlite. Whoever opens it has the lock of the folder: what is under way is known to one process alone.
 * @param dataDir DATA_DIR
 * @throws Error when it cannot be written, or a newer Newsstand has written it
 */
export async function openSqliteDeliveryStore(dataDir: string): Promise<DeliveryStore> {
  const file = new DeliveryFile(dataDir)
  file.transaction(() => file.prepared(forgetSetting).run(moved))
  const queue = new SqliteQueue(file)
  return {
    queue,
    topics: new SqliteTopics(file, queue),
    told: new SqliteTold(file, queue),
    subscriptions: new SqliteSubscriptions(file, queue),
    async setting(name) {
      const row = file.read(() => file.prepared(settingByName).get(name))
      return row && String(row.value)
    },
    async putSetting(name, value) {
      file.transaction(() => file.prepared(putSetting).run(name, value))
    },
    onRepaired: (tell) => file.onRepaired(tell),
    close: async () => file.close(),
  }
}
