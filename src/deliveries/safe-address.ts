/**
 * Which addresses may be asked when a stranger names them: nobody shall reach what is behind the firewall by having us send there (SSRF).
 * What a name resolves to is looked at when connecting (connector.ts).
 */
import { isIP } from 'node:net'
import ipaddr from 'ipaddr.js'

type Address = ipaddr.IPv4 | ipaddr.IPv6
type Network = [Address, number]

/** Reading one again for each request was a tenth of the work; there are as many as the operator has named. */
const read = new Map<string, Network>()

function networkOf(cidr: string): Network {
  const network = read.get(cidr) ?? ipaddr.parseCIDR(cidr)
  read.set(cidr, network)
  return network
}

/**
 * Where a cloud tells its machines who they are and gives them keys. No network that is opened opens these. Most are in networks that are
 * closed anyway; that of Azure is in one that is public.
 */
const metadata = [
  // Amazon, Google, Azure, Oracle, DigitalOcean, Hetzner, OpenStack; containers of Amazon; Tencent; Scaleway.
  '169.254.0.0/16',
  // Azure
  '168.63.129.16/32',
  // Alibaba
  '100.100.100.200/32',
  // Oracle
  '192.0.0.192/32',
  // Amazon, Google, Scaleway
  ...['fd00:ec2::/32', 'fd20:ce::254/128', 'fd00:42::42/128'],
].map(networkOf)
/** All that is given out of IPv6: the rest is reserved, or holds an address of IPv4 that a gateway would go on to (RFC 6052, 8215). */
const globalUnicast = [networkOf('2000::/3')]
/** Names that no public DNS knows (RFC 6761, 6762, 8375; ICANN keeps "internal" for this). */
const innerName = /(?:^|\.)(?:localhost|local|internal|home\.arpa)$|^[^.]*$/
/**
 * Above 1023: ports that the Fetch standard keeps browsers from, since what listens there may take a line of a request for a command of its
 * own ("bad port"). Of those below only the two of the web are open: mail, DNS, SSH, LDAP and printers are all there.
 */
const badPorts = new Set([
  ...[1719, 1720, 1723, 2049, 3659, 4045, 4190, 5060, 5061, 6000, 6566, 6665, 6666, 6667, 6668],
  ...[6669, 6679, 6697, 10080],
])

const isWithin = (address: Address, networks: readonly Network[]): boolean =>
  networks.some(([base, bits]) => base.kind() === address.kind() && address.match(base, bits))

/**
 * Says why an address of IPv4 or IPv6 may not be connected to.
 * @param allowNetworks networks to open, in CIDR notation
 * @returns a clause that follows the address; undefined where it may be
 */
export function refusalOfIp(ip: string, allowNetworks: readonly string[]): string | undefined {
  // One that is only written as IPv6 (::ffff:127.0.0.1) is looked at as what it is.
  const address = ipaddr.process(ip)
  if (isWithin(address, metadata)) return 'is where a cloud keeps the keys of its machines'
  const isOpen = isPublic(address) || isWithin(address, allowNetworks.map(networkOf))
  return isOpen ? undefined : 'is not an address of the public internet'
}

/**
 * Says what is wrong with an address before anything is resolved: where it names a machine by its number or by a name of the inner network,
 * has another scheme than http and https, a user name, or a port that is not for the web.
 * @param url absolute
 * @param allowNetworks networks to open, in CIDR notation. Where there are some, inner names are left to what they resolve to
 * @returns a clause that follows the address; undefined where it may be asked
 */
export function refusalOf(url: string, allowNetworks: readonly string[]): string | undefined {
  if (!URL.canParse(url)) return 'is not an absolute address'
  const { protocol, username, password, port, hostname } = new URL(url)
  if (protocol !== 'http:' && protocol !== 'https:') return 'begins neither with http nor https'
  if (username || password) return 'contains a user name or password'
  if (port !== '' && !isOpenPort(Number(port))) return `has port ${port}, which is not for the web`
  // The parser has made 127.1, 0x7f000001 and 2130706433 into 127.0.0.1 (WHATWG URL, "IPv4 parser").
  const host = hostname.replace(/^\[|\]$/g, '').replace(/\.$/, '')
  if (isIP(host)) return refusalOfIp(host, allowNetworks)
  if (allowNetworks.length === 0 && innerName.test(host)) return 'has a name of an inner network'
  return undefined
}

const isPublic = (address: Address): boolean =>
  address.range() === 'unicast' && (address.kind() === 'ipv4' || isWithin(address, globalUnicast))

const isOpenPort = (port: number): boolean =>
  port === 80 || port === 443 || (port > 1023 && !badPorts.has(port))
