/** What must reach somebody else at least once: state that says what is still to be done, not a log of what has happened. */

/** In the order in which they are looked at. */
export const kinds = ['verification', 'content', 'publish', 'webhook', 'indexnow'] as const
export type Kind = (typeof kinds)[number]

export const ofEachKind = <T>(make: (kind: Kind) => T): Record<Kind, T> =>
  Object.fromEntries(kinds.map((kind) => [kind, make(kind)])) as Record<Kind, T>

/** There is one at most of a kind, target and subject: what comes before it was made takes its place. */
export interface Delivery {
  readonly kind: Kind
  /** Where it goes to: a callback, a hub, a webhook, a search engine. An absolute address. */
  readonly target: string
  /** What it is about: a topic, an article, a page. */
  readonly subject: string
  /** What else has to be known of it; its form is that of its kind. */
  readonly data: string
}

/** One that is being tried. */
export interface DueDelivery extends Delivery {
  /** How often it was tried before without success. */
  readonly tries: number
  /** By which one that took its place meanwhile is told from it. */
  readonly revision: number
}

/** What a try has come to. */
export type Outcome =
  /** @member sent of content: the ETag of the document that the subscriber has now */
  | { readonly is: 'done'; readonly sent?: string }
  /** It may work later. @member retryAfterMs what the other side asks for */
  | { readonly is: 'failed'; readonly reason: string; readonly retryAfterMs?: number }
  /** It will never work. */
  | { readonly is: 'refused'; readonly reason: string }

/** Makes deliveries of one kind. */
export interface Courier {
  readonly kind: Kind
  /** How many to one target it takes in one go. */
  readonly most: number
  /** @param deliveries all to one target @throws Error when it cannot be tried at the moment: it has failed then */
  deliver(deliveries: readonly [DueDelivery, ...DueDelivery[]]): Promise<Outcome>
}
