/** HTML with more in it than anybody writes, which would cost more time than it is worth. */
import sanitizeHtml from 'sanitize-html'
import type { Attributes } from '../html.ts'
import { deepestInPage, mostElementsInAll } from './nesting.ts'
import { RejectionError } from './rejection.ts'

/** linkedom looks through all attributes of an element for each of them. */
const mostAttributes = 500

/** Attributes of all elements together: each takes 20 µs of Readability's time. */
const mostAttributesInAll = 100_000

/**
 * Refuses HTML that is nested deeper than `deepestInPage`, or has more elements or attributes than anybody
 * writes, on one element or in all, by the parser that linkedom uses too.
 * @throws RejectionError
 */
export function refuseExcess(html: string): void {
  sanitizeHtml(html, { ...watchTags(), allowedTags: [], textFilter: () => '' })
}

/**
 * Hears what one run of sanitize-html meets on its way, and stops it where the depth gets costly.
 * @param onTag is told the name of each element
 */
export function watchTags(onTag: (name: string) => void = () => {}) {
  let depth = 0
  let elementsInAll = 0
  let attributesInAll = 0
  return {
    onOpenTag(name: string, attributes: Attributes) {
      const count = Object.keys(attributes).length
      depth++
      elementsInAll++
      attributesInAll += count
      if (elementsInAll > mostElementsInAll || attributesInAll > mostAttributesInAll) {
        throw new RejectionError(
          `the HTML has more than ${mostElementsInAll} elements or ${mostAttributesInAll} attributes`,
          'Save the article alone, without the page around it, or split it into several.',
        )
      }
      if (count > mostAttributes) {
        throw new RejectionError(
          `the HTML has an element with more than ${mostAttributes} attributes`,
          'Write a tag without them, or close the quotation mark of the attribute before them.',
        )
      }
      if (depth > deepestInPage) {
        throw new RejectionError(
          `the HTML has elements nested more than ${deepestInPage} deep`,
          'Close every element, or take the wrappers around the text away.',
        )
      }
      onTag(name)
    },
    onCloseTag() {
      depth--
    },
  }
}
