/** When what has failed is tried again. */
import type { Kind } from './delivery.ts'

interface Plan {
  readonly firstMs: number
  /** By which each wait is longer than the one before. */
  readonly growth: number
  /** The first one included; then it is given up. */
  readonly mostTries: number
  /** No wait is longer, whatever the other side asks for. */
  readonly longestMs: number
}

const second = 1000
const minute = 60 * second
const hour = 60 * minute

const plans: Readonly<Record<Kind, Plan>> = {
  // Within three minutes: somebody waits for it.
  verification: { firstMs: 10 * second, growth: 3, mostTries: 4, longestMs: 5 * minute },
  // Within three and a half hours: the next change tells the same and more.
  content: { firstMs: 30 * second, growth: 2.5, mostTries: 8, longestMs: 6 * hour },
  // Within a day.
  publish: { firstMs: minute, growth: 2.3, mostTries: 10, longestMs: 12 * hour },
  indexnow: { firstMs: minute, growth: 2.3, mostTries: 10, longestMs: 12 * hour },
  // Within three days, which is what Standard Webhooks suggests: nothing tells it later.
  webhook: { firstMs: 5 * second, growth: 4, mostTries: 11, longestMs: 24 * hour },
}

/** Those that failed together are not tried again together: each wait is up to so much shorter or longer. */
const jitter = 0.2

/**
 * @param tries how often it was tried by now, at least once
 * @param retryAfterMs what the other side asks for, if it does
 * @param random at least 0, below 1
 * @returns how long to wait, in ms; undefined where it is to be given up
 */
export function waitFor(
  kind: Kind,
  tries: number,
  retryAfterMs: number | undefined,
  random: number,
): number | undefined {
  const { firstMs, growth, mostTries, longestMs } = plans[kind]
  if (tries >= mostTries) return undefined
  const ms = firstMs * growth ** (tries - 1) * (1 - jitter + 2 * jitter * random)
  return Math.round(Math.min(Math.max(ms, retryAfterMs ?? 0), longestMs))
}
