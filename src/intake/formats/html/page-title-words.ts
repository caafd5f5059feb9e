/** What titles and headings of web pages are made of: words, and the marks between them and the names of sites. */

/** A title is shorter, and a page has few headings of the first order. */
export const longestTitle = 300
export const mostHeadings = 20

/** What stands between a headline, a section's name and a site's. */
export const between = /(\s+[-–—|·•:»]+\s+|\s*[|｜ㅣ：]\s*|\s*--\s*)/

/** A mark, and what is behind it. */
export const startMark = /^\s*[-–—|｜ㅣ:：·•»]\s*(.+)$/u

/** The words of a title that say what it is about. */
export const wordsOf = (text: string) => new Set(text.toLowerCase().match(/[\p{L}\p{M}]{4,}/gu))
