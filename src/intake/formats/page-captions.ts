/** Captions that pages mark by a name alone, made those of their pictures; and embedded posts, which are quotations. */
import { cleanLine, escapeText } from '../../text.ts'
import type { Element } from './page-facts.ts'
import { namesOf } from './page-furniture.ts'
import { sizesIn } from './page-sizes.ts'

const named =
  /(?:^|[- ])(?:[a-z]+-)*(?:captions?|cutline|credits?|(?:image|photo)-?credit)(?:-(?:full|text|truncated|remote|inner|content|source|credit|author))*(?=$| )/

/** Longer text beside a picture is a story's. */
const longestCaption = 800

/** From a caption it is so many steps at most to what holds its picture as well. */
const mostSteps = 4

/** An article has fewer; of each some elements are looked at. */
const mostCaptions = 200

/** Makes a figure of each picture whose caption is one by its name alone. */
export function markCaptions(root: Element): void {
  const sizeOf = sizesIn(root)
  const seen = new Set<string>()
  const captions = [...root.querySelectorAll('[class]')].filter((element) => {
    const { text } = sizeOf(element)
    return text > 0 && text <= longestCaption && named.test(namesOf(element))
  })
  for (const caption of captions.slice(0, mostCaptions)) {
    if (!root.contains(caption) || caption.closest('figure, table')) continue
    const text = cleanLine(caption.textContent)
    const holder = holderOf(caption, root, (element) => sizeOf(element).text)
    if (holder) {
      const of = captions.filter((one) => holder.contains(one))
      const texts = of.map((one) => cleanLine(one.textContent))
      seen.add(text)
      for (const one of texts) seen.add(one)
      makeFigure(holder, of)
    } else if (seen.has(text)) caption.remove()
  }
}

/** What has the picture of a caption, and no text besides it to speak of. */
function holderOf(caption: Element, root: Element, textOf: (element: Element) => number) {
  let holder: Element | null = caption
  for (let step = 0; step < mostSteps && holder && holder !== root; step += 1) {
    if (textOf(holder) > 2 * textOf(caption) + 100) return undefined
    if (holder.querySelector('img, picture')) return holder
    holder = holder.parentElement
  }
  return undefined
}

/** The innermost of the captions with the most words is the picture's; the others say the same, or who made it. */
function makeFigure(holder: Element, captions: readonly Element[]): void {
  const inner = captions.filter((one) => !captions.some((two) => two !== one && one.contains(two)))
  const texts = [...new Set(inner.map((one) => cleanLine(one.textContent)))]
  const said = texts.filter((text) => !texts.some((other) => repeats(other, text)))
  const figcaption = holder.ownerDocument.createElement('figcaption')
  // Readability takes out what has more pictures than paragraphs.
  figcaption.innerHTML = `<p>${escapeText(said.join(' '))}</p>`
  const [first, ...others] = inner
  for (const one of others) one.remove()
  first?.replaceWith(figcaption)
  if (holder === first) return
  holder.innerHTML = `<figure>${holder.innerHTML}</figure>`
}

/** Whether a text says all of another, which may end in dots there. */
const repeats = (text: string, other: string) =>
  text.length > other.length && text.startsWith(other.replace(/\s*(?:…|\.{3})$/, ''))

const posts =
  'blockquote:is([class*="twitter-" i], [class*="instagram-" i], [class*="tiktok-" i], [class*="bluesky-" i], [class*="mastodon-" i], [class*="reddit-" i], [class*="text-post-media" i], [cite*="facebook.com" i])'

/** Embedded posts lose the names for which they would be taken for buttons to share a page. */
export function keepPosts(root: Element): void {
  const sizeOf = sizesIn(root)
  for (const post of root.querySelectorAll(posts)) {
    for (let one: Element | null = post; one && one !== root; one = one.parentElement) {
      if (sizeOf(one).text > sizeOf(post).text) break
      one.removeAttribute('class')
      one.removeAttribute('id')
    }
  }
}
