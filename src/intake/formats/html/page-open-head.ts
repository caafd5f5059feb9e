/** The head of a web page that nothing ends: https://html.spec.whatwg.org/#parsing-main-inhead */
import type { Document, Element } from '../lines/page-elements.ts'

const ofHeads = new Set('base link meta noscript script style template title'.split(' '))

/** Parts a head from the body that a page has left out: where the first element is that no head may have. */
export function endHead(document: Document): void {
  const head = document.querySelector('head')
  if (!head || document.querySelector('body')) return
  const nodes = [...head.childNodes]
  const first = nodes.findIndex(
    (node) => node.nodeType === 1 && !ofHeads.has((node as Element).localName),
  )
  if (first !== -1) head.replaceWith(head, ...nodes.slice(first))
}
