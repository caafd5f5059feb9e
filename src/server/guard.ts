import { hash } from 'node:crypto'
import type { Request } from 'express'
import { LRUCache } from 'lru-cache'

/** Keeps those in check who download a whole feed again and again instead of asking for changes. */
export interface Guard {
  /** @returns after how many seconds this client may have the whole feed again; 0 for now */
  wait(request: Request, path: string): number
}

const anHourMs = 60 * 60 * 1000
/** Clients beyond so many are forgotten, those first that asked least recently; about 20 MB. */
const mostClients = 100_000

/** @param perHour whole downloads of one feed by one address; conditional requests are not counted */
export function createGuard(perHour: number): Guard {
  const downloads = new LRUCache<string, { count: number }>({ max: mostClients, ttl: anHourMs })
  return {
    wait(request, path) {
      const { headers } = request
      if (headers['if-none-match'] || headers['if-modified-since']) return 0
      // What a proxy says of the client may be as long as it likes, and a path as long as a search.
      const name = hash('sha256', `${networkOf(request.ip ?? '')} ${path}`, 'base64url')
      const known = downloads.get(name)
      if (known) known.count += 1
      else downloads.set(name, { count: 1 })
      if (!known || known.count <= perHour) return 0
      return Math.max(1, Math.ceil(downloads.getRemainingTTL(name) / 1000))
    },
  }
}

/** Whoever has an IPv6 address has its /64 (RFC 4291 §2.5.4), and may use any address of it. */
export function networkOf(ip: string): string {
  if (!ip.includes(':') || ip.includes('.')) return ip
  const [start = '', end] = ip.split('::')
  const groups = start === '' ? [] : start.split(':')
  // What `::` leaves out are zeros.
  const zeros = end === undefined ? 0 : 8 - groups.length - (end === '' ? 0 : end.split(':').length)
  return [...groups, ...Array<string>(Math.max(zeros, 0)).fill('0'), ...(end ?? '').split(':')]
    .slice(0, 4)
    .join(':')
}
