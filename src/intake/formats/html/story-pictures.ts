/** Pictures that are left in a story and show nothing of it: who wrote it, what other stories are about, adverts. */
import { isPicture } from '../../../media-kinds.ts'
import { cleanLine } from '../../../text.ts'
import { isUnseen } from '../../unseen.ts'
import type { Element } from '../lines/page-elements.ts'
import { isFront } from './page-image.ts'

/** Pixels. */
const widestPortrait = 200

/** A story has fewer. */
const mostPictures = 500

/** @param of whom and where the story is; without an address nothing is known of where a link leads */
export function removeOthersPictures(
  story: Element,
  of: { readonly url: string | undefined; readonly authors: readonly string[] },
): void {
  const names = new Set(of.authors.map((name) => name.toLowerCase()))
  for (const image of [...story.querySelectorAll('img')].slice(0, mostPictures)) {
    const alt = cleanLine(image.getAttribute('alt') ?? '').toLowerCase()
    if (names.has(alt) && isSmallOrLinked(image)) removeWhole(image, story)
  }
  for (const link of picturesBelow(story)) {
    if (leadsElsewhere(link.getAttribute('href') ?? '', of.url)) removeWhole(link, story)
  }
}

function isSmallOrLinked(image: Element): boolean {
  const width = Number(image.getAttribute('width'))
  const link = image.closest('a[href]')
  return (width > 0 && width <= widestPortrait) || (link !== null && !isToPicture(link))
}

const isToPicture = (link: Element) => isPicture(link.getAttribute('href') ?? '')

/** Links around nothing but a picture below the last words of a story. */
function picturesBelow(story: Element): Element[] {
  const links = [...story.querySelectorAll('a[href]:has(img)')].slice(-mostPictures)
  const below: Element[] = []
  for (const link of links.reverse()) {
    const isBare = link.textContent.trim() === '' && !link.closest('figure:has(figcaption)')
    if (!isBare || hasWordsBehind(link, story)) break
    below.push(link)
  }
  return below
}

function hasWordsBehind(element: Element, story: Element): boolean {
  for (let one: Element | null = element; one && one !== story; one = one.parentElement) {
    for (let next = one.nextElementSibling; next; next = next.nextElementSibling) {
      if (next.textContent.trim() !== '') return true
    }
  }
  return false
}

/** To another page of the same site, or the front page of another one. What is below a story's address is its own. */
function leadsElsewhere(address: string, url: string | undefined): boolean {
  if (isFront(address)) return true
  if (!url || isPicture(address) || !URL.canParse(address, url)) return false
  const [to, own] = [new URL(address, url), new URL(url)]
  return to.host === own.host && !to.pathname.startsWith(own.pathname) && to.search === ''
}

/** With what has nothing else in it. */
function removeWhole(element: Element, story: Element): void {
  let whole = element
  for (let one = whole.parentElement; one && one !== story; one = one.parentElement) {
    if (one.textContent.trim() !== '' || [...one.querySelectorAll('img')].length > 1) break
    whole = one
  }
  whole.remove()
}

/** What counts readers would be taken for a picture of the story's, that stands below its text. */
export function removeUnseen(story: Element): void {
  for (const image of [...story.querySelectorAll('img')]) {
    const names = image.getAttributeNames()
    const attributes = names.map((name) => [name, image.getAttribute(name) ?? ''])
    if (isUnseen(Object.fromEntries(attributes))) image.remove()
  }
}
