/** Whether something stands among the paragraphs of a story. */
import type { Element } from '../lines/page-elements.ts'
import { isProse, type SizeOf } from '../lines/page-sizes.ts'
import { classesOf, namesOf } from './page-classes.ts'

/** Parts of names by which Readability takes anything for none of the story. */
export const doubted =
  /-ad-|ai2html|agegate|author|banner|breadcrumbs|byline|com-|comb?x|comment|community|contact|cover-wrap|dateline|disqus|extra|footer|gdpr|header|legends|masthead|media|menu|meta|outbrain|pager|pagination|popup|promo|related|remark|replies|rss|scroll|share|shopping|shoutbox|sidebar|skyscraper|social|sponsor|supplemental|tags|widget|writtenby/

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
    if (isText(one, sizeOf)) return true
    one = one[side]
  }
  return false
}

/** A paragraph, or one of the boxes with a name in common that a story is parted into. */
function isText(one: Element, sizeOf: SizeOf): boolean {
  if (!isProse(sizeOf(one))) return false
  if (one.localName === 'p') return true
  const isPart = (other: Element | null) =>
    other !== null &&
    parts.has(other.localName) &&
    isProse(sizeOf(other)) &&
    sizeOf(other).linked * 4 <= sizeOf(other).text
  if (!isPart(one) || doubted.test(namesOf(one)) || one.querySelector(wholes)) return false
  const names = classesOf(one)
  const isAlike = (other: Element | null) =>
    other !== null &&
    isPart(other) &&
    (namesOf(other) === namesOf(one) || classesOf(other).some((name) => names.includes(name)))
  return (['previousElementSibling', 'nextElementSibling'] as const).some((way) => {
    const next = one[way]
    // Between two of them what is asked of may stand.
    return isAlike(next) || isAlike(next?.[way] ?? null)
  })
}

const parts = new Set(['div', 'section'])
const wholes = 'article, aside, footer, form, h1, nav'

export const isAmongProse = (box: Element, sizeOf: SizeOf) =>
  hasProse(box, 'previousElementSibling', sizeOf) && hasProse(box, 'nextElementSibling', sizeOf)
