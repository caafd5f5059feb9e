import type { Outcome } from './delivery.ts'
import type { Answer } from './sender.ts'

/** What an answer means where only success counts (2xx), and all else may be better later. */
export function outcomeOf(answer: Answer): Outcome {
  if ('fault' in answer) return { is: 'failed', reason: answer.fault }
  const { status, retryAfterMs } = answer
  if (status >= 200 && status < 300) return { is: 'done' }
  return {
    is: 'failed',
    reason: `answered ${status}`,
    ...(retryAfterMs !== undefined && { retryAfterMs }),
  }
}
