/** Captions that pages mark by a name alone, made those of their pictures; and embedded posts, which are quotations. */
import { attempt } from '../../../attempt.ts'
import { isPicture } from '../../../media-kinds.ts'
import { cleanLine, escapeAttribute, escapeText } from '../../../text.ts'
import { isWebUrl } from '../../../uri.ts'
import type { Element } from '../lines/page-elements.ts'
import { outermost, type Size, sizesIn } from '../lines/page-sizes.ts'
import { classesOf } from './page-classes.ts'

const named =
  /^(?:[a-z]+-){1,3}(?:image|img|photo|picture)-captions?$|^(?:(?:article|content|entry|featured|fig|figure|gallery|hero|image|img|inline|lead|main|media|photo|pic|picture|post|slide|story|wp|[a-z])-)*(?:captions?|cutline|credits?|legende|bildunterschrift|didascalia|pie-?de-?foto)(?:-(?:author|caption|content|credits?|full|inner|remote|source|text|truncated))*$/

/** Whether a class says that what has it is a caption. */
export const isCaptionName = (name: string) => named.test(name)

/** Longer text beside a picture is a story's. */
const longestCaption = 800

/** From a caption it is so many steps at most to what holds its picture as well. */
const mostSteps = 4

/** A picture has little to read besides its captions: who took it. */
const mostBesides = 40

/** An article has fewer; of each some elements are looked at. */
const mostCaptions = 200

/** Makes a figure of each picture whose caption is one by its class alone. */
export function markCaptions(root: Element): void {
  showGalleries(root)
  const sizeOf = sizesIn(root)
  const textOf = (element: Element) => sizeOf(element).text
  const captions = [...root.querySelectorAll('[class]')]
    .filter((element) => isCaption(element, sizeOf(element)))
    .slice(0, mostCaptions)
  const seen = new Set<string>()
  for (const caption of captions) {
    if (!root.contains(caption) || caption.closest('figure, table')) continue
    const holder = holderOf(caption, root)
    const of = captions.filter((one) => holder?.contains(one))
    const inner = of.filter((one) => !of.some((other) => other !== one && one.contains(other)))
    const said = inner.reduce((sum, one) => sum + textOf(one), 0)
    if (holder && textOf(holder) <= said + mostBesides) {
      for (const one of inner) seen.add(cleanLine(one.textContent))
      makeFigure(holder, inner)
    } else if (seen.has(cleanLine(caption.textContent))) caption.remove()
  }
}

/** Pictures that a list has as its terms, and their captions as what these mean, as older themes of WordPress have them. */
function showGalleries(root: Element): void {
  for (const list of [...root.querySelectorAll('dl:has(> dt img)')].slice(0, mostCaptions)) {
    const figures = [...list.querySelectorAll('dt')].map(figureOfTerm)
    if (!figures.includes(undefined)) list.outerHTML = figures.join('')
  }
}

/** @returns undefined where there is none, or it leads to another story */
function figureOfTerm(term: Element): string | undefined {
  const next = term.nextElementSibling
  const caption = next?.localName === 'dd' ? cleanLine(next.textContent) : ''
  const link = term.querySelector('a[href]')
  const isOwn = !link || isPicture(link.getAttribute('href') ?? '') || caption !== ''
  const isPlain = caption.length <= longestCaption && !next?.querySelector('a')
  if (!term.querySelector('img') || term.textContent.trim() !== '' || !isOwn || !isPlain)
    return undefined
  const said = caption && `<figcaption><p>${escapeText(caption)}</p></figcaption>`
  return `<figure>${(link ?? term).innerHTML}${said}</figure>`
}

/** One that has the picture in it stays as it is; one of links is the headline of another story. */
const isCaption = (element: Element, { text, linked, shown }: Size) =>
  text > 0 &&
  text <= longestCaption &&
  linked * 2 < text &&
  shown === 0 &&
  classesOf(element).some(isCaptionName) &&
  !element.querySelector('img')

/** What has the picture of a caption, and no other one. */
function holderOf(caption: Element, root: Element): Element | undefined {
  let holder = caption.parentElement
  for (let step = 0; step < mostSteps && holder && holder !== root; step += 1) {
    const images = [...holder.querySelectorAll('img')]
    // Scripts show it later in the place of an empty one.
    const loaded = images.filter((image) => !image.closest('noscript'))
    if (images.length > 0) return loaded.length <= 1 ? holder : undefined
    holder = holder.parentElement
  }
  return undefined
}

/** The caption with the most words is the picture's; the others say the same, or who made it. */
function makeFigure(holder: Element, captions: readonly Element[]): void {
  const texts = [...new Set(captions.map((one) => cleanLine(one.textContent)))]
  const said = texts.filter((text) => !texts.some((other) => repeats(other, text)))
  const figcaption = holder.ownerDocument.createElement('figcaption')
  // Readability takes out what has more pictures than paragraphs.
  figcaption.innerHTML = `<p>${escapeText(said.join(' '))}</p>`
  const [first, ...others] = captions
  for (const one of others) one.remove()
  first?.replaceWith(figcaption)
  const html = `<figure>${holder.innerHTML}</figure>`
  // Readability drops each aside.
  if (holder.localName === 'aside') holder.outerHTML = html
  else holder.innerHTML = html
}

/** Whether a text says all of another, which may end in dots there. */
const repeats = (text: string, other: string) =>
  text.length > other.length && text.startsWith(other.replace(/\s*(?:…|\.{3})$/, ''))

const posts =
  'blockquote:is([class*="twitter-" i], [class*="instagram-" i], [class*="tiktok-" i], [class*="bluesky-" i], [class*="mastodon-" i], [class*="reddit-" i], [class*="text-post-media" i], [cite*="facebook.com" i])'

/** A post that nobody can see any more says no more than where it was. */
const lostPost =
  /^(?:this )?(?:tweet|post|video)\b.{0,40}\b(?:deleted|unavailable|removed|not available)\b.{0,40}$/i

function showAddress(post: Element): void {
  const links = [...post.querySelectorAll('a[href]')]
  const [link] = links
  if (!link || links.length > 1 || !lostPost.test(cleanLine(post.textContent))) return
  const address = link.getAttribute('href') ?? ''
  const shown = address.replace(/^(?:https?:)?\/\/(?:www\.)?/, '').replace(/[?#].*$/, '')
  link.innerHTML = escapeText(shown)
}

/** An article has fewer. */
const mostPosts = 200

/** Posts as Substack shows them: links without a paragraph, which say in data where they lead and what they say. */
function quotePosts(root: Element): void {
  for (const box of [...root.querySelectorAll('div.tweet[data-attrs]')].slice(0, mostPosts)) {
    const post = postIn(box.getAttribute('data-attrs') ?? '')
    if (!post) continue
    const link = `<a href="${escapeAttribute(post.url)}">${escapeText(post.date)}</a>`
    box.outerHTML = `<blockquote><p>${escapeText(post.text)}</p><p>— ${escapeText(post.who)}, ${link}</p></blockquote>`
  }
}

function postIn(data: string) {
  const post: unknown = attempt(() => JSON.parse(data))
  const said = (key: string) => {
    const value = post && typeof post === 'object' ? Object.entries(post) : []
    const [, text] = value.find(([known]) => known === key) ?? []
    return typeof text === 'string' ? cleanLine(text.replaceAll(/<[^<>]*>/g, '')) : ''
  }
  const [url, text, user] = [said('url'), said('full_text'), said('username')]
  if (!isWebUrl(url) || text === '' || user === '') return undefined
  const name = said('name')
  const who = name === '' ? `@${user}` : `${name} (@${user})`
  return { url, text, who, date: said('date') || url }
}

/** Embedded posts lose the names for which they would be taken for buttons to share a page. */
export function keepPosts(root: Element): void {
  quotePosts(root)
  const sizeOf = sizesIn(root)
  for (const list of root.querySelectorAll(`:is(ul, ol):has(> li > ${posts})`)) {
    const all = outermost([...list.querySelectorAll(posts)])
    const sum = all.reduce((text, post) => text + sizeOf(post).text, 0)
    // Side by side they are a list of links to Readability.
    if (sum === sizeOf(list).text) list.replaceWith(...all)
  }
  for (const post of root.querySelectorAll(posts)) {
    showAddress(post)
    for (let one: Element | null = post; one && one !== root; one = one.parentElement) {
      if (sizeOf(one).text > sizeOf(post).text) break
      one.removeAttribute('class')
      one.removeAttribute('id')
    }
  }
}
