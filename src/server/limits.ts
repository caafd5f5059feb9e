/**
 * How long an address may be, and what of it may stand in headers of an answer.
 */

/** What every server should take at least (RFC 9110 §4.1); no feed and no page has a longer one. */
export const longestAddress = 8000

/**
 * Characters of a header that is made from an address. All headers of an answer together then stay
 * below 2 kB: nginx has 4 kB for them (`proxy_buffer_size`), and answers 502 when they are longer.
 */
export const longestHeader = 1000

/** Of a header that is longer than others may be since subscribers look there first; it makes up for what all others leave. */
export const longestOwnLink = 1400

/** Said of an address that leads to another one, which would be too long for a header. */
export const tooLong = 'This address leads to another one, and is too long for that.'
