/** Parts of a story that are folded until their button is pressed, as the answers to questions are. */
import { cleanLine } from '../../../text.ts'
import { type Document, type Element, startOf } from '../lines/page-elements.ts'
import { isProse, type SizeOf, sizesIn } from '../lines/page-sizes.ts'
import { namesOf } from './page-classes.ts'
import { walls } from './page-forms.ts'
import { isHidden, requests } from './page-hidden-story.ts'

const openers =
  ':is(button, a, [role="button"], summary):is([aria-controls], [aria-expanded], [data-target], [data-bs-target])'

/** A page has fewer. */
const mostOpeners = 300
/** Fewer are no list of questions: a menu, or a note that can be opened. */
const leastParts = 2
const longestLabel = 300

const outside =
  'nav, header, footer, aside, form, dialog, figure, [role="dialog"], [aria-modal], [role="navigation"], [role="menu"], [role="tablist"]'
const asking = 'nav, form, input, dialog, iframe, [role="dialog"], [role="menu"]'
const hidden = '[hidden], [aria-hidden="true" i], [style*="display" i]'
const question = /[?？؟]$/
const ofOthers =
  /(?:^|[ -])(?:comments?|repl(?:y|ies)|menu|nav(?:bar|igation)?|share|cookies?|consent|related|pay-?wall)(?:[ -]|$)/
const headingNames = new Set(['h2', 'h3', 'h4', 'h5', 'h6', 'dt'])
const headings = [...headingNames].join()

interface Part {
  readonly opener: Element
  /** The largest box that has nothing to read but the words of the button. */
  readonly label: Element
  readonly panel: Element
}

/** Shows what is folded, below the words of its button as a heading. */
export function openPanels(document: Document): void {
  const root = document.querySelector('body')
  if (!root) return
  const folded = [...root.querySelectorAll(hidden)].filter(isHidden).slice(0, mostOpeners)
  const found = new Set([...root.querySelectorAll(openers)].slice(0, mostOpeners))
  for (const panel of folded) {
    const before = panel.previousElementSibling
    if (before && isHead(before)) found.add(before)
  }
  if (found.size < leastParts) return
  const sizeOf = sizesIn(root)
  const parts = [...found]
    .map((opener) => partOf(opener, root, sizeOf))
    .filter((part) => part !== undefined)
  for (const list of Map.groupBy(parts, (part) => listAround(part, sizeOf)).values()) {
    const isTold = list.some(({ panel }) => isProse(sizeOf(panel)))
    if (list.length >= leastParts && isTold) for (const part of list) open(part)
  }
}

function partOf(opener: Element, root: Element, sizeOf: SizeOf): Part | undefined {
  const { text } = sizeOf(opener)
  if (text === 0 || text > longestLabel || opener.closest(outside)?.querySelector('h1') === null)
    return undefined
  let label = opener
  while (
    label.parentElement &&
    label.parentElement !== root &&
    sizeOf(label.parentElement).text === text
  ) {
    label = label.parentElement
  }
  let panel = label.nextElementSibling
  while (panel && sizeOf(panel).text === 0) panel = panel.nextElementSibling
  return panel && isFolded(panel, opener, sizeOf) ? { opener, label, panel } : undefined
}

/** Whether it is what the button names, or hidden right below it, and is neither a menu nor asks for anything. */
function isFolded(panel: Element, opener: Element, sizeOf: SizeOf): boolean {
  const size = sizeOf(panel)
  const names = ['aria-controls', 'data-target', 'data-bs-target', 'href'].map((name) =>
    opener.getAttribute(name)?.replace(/^#/, ''),
  )
  const id = panel.getAttribute('id')
  const isNamed = id !== null && names.includes(id)
  if (!isNamed && (!isHidden(panel) || requests.test(panel.textContent))) return false
  if (size.linked * 2 > size.text || panel.querySelector(asking)) return false
  for (let one: Element | null = panel; one; one = one.parentElement) {
    if (one.localName === 'body' || one.localName === 'main') break
    if (ofOthers.test(namesOf(one))) return false
  }
  return !isWithinHidden(opener) && !walls.test(panel.textContent)
}

function isWithinHidden(element: Element): boolean {
  const one = element.closest(hidden)
  return (
    one !== null &&
    (isHidden(one) || (one.parentElement !== null && isWithinHidden(one.parentElement)))
  )
}

/** Whether it heads what a script shows when it is pressed, though it is no button. */
const isHead = (element: Element) =>
  headingNames.has(element.localName) ||
  question.test(cleanLine(startOf(element, 2 * longestLabel)))

/** What holds it and its like: a part may have a box of its own. */
function listAround({ label, panel }: Part, sizeOf: SizeOf): Element | null {
  const own = sizeOf(label).text + sizeOf(panel).text
  let box = label.parentElement
  while (box && sizeOf(box).text === own) box = box.parentElement
  return box
}

function open({ opener, label, panel }: Part): void {
  for (const name of ['hidden', 'aria-hidden', 'style', 'class', 'role'])
    panel.removeAttribute(name)
  for (let one: Element | null = opener; one; one = one === label ? null : one.parentElement) {
    for (const name of ['class', 'role']) one.removeAttribute(name)
  }
  if (headingNames.has(opener.localName)) return
  if (opener.closest(headings) || opener.querySelector(headings))
    opener.replaceWith(...opener.childNodes)
  else {
    const heading = opener.ownerDocument.createElement('h3')
    for (const node of [...opener.childNodes]) heading.append(node)
    opener.replaceWith(heading)
  }
}
