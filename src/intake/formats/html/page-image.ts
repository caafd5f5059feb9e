/** The picture of a web page: what the page states of it, and what is shown of it above the text. */
import { pictureKey } from '../../../same-picture.ts'
import { cleanLine } from '../../../text.ts'
import type { RawImage } from '../../raw-article.ts'
import type { Element } from '../lines/page-elements.ts'
import type { Meta, Stated } from './page-facts.ts'
import { isSamePicture } from './page-lead.ts'

/** As its publisher states it. */
export function imageOf(stated: Stated, meta: Meta): RawImage | undefined {
  const urls = [...stated('image', 'url'), ...stated('image', 'contentUrl'), ...meta('og:image')]
  const url = urls.find((one) => !isFront(one))
  if (!url) return undefined
  const [alt] = meta('og:image:alt')
  const [caption] = stated('image', 'caption')
  const [credit] = stated('image', 'creditText')
  return { url, ...(alt && { alt }), ...(caption && { caption }), ...(credit && { credit }) }
}

/** The front page of a site, which templates write for a post without a picture. */
export const isFront = (url: string) => /^(?:https?:)?\/\/[^/?#]+\/?$/i.test(url)

/**
 * @param lead the picture above the text; where the page states another one, that counts, with what is said of this one
 * if both are the same
 */
export function withLead(
  image: RawImage | undefined,
  lead: RawImage | undefined,
  story: Element | null | undefined,
): RawImage | undefined {
  if (image?.url) {
    const isOfIt = lead && (!lead.url || isSamePicture(lead.url, image.url))
    const { caption, credit, alt } = isOfIt ? lead : {}
    const isSaid = credit && image.caption?.includes(credit)
    const words = {
      ...(alt && { alt }),
      ...(caption && { caption: withoutEnd(caption, image.credit) }),
      ...(credit && !isSaid && { credit }),
    }
    return { ...words, ...image }
  }
  if (!lead?.url) return undefined
  const { url } = lead
  const isShown = [...(story?.querySelectorAll('img') ?? [])].some((one) =>
    isSamePicture(one.getAttribute('src') ?? '', url),
  )
  return isShown ? undefined : lead
}

const withoutEnd = (text: string, end: string | undefined) =>
  end && text.endsWith(end) ? text.slice(0, -end.length).trim() : text

/**
 * Takes out the first image when it is the lead image, which is shown above the text.
 * @returns what is said of it there
 */
export function removeImage(story: Element, url: string, base: string | undefined): RawImage {
  const image = story.querySelector('img')
  if (!image || keyOf(image.getAttribute('src') ?? '', base) !== keyOf(url, base)) return {}
  const figure = figureOf(image)
  const words = figure?.querySelector('figcaption') ?? figure
  // Templates have a sign between a caption and a credit, of which one may be missing.
  const caption = cleanLine(words?.textContent ?? '').replace(/^[.,;:|/]\s+/, '')
  const alt = cleanLine(image.getAttribute('alt') ?? '')
  const removed = figure ?? image.closest('picture') ?? image
  const around = removed.parentElement
  removed.remove()
  for (let one = around; one && one !== story && isBare(one); ) {
    const next: Element | null = one.parentElement
    one.remove()
    one = next
  }
  return { ...(alt && { alt }), ...(caption && { caption }) }
}

/** The outermost that has no other picture in it. */
function figureOf(image: Element): Element | undefined {
  let found: Element | undefined
  for (let one = image.closest('figure'); one; one = one.parentElement?.closest('figure') ?? null) {
    if ([...one.querySelectorAll('img')].length > 1) break
    found = one
  }
  return found
}

/** A box, a link or a paragraph with nothing left in it. */
const isBare = (element: Element) =>
  element.textContent.trim() === '' && element.querySelector('*') === null

/** Of an image's address, in whatever size. */
function keyOf(url: string, base = 'https://newsstand.invalid/'): string {
  return pictureKey(URL.canParse(url, base) ? new URL(url, base).href : url)
}
