/** How much text the elements of a page have, counted in one pass however deep they are. */
import type { Element } from './page-elements.ts'

/** How much is in an element. */
export interface Size {
  /** Characters of text, without blanks. */
  text: number
  /** Those of them in links. */
  linked: number
  /** Pictures, films, tables and what else is shown whole. Pictures in links are of what they lead to. */
  shown: number
}

export type SizeOf = (element: Element) => Size

/** A paragraph with so much text besides links says something. */
export const leastProse = 80

export const isProse = ({ text, linked }: Size) => text - linked >= leastProse

const none: Size = { text: 0, linked: 0, shown: 0 }
const unread = new Set(['script', 'style', 'noscript', 'template'])
const pictures = new Set(['img', 'picture'])
const wholes = new Set('iframe,embed,object,video,audio,table,pre,math,blockquote'.split(','))

/** @returns asks for the size that an element had when this was called */
export function sizesIn(root: Element): SizeOf {
  const sizes = new Map<Element, Size>()
  measure(root, sizes, false)
  return (element) => sizes.get(element) ?? none
}

/** Elements are 250 deep at most: who reads a page refuses what is deeper. */
function measure(element: Element, sizes: Map<Element, Size>, isLinked: boolean): Size {
  const size = { text: 0, linked: 0, shown: 0 }
  const name = element.localName
  if (unread.has(name)) return size
  const isLink = isLinked || name === 'a'
  for (const node of element.childNodes) {
    if (node.nodeType === 3) size.text += signsIn(node.textContent)
    if (node.nodeType !== 1) continue
    const inner = measure(node as Element, sizes, isLink)
    size.text += inner.text
    size.linked += inner.linked
    size.shown += inner.shown
  }
  if (name === 'a') size.linked = size.text
  if (wholes.has(name) || (pictures.has(name) && !isLink)) size.shown += 1
  sizes.set(element, size)
  return size
}

const blank = /\s/

/** How many are no blanks. Megabytes are counted again and again: nothing is made of them. */
function signsIn(text: string): number {
  let count = 0
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at)
    const isPlain = code >= 0x20 && code < 0x7f
    if (isPlain ? code > 0x20 : !blank.test(text.charAt(at))) count += 1
  }
  return count
}

/** @param elements in the order of the page */
export function outermost(elements: readonly Element[]): Element[] {
  const outer: Element[] = []
  for (const element of elements) if (!outer.at(-1)?.contains(element)) outer.push(element)
  return outer
}
