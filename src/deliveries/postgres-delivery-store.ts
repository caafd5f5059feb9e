/** Deliveries and subscriptions in PostgreSQL, which the processes of several machines have together. */
import { DeliveryDatabase } from './delivery-database.ts'
import type { DeliveryStore, Others } from './delivery-store.ts'
import { Bell } from './postgres-bell.ts'
import { type Beat, channel, Presence } from './postgres-presence.ts'
import { PostgresQueue } from './postgres-queue.ts'
import { PostgresSubscriptions } from './postgres-subscriptions.ts'
import { putSetting } from './postgres-tables.ts'
import { PostgresTold } from './postgres-told.ts'
import { PostgresTopics } from './postgres-topics.ts'

const settingByName = 'SELECT value FROM newsstand.delivery_setting WHERE name = $1'

export interface SharedDeliveryStore extends DeliveryStore {
  readonly others: Others
}

/**
 * Tables are made when something is asked for, so that a database that is away keeps nobody from starting: what is asked then throws.
 * @param databaseUrl DATABASE_URL
 * @param beat tests have a quicker one
 */
export async function openPostgresDeliveryStore(
  databaseUrl: string,
  beat?: Beat,
): Promise<SharedDeliveryStore> {
  const database = await DeliveryDatabase.open(databaseUrl)
  const presence = new Presence(database, beat)
  const topics = new PostgresTopics(database, presence)
  let tell = () => {}
  const bell = new Bell(databaseUrl, channel, (who) => {
    if (who !== presence.id) tell()
  })
  let beating: Promise<void> | undefined

  async function keepUp(): Promise<void> {
    await Promise.all([bell.keep(), presence.beat()])
    // What was not heard of is found now.
    tell()
  }
  function begin(): void {
    beating ??= keepUp().finally(() => {
      beating = undefined
    })
  }
  const timer = setInterval(begin, presence.everyMs)
  begin()

  return {
    queue: new PostgresQueue(database, presence),
    topics,
    told: new PostgresTold(database, presence),
    subscriptions: new PostgresSubscriptions(database, presence),
    async setting(name) {
      const [row] = await database.read(settingByName, [name])
      return row && String(row.value)
    },
    async putSetting(name, value) {
      await database.read(putSetting, [name, value])
    },
    others: {
      onNews(told) {
        tell = told
      },
      askForLook: (topic) => topics.askFor(topic),
      askedFor: (now) => topics.askedFor(now),
    },
    // PostgreSQL says itself when something is damaged, and its operator has backups.
    onRepaired() {},
    async close() {
      clearInterval(timer)
      tell = () => {}
      await beating
      // Where that cannot be said the others notice it.
      await presence.leave().catch(() => {})
      await Promise.all([bell.close(), database.close()])
    },
  }
}
