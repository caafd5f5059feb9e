/** Pictures among the paragraphs of a story that Readability drops for their names, for a button around them, or as hidden. */
import { isPicture } from '../../../media-kinds.ts'
import { pictureKey } from '../../../same-picture.ts'
import type { Element } from '../lines/page-elements.ts'
import { isProse, type SizeOf, sizesIn } from '../lines/page-sizes.ts'
import { namesOf } from './page-classes.ts'

/** An article has fewer. */
const mostPictures = 300
/** So many elements beside a picture are looked at. */
const mostSteps = 8
/** What is smaller is a sign, or somebody's portrait. Pixels. */
const leastWidth = 200
const longestCaption = 800

/** For these Readability takes what has them for a part of the page's frame. */
const frame =
  /banner|comm(?:ent|unity)|contact|cover-wrap|extra|footer|header|hidden|legends|masthead|media|menu|meta|pag(?:er|ination)|popup|promo|related|remark|replies|scroll|shar(?:e|ing)|shopping|sidebar|skyscraper|social|supplemental|tags|widget/
const picture =
  /(?:^|[ -])(?:images?|img|pictures?|pics?|photos?|photographs?|galler(?:y|ies)|illustrations?|foto|bild)(?:[ -]|$)/
const enlarges = /(?:^|[ -])(?:zoom|light-?box|enlarge|expand|magnif|full-?screen)/
/** Of people, sites, and what is sold. */
const ofOthers =
  /(?:^|[ -])(?:ads?|adverts?|advertisements?|avatars?|authors?|badges?|bylines?|emojis?|gravatar|icons?|logos?|profiles?|sponsor(?:ed|s)?|teasers?)(?:[ -]|$)/

const hidden = '[aria-hidden="true" i]'

/** @param root of what is read, without the furniture of the page */
export function keepPictures(root: Element): void {
  const sizeOf = sizesIn(root)
  const images = [...root.querySelectorAll('img')]
  const seen = new Set(images.filter((one) => !isUnseen(one)).map(keyOf))
  const kept = new Set<Element>()
  let isInText = false
  let count = 0
  for (const element of root.querySelectorAll(`p, button, [class], [id], ${hidden}`)) {
    if (element.localName === 'p' && isProse(sizeOf(element))) isInText = true
    if (!isInText || !(isNamed(element) || isButton(element) || isHidden(element, seen))) continue
    count += 1
    if (count > mostPictures) break
    const box = element.closest('figure') ?? element
    if (showsPictures(box, sizeOf) && isAmongProse(box, root, sizeOf, kept)) kept.add(box)
  }
  for (const box of kept) free(box)
}

/** For the frame of the page and for a picture at once, also where the picture's own box is named for that. */
function isNamed(element: Element): boolean {
  const own = namesOf(element)
  if (!frame.test(own)) return false
  const names = [own]
  for (
    let one = element.querySelector('img')?.parentElement;
    one && one !== element;
    one = one.parentElement
  )
    names.push(namesOf(one))
  return names.some((name) => picture.test(name)) && !ofOthers.test(names.join(' '))
}

/** One that shows its picture in larger size, and no sign of what else it does. */
function isButton(element: Element): boolean {
  const image = element.localName === 'button' ? element.querySelector('img') : null
  if (!image) return false
  const around = element.parentElement ?? element
  const names = [around, element, image].map(namesOf).join(' ')
  const isLarge = Number(image.getAttribute('width')) >= leastWidth
  return !ofOthers.test(names) && (isLarge || enlarges.test(names) || picture.test(names))
}

/** In a figure that shows nothing else: beside a picture, one that is hidden is its shadow, and elsewhere its copy. */
function isHidden(element: Element, seen: ReadonlySet<string>): boolean {
  const figure = element.getAttribute('aria-hidden') ? element.closest('figure') : null
  const images = [...(figure?.querySelectorAll('img') ?? [])]
  return images.length > 0 && images.every((one) => isUnseen(one) && !seen.has(keyOf(one)))
}

const isUnseen = (image: Element) => image.closest(hidden) !== null

const keyOf = (image: Element) => pictureKey(image.getAttribute('src') ?? '')

/** Large ones, with no more than a caption, which lead to no page. */
function showsPictures(box: Element, sizeOf: SizeOf): boolean {
  const images = box.localName === 'img' ? [box] : [...box.querySelectorAll('img')]
  if (images.length === 0 || images.some(isSmall)) return false
  if (
    sizeOf(box).text > longestCaption ||
    box.parentElement?.closest(beside) ||
    box.querySelector(others)
  )
    return false
  const around = box.closest('a[href]')
  const links = [...(around ? [around] : []), ...box.querySelectorAll('a[href]')]
  return links.every((link) => leadsToPicture(link.getAttribute('href') ?? ''))
}

const beside = 'aside, nav, footer, form, table'
const others = 'h1, h2, h3, h4, ul, ol, form, input, iframe, blockquote, table'

const isSmall = (image: Element) =>
  isLess(image.getAttribute('width'), leastWidth) ||
  isLess(image.getAttribute('height'), leastWidth / 2)

const isLess = (size: string | null, least: number) => Boolean(size) && Number(size) < least

const leadsToPicture = (address: string) =>
  address === '' || address.startsWith('#') || isPicture(address.replace(/[?#].*$/, ''))

/** Whether it stands in a paragraph, or beside one, with nothing between them but other pictures. */
function isAmongProse(
  box: Element,
  root: Element,
  sizeOf: SizeOf,
  kept: ReadonlySet<Element>,
): boolean {
  const isSilent = (one: Element) => sizeOf(one).text === 0 || kept.has(one)
  const isWithWords = (one: Element | null) => one !== null && isProse(sizeOf(one))
  if (isWithWords(box.closest('p'))) return true
  let outer = box
  for (let one = box.parentElement; one && one !== root; one = one.parentElement) {
    if (sizeOf(one).text > sizeOf(box).text) break
    outer = one
  }
  return (['previousElementSibling', 'nextElementSibling'] as const).some((way) => {
    let one = outer[way]
    for (let step = 0; step < mostSteps && one && isSilent(one); step += 1) one = one[way]
    return isWithWords(one)
  })
}

/** Takes away what it would be dropped for; of a button its pictures stay. */
function free(box: Element): void {
  for (const one of [box, ...box.querySelectorAll('*')]) {
    for (const name of ['class', 'id', 'aria-hidden']) one.removeAttribute(name)
  }
  const inner = [...box.querySelectorAll('button')]
  for (const button of box.localName === 'button' ? [box] : inner) {
    button.replaceWith(...elementsIn(button).filter(hasPicture))
  }
  if (beside.split(', ').includes(box.localName)) box.outerHTML = `<div>${box.innerHTML}</div>`
}

const elementsIn = (element: Element) =>
  [...element.childNodes].filter((node): node is Element => node.nodeType === 1)

const hasPicture = (element: Element) =>
  element.localName === 'img' || element.querySelector('img') !== null
