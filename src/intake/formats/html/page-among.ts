/** Whether something stands among the paragraphs of a story. */
import type { Element } from '../lines/page-elements.ts'
import { isProse, type SizeOf } from '../lines/page-sizes.ts'

/** Several boxes may follow each other. */
const mostSteps = 8

type Side = 'previousElementSibling' | 'nextElementSibling'

/** Whether a paragraph that says something stands on a side of a box, or of what holds nothing else than it. */
export function hasProse(box: Element, side: Side, sizeOf: SizeOf): boolean {
  let outer = box
  while (outer.parentElement && sizeOf(outer.parentElement).text === sizeOf(box).text) {
    outer = outer.parentElement
  }
  let one = outer[side]
  for (let step = 0; step < mostSteps && one; step += 1) {
    if (one.localName === 'p' && isProse(sizeOf(one))) return true
    one = one[side]
  }
  return false
}

export const isAmongProse = (box: Element, sizeOf: SizeOf) =>
  hasProse(box, 'previousElementSibling', sizeOf) && hasProse(box, 'nextElementSibling', sizeOf)
