/** Boxes among the paragraphs of a story that Readability drops for their names, or because they are asides. */
import { classesOf, namesOf } from './page-classes.ts'
import type { Element } from './page-elements.ts'
import { saysSomething } from './page-furniture.ts'
import { isProse, type SizeOf, sizesIn } from './page-sizes.ts'

/** How generators of pages name what an author sets apart: a hint, a warning, a box of facts. */
const note =
  /^(?:[a-z]+-)*(?:call-?out|admonition|aside|alert|note|tip|hint|important|caution|warning|danger|info|facts?(?:-?box)?|info-?box|explainer)(?:-[a-z]+)*$/

/** By these Readability takes a box for none of the story, or for who wrote it. */
const dropped =
  /author|byline|dateline|writtenby|banner|combx|community|contact|cover-wrap|extra|header|legends|masthead|media|menu|meta|more|newsletter|promo|related|remark|rss|scroll|share|shopping|social|sponsor|supplemental|tags|widget/

/** What may be a box of readers, or be filled in. */
const ofOthers = /comment|disqus|repl(?:y|ies)|discussion|footer|cookie|gdpr|sidebar/
const asking = 'form, input, textarea, select, iframe, nav'

/** An article has fewer. */
const mostBoxes = 300

/** Takes the names from boxes that are the story's, and makes those that are asides plain ones. */
export function freeBoxes(root: Element): void {
  const sizeOf = sizesIn(root)
  const boxes = [...root.querySelectorAll('aside, div, section, p')].filter((box) =>
    isOfStory(box, sizeOf),
  )
  for (const box of boxes.slice(0, mostBoxes)) {
    for (const one of [box, ...box.querySelectorAll('div, p, section, span')]) {
      for (const name of ['class', 'id', 'rel', 'itemprop', 'role']) one.removeAttribute(name)
    }
    // Readability drops each aside.
    if (box.localName === 'aside') box.outerHTML = `<div>${box.innerHTML}</div>`
  }
}

function isOfStory(box: Element, sizeOf: SizeOf): boolean {
  const size = sizeOf(box)
  if (size.text === 0 || size.linked * 2 > size.text) return false
  const isBefore = hasProse(box, 'previousElementSibling', sizeOf)
  const isBehind = hasProse(box, 'nextElementSibling', sizeOf)
  if (!isBefore && !isBehind) return false
  if (box.querySelector(asking)) return false
  if (isNote(box)) return true
  if (!isBefore || !isBehind || box.localName === 'aside') return false
  const names = namesOf(box)
  if (!dropped.test(names) || ofOthers.test(names)) return false
  return saysSomething(box, size) || (isProse(size) && size.linked * 10 <= size.text)
}

const isNote = (box: Element) =>
  box.getAttribute('role') === 'note' ||
  (box.localName === 'aside' && classesOf(box).some((name) => note.test(name)))

/** Several boxes may follow each other. */
const mostSteps = 8

function hasProse(
  box: Element,
  side: 'previousElementSibling' | 'nextElementSibling',
  sizeOf: SizeOf,
): boolean {
  let one = box[side]
  for (let step = 0; step < mostSteps && one; step += 1) {
    if (one.localName === 'p' && isProse(sizeOf(one))) return true
    one = one[side]
  }
  return false
}
