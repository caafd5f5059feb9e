/**
 * How much the hub takes. A subscribe request has us ask an address that anybody may have named, so that a flood of them could be meant for a
 * third party. What such a party gets of it is bounded, whoever sends the requests and however they are spread:
 *
 * - over paths of one host: of a host that has confirmed nothing few verifications wait at once, and a name is asked so often a second at most,
 *   whatever the port (`paceOfHost`);
 * - over names or ports that lead to one address: an address, or an IPv6 network, is connected to so often a second at most
 *   (`paceOfAddress`). Asked with what the name has led to when connecting, since it may lead elsewhere a moment later;
 * - as renewals: these are verifications like others, and of a callback and topic there is one at most;
 * - as unsubscribe requests: nobody is asked about what is not subscribed;
 * - by being tried again: few times, one at a time for each host, little is read and nothing followed; and a denial is sent in place of a
 *   verification, never beside it.
 *
 * So one request makes one of ours at most beside those few, and it has no body: there is nothing to gain by sending it through us.
 */
import { networkOf } from '../network.ts'
import { type DeliveryStore, hostOf, isSearch } from './delivery-store.ts'
import { createPace, type Rate } from './pace.ts'

export interface HubLimits {
  /** Requests of one client, or IPv6 network. */
  readonly ofClient: Rate
  /** Verifications of one host, whatever the port. */
  readonly ofHost: Rate
  /** Connections to one address, or IPv6 network, for verifications. */
  readonly ofAddress: Rate
  /** Verifications that wait: of a host that has confirmed nothing, of one that has, in all. */
  readonly waiting: { readonly ofNewHost: number; readonly ofHost: number; readonly inAll: number }
  /** Subscriptions. */
  readonly most: {
    readonly ofHost: number
    readonly ofTopic: number
    readonly inAll: number
    /** Different searches that have any. */
    readonly searches: number
  }
}

export const hubLimits: HubLimits = {
  // A reader that subscribes to every feed of a site; from then on it comes a few hundred times in ten days.
  ofClient: { atOnce: 500, perSecond: 20 },
  ofHost: { atOnce: 200, perSecond: 5 },
  // Many hosts of one provider have one address. It is less than one person with a browser asks of a site.
  ofAddress: { atOnce: 200, perSecond: 10 },
  // The first is enough for a reader with a few channels: each that it confirms makes room, and from then on it has ten times as much. All
  // together are about 10 MB, and what is tried again within some minutes.
  waiting: { ofNewHost: 20, ofHost: 200, inAll: 10_000 },
  // A service of many readers has a subscription for each of our channels. All together are about 110 MB on disk. Searches are each made
  // anew after every change.
  most: { ofHost: 10_000, ofTopic: 150_000, inAll: 250_000, searches: 1000 },
}

/** Why no more is taken. */
export interface Full {
  readonly status: 429 | 503
  /** A sentence. */
  readonly text: string
  readonly retryAfterS: number
}

/** Every subscription ends one day; where there are too many, room comes by that. */
const untilRoomS = 60 * 60
/** Verifications that wait come to an end within some minutes. */
const untilDoneS = 60

/**
 * Whether there is room for one more subscription.
 * @returns undefined where there is
 */
export async function fullOfSubscriptions(
  { subscriptions, topics }: DeliveryStore,
  { callback, topic }: { readonly callback: string; readonly topic: string },
  { most }: HubLimits,
  now: number,
): Promise<Full | undefined> {
  const full = (status: Full['status'], text: string) => ({ status, text, retryAfterS: untilRoomS })
  const host = hostOf(callback)
  if ((await subscriptions.countOfHost(host)) >= most.ofHost)
    return full(429, `${host} has as many subscriptions as a host may have.`)
  if ((await subscriptions.count(now)) >= most.inAll) {
    return full(503, 'This hub has as many subscriptions as it can have.')
  }
  const ofTopic = await subscriptions.countOfTopic(topic)
  if (ofTopic >= most.ofTopic)
    return full(503, 'This topic has as many subscriptions as it can have.')
  const isNewSearch = ofTopic === 0 && isSearch(topic)
  if (isNewSearch && (await topics.searches(now)) >= most.searches) {
    return full(503, 'This hub has subscriptions to as many searches as it can have.')
  }
  return undefined
}

/**
 * The same for one more verification.
 * @param inAll how many wait
 */
export async function fullOfVerifications(
  { subscriptions }: DeliveryStore,
  callback: string,
  inAll: number,
  { waiting }: HubLimits,
): Promise<Full | undefined> {
  const host = hostOf(callback)
  const ofHost = await subscriptions.verificationsOf(host)
  const isKnown = (await subscriptions.countOfHost(host)) > 0
  if (ofHost >= (isKnown ? waiting.ofHost : waiting.ofNewHost)) {
    const text = `${ofHost} requests for ${host} wait for its confirmation; send the others when it has confirmed these.`
    return { status: 429, text, retryAfterS: untilDoneS }
  }
  if (inAll >= waiting.inAll) {
    const text = 'This hub has more to verify than it can take at the moment.'
    return { status: 503, text, retryAfterS: untilDoneS }
  }
  return undefined
}

/**
 * Says of each address that is to be connected to for a verification whether it may be now.
 * @param clock see createPace
 */
export function createAddressPace({ ofAddress }: HubLimits, clock?: () => number) {
  const pace = createPace(ofAddress, clock)
  return (address: string): boolean => pace(networkOf(address)) === 0
}
