/** What a webhook is told of an article, as it is kept until it is sent, and what becomes of it when there is more to tell. */
import { randomUUID } from 'node:crypto'
import type { ArticleMark } from '../catalogue/catalogue.ts'
import { everything } from '../channels/surrogate-keys.ts'
import type { Delivery } from './delivery.ts'

/** Of more surrogate keys it is told that everything is outdated: Fastly takes 256 in a request. */
export const mostKeys = 250

type ArticleEventType = 'article.added' | 'article.edited' | 'article.removed'
type EventType = ArticleEventType | 'cache.outdated'

export interface WebhookEvent {
  readonly type: EventType
  /** By which a receiver knows it again when it comes twice (`webhook-id`). */
  readonly id: string
  /** When it was noticed; RFC 3339. */
  readonly timestamp: string
  /** The thread that has queued it. */
  readonly thread: string
  /** Whether one that it took the place of was tried, so that the receiver may know of the article what that said. */
  readonly isTried: boolean
  /** Where it is about an article, the state of it (ArticleMark.version). */
  readonly version?: number
  /** The surrogate keys that are outdated, where it is about these. */
  readonly keys?: readonly string[]
}

/** One that was not sent yet, or whose answer has not come. */
export interface Pending {
  readonly data: string
  /** Whether it was tried, or is being tried. */
  readonly isTried: boolean
}

/** What another has tried and not got to noting is not known: it has ended. */
const thread = randomUUID()

/**
 * @param endpoint address of the webhook
 * @param now ms since 1970
 */
export function webhookDelivery(
  type: ArticleEventType,
  endpoint: string,
  { id, version }: Pick<ArticleMark, 'id' | 'version'>,
  now: number,
): Delivery {
  const data = JSON.stringify({ ...newEvent(type, now), version })
  return { kind: 'webhook', target: endpoint, subject: id, data }
}

/** The same of surrogate keys that are outdated. */
export function keysDelivery(endpoint: string, keys: readonly string[], now: number): Delivery {
  const data = JSON.stringify({ ...newEvent('cache.outdated', now), keys })
  return { kind: 'webhook', target: endpoint, subject: 'surrogate-keys', data }
}

function newEvent(type: EventType, now: number): WebhookEvent {
  const timestamp = new Date(now).toISOString()
  return { type, id: `msg_${randomUUID()}`, timestamp, thread, isTried: false }
}

export const eventOf = ({ data }: Pick<Delivery, 'data'>): WebhookEvent => JSON.parse(data)

/**
 * What is to be sent in place of one that waits and of a later one.
 * @returns undefined where that is nothing: the receiver does not know of an article that is gone again
 */
export function merged(later: Delivery, pending: Pending): Delivery | undefined {
  const before = eventOf(pending)
  const event = eventOf(later)
  if (before.keys && event.keys) {
    const keys = bounded(new Set([...before.keys, ...event.keys]))
    return { ...later, data: JSON.stringify({ ...event, keys }) }
  }
  const isTried = pending.isTried || before.isTried || before.thread !== thread
  const type = mergedType(before.type, event.type, isTried)
  return type && { ...later, data: JSON.stringify({ ...event, type, isTried }) }
}

function mergedType(before: EventType, type: EventType, isTried: boolean): EventType | undefined {
  if (before === 'article.added') {
    if (type === 'article.edited') return 'article.added'
    if (type === 'article.removed' && !isTried) return undefined
  }
  if (before === 'article.removed' && !isTried) return 'article.edited'
  return type
}

/** These keys, or that of every answer where they are too many to name. */
export function bounded(keys: ReadonlySet<string>): readonly string[] {
  return keys.has(everything) || keys.size > mostKeys ? [everything] : [...keys]
}
