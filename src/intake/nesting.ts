/** How deep elements may be nested: a story less deep than the page around it. */

/**
 * Feed readers are not built for deeper trees. Tags below are taken out of HTML, which may have a page's
 * wrappers around its text; the XML of agencies has none, and is refused.
 */
export const deepestInStory = 100

/**
 * What is deeper is no article. Both htmlparser2 and Readability take time that grows with the square of
 * the depth: 100,000 nested tags cost 9 s and 200 cost nothing.
 */
export const deepestInPage = 250

/** Elements of one file: each takes some hundred bytes in a tree. */
export const mostElementsInAll = 200_000
