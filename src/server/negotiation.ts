/** What a client asks of a feed's address, by its headers. */
import type { IncomingHttpHeaders, IncomingMessage } from 'node:http'
import Negotiator from 'negotiator'
import type { FeedFormat } from '../channels/feed-format.ts'
import { feedFormats, usualFormat } from '../channels/feed-formats.ts'
import { hasPrecondition } from './conditional.ts'

/** What feeds and the page at their address depend on, beside the address (RFC 9110 §12.5.5). */
export const feedVary = 'Accept, Accept-Encoding, Sec-Fetch-Dest, Upgrade-Insecure-Requests'

const html = 'text/html'
/** Whoever knows of feeds wants one, whatever else they take. */
const telling = /application\/(?:rss|atom|feed|rdf)\+/i

/** What means a format, in the order in which we would choose. */
const typesOf = ({ mediaType, otherMediaTypes }: FeedFormat) => [mediaType, ...otherMediaTypes]

/**
 * Whether a person is looking. Browsers say so when they open a document
 * (w3.org/TR/fetch-metadata §2.1). Old ones and those on plain http do not, and are known by what they
 * send with every navigation (w3.org/TR/upgrade-insecure-requests §3.2.1), and by preferring HTML. That
 * alone is no sign: programs in Java and others prefer it too, and know nothing of it.
 */
export function wantsPage(request: IncomingMessage): boolean {
  const { headers } = request
  const destination = headers['sec-fetch-dest']
  if (destination) return destination === 'document'
  return headers['upgrade-insecure-requests'] === '1' && prefersHtml(request)
}

function prefersHtml(request: IncomingMessage): boolean {
  if (telling.test(request.headers.accept ?? '')) return false
  // Last in the list, as whoever has no wish gets the first.
  return new Negotiator(request).mediaType([...feedFormats.flatMap(typesOf), html]) === html
}

/** Whether the client asks for what is new only (RFC 3229). */
export const wantsDelta = ({ headers, method }: IncomingMessage) =>
  headers['a-im'] !== undefined &&
  headers['if-none-match'] !== undefined &&
  method === 'GET' &&
  /(?:^|,)\s*feed\s*(?:,|$|;\s*q=(?:1|0\.0*[1-9]))/i.test(String(headers['a-im'])) &&
  !isFeedparser(headers) &&
  !hasPrecondition(headers)

/**
 * Whether the client asks for deltas and does not know. feedparser does so for every program that uses it,
 * and rss2email, for one, takes 226 for an error, keeps its old ETag and never gets an article again. Its
 * `Accept` is known by a type that nobody else asks for.
 */
const isFeedparser = ({ accept = '', 'user-agent': agent = '' }: IncomingHttpHeaders) =>
  accept.includes('application/x-netcdf') || /feedparser|rss2email/i.test(agent)

/** Said by whoever asks for any JSON there is. */
const anyJson = 'application/json'

/**
 * What the client would rather have (RFC 9110 §12.5.1); RSS where it does not say. Libraries for APIs say
 * that they prefer JSON and take anything, also when a reader of RSS uses them: that asks for no JSON Feed.
 */
export function preferredFormat(request: IncomingMessage): FeedFormat {
  const negotiator = new Negotiator(request)
  const takesAnything = negotiator.mediaTypes().includes('*/*')
  const types = feedFormats.flatMap(typesOf)
  const wanted = negotiator.mediaType(types.filter((type) => !takesAnything || type !== anyJson))
  return feedFormats.find((format) => wanted && typesOf(format).includes(wanted)) ?? usualFormat
}
