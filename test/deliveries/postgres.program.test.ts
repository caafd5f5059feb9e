/** What every store of deliveries has to do, and what is done with one, over PostgreSQL. */
import { afterAll, describe } from 'vitest'
import { openPostgresDeliveryStore } from '../../src/deliveries/postgres-delivery-store.ts'
import { useStoresIn } from '../support/delivery-stores.ts'
import { startPostgres } from '../support/postgres.ts'

const postgres = await startPostgres()
afterAll(() => postgres[Symbol.asyncDispose]())

const databases = new Map<string, Promise<string>>()

/** Each folder has one of its own. */
function databaseOf(folder: string): Promise<string> {
  const known = databases.get(folder) ?? postgres.database(`site_${databases.size}`)
  databases.set(folder, known)
  return known
}

useStoresIn({
  name: 'PostgreSQL',
  open: async (folder) => openPostgresDeliveryStore(await databaseOf(folder)),
})

describe.each(['store', 'dispatcher', 'look', 'content', 'told-articles', 'hub', 'hub-floods'])(
  '%s',
  async (name) => {
    await import(`./${name}.test.ts`)
  },
)
