/** The store of deliveries that tests are about: SQLite, or what a file of tests has put in its place before it imports them. */
import type { DeliveryStore } from '../../src/deliveries/delivery-store.ts'
import { openSqliteDeliveryStore } from '../../src/deliveries/sqlite-delivery-store.ts'

interface Kind {
  readonly name: string
  /** @param folder what was put into the store of the same folder is found in it again */
  open(folder: string): Promise<DeliveryStore>
}

let kind: Kind = { name: 'SQLite', open: openSqliteDeliveryStore }

export const useStoresIn = (another: Kind): void => {
  kind = another
}
export const nameOfStores = (): string => kind.name
export const openDeliveryStore = (folder: string): Promise<DeliveryStore> => kind.open(folder)
