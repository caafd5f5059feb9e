/** How the elements of a web page are named, by which publishing systems say what these are. */
import type { Element } from '../lines/page-elements.ts'

/** Of longer ones only the beginning is compared. */
const longest = 200

/** Boxes of other stories, as a part of a regular expression. */
export const ofOthers =
  'more-(?:from|news|on|posts|stories|articles)|most-?(?:popular|read|recent|viewed)'

const boxesOfOthers =
  /(?:^|[ -])(?:authors?|bio|cards?|comments?|latest|more|newsletter|next|popular|previews?|promo|recent|recommended|related|replies|sidebar|similar|sponsored|suggested|teasers?|trending)(?:[ -]|$)/

/** Whether a box has the names of one of other stories, of readers or of who wrote. */
export const isNamedForOthers = (names: string) => boxesOfOthers.test(names)

/** Its classes, each as words with hyphens between them: `relatedStories` and `related_stories` are `related-stories`. */
export const classesOf = (element: Element) => namesIn(element.getAttribute('class'))

/** Its id, as words with hyphens between them. */
export const idsOf = (element: Element) => namesIn(element.getAttribute('id'))

/** Class and id in one text, in words with hyphens. */
export const namesOf = (element: Element) => [...classesOf(element), ...idsOf(element)].join(' ')

/** What bundlers add to names to make them unlike others: `NewsletterBox_root__rh9I2`, `Related-container-3AnSP`. */
const hash =
  /(?<=(?:^|\s)[A-Z][A-Za-z]{0,60}_[\w-]{1,60})__[\w-]{5}(?=\s|$)|_{3}[\w-]{5,6}(?=\s|$)|-(?=\w{0,4}\d)(?=\w{0,4}[A-Z])\w{5}(?=\s|$)/g

function namesIn(attribute: string | null): string[] {
  const plain = (attribute ?? '')
    .slice(0, longest)
    .replaceAll(hash, '')
    .replaceAll(/(?<=[a-z])(?=[A-Z])/g, '-')
    .toLowerCase()
    .replaceAll(/[^a-z0-9\s]+/g, '-')
  return plain
    .split(/\s+/)
    .map((name) => name.replace(/^-+|-+$/g, ''))
    .filter((name) => name !== '')
}
