/** Boxes beside the heading of a web page that say when it was published, though they are marked as no part of the story. */
import { cleanLine } from '../../../text.ts'
import { type Element, startOf } from '../lines/page-elements.ts'
import { labelIn, saysPlace, whenIn } from '../lines/page-when.ts'
import { namesOf } from './page-classes.ts'

/** What is longer is no line. */
const longest = 200

/** A line or a short list beside the heading that has the facts of the story in it, as who wrote it when. */
export const saysWhen = (element: Element) =>
  (element.localName === 'aside' || /(?:^| )nav(?= |$)/.test(namesWith(element))) &&
  cleanLine(element.textContent).length <= longest &&
  element.querySelector('h1, h2, h3, h4, h5, h6') === null &&
  (element.querySelector(factsOfStory) !== null || hasDay(element))

/** A header that is nothing but the day, right above the article with the heading. */
export const isDayAbove = (element: Element, above: ReadonlySet<Element>) =>
  element.localName === 'header' &&
  element.nextElementSibling !== null &&
  above.has(element.nextElementSibling) &&
  whenIn(startOf(element, longest), () => undefined)?.isNamed === false &&
  element.querySelector('a, nav') === null

const namesWith = (element: Element) => `${element.localName} ${namesOf(element)}`

/** Whether an item of it is a day alone, or has the label of one. */
function hasDay(element: Element): boolean {
  const items = [...element.querySelectorAll('li, dt, dd')].slice(0, mostItems)
  const texts = items.map(({ localName, textContent }) => ({
    isLabel: localName === 'dt',
    text: cleanLine(textContent),
  }))
  if (texts.some(({ text }) => saysPlace(text))) return false
  return texts.some(({ isLabel, text }) =>
    isLabel ? labelIn(text) !== undefined : whenIn(text, () => undefined)?.isNamed === false,
  )
}

const mostItems = 10

const factsOfStory =
  '[itemprop^="date" i], [class~="date" i], [class$="-date" i], [class$="_date" i], [class*="-date " i], [class*="_date " i]'
