/**
 * How long an address may be, and what of it may stand in headers of an answer.
 */

/** What every server should take at least (RFC 9110 §4.1); no feed and no page has a longer one. */
export const longestAddress = 8000

/**
 * Characters of a header that is made from an address. All headers of an answer together then stay
 * below 2 kB, below 3 where `Link` is as long as it may be, and with surrogate keys 1 kB more at most: nginx has 4 kB for them (`proxy_buffer_size`), and answers 502 when they are longer.
 */
export const longestHeader = 1000

/** Characters of an address that `Link` names as a document's own, and of the whole of it: subscribers look there first. */
export const longestSelf = 1500
export const longestOwnLink = 2300

/** Said of an address that leads to another one, which would be too long for a header. */
export const tooLong = 'This address leads to another one, and is too long for that.'
