/** How the elements of a web page are named, by which publishing systems say what these are. */
import type { Element } from './page-elements.ts'

/** Of longer ones only the beginning is compared. */
const longest = 200

/** Boxes of other stories, as a part of a regular expression. */
export const ofOthers =
  'more-(?:from|news|on|posts|stories|articles)|most-?(?:popular|read|recent|viewed)'

/** Its classes, each as words with hyphens between them: `relatedStories` and `related_stories` are `related-stories`. */
export const classesOf = (element: Element) => namesIn(element.getAttribute('class'))

/** Class and id in one text, in words with hyphens. */
export const namesOf = (element: Element) =>
  [...classesOf(element), ...namesIn(element.getAttribute('id'))].join(' ')

function namesIn(attribute: string | null): string[] {
  const plain = (attribute ?? '')
    .slice(0, longest)
    .replaceAll(/(?<=[a-z])(?=[A-Z])/g, '-')
    .toLowerCase()
    .replaceAll(/[^a-z0-9\s]+/g, '-')
  return plain
    .split(/\s+/)
    .map((name) => name.replace(/^-+|-+$/g, ''))
    .filter((name) => name !== '')
}
