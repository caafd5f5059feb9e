/** How much text the elements of a page have, counted in one pass however deep they are. */
import type { Element } from './page-facts.ts'

export interface Size {
  /** Characters of text, without blanks. */
  text: number
  /** Those of them in links. */
  linked: number
}

const none: Size = { text: 0, linked: 0 }
const unread = new Set(['script', 'style', 'noscript', 'template'])

/** @returns asks for the size that an element had when this was called */
export function sizesIn(root: Element): (element: Element) => Size {
  const sizes = new Map<Element, Size>()
  measure(root, sizes)
  return (element) => sizes.get(element) ?? none
}

/** Elements are 250 deep at most: who reads a page refuses what is deeper. */
function measure(element: Element, sizes: Map<Element, Size>): Size {
  const size = { text: 0, linked: 0 }
  if (unread.has(element.localName)) return size
  for (const node of element.childNodes) {
    if (node.nodeType === 3) size.text += node.textContent.replace(/\s+/g, '').length
    if (node.nodeType !== 1) continue
    const inner = measure(node as Element, sizes)
    size.text += inner.text
    size.linked += inner.linked
  }
  if (element.localName === 'a') size.linked = size.text
  sizes.set(element, size)
  return size
}
