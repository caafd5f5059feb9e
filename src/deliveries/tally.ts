import { type DeliveryFigures, type Failure, ofEachKind } from './delivery-figures.ts'
import { hostOf, type Settled } from './delivery-store.ts'

/** So many failures are remembered. */
const mostFailures = 20

/** Counts what has come of tries since the start. */
export function createTally() {
  const made = ofEachKind(() => ({ done: 0, failed: 0, givenUp: 0 }))
  const failures: Failure[] = []
  return {
    note({ delivery: { kind, target }, outcome, again }: Settled): void {
      if (outcome.is === 'done') {
        made[kind].done += 1
        return
      }
      made[kind].failed += 1
      if (again === undefined) made[kind].givenUp += 1
      const at = new Date().toISOString()
      failures.push({ at, kind, host: hostOf(target), reason: outcome.reason })
      if (failures.length > mostFailures) failures.shift()
    },
    figures: (): Pick<DeliveryFigures, 'made' | 'failures'> => ({ made, failures }),
  }
}
