/** What the status page and metrics say of deliveries. */
import { type Kind, ofEachKind } from './delivery.ts'

/** What has become of the tries of a kind since the start. */
interface Tally {
  readonly done: number
  /** Tries that have failed, those that are made again among them. */
  readonly failed: number
  /** Deliveries that were given up. */
  readonly givenUp: number
}

export interface DeliveryFigures {
  /** How many the hub has. */
  readonly subscriptions: number
  /** What is not done yet. */
  readonly waiting: Readonly<Record<Kind, number>>
  readonly made: Readonly<Record<Kind, Tally>>
  /** The last that have failed, oldest first; at most twenty. */
  readonly failures: readonly Failure[]
}

export interface Failure {
  /** RFC 3339. */
  readonly at: string
  readonly kind: Kind
  /** Where it was to go: a host with its port. */
  readonly host: string
  readonly reason: string
}

/** Of a thread that was never started. */
export const nothingDelivered: DeliveryFigures = {
  subscriptions: 0,
  waiting: ofEachKind(() => 0),
  made: ofEachKind(() => ({ done: 0, failed: 0, givenUp: 0 })),
  failures: [],
}
