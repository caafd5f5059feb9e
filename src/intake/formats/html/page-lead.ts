/** The picture that stands between the heading of a web page and its text, with what is said of it there. */
import { parseHTML } from 'linkedom'
import { isPicture } from '../../../media-kinds.ts'
import { pictureKey } from '../../../same-picture.ts'
import { cleanLine } from '../../../text.ts'
import { withPlainMedia } from '../../plain-media.ts'
import type { RawImage } from '../../raw-article.ts'
import type { Document, Element } from '../lines/page-elements.ts'
import { isProse, leastProse, type SizeOf, sizesIn } from '../lines/page-sizes.ts'
import { isCaptionName } from './page-captions.ts'
import { classesOf, namesOf } from './page-classes.ts'
import { isNamedDek } from './page-dek.ts'
import { isSign, type Owners, showsOwner } from './page-portraits.ts'

/** How publishing systems name the picture of a post. */
const namedLead =
  /(?:^| )(?:[a-z]+-)*(?:featured|lead|hero|cover|post|article|entry|page|story|field-name-field|main|header|top)-(?:[a-z]+-)*(?:image|img|media|photo|picture|thumbnail|thumb|cover|hero|figure)(?:-[a-z]+)*(?: |$)|(?:^| )(?:[a-z]+-)*(?:hero|entry-cover|post-thumbnail)(?: |$)/

/** Pictures of people, signs, and what is sold. */
const namedOther =
  /(?:^|[ -])(?:avatars?|authors?|bylines?|columnists?|contributors?|writers?|vcard|head-?shots?|(?<!(?:article|entry|post|story)-)mastheads?|branding|site-header|logos?|icons?|emojis?|profiles?|gravatar|sponsor(?:ed)?|ads?|adverts?|promos?|related|share|social|badges?|widgets?|sidebar|menu|nav|navigation|breadcrumbs?|cropped|banner-ad|comments?|slider|teasers?|cards?)(?:[ -]|$)/

/** What stands beside a story. */
const beside = 'aside, nav, footer, form, blockquote, table, ul, ol'

/** What may stand above a story's text. */
const noText = 'figure, aside, nav, details, form, dialog'

/** A heading has fewer boxes around it up to what holds its picture as well. */
const mostSteps = 4
/** So many pictures are looked at. */
const mostPictures = 30
/** What is smaller is a sign, or somebody's portrait. Pixels. */
const leastWidth = 200
/** A picture without a caption or a name is a story's if it is so wide. Pixels. */
const leastOfBare = 400
const longestCaption = 800
/** Of a picture that a script would have shown. */
const leastCaption = 25
const longestCredit = 160
/** Characters of HTML. */
const longestHolder = 100_000

const saysCredit =
  /^(?:©|\(c\)|(?:photo|photograph|image|picture|foto|fotos|bild|bilder|crédits?|credits?|quelle|source|symbol(?:bild|foto))\s?(?:credits?|by|von|de|courtesy)?\s?[:/©])/i
const namedCredit = /(?:^|-)(?:credits?|copyright|attribution|photographer|quelle)(?:-|$)/

/**
 * @param headings that may be the story's
 * @param dek of the page, which may stand above its picture
 * @param owners whose pictures are none of the story
 * @returns its address may be missing, where a script would have shown it; undefined where there is no such picture
 */
export function leadOf(
  document: Document,
  headings: readonly Element[],
  dek: string,
  owners: Owners,
): RawImage | undefined {
  const heading = headings.find(({ localName }) => localName === 'h1') ?? headings[0]
  const root = document.querySelector('body')
  if (!heading || !root) return undefined
  const sizeOf = sizesIn(root)
  for (const picture of picturesAbove(root, heading, dek, sizeOf)) {
    const holder = holderOf(picture, heading, sizeOf)
    if (!holder || !isLead(picture, holder, heading)) continue
    const image = imageIn(picture, holder)
    if (showsOwner(picture, image.caption ?? '', owners)) continue
    // A story may be about a logo.
    const isBare = !image.caption && !namedLead.test(namesAbove(picture, heading))
    if (isBare && isSign(picture)) continue
    if (image.url || (image.caption ?? '').length >= leastCaption) return image
  }
  return undefined
}

/** Pictures below the heading and above the text, then those that a post's own box has above its heading. */
function picturesAbove(root: Element, heading: Element, dek: string, sizeOf: SizeOf): Element[] {
  const post = heading.closest('article') ?? heading.closest('main, header')
  const above: Element[] = []
  const below: Element[] = []
  let isHeaded = false
  for (const element of root.querySelectorAll('img, figure, p, div, section, td, h1, h2')) {
    if (element === heading) isHeaded = true
    const isPlace = element.localName === 'img' || isWithoutPicture(element)
    if (isPlace && isHeaded) below.push(element)
    else if (isPlace && post?.contains(element)) above.push(element)
    else if (isHeaded && isText(element, sizeOf) && !isDek(element, dek, heading)) break
  }
  return [...below.slice(0, mostPictures), ...above.slice(0, mostPictures)]
}

/** Until its script has put one there. */
const isWithoutPicture = (element: Element) =>
  element.localName === 'figure' && !element.querySelector('img')

function isText(element: Element, sizeOf: SizeOf): boolean {
  if (element.closest(noText) || isOfWriters(element)) return false
  if (element.localName === 'p') return isProse(sizeOf(element))
  const own = [...element.childNodes].filter(({ nodeType }) => nodeType === 3)
  return own.reduce((sum, { textContent }) => sum + textContent.trim().length, 0) >= leastProse
}

const isOfWriters = (element: Element) =>
  /author|byline/.test(
    `${namesOf(element)} ${element.parentElement ? namesOf(element.parentElement) : ''}`,
  )

const isDek = (element: Element, dek: string, heading: Element) =>
  cleanLine(element.textContent) === dek ||
  element.closest('header')?.contains(heading) ||
  isNamedDek(element) ||
  (element.parentElement !== null && isNamedDek(element.parentElement))

/** Its figure, or what has the picture and its caption in it and nothing else; the picture itself where there is none. */
function holderOf(picture: Element, heading: Element, sizeOf: SizeOf): Element | undefined {
  const figure = picture.closest('figure')
  if (figure) return figure
  let holder = picture
  let one = picture.parentElement
  for (let step = 0; step < mostSteps && one && !one.contains(heading); step += 1) {
    if ([...one.querySelectorAll('img')].length > 1) break
    if (sizeOf(one).text > longestCaption) break
    const words = captionsIn(one).reduce((sum, caption) => sum + sizeOf(caption).text, 0)
    if (words !== sizeOf(one).text) break
    holder = one
    one = one.parentElement
  }
  return holder
}

const captionsIn = (holder: Element) => {
  const all = [...holder.querySelectorAll('[class], figcaption')].filter(
    (one) => one.localName === 'figcaption' || classesOf(one).some(isCaptionName),
  )
  return all.filter((one) => !all.some((other) => other !== one && other.contains(one)))
}

function isLead(picture: Element, holder: Element, heading: Element): boolean {
  if (holder.closest(beside)) return false
  const link = picture.closest('a[href]')
  if (link && !leadsToPicture(link.getAttribute('href') ?? '')) return false
  const post = holder.closest('article')
  // The heading may be one that stays at the top of the window.
  const isOther = heading.closest('article') !== null || !post?.querySelector('h1, h2')
  if (post && !post.contains(heading) && isOther) return false
  const names = namesAbove(picture, heading)
  if (namedOther.test(names)) return false
  const [width, height] = ['width', 'height'].map((name) => Number(picture.getAttribute(name)))
  if ((width && width < leastWidth) || (height && height < leastWidth / 2)) return false
  const isNamed = namedLead.test(names)
  if (isAbove(holder, heading)) return isNamed
  return (
    isNamed ||
    holder.localName === 'figure' ||
    captionsIn(holder).length > 0 ||
    (width ?? 0) >= leastOfBare
  )
}

const leadsToPicture = (address: string) =>
  address === '' || address.startsWith('#') || isPicture(address.replace(/[?#].*$/, ''))

/** Names of the picture and of what holds it, up to what the heading is in as well. */
function namesAbove(picture: Element, heading: Element): string {
  const names: string[] = []
  let one: Element | null = picture
  while (one && !one.contains(heading) && names.length <= mostSteps) {
    names.push(namesOf(one))
    one = one.parentElement
  }
  return names.join(' ')
}

/** Whether it stands before the heading. */
function isAbove(holder: Element, heading: Element): boolean {
  let around: Element | null = heading.parentElement
  while (around && !around.contains(holder)) around = around.parentElement
  for (const one of around?.querySelectorAll(`${heading.localName}, ${holder.localName}`) ?? []) {
    if (one === heading) return false
    if (one === holder) return true
  }
  return false
}

function imageIn(picture: Element, holder: Element): RawImage {
  const html = holder.outerHTML
  if (html.length > longestHolder) return {}
  const { document }: { document: Document } = parseHTML(`<body>${withPlainMedia(html)}</body>`)
  const [figure] = document.querySelectorAll('body > *')
  const image = figure?.localName === 'img' ? figure : figure?.querySelector('img')
  const address = image?.getAttribute('src') ?? ''
  const url = /^data:/i.test(address) ? '' : address
  const alt = cleanLine((image ?? picture).getAttribute('alt') ?? '')
  return { ...(url && { url }), ...(alt && !isFileName(alt) && { alt }), ...wordsIn(figure) }
}

const isFileName = (text: string) => /^\S+\.(?:jpe?g|png|webp|gif|avif)$/i.test(text)

/** What is said of the picture, and who made it. */
function wordsIn(figure: Element | undefined): Pick<RawImage, 'caption' | 'credit'> {
  if (!figure) return {}
  const sizeOf = sizesIn(figure)
  const credits = [...figure.querySelectorAll('*')].filter(
    (one) => sizeOf(one).text <= longestCredit && isCredit(one),
  )
  const credit = cleanLine(credits[0]?.textContent ?? '')
  for (const one of credits) one.remove()
  const texts = captionsIn(figure).map((one) => cleanLine(one.textContent))
  const caption = [...new Set(texts)]
    .map((text) => (credit && text.endsWith(credit) ? text.slice(0, -credit.length).trim() : text))
    .filter((text) => text !== '')
    .join(' ')
  if (caption === '' || caption.length > longestCaption) return credit ? { credit } : {}
  if (!credit && caption.length <= longestCredit && saysCredit.test(caption))
    return { credit: caption }
  return { caption, ...(credit && { credit }) }
}

function isCredit(element: Element): boolean {
  const text = cleanLine(element.textContent)
  if (text === '' || text.length > longestCredit || element.localName === 'figcaption') return false
  return saysCredit.test(text) || classesOf(element).some((name) => namedCredit.test(name))
}

/** A size, a day, or a server. */
const isNoName = /^(?:\d{0,4}-?x?\d+|\d{4}-\d\d-\d\d.{0,20}|.*\.[a-z]{2,4})$/

/** Parts of an address that name a picture: `4c113d3e-b078-4dd9-8c4b-24b103c17e6a`, `GettyImages-1242827431`. */
const parts = (url: string) =>
  new Set(
    pictureKey(url)
      .replace(/^(?:https?:)?\/\/[^/]*/, '')
      .split(/[/?&=,_@]|--|%2f/)
      .map((part) => part.replace(/\.(?:jpe?g|png|webp|avif|gif)$/, ''))
      .filter((part) => part.length >= 10 && /\d/.test(part) && !isNoName.test(part)),
  )

/** Whether two addresses are of one picture, which publishers may have cut in several shapes. */
export function isSamePicture(one: string, other: string): boolean {
  if (pictureKey(one) === pictureKey(other)) return true
  const known = parts(one)
  return [...parts(other)].some((part) => known.has(part))
}
