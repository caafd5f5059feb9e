/** What stands in a page and is no part of its story, known by the classes that publishing systems give it. */
import { cleanLine } from '../../../text.ts'
import { bylineIn } from '../lines/page-byline.ts'
import type { Element } from '../lines/page-elements.ts'
import { isProse, outermost, type Size, type SizeOf, sizesIn } from '../lines/page-sizes.ts'
import { isBare } from '../lines/page-when.ts'
import { anyName, type Kind, kinds } from './furniture-kinds.ts'
import { isAmongProse } from './page-among.ts'
import { asksReader } from './page-asking.ts'
import { classesOf, idsOf } from './page-classes.ts'
import { isNamedDek } from './page-dek.ts'
import { isWall, removeForms, requests } from './page-forms.ts'
import { lettersOf } from './page-heading.ts'

/** Nothing else is a box or a line: headings, cells and items are parts of what they stand in. */
const boxNames = new Set(
  'a,address,aside,div,footer,form,header,nav,ol,p,section,small,span,time,ul'.split(','),
)

/** In these everything is the story's. */
const wholes = 'blockquote, dl, figure, pre, table'

/** What is longer is no line of a box, and takes time to look through. */
const longestSaying = 2000

/** A page that has less without it has nothing without it. */
const leastLeft = 50

/**
 * Takes out what is named as furniture, but nothing that shows a picture or a film, and of no kind
 * more than boxes beside a story have: then it is the story that has the name.
 * @param root of what is read
 * @param headings that may be the story's, which no furniture has in it
 * @returns the lines taken out that may name who wrote
 */
export function removeFurniture(root: Element, headings: readonly Element[]): string[] {
  removeForms(root, headings)
  const sizeOf = sizesIn(root)
  const { found, inText, aboveText } = namedIn(root, headings, sizeOf)
  const sumOf = (elements: readonly Element[]) =>
    elements.reduce((sum, element) => sum + sizeOf(element).text, 0)
  const byline: string[] = []
  let left = sizeOf(root).text
  for (const kind of kinds) {
    const elements = outermost(found.get(kind) ?? [])
    const sum = sumOf(elements)
    if (sum > kind.most * left || left - sum < leastLeft) continue
    left -= sum
    for (const element of elements) {
      if (kind.isAbove && aboveText.has(element)) byline.push(...bylineIn(element))
      element.remove()
    }
  }
  // Readability goes by names as well.
  for (const element of inText) element.removeAttribute('class')
  return byline
}

/** The elements that may be furniture, by their kind, and those that are words of paragraphs for all their names. */
function namedIn(root: Element, headings: readonly Element[], sizeOf: SizeOf) {
  const above = ancestorsOf(headings)
  const heads = new Set(headings)
  const found = new Map<Kind, Element[]>(kinds.map((kind) => [kind, []]))
  const inText: Element[] = []
  const aboveText = new Set<Element>()
  let isHeaded = heads.size === 0
  let isInText = false
  for (const element of root.querySelectorAll('*')) {
    const size = sizeOf(element)
    if (heads.has(element)) isHeaded = true
    if (element.localName === 'p' && isHeaded && isProse(size)) isInText = true
    if (above.has(element)) continue
    const kind = kindOf(element, sizeOf, isInText)
    if (!kind || (size.shown > 0 && !kind.hasPicture)) continue
    if (element.closest(wholes) || isPicture(element, size)) continue
    if (mayBeProse(element, kind, sizeOf) && saysSomething(element, size)) continue
    if (!isInText) aboveText.add(element)
    if (isWord(element, size, sizeOf)) inText.push(element)
    else if (mayStand(kind, size, isInText)) found.get(kind)?.push(element)
  }
  return { found, inText, aboveText }
}

const mayBeProse = (element: Element, kind: Kind, sizeOf: SizeOf) =>
  kind.mayBeProse === 'among' ? isAmongProse(element, sizeOf) : kind.mayBeProse

function ancestorsOf(headings: readonly Element[]): Set<Element> {
  const above = new Set<Element>()
  for (const heading of headings) {
    for (let one: Element | null = heading; one && !above.has(one); one = one.parentElement) {
      above.add(one)
    }
  }
  return above
}

const isPicture = (element: Element, { text }: Size) =>
  text === 0 && element.querySelector('img, picture') !== null

const asking = 'form, input, button, iframe, time, [role="button"], [onclick]'

const sentence =
  /(?:\p{Ll}\p{Ll} .*[\p{Ll}\p{N})%”"’]|\p{Lo}.{8,}[\p{Lo}\p{M}])[.!?…。！？؟۔।]["”’»)」』]?$/su
const label = /^\p{Lu}[\p{L} ]{1,30}: .*\p{Ll}{2} /su

/** Whether a line or a box is a sentence, and neither asks for anything nor leads anywhere. */
function saysSomething(element: Element, size: Size): boolean {
  if (!tells(element, size)) return false
  const text = cleanLine(element.textContent)
  return !requests.test(text) && !asksReader(text)
}

/** Whether a line or a box is a sentence that leads nowhere and has nothing to fill in. */
export function tells(element: Element, { text: size, linked }: Size): boolean {
  if (linked > 0 || size > longestSaying || element.querySelector(asking)) return false
  const text = cleanLine(element.textContent)
  const saysWho = bylineIn(element).length > 0
  return !saysWho && !isBare(text) && (sentence.test(text) || label.test(text))
}

/** Of several the one that may stand there. */
function kindOf(element: Element, sizeOf: SizeOf, isInText: boolean): Kind | undefined {
  if (!boxNames.has(element.localName)) return undefined
  const classes = classesOf(element).filter(isKnown)
  const ids = idsOf(element).filter(isKnown)
  if (classes.length === 0 && ids.length === 0) return undefined
  const size = sizeOf(element)
  const some = kinds.filter(({ names, isInId, isIt, asks }) => {
    const stated = isInId ? [...classes, ...ids] : classes
    if (!stated.some((name) => names.test(name)) || isIt?.(size) === false) return false
    return !asks || isWall(element, sizeOf)
  })
  return some.find((kind) => mayStand(kind, size, isInText)) ?? some[0]
}

/** No name of a kind is longer; to compare one takes the more time. */
const longestName = 60

const isKnown = (name: string) => name.length <= longestName && anyName.test(name)

const mayStand = ({ isAbove, isBelow, isBelowToo }: Kind, size: Size, isInText: boolean) =>
  isInText ? !isAbove || isBelowToo?.(size) === true : !isBelow

/** In a paragraph that says more it is a word of that: the place, or when it is said. */
function isWord(element: Element, size: Size, sizeOf: SizeOf): boolean {
  const around = element.parentElement?.closest('p, li, h1, h2, h3, h4, h5, h6')
  return around ? sizeOf(around).text > size.text : false
}

/** Takes out what is named as the dek and says it, which is shown above the text. */
export function removeDek(root: Element, dek: string): void {
  const sizeOf = sizesIn(root)
  const page = sizeOf(root)
  const size = dek.replace(/\s+/g, '').length
  for (const element of root.querySelectorAll('[class]')) {
    const { text, shown } = sizeOf(element)
    if (text !== size || shown > 0 || text * 4 > page.text) continue
    if (isNamedDek(element) && lettersOf(element.textContent) === lettersOf(dek)) element.remove()
  }
}
