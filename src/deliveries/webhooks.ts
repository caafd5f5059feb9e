/**
 * Tells webhooks of articles, with the headers of Standard Webhooks 1.0.0
 * (github.com/standard-webhooks/standard-webhooks, spec/standard-webhooks.md).
 */
import { createHmac } from 'node:crypto'
import type { ArticleMark } from '../catalogue/catalogue.ts'
import { openMarkSource } from '../catalogue/sqlite-mark-source.ts'
import { caughtUp, isBehind } from './caught-up.ts'
import type { Courier, Outcome } from './delivery.ts'
import { outcomeOf } from './outcome.ts'
import type { Sender } from './sender.ts'
import { eventOf, type WebhookEvent } from './webhook-event.ts'

interface WebhookParts {
  readonly sender: Sender
  /** Those that are set now: no other is told anything any more. */
  readonly webhooks: readonly string[]
  /** Nothing is signed without. */
  readonly secret: Buffer | undefined
  readonly dataDir: string
  /** Whether the catalogue may be older here than it was where what is to be told was noticed. */
  mayBeOlder(): boolean
  /** An article as an item of JSON Feed 1.1, also once it was removed; undefined where it is not in the catalogue. */
  item(number: number): Promise<object | undefined>
}

export function createWebhookCourier(parts: WebhookParts): Courier {
  const { sender, webhooks, secret } = parts

  async function send(target: string, event: WebhookEvent, body: string): Promise<Outcome> {
    const headers = {
      'Content-Type': 'application/json; charset=utf-8',
      ...signed(event.id, body, secret, Date.now()),
    }
    const request = { method: 'POST', url: target, headers, body, isTrusted: true } as const
    return outcomeOf(await sender.send(request), [410])
  }

  return {
    kind: 'webhook',
    // In order: each has to be there before the next.
    most: 1,
    async deliver([delivery]) {
      const { target } = delivery
      if (!webhooks.includes(target)) return { is: 'refused', reason: 'it is not set any more' }
      const event = eventOf(delivery)
      if (event.keys) return send(target, event, keysBody(event))
      const found = await caughtUp(
        async () => ({ mark: await markOf(delivery.subject, parts.dataDir) }),
        ({ mark }) => !parts.mayBeOlder() || (mark?.version ?? -1) >= (event.version ?? 0),
      )
      if (!found) return isBehind
      const body = await articleBody(event, found.mark, parts)
      return body === undefined ? { is: 'done' } : send(target, event, body)
    },
  }
}

/**
 * The article as it is now, whatever it was when this was queued.
 * @returns undefined where there is nothing to tell: what is not out any more is told as removed when that is noticed
 */
async function articleBody(
  { type, timestamp }: WebhookEvent,
  mark: ArticleMark | undefined,
  { item }: WebhookParts,
): Promise<string | undefined> {
  const isGone = type === 'article.removed'
  if (!mark || (!isGone && !mark.isListed)) return undefined
  const article = await item(mark.number)
  return article && JSON.stringify({ type, timestamp, data: isGone ? namesOf(article) : article })
}

const keysBody = ({ type, timestamp, keys }: WebhookEvent): string =>
  JSON.stringify({ type, timestamp, data: { keys } })

async function markOf(id: string, dataDir: string): Promise<ArticleMark | undefined> {
  const source = openMarkSource(dataDir)
  try {
    return await source.byId(id)
  } finally {
    await source.close()
  }
}

/** What readers know an article by, and nothing of what it said. */
function namesOf({ id, url }: { readonly id?: unknown; readonly url?: unknown }): object {
  return { id, url }
}

/** @param now of this try, in ms since 1970 */
function signed(
  id: string,
  body: string,
  secret: Buffer | undefined,
  now: number,
): Record<string, string> {
  const seconds = String(Math.floor(now / 1000))
  const headers = { 'webhook-id': id, 'webhook-timestamp': seconds }
  if (!secret) return headers
  const hmac = createHmac('sha256', secret).update(`${id}.${seconds}.${body}`)
  return { ...headers, 'webhook-signature': `v1,${hmac.digest('base64')}` }
}
