import type { IncomingMessage } from 'node:http'
import { LRUCache } from 'lru-cache'
import Negotiator from 'negotiator'
import type { Coding, Encodings } from '../channels/encodings.ts'

export interface Coded {
  readonly coding: Coding
  readonly bytes: Buffer
}

/** What its types do not know yet: who decides among codings that the client likes equally. */
interface WithPreferred {
  encodings(available: readonly Coding[], options: { preferred: readonly Coding[] }): Coding[]
}

/** Few clients say something that no other says. */
const negotiated = new LRUCache<string, readonly Coding[]>({ max: 500 })

/** Codings that the client takes, as it prefers them (RFC 9110 §12.5.3); ours among equals. */
function acceptable(request: IncomingMessage, { offered }: Encodings): readonly Coding[] {
  const header = request.headers['accept-encoding'] ?? ''
  const name = offered.length === 1 ? '' : header
  const known = negotiated.get(name)
  if (known) return known
  const headers = { 'accept-encoding': name }
  const negotiator = new Negotiator({ headers }) as unknown as WithPreferred
  const list = negotiator.encodings(offered, { preferred: offered })
  // Where nothing of ours is acceptable, the text as it is does better than an error.
  const codings = list.length > 0 ? list : (['identity'] as const)
  negotiated.set(name, codings)
  return codings
}

/**
 * The document in the best coding that is at hand: nobody waits for a better one, which is made
 * for those who come later. Who takes none that is at hand waits for it.
 */
export function chooseCoding(
  request: IncomingMessage,
  encodings: Encodings,
): Coded | Promise<Coded> {
  const codings = acceptable(request, encodings)
  const best = codings[0] ?? 'identity'
  for (const coding of codings) {
    const bytes = encodings.ready.get(coding)
    if (!bytes) continue
    // A failure leaves the others as good as they were.
    if (coding !== best && encodings.hasSettled()) encodings.make(best).catch(() => {})
    return { coding, bytes }
  }
  return encodings.make(best).then((bytes) => ({ coding: best, bytes }))
}
