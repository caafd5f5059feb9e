/** Whether a saved page was one that its site showed to editors alone. */
import type { Document, Element } from '../lines/page-elements.ts'
import { isOutIn } from '../lines/status-words.ts'
import type { Stated } from './page-facts.ts'

/** As WordPress and Drupal mark what is around such an article. */
const ofState = /^(?:\w+-)?status-(\w+)$|^(?:\w+--?)?(unpublished)$|^\w+-(password)-required$/i

/**
 * The word that keeps a page back: its `creativeWorkStatus`, or the class of an element around its heading. What is
 * beside it in lists says nothing of it.
 */
export function heldStateOf(document: Document, stated: Stated): string | undefined {
  const said = stated('creativeWorkStatus').find((state) => isOutIn(state) === false)
  if (said !== undefined) return said
  const heading = document.querySelector('h1')
  for (let around = heading; around; around = around.parentElement as Element | null) {
    const held = (around.getAttribute('class') ?? '').split(/\s+/).find(isHeld)
    if (held !== undefined) return held
  }
  return undefined
}

function isHeld(name: string): boolean {
  const [written, state = '', ...others] = ofState.exec(name) ?? []
  if (written === undefined) return false
  return others.some((other) => other !== undefined) || isOutIn(state) === false
}
