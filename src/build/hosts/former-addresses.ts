/** Former addresses of pages, as hosts look them up that are told all of them: nginx and Caddy. */
import { forADay } from '../../server/caching.ts'
import type { Redirect } from '../what-is-written.ts'

/** Headers of what leads elsewhere. */
export const moved = { 'Cache-Control': forADay, 'Access-Control-Allow-Origin': '*' }

/** Characters of one: a host has all of them in memory. */
const longest = 1000

/** How a host compares and writes them. */
interface Lookup {
  /** Of two for which this is the same the first counts. */
  readonly compared: (from: string) => string
  /** What no key of a map can be. */
  readonly unwritable?: RegExp
}

/** @returns decoded, with where each leads now, or 'gone' where its article was removed; and a comment that says what is left out */
export function formerAddresses(redirects: readonly Redirect[], { compared, unwritable }: Lookup) {
  const entries = new Map<string, readonly [from: string, to: string]>()
  let leftOut = 0
  for (const one of redirects) {
    const from = decodeURIComponent(one.from)
    if (from.length > longest || unwritable?.test(from)) leftOut += 1
    else if (!entries.has(compared(from))) {
      entries.set(compared(from), [from, 'to' in one ? one.to : 'gone'])
    }
  }
  const others = unwritable ? ', or have some that mean something else' : ''
  const comment = `# Left out, as they are longer than ${longest} characters${others}: ${leftOut}.`
  return { entries: [...entries.values()], comment: leftOut > 0 ? [comment] : [] }
}
