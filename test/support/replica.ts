/** A process that delivers what is due in a database, by sending it on. Arguments: the address of the database, and what it is called. */
import { type Courier, type Kind, ofEachKind } from '../../src/deliveries/delivery.ts'
import { createDispatcher } from '../../src/deliveries/dispatcher.ts'
import { openPostgresDeliveryStore } from '../../src/deliveries/postgres-delivery-store.ts'

/** Quicker than usual: tests wait for it. */
const beat = { everyMs: 100, goneMs: 1000 }
const [address = '', name = ''] = process.argv.slice(2)

const store = await openPostgresDeliveryStore(address, beat)
const courier = (kind: Kind): Courier => ({
  kind,
  most: 1,
  async deliver([{ target, subject }]) {
    const response = await fetch(target, { method: 'POST', body: `${name} ${subject}` })
    await response.arrayBuffer()
    return { is: 'done' }
  },
})
const tell = (said: string) => process.send?.(said)
const dispatcher = createDispatcher({
  queue: store.queue,
  couriers: ofEachKind(courier) as Record<Kind, Courier>,
  onSettled() {},
  onFault: () => tell('fault'),
  onWell: () => tell('well'),
})
store.others.onNews(() => dispatcher.wake())
process.once('message', async () => {
  await dispatcher.close()
  await store.close()
  process.disconnect?.()
})
