/** What is asked of the hub: the form of a subscription request (W3C WebSub §5.1), read and checked without asking anybody. */
import { searchText } from '../channels/channel.ts'
import { documentPath } from '../channels/document.ts'
import { readAddress, readAlias } from '../channels/feed-addresses.ts'
import { usualFormat } from '../channels/feed-formats.ts'
import { parseQuery, QueryError } from '../search/query.ts'
import { refusalOf } from './safe-address.ts'

export interface HubRequest {
  readonly mode: 'subscribe' | 'unsubscribe'
  /** Absolute, as `URL` writes it. */
  readonly callback: string
  readonly topic: string
  readonly leaseS: number
  /** '' for none. */
  readonly secret: string
}

/** What is wrong with a request: a sentence for who has programmed it. */
export class HubRequestError extends Error {}

/** Renewing costs two requests: nobody has to do it more often. What is asked for beyond is clamped (§5.1). */
const shortestLeaseS = 60 * 60
/** A callback that answers no more, but does not say so, is forgotten after so long. */
const longestLeaseS = 30 * 24 * 60 * 60
const usualLeaseS = 10 * 24 * 60 * 60

/** What browsers and servers take; no longer one is kept. */
const longestCallback = 2000
/** "MUST be less than 200 bytes" (§5.1). */
const mostSecretBytes = 199

const known = ['hub.callback', 'hub.mode', 'hub.topic', 'hub.lease_seconds', 'hub.secret'] as const
const wantedScheme = /^https?:\/\//i

/**
 * @param site its base address, and which networks callbacks may be in that are none of the public ones
 * @throws HubRequestError
 */
export function readHubRequest(
  form: URLSearchParams,
  site: { readonly baseUrl: string; readonly allowNetworks: readonly string[] },
): HubRequest {
  for (const name of known) {
    const values = form.getAll(name)
    if (values.length > 1) refuse(`${name} is there ${values.length} times; state it once.`)
    // What is no UTF-8 was read as this.
    if (values[0]?.includes('\uFFFD')) refuse(`${name} is not valid UTF-8.`)
  }
  const mode = readMode(form.get('hub.mode'))
  const callback = readCallback(form.get('hub.callback'), site.allowNetworks)
  const topic = readTopic(form.get('hub.topic'), site.baseUrl)
  // To end a subscription nothing of this is needed (§5.1), nor has its topic to be there still.
  if (mode === 'unsubscribe') return { mode, callback, topic, leaseS: 0, secret: '' }
  checkTopic(topic, site.baseUrl)
  const leaseS = readLease(form.get('hub.lease_seconds'))
  return { mode, callback, topic, leaseS, secret: readSecret(form.get('hub.secret')) }
}

function refuse(sentence: string): never {
  throw new HubRequestError(sentence)
}

function readMode(text: string | null): HubRequest['mode'] {
  if (text === 'subscribe' || text === 'unsubscribe') return text
  if (text === 'publish') {
    refuse('This hub has the documents of its own site only, and distributes them by itself.')
  }
  if (!text) refuse('hub.mode is missing: it is "subscribe" or "unsubscribe".')
  refuse('hub.mode is neither "subscribe" nor "unsubscribe".')
}

function readCallback(text: string | null, allowNetworks: readonly string[]): string {
  if (!text) refuse('hub.callback is missing: it is the address that content is sent to.')
  if (!wantedScheme.test(text)) refuse('hub.callback is no address that begins with http or https.')
  if (text.includes('#')) refuse('hub.callback has a fragment (#), which no request can have.')
  const url = URL.parse(text) ?? refuse('hub.callback is no valid address.')
  if (url.username || url.password) refuse('hub.callback has a user name or a password in it.')
  url.pathname = plain(url.pathname)
  if (url.href.length > longestCallback) {
    refuse(`hub.callback is longer than ${longestCallback} characters.`)
  }
  const refusal = refusalOf(url.href, allowNetworks)
  if (refusal !== undefined) refuse(`hub.callback ${refusal}: nothing is sent there.`)
  return url.href
}

/** As hubs have to (§5.1.1); in a query they stay, since our own addresses have there what was asked for. */
function readTopic(text: string | null, baseUrl: string): string {
  if (!text) refuse('hub.topic is missing: it is the address that a feed names as "self".')
  if (!wantedScheme.test(text)) refuse('hub.topic is no address that begins with http or https.')
  if (text.includes('#')) refuse('hub.topic has a fragment (#), which no feed has.')
  if (!text.startsWith(baseUrl)) return text
  const [path = '', ...query] = text.split('?')
  return [plain(path), ...query].join('?')
}

/** Percent-encoded letters that need not be, as themselves (RFC 3986 §2.3). */
function plain(path: string): string {
  return path.replace(/%([2-7][0-9a-f])/gi, (all, code: string) => {
    const char = String.fromCharCode(Number.parseInt(code, 16))
    return /[\w.~-]/.test(char) ? char : all
  })
}

/** A topic is what a feed names as "self", to the letter (§5.1.1): else the subscriber would not know what it is sent. */
function checkTopic(topic: string, baseUrl: string): void {
  const below = belowBase(topic, baseUrl)
  if (below === undefined) refuse(`hub.topic is none of this site: its feeds are below ${baseUrl}/`)
  const key = readAddress(below, () => usualFormat)
  const path = key ? documentPath({ channel: key.channel, format: key.format }) : readAlias(below)
  if (path === undefined) refuse('hub.topic is the address of no feed of this site.')
  const right = baseUrl + path
  if (key?.archive !== undefined) {
    refuse(`hub.topic is an archive, which never changes. Subscribe to ${right}`)
  }
  if (right !== topic)
    refuse(`hub.topic is not what the feed names as "self". Subscribe to ${right}`)
  if (key?.channel.kind === 'search') checkSearch(key.channel.slug)
}

/** @returns path and query; also of an address that only has another scheme, port or spelling of the host than ours */
function belowBase(topic: string, baseUrl: string): string | undefined {
  if (topic.startsWith(`${baseUrl}/`)) return topic.slice(baseUrl.length)
  const url = URL.parse(topic)
  const base = new URL(baseUrl)
  const folder = base.pathname.replace(/\/$/, '')
  if (url?.hostname !== base.hostname || !`${url.pathname}/`.startsWith(`${folder}/`))
    return undefined
  return url.pathname.slice(folder.length) + url.search
}

function checkSearch(slug: string): void {
  try {
    parseQuery(searchText(slug))
  } catch (error) {
    if (!(error instanceof QueryError)) throw error
    refuse(`The search in hub.topic is not understood: ${error.message}`)
  }
}

function readLease(text: string | null): number {
  if (!text) return usualLeaseS
  if (!/^\d+$/.test(text)) refuse('hub.lease_seconds is no whole number of seconds.')
  return Math.min(Math.max(Number(text), shortestLeaseS), longestLeaseS)
}

function readSecret(text: string | null): string {
  if (text && Buffer.byteLength(text) > mostSecretBytes) {
    refuse(`hub.secret is longer than ${mostSecretBytes} bytes.`)
  }
  return text ?? ''
}
