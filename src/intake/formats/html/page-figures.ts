/** Figures among the paragraphs of a story, freed of the boxes for whose names and shapes Readability drops them. */
import { isPicture } from '../../../media-kinds.ts'
import { cleanLine } from '../../../text.ts'
import type { Element } from '../lines/page-elements.ts'
import { isProse, outermost, type SizeOf, sizesIn } from '../lines/page-sizes.ts'
import { isFront } from './page-image.ts'

/** An article has fewer; around each so many boxes are looked at. */
const mostFigures = 200
const mostSteps = 8

/** A figure whose picture leads to another page is that of another story. */
export function freeFigures(root: Element): void {
  removeButtons(root)
  removeAdverts(root)
  const sizeOf = sizesIn(root)
  const known = new Map<Element, boolean>()
  const isOfFigures = (element: Element) => {
    const is = known.get(element) ?? hasOnlyFigures(element, sizeOf)
    known.set(element, is)
    return is
  }
  const freed = new Set<Element>()
  for (const figure of figuresInText(root, sizeOf)) {
    if (freed.has(figure) || !showsPicture(figure, sizeOf)) continue
    const box = boxOf(figure, root, isOfFigures)
    const prose = proseBeside(box, sizeOf)
    if (prose.length === 0) continue
    const figures = outermost(figuresIn(box))
    for (const one of figures) {
      freed.add(one)
      one.innerHTML += balance
    }
    if (!moveInto(prose, box, figures) && box !== figure) box.replaceWith(...figures)
  }
}

/** Those that show a picture in larger size: Readability drops each button, with the picture in it. */
function removeButtons(root: Element): void {
  for (const button of [...root.querySelectorAll('figure button')]) {
    if (button.querySelector('img')) button.replaceWith(...button.childNodes)
    else button.remove()
  }
}

/** What a page shows without scripts in the place of an advert: a picture that leads to somebody's front page. */
function removeAdverts(root: Element): void {
  for (const link of [...root.querySelectorAll('noscript a[href]')]) {
    const isPictureAlone = link.querySelector('img') && link.textContent.trim() === ''
    if (isPictureAlone && isFront(link.getAttribute('href') ?? '')) link.remove()
  }
}

/** Readability takes out what has more pictures than paragraphs, and later each paragraph without a word. */
const balance = '<p></p>'

const figuresIn = (box: Element) =>
  box.localName === 'figure' ? [box] : [...box.querySelectorAll('figure')]

/** Those below a first paragraph: what stands above it is the page's head. */
function figuresInText(root: Element, sizeOf: SizeOf): Element[] {
  const all = [...root.querySelectorAll('p, figure')]
  const first = all.findIndex((one) => one.localName === 'p' && isProse(sizeOf(one)))
  if (first === -1) return []
  return all
    .slice(first)
    .filter(({ localName }) => localName === 'figure')
    .slice(0, mostFigures)
}

function showsPicture(figure: Element, sizeOf: SizeOf): boolean {
  if (sizeOf(figure).shown > 0) return true
  const address = figure.querySelector('a[href]:has(img)')?.getAttribute('href') ?? ''
  return isPicture(address)
}

/** The outermost element that has nothing in it but figures; the figure itself where something stands beside it. */
function boxOf(figure: Element, root: Element, isOfFigures: (one: Element) => boolean): Element {
  let box = figure
  let one = figure.parentElement
  for (let step = 0; step < mostSteps && one && one !== root; step += 1) {
    if (!isOfFigures(one)) break
    box = one
    one = one.parentElement
  }
  return box.closest('a, blockquote, li, table') ? figure : box
}

function hasOnlyFigures(element: Element, sizeOf: SizeOf): boolean {
  const { text, shown } = sizeOf(element)
  const figures = outermost([...element.querySelectorAll('figure')])
  const sizes = figures.map(sizeOf)
  return (
    sizes.reduce((sum, size) => sum + size.text, 0) === text &&
    sizes.reduce((sum, size) => sum + size.shown, 0) === shown &&
    figures.every((figure) => showsPicture(figure, sizeOf))
  )
}

/**
 * Readability takes one of several boxes of paragraphs, and of what stands between these other boxes of paragraphs alone.
 * @param beside what stands there
 * @returns whether the figures are in one of them now
 */
function moveInto(beside: readonly Element[], box: Element, figures: readonly Element[]): boolean {
  const [one] = beside
  const paragraphs = [...(one?.querySelectorAll('p') ?? [])].filter((p) => !p.closest(wholes))
  const isBefore = one !== undefined && precedes(one, box)
  const paragraph = isBefore ? paragraphs.at(-1) : paragraphs[0]
  if (!paragraph || paragraph === one) return false
  if (!isBefore) paragraph.replaceWith(...figures, paragraph)
  else for (const figure of figures) paragraph.parentElement?.append(figure)
  if (!figures.includes(box)) box.remove()
  return true
}

const wholes = 'blockquote, li, table, figure, aside'

const precedes = (one: Element, other: Element) => {
  for (let next = one.nextElementSibling; next; next = next.nextElementSibling)
    if (next === other) return true
  return false
}

/** What it stands between. Pictures of other stories stand beside each other. */
function proseBeside(box: Element, sizeOf: SizeOf): readonly Element[] {
  const beside = [besideOf(box, 'previousElementSibling'), besideOf(box, 'nextElementSibling')]
  return beside
    .filter((one) => one !== null)
    .filter((one) => isProse(sizeOf(one)) && one.querySelector('h1, h2, h3 a') === null)
}

/** What stands before it or behind it, besides lines and what shows nothing. */
function besideOf(box: Element, way: 'previousElementSibling' | 'nextElementSibling') {
  let one = box[way]
  while (one && silent.has(one.localName)) one = one[way]
  return one
}

const silent = new Set(['hr', 'br', 'script', 'style', 'link', 'meta'])

/** A page may have one picture for wide windows and one for narrow ones, of which it shows one. */
export function removeSame(story: Element): void {
  let last: { readonly name: string; readonly caption: string } | undefined
  for (const figure of story.querySelectorAll('figure')) {
    const name = nameOf(figure.querySelector('img')?.getAttribute('src') ?? '')
    const caption = cleanLine(figure.querySelector('figcaption')?.textContent ?? '')
    const isSame = last?.name === name && name !== '' && isSameCaption(last.caption, caption)
    if (isSame) figure.remove()
    else last = { name, caption }
  }
}

const shown =
  'img, picture, svg, math, canvas, iframe, embed, object, video, audio, table, pre, blockquote'

/** A caption says nothing without the picture that a script would have put above it. */
export function removeEmpty(story: Element): void {
  for (const figure of story.querySelectorAll('figure')) {
    const caption = figure.querySelector('figcaption')
    const isAlone = caption && cleanLine(figure.textContent) === cleanLine(caption.textContent)
    if (isAlone && !figure.querySelector(shown)) figure.remove()
  }
}

const leastCaption = 20

/** One of them may be cut short. */
function isSameCaption(one: string, other: string): boolean {
  const start = other.replace(/\s*(?:…|\.{3}).{0,20}$/, '')
  return start.length >= leastCaption && one.startsWith(start)
}

/** Of a picture in whatever size. */
const nameOf = (address: string) =>
  address
    .split('/')
    .at(-1)
    ?.split(/[*?,@]/)[0] ?? ''

const formulas = 'li img:is([class*="latex" i], [class*="math" i])'

/** An article has fewer. */
const mostFormulas = 1000

/** Readability takes a list with more pictures than paragraphs for one of pictures: formulas are words of its items. */
export function hideFormulas(root: Element): void {
  for (const image of [...root.querySelectorAll(formulas)].slice(0, mostFormulas)) {
    rename(image, 'formula-picture')
  }
}

/** Makes pictures again of what `hideFormulas` has hidden. */
export function showFormulaPictures(root: Element): void {
  for (const one of root.querySelectorAll('formula-picture')) rename(one, 'img')
}

function rename(element: Element, name: string): void {
  const renamed = element.ownerDocument.createElement(name)
  for (const attribute of element.getAttributeNames()) {
    renamed.setAttribute(attribute, element.getAttribute(attribute) ?? '')
  }
  element.replaceWith(renamed)
}
