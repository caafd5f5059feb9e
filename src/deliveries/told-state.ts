/** What webhooks and search engines were told of the articles: a state of each article, and how far the catalogue was looked through. */
import type { Delivery } from './delivery.ts'

/** How far it was looked what is new. */
export interface LookedUntil {
  /** The catalogue that numbers and versions are of. */
  readonly catalogue: string
  /** Of the article state that was looked at last. */
  readonly version: number
  /** The moment for which it was found out what is out; ms since 1970. */
  readonly time: number
}

/** What is to be known from now on. */
export interface ToldChange {
  /** By article number, the checksum of its state; undefined of one that is not to be seen any more. */
  readonly told: ReadonlyMap<number, string | undefined>
  /** Those to webhooks are merged with what waits for the same receiver and article (webhook-event.ts). */
  readonly deliveries: readonly Delivery[]
  /** Where it stays as it was: undefined. */
  readonly lookedUntil?: LookedUntil
}

export interface ToldState {
  /** undefined before the first look was done. */
  lookedUntil(): Promise<LookedUntil | undefined>
  /** Of those of these articles that were told of and not yet that they are gone, the state that was told. */
  sums(numbers: readonly number[]): Promise<ReadonlyMap<number, string>>
  /** All of it or nothing. @param now from when the deliveries are due; ms since 1970 */
  note(change: ToldChange, now: number): Promise<void>
  /** As if nobody had ever been told. What is queued stays. */
  forget(): Promise<void>
}
