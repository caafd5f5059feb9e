/** Tells the hubs of others that a document has changed (W3C WebSub §6). */
import type { Courier } from './delivery.ts'
import { outcomeOf } from './outcome.ts'
import type { Sender } from './sender.ts'

/**
 * How it is done the Recommendation leaves open. All hubs take a form: those of Google, Superfeedr and Switchboard want the address as `hub.url`
 * (PubSubHubbub 0.3 §7.1), websubhub and websub.rocks as `hub.topic`; each passes over what it does not know. One document a request, since only some take several.
 * @param hubs those that are set now: no other is told anything any more
 */
export function createPublish(sender: Sender, hubs: readonly string[]): Courier {
  return {
    kind: 'publish',
    most: 1,
    async deliver([delivery]) {
      const { target, subject } = delivery
      if (!hubs.includes(target)) return { is: 'refused', reason: 'it is not set any more' }
      const form = { 'hub.mode': 'publish', 'hub.url': subject, 'hub.topic': subject }
      const headers = { 'Content-Type': 'application/x-www-form-urlencoded' }
      const body = String(new URLSearchParams(form))
      const request = { method: 'POST', url: target, headers, body, isTrusted: true } as const
      const answer = await sender.send(request)
      // It will say the same to the same request: websub-server does, of what nobody has subscribed to there.
      if ('status' in answer && answer.status === 400) {
        return { is: 'refused', reason: 'answered 400' }
      }
      return outcomeOf(answer)
    },
  }
}
