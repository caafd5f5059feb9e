import type { Outcome } from './delivery.ts'
import type { Answer } from './sender.ts'

/**
 * What an answer means: success is 2xx, and all else may be better later.
 * @param refusals statuses that a further try changes nothing about
 */
export function outcomeOf(answer: Answer, refusals: readonly number[] = []): Outcome {
  if ('fault' in answer) return { is: 'failed', reason: answer.fault }
  const { status, retryAfterMs } = answer
  if (status >= 200 && status < 300) return { is: 'done' }
  const reason = `answered ${status}`
  if (refusals.includes(status)) return { is: 'refused', reason }
  return { is: 'failed', reason, ...(retryAfterMs !== undefined && { retryAfterMs }) }
}
