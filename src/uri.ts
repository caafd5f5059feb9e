/** Addresses as feeds have them: URIs by RFC 3986, which ask for more than browsers do. */

/** Whether it is a whole http or https address. */
export const isWebUrl = (text: string): boolean => /^https?:\/\//i.test(text) && URL.canParse(text)

/** What may not stand in a URI but percent-encoded (RFC 3986 §2), and a % that encodes nothing. */
const notInUri = /[^\w.~!$&'()*+,;=:@/?%-]|%(?![\da-f]{2})/gi

/** A scheme with an IPv6 address, the one place for square brackets; what is before the fragment; the fragment. */
const parts = /^(\w+:\/\/\[[\da-f:.]+\])?([^#]*)(#?)(.*)$/

/**
 * The address of a parsed URL as a URI. Parsing leaves `|`, a bare % and more as they were written, which
 * validators refuse. What is encoded already stays as it is.
 */
export function uriOf({ href }: URL): string {
  const [, host = '', rest = '', mark = '', fragment = ''] = parts.exec(href) ?? []
  return host + encoded(rest) + mark + encoded(fragment)
}

/**
 * An absolute IRI, as Atom wants its ids to be (RFC 4287 §4.2.6, RFC 3987 §2.2): nothing in it is a blank or a bracket.
 * The namespace of a URN has two letters at least (RFC 8141 §2).
 */
const iri =
  /^(?!urn:(?![a-z\d][a-z\d-]{0,30}[a-z\d]:))[a-z][a-z\d+.-]*:(?:[^\s<>"{}|\\^`%[\]]|%[\da-f]{2})+$/i

export const isIri = (text: string) => iri.test(text)

/** Parsing has made everything ASCII. */
const encoded = (text: string) =>
  text.replace(
    notInUri,
    (char) => `%${char.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`,
  )
