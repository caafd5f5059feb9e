/** The box of a page that is named for the text of its story: of a short one Readability prefers what stands around it. */
import { randomUUID } from 'node:crypto'
import { cleanLine } from '../../../text.ts'
import { type Element, startOf } from '../lines/page-elements.ts'
import { isProse, outermost, type SizeOf, sizesIn } from '../lines/page-sizes.ts'
import { isNamedForOthers, namesOf } from './page-classes.ts'
import { tells } from './page-own-prose.ts'

/** Says in the page that Readability reads which box that is; no page has it. */
const mark = `data-body-${randomUUID()}`

const boxes = ':is(div, section)[class], :is(div, section)[id], [itemprop], [property]'
const stated = /(?:^|[\s:])articleBody(?=\s|$)/i
const named =
  /(?:^| )(?:(?:wp-block-|blog-|field-name-)?(?:article|body|entry|item|post|story)-(?:body|content|text)|(?:e|available)-content|field-name-body|entry)(?= |$)/

const outside = 'aside, nav, footer, form, li, blockquote, figure'

/** Of longer ones Readability finds the text. */
const mostText = 500

/** What may have more words than the text has. */
const wholes = 'figure, table, pre, blockquote'
const shown = 'img, picture, iframe, embed, object, video, audio, table, blockquote, pre'

/** Marks the only box that is named so, below the heading, when it is short. @param headings that may be the story's */
export function markNamedBody(root: Element, headings: readonly Element[]): void {
  const all = [...root.querySelectorAll('*')]
  const own = headings.filter((heading) => root.contains(heading))
  const first = own[0] ? all.indexOf(own[0]) : -1
  const found = [...root.querySelectorAll(boxes)].filter(
    (box) =>
      isNamed(box) &&
      all.indexOf(box) > first &&
      !own.some((heading) => box.contains(heading)) &&
      !isOfOthers(box, root, own, all),
  )
  const [body, another] = outermost(found)
  if (!body || another || !isShort(body, sizesIn(body))) return
  if (!saysNothing(body) || !hasTextBeside(body, root, own)) body.setAttribute(mark, '')
}

const longestLine = 100
const ending = /[.!?…。？！؟۔।]["”’»)」』]?$/u

/** Whether it has a label, a byline or pictures alone. */
function saysNothing(body: Element): boolean {
  const text = cleanLine(startOf(body, 2 * longestLine))
  return text.length <= longestLine && !ending.test(text)
}

/** One paragraph may say what a site is about. */
const leastBeside = 2

/** Whether paragraphs that say something stand beside it, below the heading, in no box of others. */
function hasTextBeside(body: Element, root: Element, headings: readonly Element[]): boolean {
  const sizeOf = sizesIn(root)
  let count = 0
  for (let one = body; one !== root && one.parentElement; one = one.parentElement) {
    if (headings.some((heading) => one.contains(heading))) break
    for (const side of ['previousElementSibling', 'nextElementSibling'] as const) {
      for (let next = one[side]; next; next = next[side]) {
        if (isText(next, sizeOf)) count += proseIn(next, sizeOf)
        if (count >= leastBeside) return true
      }
    }
  }
  return false
}

const isText = (box: Element, sizeOf: SizeOf) =>
  sizeOf(box).linked * 4 <= sizeOf(box).text &&
  !isNamedForOthers(namesOf(box)) &&
  !['article', 'header', 'aside', 'nav', 'footer', 'form'].includes(box.localName)

const proseIn = (box: Element, sizeOf: SizeOf) =>
  [box, ...box.querySelectorAll('p')].filter(
    (one) => one.localName === 'p' && isProse(sizeOf(one)) && tells(one, sizeOf),
  ).length

/** @returns a copy of it, as Readability uses up the page */
export function namedBodyOf(page: Element): Element | undefined {
  const body = page.querySelector(`[${mark}]`)
  body?.removeAttribute(mark)
  return body?.cloneNode(true)
}

/** Whether what was found has what the box has, and nothing else: then it is written more plainly. */
export function isAllOf(found: Element, body: Element): boolean {
  const [one, other] = [found, body].map((element) => sizesIn(element)(element))
  return one?.text === other?.text && one?.shown === other?.shown
}

function isNamed(box: Element): boolean {
  const says = `${box.getAttribute('itemprop') ?? ''} ${box.getAttribute('property') ?? ''}`
  return stated.test(says) || named.test(namesOf(box))
}

/** Whether it stands in a box of another story, of a reader or an author. */
function isOfOthers(
  box: Element,
  root: Element,
  headings: readonly Element[],
  all: readonly Element[],
): boolean {
  if (box.closest(outside)) return true
  for (let one: Element | null = box; one && one !== root; one = one.parentElement) {
    if (headings.some((heading) => one?.contains(heading))) return false
    if (isNamedForOthers(namesOf(one))) return true
    const own = one.localName === 'article' ? one.querySelector('h1, h2, h3') : null
    // Below the story's it is that of another.
    if (headings.length > 0 && own && all.indexOf(own) < all.indexOf(box)) return true
  }
  return false
}

/** Of one link, or of files, a post may be made. */
const hasSeveralLinks = (body: Element) =>
  [...body.querySelectorAll('a[href]')].filter((link) => !isFile(link.getAttribute('href') ?? ''))
    .length > 1

const isFile = (url: string) =>
  /\.(?:pdf|docx?|odt|xlsx?|ods|pptx?|zip|mp3|csv|epub)(?:[?#]|$)/i.test(url)

/** Has something to read or to see, few words besides those of what is shown whole, and is no list of links. */
function isShort(body: Element, sizeOf: SizeOf): boolean {
  const { text, linked } = sizeOf(body)
  if ((linked * 2 > text && hasSeveralLinks(body)) || (text === 0 && !body.querySelector(shown)))
    return false
  const ofWholes = outermost([...body.querySelectorAll(wholes)])
  return ofWholes.reduce((rest, one) => rest - sizeOf(one).text, text) <= mostText
}
