/** The figures of deliveries, for those who cannot wait: they are asked of a thread that may be busy, or hang. */
import { setTimeout as sleep } from 'node:timers/promises'
import { type DeliveryFigures, nothingDelivered } from '../deliveries/delivery-figures.ts'

export interface DeliveriesToAsk {
  figures(): Promise<DeliveryFigures>
}

interface Known {
  last: DeliveryFigures
  /** The question that is open: what hangs must not be asked more often. */
  asked: Promise<void> | undefined
}

/** What takes longer is not waited for. */
const patienceMs = 1000

const known = new WeakMap<DeliveriesToAsk, Known>()

/**
 * @returns the last figures that are known: where no answer comes within a second, or an error, those of before
 */
export async function knownDeliveries(deliveries: DeliveriesToAsk): Promise<DeliveryFigures> {
  const found = known.get(deliveries) ?? { last: nothingDelivered, asked: undefined }
  known.set(deliveries, found)
  found.asked ??= ask(deliveries, found).finally(() => {
    found.asked = undefined
  })
  await Promise.race([found.asked, sleep(patienceMs, undefined, { ref: false })])
  return found.last
}

async function ask(deliveries: DeliveriesToAsk, found: Known): Promise<void> {
  try {
    found.last = await deliveries.figures()
  } catch {
    // Whoever has started the thread says why it has ended.
  }
}
