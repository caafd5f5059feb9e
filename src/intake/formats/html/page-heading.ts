/** What heads the story of a web page. */
import { cleanLine } from '../../../text.ts'
import type { Document, Element } from '../lines/page-elements.ts'

/** A title is shorter. */
const longestTitle = 1000

/**
 * The headings that have one of the page's titles: lists of stories may repeat that of this one.
 * @param titles of the page, in any of its forms
 */
export function headingsOf(document: Document, titles: readonly string[]): Element[] {
  return [...document.querySelectorAll('h1, h2')].filter((element) => {
    const text = element.textContent
    return text.length <= longestTitle && titles.some((title) => isTitle(cleanLine(text), title))
  })
}

/** A `<title>` begins with the story's and ends in the site's. */
export const isTitle = (line: string, title: string) =>
  line !== '' && (line === title || (line.length > 20 && title.startsWith(line)))
