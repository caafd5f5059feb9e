import { hash } from 'node:crypto'
import type { Request } from 'express'
import { LRUCache } from 'lru-cache'
import { networkOf } from '../network.ts'

/** @returns after how many seconds this client may have the whole feed again; 0 for now */
export type Guard = (request: Request, path: string) => number

const anHourMs = 60 * 60 * 1000
/** Clients beyond so many are forgotten, those first that asked least recently; about 20 MB. */
const mostClients = 100_000

/**
 * Keeps those in check who download a whole feed again and again instead of asking for changes.
 * @param perHour whole downloads of one feed by one address; conditional requests are not counted
 */
export function createGuard(perHour: number): Guard {
  const downloads = new LRUCache<string, { count: number }>({ max: mostClients, ttl: anHourMs })
  return (request, path) => {
    const { headers } = request
    if (headers['if-none-match'] || headers['if-modified-since']) return 0
    // What a proxy says of the client may be as long as it likes, and a path as long as a search.
    const name = hash('sha256', `${networkOf(request.ip ?? '')} ${path}`, 'base64url')
    const known = downloads.get(name)
    if (known) known.count += 1
    else downloads.set(name, { count: 1 })
    if (!known || known.count <= perHour) return 0
    return Math.max(1, Math.ceil(downloads.getRemainingTTL(name) / 1000))
  }
}
