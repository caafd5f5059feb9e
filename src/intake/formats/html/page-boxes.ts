/** Boxes among the paragraphs of a story that Readability drops for their names, or because they are asides. */
import { cleanLine } from '../../../text.ts'
import type { Element } from '../lines/page-elements.ts'
import { isProse, outermost, type SizeOf, sizesIn } from '../lines/page-sizes.ts'
import { doubted, hasProse } from './page-among.ts'
import { asksReader } from './page-asking.ts'
import { classesOf, namesOf } from './page-classes.ts'
import { tells } from './page-furniture.ts'
import { endsText, moveInto } from './page-rest.ts'

/** How generators of pages name what an author sets apart: a hint, a warning, a box of facts. */
const note =
  /^(?:[a-z]+-)*(?:call-?out|admonition|aside|alert|note|tip|hint|important|caution|warning|danger|info|facts?(?:-?box)?|info-?box|explainer)(?:-[a-z]+)*$/

/** By these Readability takes a box for none of the story, or for who wrote it. */
const dropped =
  /(?:^|[ -])(?:authors?|byline|dateline|writtenby|banner|community|contact|cover-wrap|extra|header|legends|masthead|media|menu|meta|more|modal|newsletter|overlay|promo|related|remark|rss|shared?|shopping|social|sponsor|supplemental|tags|widget)(?:[ -]|$)/

/** What holds the story may be named for what stands around it, and goes as a whole then. */
const holder = /banner|extra|header|menu|related|social|sponsor|skyscraper|supplemental|legends/

/** What may be a box of readers, or be filled in, unless it tells something among the paragraphs. */
const ofOthers = /comment|disqus|repl(?:y|ies)|discussion|footer|cookie|gdpr|sidebar/
const ofReaders = /comment|disqus|repl(?:y|ies)|discussion|cookie|gdpr/

/** An aside of that name says again what the story says, or is of other stories, or of who wrote it. */
const besideStory =
  /pull|quote|author|bio|related|more|newsletter|promo|sponsor|advert|social|share|teaser|recommend|subscri|sign-?up|tags|menu|nav|poll|trending|popular/
const asking = 'form, input, textarea, select, iframe, nav'

/** An article has fewer. */
const mostBoxes = 300

/**
 * Takes the names from boxes that are the story's, and makes those that are asides plain ones.
 * @param headings that may be the story's: what has one of them and most of the text is what holds the story
 */
export function freeBoxes(root: Element, headings: readonly Element[]): void {
  const sizeOf = sizesIn(root)
  const wordsIn = (element: Element) => sizeOf(element).text - sizeOf(element).linked
  for (const heading of headings) {
    let one = heading.parentElement
    for (; one && one !== root; one = one.parentElement) {
      const names = namesOf(one)
      if (!holder.test(names) || ofOthers.test(names) || wordsIn(one) * 2 < wordsIn(root)) continue
      for (const name of ['class', 'id', 'role']) one.removeAttribute(name)
    }
  }
  const boxes = [...root.querySelectorAll('aside, div, section, p')].filter((box) =>
    isOfStory(box, sizeOf),
  )
  // Of a sentence in a paragraph Readability drops what is named so, too.
  const parts = [...root.querySelectorAll('p span')].filter(
    (part) => doubted.test(namesOf(part)) && tells(part, sizeOf(part)) && !asks(part),
  )
  for (const box of [...boxes.slice(0, mostBoxes), ...parts.slice(0, mostBoxes)]) {
    for (const one of [box, ...box.querySelectorAll('div, p, section, span')]) {
      for (const name of ['class', 'id', 'rel', 'itemprop', 'role']) one.removeAttribute(name)
    }
    if (joinPart(box, sizeOf)) continue
    // Readability drops each aside.
    if (box.localName === 'aside') box.outerHTML = `<div>${box.innerHTML}</div>`
  }
}

/** Puts what is in a box at the end of the box of paragraphs before it: Readability drops a short one of several. */
function joinPart(box: Element, sizeOf: SizeOf): boolean {
  let outer = box
  while (outer.parentElement && sizeOf(outer.parentElement).text === sizeOf(box).text) {
    outer = outer.parentElement
  }
  const before = outer.previousElementSibling
  const paragraph = [...(before?.querySelectorAll('p') ?? [])].findLast((p) => endsText(p, sizeOf))
  const text = paragraph?.parentElement
  if (!before || !text || sizeOf(text).text < sizeOf(before).text) return false
  moveInto(text, outer)
  return true
}

const parts = 'p, h2, h3, h4, ul, ol, blockquote, figure, table, pre'

/** What a page marks as its text may be parted into boxes, of which Readability takes the longest. */
export function joinParts(root: Element): void {
  const [text, another] = outermost([...root.querySelectorAll('[itemprop~="articleBody" i]')])
  if (!text || another) return
  const sizeOf = sizesIn(text)
  const boxes = [...text.querySelectorAll('div, section')].filter(
    (box) => box.parentElement === text && isPart(box, sizeOf),
  )
  if (boxes.length > 1) for (const box of boxes) box.replaceWith(...box.childNodes)
}

/** Nothing is in it but paragraphs and their like, of which some say something. */
function isPart(box: Element, sizeOf: SizeOf): boolean {
  if (dropped.test(namesOf(box)) || ofOthers.test(namesOf(box))) return false
  const own = [...box.querySelectorAll(parts)].filter((part) => part.parentElement === box)
  const sum = own.reduce((all, part) => all + sizeOf(part).text, 0)
  const isSaid = own.some((part) => part.localName === 'p' && isProse(sizeOf(part)))
  return isSaid && sum === sizeOf(box).text
}

function isOfStory(box: Element, sizeOf: SizeOf): boolean {
  const size = sizeOf(box)
  if (size.text === 0 || size.linked * 2 > size.text) return false
  const isBefore = hasProse(box, 'previousElementSibling', sizeOf)
  const isBehind = hasProse(box, 'nextElementSibling', sizeOf)
  if (!isBefore && !isBehind) return false
  if (box.querySelector(asking)) return false
  if (isNote(box)) return true
  // Code in a box may be what another one is about.
  if (box.querySelector('pre')) return false
  if (!isBefore || !isBehind) return false
  const names = namesOf(box)
  // Readability drops each, whatever its name.
  const isTold = box.localName === 'aside' ? !besideStory.test(names) : doubted.test(names)
  if (isTold && tells(box, size)) return !isOneOfMany(box) && !asks(box)
  if (box.localName === 'aside' || ofReaders.test(names)) return false
  return (
    (dropped.test(names) || doubted.test(names)) &&
    isProse(size) &&
    size.linked * 10 <= size.text &&
    !asks(box)
  )
}

const asks = (box: Element) =>
  [box, ...box.querySelectorAll('p')].some((one) => asksReader(cleanLine(one.textContent)))

/** Readers' words follow each other in boxes of one name. */
function isOneOfMany(box: Element): boolean {
  const names = namesOf(box)
  if (!ofOthers.test(names)) return false
  return [box.previousElementSibling, box.nextElementSibling].some(
    (one) => one !== null && namesOf(one) === names,
  )
}

/** Readability drops what has one of these roles. */
const roles = /^(?:note|alert|complementary)$/i

const isNote = (box: Element) =>
  box.getAttribute('role') === 'note' ||
  ((box.localName === 'aside' || roles.test(box.getAttribute('role') ?? '')) &&
    classesOf(box).some((name) => note.test(name)))
