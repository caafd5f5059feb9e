import { ofEachKind } from './delivery.ts'
import type { DeliveryFigures, Failure } from './delivery-figures.ts'
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
      const failure = { at, kind, host: hostOf(target), reason: outcome.reason }
      // Of many that went in one request, or fail in the same way one after the other, the last is enough.
      if (isLike(failures.at(-1), failure)) failures.pop()
      failures.push(failure)
      if (failures.length > mostFailures) failures.shift()
    },
    figures: (): Pick<DeliveryFigures, 'made' | 'failures'> => ({ made, failures }),
  }
}

const isLike = (one: Failure | undefined, other: Failure) =>
  one?.kind === other.kind && one.host === other.host && one.reason === other.reason
