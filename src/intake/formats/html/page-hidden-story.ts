/** The part of a story that a page hides until its script shows it, as behind a paywall. */
import type { Document, Element } from '../lines/page-elements.ts'
import { leastProse, outermost, sizesIn } from '../lines/page-sizes.ts'

const hidden = '[hidden], [aria-hidden="true" i], [style*="display" i]'

/** No page hides its story in more parts. */
const mostParts = 20
/** What is longer takes too long to compare. */
const longestBody = 200_000

const longestStyle = 500

const asking = 'form, input, iframe, [role="dialog"], dialog'

/** What boxes that are shown to those who may not read say. */
export const requests =
  /\b(?:subscri\w+|sign(?:ed)?[ -](?:in|up)|log[ -]?in|register(?:ed)?|newsletters?|cookies?|abonn\w+|anmelden|suscri\w+|connectez|iniciar sesión)\b/i

/**
 * Shows what is hidden and belongs to the story: what the page states as its text for machines too, and paragraphs that go
 * on right below one that is seen, in the same `<article>`.
 * @param stated the story as schema.org's articleBody has it; empty where there is none
 */
export function showHiddenStory(document: Document, stated: string): void {
  const found = [...document.querySelectorAll(hidden)].filter(isHidden)
  const parts = outermost(found).slice(0, mostParts)
  if (parts.length === 0) return
  const body = fold(stated.slice(0, longestBody))
  for (const part of parts) {
    const prose = proseIn(part)
    if (prose.length > 0 && (isStated(prose, body) || goesOn(part, prose))) show(part)
  }
}

/** Whether an element says itself that it is shown to nobody. */
export const isHidden = (element: Element) =>
  element.getAttribute('hidden') !== null ||
  /^true$/i.test(element.getAttribute('aria-hidden') ?? '') ||
  /display\s*:\s*none/i.test((element.getAttribute('style') ?? '').slice(0, longestStyle))

/** The paragraphs in it that say something. */
function proseIn(part: Element): string[] {
  const sizeOf = sizesIn(part)
  const paragraphs = [...part.querySelectorAll('p')].filter((paragraph) => {
    const { text, linked } = sizeOf(paragraph)
    return text - linked >= leastProse
  })
  return paragraphs.map((paragraph) => paragraph.textContent)
}

function isStated(prose: readonly string[], body: string): boolean {
  const ends = [prose[0] ?? '', prose.at(-1) ?? ''].map((text) =>
    fold(text.slice(0, 2 * leastProse)),
  )
  return ends.every((end) => end !== '' && body.includes(end))
}

function goesOn(part: Element, prose: readonly string[]): boolean {
  const before = part.previousElementSibling
  if (prose.length < 2 || before?.localName !== 'p' || !part.closest('article')) return false
  if (before.textContent.trim().length < leastProse || part.querySelector(asking)) return false
  const length = prose.join('').length
  return !prose.some((text) => requests.test(text)) && length * 4 > part.textContent.length * 3
}

function show(part: Element): void {
  for (const name of ['hidden', 'aria-hidden', 'style']) part.removeAttribute(name)
}

/** Two ways to write a text differ in signs and blanks. */
const fold = (text: string) =>
  text
    .replaceAll(/<[^<>]*>/g, '')
    .replaceAll(/[^\p{L}\p{N}]+/gu, '')
    .toLowerCase()
