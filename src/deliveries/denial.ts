import { callbackAddress } from './callback-address.ts'
import type { Sender } from './sender.ts'

/**
 * Tells a subscriber that it is sent nothing, or nothing more (W3C WebSub §5.2). Said once: whoever does not hear it hears nothing of us
 * from then on, and subscribes anew or finds out.
 * @param reason a sentence
 */
export async function deny(
  sender: Sender,
  { target, subject }: { readonly target: string; readonly subject: string },
  reason: string,
): Promise<void> {
  const url = callbackAddress(target, { mode: 'denied', topic: subject, reason })
  await sender.send({ method: 'GET', url, headers: { Connection: 'close' }, isTrusted: false })
}
