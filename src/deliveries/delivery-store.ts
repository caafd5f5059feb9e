/** Where deliveries and subscriptions are kept: in SQLite (sqlite-delivery-store.ts), or in PostgreSQL by several processes (postgres-delivery-store.ts). */
import type { Delivery, DueDelivery, Kind, Outcome } from './delivery.ts'
import type { ToldState } from './told-state.ts'

export interface Settled {
  readonly delivery: DueDelivery
  readonly outcome: Outcome
  /** When it is tried again, in ms since 1970; undefined where it is done or given up. */
  readonly again?: number
}

/** What is still to be delivered. */
export interface DeliveryQueue {
  /** Adds these, or takes the place of those of the same kind, target and subject. @param due ms since 1970 */
  put(deliveries: readonly Delivery[], due: number): Promise<void>
  /**
   * Takes some that are due, those that have been so for longest first, and one to a host at most: whoever wants more asks again. Nobody else is
   * given them until they are settled, or this process has ended. Of what is claimed by all processes no more than `mostOfHost` (places.ts) goes to a host.
   * @param busy hosts (with their port) to which nothing more can be sent at the moment
   */
  claim(now: number, limit: number, busy: readonly string[]): Promise<DueDelivery[]>
  /** Takes more that are due, of this kind and to this target. */
  claimAlike(like: Delivery, now: number, limit: number): Promise<DueDelivery[]>
  /**
   * Says what became of those that were claimed: of all or, where it throws, of none, and then it is to be said again. One that another took the
   * place of meanwhile stays due, except content whose newest state is what was sent. Content that was sent is noted with its subscription,
   * and the subscription of content that was refused ends, unless another took the place of that meanwhile.
   */
  settle(settled: readonly Settled[]): Promise<void>
  /** When the next one is due that is not claimed, in ms since 1970. */
  nextDue(busy: readonly string[]): Promise<number | undefined>
  /** How many of each kind are not done yet. */
  counts(): Promise<Readonly<Record<Kind, number>>>
}

/** A document that somebody is told of when it changes. */
export interface Topic {
  /** Its own address, absolute. */
  readonly topic: string
  /** Of the document that is being delivered; '' where that is not known. */
  readonly etag: string
  /** When its channel last changed, as it was then: an HTTP date. */
  readonly changed: string
}

/** Which documents are known, and in which state. */
export interface Topics {
  /**
   * Those that have subscriptions at this time.
   * @param among of these and of all searches, which may change whenever the site does; undefined for all
   */
  subscribed(now: number, among?: readonly string[]): Promise<Topic[]>
  /** Those that have been told to a hub, or that have or had subscriptions, by address. */
  known(topics: readonly string[]): Promise<Topic[]>
  /**
   * Notes in which state a document is now. Where that is another than before and it is not silent, content becomes due for every subscription that
   * was not sent this state, and for each of the hubs that they are told: all at once or nothing. What waits to be sent to a subscription that
   * was sent this state is removed.
   * @param isSilent whether nobody is to be told: whoever had the former state counts as having this one
   */
  note(
    topic: Topic,
    told: { readonly hubs: readonly string[]; readonly isSilent: boolean },
    now: number,
  ): Promise<void>
  /** Forgets searches without subscriptions, which anybody can think of, but for these. */
  forgetSearches(except: readonly string[]): Promise<void>
  /** How many searches have subscriptions. */
  searches(now: number): Promise<number>
}

export interface Subscription {
  /** Where its content goes to; absolute. */
  readonly callback: string
  readonly topic: string
  /** '' for none. */
  readonly secret: string
  /** When it ends, in ms since 1970. */
  readonly expires: number
}

/** Who is told, by the hub (W3C WebSub §5). */
export interface Subscriptions {
  /** The one that is there at this time. */
  get(callback: string, topic: string, now: number): Promise<Subscription | undefined>
  /**
   * Adds it or takes the place of that of the same callback and topic. Where another state of the topic is noted than it was sent, content is due.
   * @param sent the ETag of what a new subscriber counts as having, '' for nothing; one who renews has what it was sent
   */
  put(subscription: Subscription, sent: string): Promise<void>
  /** Removes it, with what was due to it. */
  remove(callback: string, topic: string): Promise<void>
  /** Removes those that have ended. */
  removeExpired(now: number): Promise<void>
  /** How many a host (with its port) has, those that have ended and were not removed yet included. */
  countOfHost(host: string): Promise<number>
  /** Those that have ended and were not removed yet included. */
  countOfTopic(topic: string): Promise<number>
  /** How many verifications of a host are not done yet. */
  verificationsOf(host: string): Promise<number>
  /** How many there are at this time. */
  count(now: number): Promise<number>
}

/** The other processes that have the same store. */
export interface Others {
  /** Whom to tell when one of them may have made something due, or asked for a look; and every few seconds, should that not have been heard. */
  onNews(tell: () => void): void
  /** Has whoever looks look at a document that is subscribed to: whoever does not look may have a former state of it. */
  askForLook(topic: string): Promise<void>
  /** What is to be looked at, of what has subscriptions at this time, until it is noted. */
  askedFor(now: number): Promise<Topic[]>
}

export interface DeliveryStore {
  readonly queue: DeliveryQueue
  readonly topics: Topics
  readonly subscriptions: Subscriptions
  readonly told: ToldState
  /** undefined where this process has it alone. */
  readonly others?: Others
  /** A note of its own kind, by name. */
  setting(name: string): Promise<string | undefined>
  putSetting(name: string, value: string): Promise<void>
  /** Whom to tell, in a sentence for the log, when the store was damaged and begun anew; also when that was before this call. */
  onRepaired(tell: (what: string) => void): void
  close(): Promise<void>
}

/** Whether a topic is a search: of all, these alone have a query. As SQL: delivery-tables.ts. */
export const isSearch = (topic: string): boolean => topic.includes('?')

/** The host of an address, with its port: what limits count by. */
export const hostOf = (url: string): string => new URL(url).host
