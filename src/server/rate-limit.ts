import { hash } from 'node:crypto'
import type { IncomingHttpHeaders } from 'node:http'
import type { Request } from 'express'
import { LRUCache } from 'lru-cache'
import { networkOf } from '../network.ts'

/** @returns after how many seconds this client may have the whole feed again; 0 for now */
export type Guard = (request: Request, path: string) => number

export interface SharedGuard extends Guard {
  /** Counts downloads from other processes. @param name as `tell` was told it there */
  add(name: string, count: number): void
}

const anHourMs = 60 * 60 * 1000
/** Clients beyond so many are forgotten, those first that asked least recently; about 20 MB. */
const mostClients = 100_000

/** Whether the client asks for changes: such requests are not counted. */
export const isConditional = (headers: IncomingHttpHeaders): boolean =>
  Boolean(headers['if-none-match'] || headers['if-modified-since'])

/**
 * Keeps those in check who download a whole feed again and again instead of asking for changes.
 * @param perHour whole downloads of one feed by one address; conditional requests are not counted
 * @param tell is told of each download: by a name that says neither address nor feed
 */
export function createGuard(perHour: number, tell: (name: string) => void = () => {}): SharedGuard {
  const downloads = new LRUCache<string, { count: number }>({ max: mostClients, ttl: anHourMs })

  function add(name: string, count: number): { readonly count: number } {
    const known = downloads.get(name)
    if (known) known.count += count
    else downloads.set(name, { count })
    return known ?? { count }
  }

  function guard(request: Request, path: string): number {
    if (isConditional(request.headers)) return 0
    // What a proxy says of the client may be as long as it likes, and a path as long as a search.
    const name = hash('sha256', `${networkOf(request.ip ?? '')} ${path}`, 'base64url')
    tell(name)
    if (add(name, 1).count <= perHour) return 0
    return Math.max(1, Math.ceil(downloads.getRemainingTTL(name) / 1000))
  }
  return Object.assign(guard, { add })
}
