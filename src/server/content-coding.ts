import { type IncomingMessage, ServerResponse } from 'node:http'
import { LRUCache } from 'lru-cache'
import Negotiator from 'negotiator'
import { type Coding, type Encodings, offers } from '../channels/encodings.ts'

export interface Coded {
  readonly coding: Coding
  readonly bytes: Buffer
}

/** What its types do not know yet: who decides among codings that the client likes equally. */
interface WithPreferred {
  encodings(available: readonly Coding[], options: { preferred: readonly Coding[] }): Coding[]
}

/** By what is offered: few clients say something that no other says. */
const negotiated = new Map<readonly Coding[], LRUCache<string, readonly Coding[]>>(
  offers.map((offered) => [offered, new LRUCache({ max: 500 })]),
)
/** What is longer is not worth remembering. */
const longestKnown = 200

/** Codings that the client takes, as it prefers them (RFC 9110 §12.5.3); ours among equals. */
function acceptable(request: IncomingMessage, { offered }: Encodings): readonly Coding[] {
  const accepted = request.headers['accept-encoding'] ?? ''
  const ofThese = negotiated.get(offered)
  const known = ofThese?.get(accepted)
  if (known) return known
  // Its former name means the same (RFC 9110 §8.4.1.3).
  const headers = { 'accept-encoding': accepted.replace(/\bx-gzip\b/gi, 'gzip') }
  const negotiator = new Negotiator({ headers }) as unknown as WithPreferred
  const list = negotiator.encodings(offered, { preferred: offered })
  // Where we would rather send the text as it is, that it is acceptable is enough. Where nothing is, not even
  // that, it does better than an error: what clients prefer need not be honoured (RFC 9110 §12.1).
  const isPlain = list.length === 0 || (offered[0] === 'identity' && list.includes('identity'))
  const codings: readonly Coding[] = isPlain ? ['identity'] : list
  if (accepted.length <= longestKnown) ofThese?.set(accepted, codings)
  return codings
}

/**
 * The document in the coding that the client likes best. Where that has not been made yet, gzip does
 * for now, if the client takes it: nobody waits for a better one, which is made for those who come
 * later.
 */
export function chooseCoding(
  request: IncomingMessage,
  encodings: Encodings,
): Coded | Promise<Coded> {
  const codings = acceptable(request, encodings)
  const best = codings[0] ?? 'identity'
  const bytes = encodings.ready(best)
  if (bytes) return { coding: best, bytes }
  const gzip = encodings.ready('gzip')
  if (gzip && best !== 'identity' && codings.includes('gzip')) {
    // A failure leaves the others as good as they were.
    if (encodings.hasSettled()) encodings.make(best).catch(() => {})
    return { coding: 'gzip', bytes: gzip }
  }
  return encodings.make(best).then((made) => ({ coding: best, bytes: made }))
}

/** Names and values in turn. */
export function contentHeaders(contentType: string, { coding, bytes }: Coded): string[] {
  const headers = ['Content-Type', contentType, 'Content-Length', String(bytes.length)]
  if (coding !== 'identity') headers.push('Content-Encoding', coding)
  return headers
}

/** @param headers names and values in turn, of which those of the content are missing */
export function sendBody(
  response: ServerResponse,
  status: number,
  headers: readonly string[],
  contentType: string,
  coded: Coded,
  isHead: boolean,
): void {
  sendHead(response, status, [...headers, ...contentHeaders(contentType, coded)])
  response.end(isHead ? undefined : coded.bytes)
}

/**
 * A flat list is what Node writes fastest. Whoever mounts us may have put a function of their own in place of
 * Node's (compression, sessions): older ones take such a list for one of pairs.
 * @param headers names and values in turn
 */
export function sendHead(
  response: ServerResponse,
  status: number,
  headers: readonly string[],
): void {
  if (response.writeHead === ServerResponse.prototype.writeHead) {
    response.writeHead(status, headers as string[])
    return
  }
  for (let at = 0; at < headers.length; at += 2) {
    response.setHeader(String(headers[at]), String(headers[at + 1]))
  }
  response.writeHead(status)
}
