/** Bylines with e-mail addresses in them, as mail programs and publishing systems write them. */

export interface Byline {
  /** Empty where there is only an address: what stands before its @ is no name. */
  readonly name: string
  readonly email?: string
}

/**
 * `ada@example.org`, in letters of any script (RFC 6531), and what belongs to it: `mailto:`, a query, a full
 * stop. Neither `@ada` nor `@ada@example.org`, which are names of accounts.
 */
const address =
  /(?<![@\p{L}\p{M}\p{N}._%+-])(?:mailto:|e-?mail:?\s+)?([\p{L}\p{N}_][\p{L}\p{M}\p{N}._%+'-]{0,63}@[\p{L}\p{M}\p{N}-]{1,63}(?:\.[\p{L}\p{M}\p{N}-]{1,63})+)(?:\?\S*)?\.*/giu

/** Brackets that an address has left empty. */
const emptied = /<\s*>|\(\s*\)|\[\s*\]/g

/** What stood between an address and a name. */
const edges = /^[\s,;:|/–—-]+|[\s,;:|/–—-]+$/gu

/**
 * Who is named by a text that is meant to name one author: `Ada Lovelace <ada@example.org>`,
 * `ada@example.org (Ada Lovelace)`; or several where it has several addresses. Without an address
 * it is one name as it stands.
 */
export function bylinesOf(text: string): Byline[] {
  const count = text.match(address)?.length ?? 0
  if (count < 2) return [bylineOf(text)]
  // "Lovelace, Ada <ada@example.org>; Hopper, Grace <grace@example.org>"
  const parts = text.split(text.includes(';') ? ';' : /,|\s(?:and|&)\s/i)
  return parts.map(bylineOf)
}

function bylineOf(text: string): Byline {
  const email = [...text.matchAll(address)][0]?.[1]
  if (email === undefined) return { name: text.trim() }
  const rest = text.replace(address, ' ').replace(emptied, ' ').replace(edges, '')
  const name = rest
    .replace(/^[("]([^()"]*)[)"]$/, '$1')
    .replace(/\s+/g, ' ')
    .trim()
  return { name: /[\p{L}\p{N}]/u.test(name) ? name : '', email }
}
