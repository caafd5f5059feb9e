/**
 * Connects to whoever is sent something. What a name resolves to is looked at here, and nothing but what was looked at is connected to: a
 * name that resolves to something else a moment later (DNS rebinding) makes no difference.
 */
import type { LookupAddress, LookupOptions } from 'node:dns'
import dns from 'node:dns/promises'
import { isIP } from 'node:net'
import ipaddr from 'ipaddr.js'
import { buildConnector } from 'undici'
import { refusalOfIp } from './safe-address.ts'

/** For DNS, TCP and TLS together. */
const longestConnectMs = 5000

/** Says of an address of IPv4 or IPv6 that is about to be connected to whether it may be, as far as its caller is concerned. */
export type MayConnect = (ip: string) => boolean

/** It was not connected to, since it must not be. */
export class RefusedAddressError extends Error {}

type LookedUp = (error: Error | null, address: string | LookupAddress[], family?: number) => void

/** HTTP/1.1 alone: over one connection of HTTP/2, answers to many requests hang together. */
const settings = { timeout: longestConnectMs, allowH2: false } as const

/** Connects wherever it is told to: for addresses that the operator has named. */
export const connectAnywhere: buildConnector.connector = buildConnector(settings)

/**
 * Connects to public addresses alone, be they named by number or by name.
 * @param allowNetworks networks to open as well, in CIDR notation
 * @param mayConnect is asked of each that is not refused; of a name, of all that it leads to
 */
export function createSafeConnector(
  allowNetworks: readonly string[],
  mayConnect: MayConnect = () => true,
): buildConnector.connector {
  function check(host: string, ip: string): void {
    const refusal = refusalOfIp(ip, allowNetworks)
    if (refusal !== undefined) {
      throw new RefusedAddressError(
        `${host === ip ? '' : `${host} leads to `}${ip}, which ${refusal}`,
      )
    }
  }

  /** What is only written as IPv6 is counted as what it is. */
  function ask(ip: string): void {
    if (!mayConnect(ipaddr.process(ip).toString()))
      throw new Error('too many requests go to this address')
  }

  async function resolve(host: string): Promise<LookupAddress[]> {
    const found = await resolveByDns(host).catch((error) => {
      // Whoever opens an inner network may name its machines in a file.
      if (allowNetworks.length === 0) throw error
      return dns.lookup(host, { all: true })
    })
    // Where one of them is bad, the name is not to be trusted with the others.
    for (const { address } of found) check(host, address)
    for (const { address } of found) ask(address)
    return found
  }

  const connect = buildConnector({
    ...settings,
    lookup(host: string, { all }: LookupOptions, done: LookedUp) {
      resolve(host).then(
        (found) =>
          all ? done(null, found) : done(null, found[0]?.address ?? '', found[0]?.family),
        (error) => done(error, ''),
      )
    },
  })

  return (options, done) => {
    try {
      // Node asks nobody for what needs no resolving.
      if (isIP(options.hostname)) {
        check(options.hostname, options.hostname)
        ask(options.hostname)
      }
    } catch (error) {
      return done(error as Error, null)
    }
    // What is returned is the socket, which undici ends when nobody waits for it any more.
    return connect(options, done)
  }
}

/**
 * By DNS alone, which waits for no thread: the system's own way has four in the whole process, that everything that reads a file needs as well,
 * and a name server that does not answer holds one for half a minute.
 */
async function resolveByDns(host: string): Promise<LookupAddress[]> {
  const [four, six] = await Promise.allSettled([dns.resolve4(host), dns.resolve6(host)])
  if (four.status === 'rejected' && six.status === 'rejected') throw four.reason
  return [
    ...(four.status === 'fulfilled' ? four.value : []).map((address) => ({ address, family: 4 })),
    ...(six.status === 'fulfilled' ? six.value : []).map((address) => ({ address, family: 6 })),
  ]
}
