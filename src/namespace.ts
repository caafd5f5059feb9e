/** What ids are made in: two sites with different namespaces never give the same id. */
import { BlockList, isIPv6 } from 'node:net'
import { v5, validate } from 'uuid'

/**
 * Made once for Newsstand. Ids of a site that no setting tells from others are made in it, as all were in
 * former versions, and so are the namespaces themselves.
 */
export const commonNamespace = '6f1d3c7e-52b8-4c0f-9a4e-0d7b8f25a3c1'

/** A namespace of ids (RFC 9562 §5.5). */
export interface Namespace {
  readonly uuid: string
  /** The setting that it was made from; undefined where it is the common one. */
  readonly from: 'SITE_ID' | 'PUBLISHER_URL' | 'BASE_URL' | undefined
}

/** What the user has set of these; valid. */
interface Stated {
  readonly siteId: string | undefined
  readonly publisherUrl: string | undefined
  readonly baseUrl: string | undefined
}

/**
 * The namespace of a site. Made from settings alone, so that ids are the same when DATA_DIR was lost.
 * A SITE_ID that is a UUID is the namespace itself; any other text is hashed.
 */
export function namespaceOf({ siteId, publisherUrl, baseUrl }: Stated): Namespace {
  if (siteId !== undefined) {
    const text = siteId.trim().normalize()
    const uuid = validate(text) ? text.toLowerCase() : v5(text, commonNamespace)
    return { uuid, from: 'SITE_ID' }
  }
  if (publisherUrl !== undefined) {
    return { uuid: v5(placeOf(publisherUrl), commonNamespace), from: 'PUBLISHER_URL' }
  }
  if (baseUrl !== undefined && !isLocal(baseUrl)) {
    return { uuid: v5(placeOf(baseUrl), commonNamespace), from: 'BASE_URL' }
  }
  return { uuid: commonNamespace, from: undefined }
}

/** The address without its scheme, since sites go from http to https, and without a slash at its end. */
function placeOf(address: string): string {
  const { host, pathname } = new URL(address)
  return host + pathname.replace(/\/+$/, '')
}

const ownMachine = new BlockList()
ownMachine.addSubnet('127.0.0.0', 8)
ownMachine.addAddress('0.0.0.0')
ownMachine.addAddress('::1', 'ipv6')
ownMachine.addAddress('::', 'ipv6')

/**
 * Whether an address means each machine's own: it tells no site from another. A private one (10.0.0.8)
 * does, in the network where it is read.
 */
export function isLocal(address: string): boolean {
  const host = new URL(address).hostname.replace(/^\[|\]$|\.$/g, '')
  if (/(?:^|\.)localhost$/.test(host)) return true
  return ownMachine.check(host, isIPv6(host) ? 'ipv6' : 'ipv4')
}
