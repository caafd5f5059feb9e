/** The note on an article that states no date. */
import type { Note } from './note.ts'

const dated = 'it states no date and is published as of its last change'
const inText = 'state one, or "unlisted: true" for a page that is no news'
const inWord =
  'begin its name with one, as in 2026-04-13-ferry.docx, or write it below the headline'

/** Pages of a site, such as "About", state none either, and would be its newest articles. */
export const undatedNote = (path: string): Note => ({
  text: `${dated}; ${/\.docx$/i.test(path) ? inWord : inText}`,
})

/** Whether it says that the article is published, which one that is rejected is not. */
export const isUndatedNote = ({ text }: Note): boolean => text.startsWith(dated)
