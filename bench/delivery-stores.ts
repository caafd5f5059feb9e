/** How fast each store of deliveries subscribes, finds out who is to be told, and gives and takes back what is due. */
import type { DeliveryStore } from '../src/deliveries/delivery-store.ts'
import { openPostgresDeliveryStore } from '../src/deliveries/postgres-delivery-store.ts'
import { openSqliteDeliveryStore } from '../src/deliveries/sqlite-delivery-store.ts'
import { startPostgres } from '../test/support/postgres.ts'
import { workspace } from './measure.ts'

const subscriptions = 10_000
/** As many as a dispatcher has places. */
const portion = 256
const topic = 'https://news.example/feed.xml'
const told = { hubs: [], isSilent: false }

async function seconds(act: () => Promise<unknown>): Promise<number> {
  const start = performance.now()
  await act()
  return (performance.now() - start) / 1000
}

/** Takes what is due and settles it, until there is no more. @returns how often that was */
async function deliverAll({ queue }: DeliveryStore, sent: string): Promise<number> {
  for (let rounds = 0; ; rounds += 1) {
    const claimed = await queue.claim(Date.now(), portion, [])
    if (claimed.length === 0) return rounds
    await queue.settle(claimed.map((delivery) => ({ delivery, outcome: { is: 'done', sent } })))
  }
}

async function measure(name: string, store: DeliveryStore, hosts: number): Promise<void> {
  const expires = Date.now() + 3_600_000
  const subscribing = await seconds(async () => {
    for (let n = 0; n < subscriptions; n += 1) {
      const callback = `http://host${n % hosts}.example/${n}`
      await store.subscriptions.put({ callback, topic, secret: 'a', expires }, 'A')
    }
  })
  const noting = await seconds(() =>
    store.topics.note({ topic, etag: 'B', changed: '' }, told, Date.now()),
  )
  let rounds = 0
  const delivering = await seconds(async () => {
    rounds = await deliverAll(store, 'B')
  })
  await store.close()
  const rate = (of: number) => Math.round(subscriptions / of).toLocaleString('en')
  console.log(
    `${name}, ${hosts} hosts: ${rate(subscribing)} subscriptions a second; a change noted for all in ${Math.round(noting * 1000)} ms; ` +
      `${rate(delivering)} deliveries claimed and settled a second (${rounds} rounds of ${Math.round((delivering / rounds) * 10_000) / 10} ms)`,
  )
}

await using postgres = await startPostgres()
for (const hosts of [100, 10_000]) {
  await measure('SQLite', await openSqliteDeliveryStore(workspace()), hosts)
  const address = await postgres.database(`hosts_${hosts}`)
  await measure('PostgreSQL', await openPostgresDeliveryStore(address), hosts)
}
