/** Bylines with e-mail addresses in them, as mail programs and publishing systems write them. */

export interface Byline {
  /** Empty where there is only an address: what stands before its @ is no name. */
  readonly name: string
  readonly email?: string
}

/**
 * `ada@example.org`, in letters of any script (RFC 6531), and what belongs to it: `mailto:`, a query, a full
 * stop. Neither `@ada` nor `@ada@example.org`, which are names of accounts, nor `https://ada@example.org`.
 */
const address =
  /(?<![@/&=#!$^~\p{L}\p{M}\p{N}._%+-])(?:mailto:|e-?mail:?\s+)?([\p{L}\p{N}_][&=#!$^~\p{L}\p{M}\p{N}._%+'-]{0,63}@[\p{L}\p{M}\p{N}-]{1,63}(?:\.[\p{L}\p{M}\p{N}-]{1,63})+)(?:\?\S*)?\.*/giu

/** An address without a dot, of a machine in the house or cut off: nobody can write there. */
const unusable = /<[^<>\s@]+@[^<>\s]*>?/g

/** Brackets and quotation marks that an address has left empty, or whose other half is missing. */
const emptied = /[<([{‹«“„"*]\s*[>)\]}›»”“"*]/g
const unpaired =
  /<(?![^<>]*>)|(?<!<[^<>]*)>|\((?![^()]*\))|(?<!\([^()]*)\)|\[(?![^[\]]*\])|(?<!\[[^[\]]*)\]/g

/** What feeds can have (RFC 4287 §3.2.3): no letters of other scripts. */
const isAscii = /^[!-~]+$/

/** What stood between an address and a name. */
const edges = /^[\s,;:|/–—-]+|[\s,;:|/–—-]+$/gu

/** What may stand between authors. */
const separators = /([,;]|\s(?:and|&|et|und|ve|y|и|و)\s)/i

/**
 * Who is named by a text that is meant to name one author: `Ada Lovelace <ada@example.org>`,
 * `ada@example.org (Ada Lovelace)`; or several, of whom some have addresses. Without an address
 * it is one name as it stands.
 */
export function bylinesOf(text: string): Byline[] {
  if (!text.includes('@')) return [{ name: text.trim() }]
  if (text.search(address) === -1) return [bylineOf(text)]
  const authors: string[] = []
  let separator = ''
  for (const [n, part] of text.split(separators).entries()) {
    const before = authors.at(-1)
    if (n % 2 === 1) separator = part
    else if (part.trim() === '') continue
    else if (before === undefined || !areOne(before, separator, part)) authors.push(part)
    else authors[authors.length - 1] = before + separator + part
  }
  return authors.map(bylineOf)
}

/** Whether a separator stands within what is said of one author. */
function areOne(before: string, separator: string, after: string): boolean {
  if (isOpen(before)) return true
  const [one, other] = [bylineOf(before), bylineOf(after)]
  // "Ada Lovelace, ada@example.org"
  if (one.name === '' || other.name === '') return !(one.email && other.email)
  // "Lovelace, Ada <ada@example.org>"; two names of several words are of two people.
  return separator === ',' && !one.email && !(one.name.includes(' ') && other.name.includes(' '))
}

/** Whether a bracket or a quotation has begun that has not ended. */
const isOpen = (text: string) => /\([^)]*$/.test(text) || text.split('"').length % 2 === 0

function bylineOf(text: string): Byline {
  const found = [...text.matchAll(address)][0]?.[1]
  if (found === undefined) return { name: text.replace(unusable, '').trim() }
  const rest = text
    .replace(address, ' ')
    .replace(unusable, ' ')
    .replace(emptied, ' ')
    .replace(unpaired, ' ')
    .replace(edges, '')
  const name = rest
    .replace(/^[("]([^()"]*)[)"]$/, '$1')
    .replace(/\s+/g, ' ')
    .trim()
  return {
    name: /[\p{L}\p{N}]/u.test(name) ? name : '',
    ...(isAscii.test(found) && { email: found }),
  }
}
