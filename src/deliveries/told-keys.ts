/** Tells webhooks which surrogate keys are outdated (outdated-keys.ts): in the thread, which loads nothing of pages for it. */
import { everything } from '../channels/surrogate-keys.ts'
import type { DeliveryStore } from './delivery-store.ts'
import { keysDelivery } from './webhook-event.ts'

/** What the thread is told of the keys at a look. */
export interface KeysOccasion {
  readonly basis: string
  readonly catalogue: string
  /** The highest version of an article until which these are all. */
  readonly lastVersion: number
  /** undefined where any may be outdated. */
  readonly keys?: readonly string[]
}

/** Has webhooks told, and remembers until when they were. */
export function createKeysTeller(
  { told, setting, putSetting }: DeliveryStore,
  webhooks: readonly string[],
) {
  return async ({ basis, catalogue, lastVersion, keys }: KeysOccasion, now = Date.now()) => {
    const state = `${catalogue} ${basis} ${lastVersion}`
    const isAll = keys === undefined && (await setting(settingName)) !== state
    const outdated = isAll ? [everything] : (keys ?? [])
    if (outdated.length > 0) {
      const deliveries = webhooks.map((url) => keysDelivery(url, outdated, now))
      await told.note({ told: new Map(), deliveries }, now)
    }
    await putSetting(settingName, state)
  }
}

const settingName = 'keys told until'
