import sanitizeHtml from 'sanitize-html'
import { type Change, changeHtml, voidElements } from '../html.ts'
import { cleanText } from '../text.ts'
import { withoutEmptied } from './emptied.ts'
import { isOfFormula, soundInFormulas } from './formulas.ts'
import { watchTags } from './html-excess.ts'
import { deepestInStory } from './nesting.ts'
import {
  cellAttributes,
  mediaAttributes,
  pictureAttributes,
  playerAttributes,
  type Resolve,
  type SizeOf,
  schemes,
  withAddress,
  withAnchor,
  withSize,
} from './safe-attributes.ts'
import { droppedWithContent, elements, renamed, staysInPlace } from './safe-elements.ts'
import { withSoundNesting } from './sound-nesting.ts'

/** So often may cleaning change its own result. A million random documents needed three at most. */
const mostPasses = 10

/**
 * HTML that may stand in a feed and in a page of ours: only an article's elements, no styles,
 * no scripts, no forms, no tracking pixels, only http, https, mailto and tel addresses, and no
 * character that XML forbids. Cleaning its own result changes nothing.
 * @param resolve is asked once for every address that is left
 * @param sizeOf is asked once for every picture that states no size
 * @throws RejectionError when elements are nested deeper, or there are more, than in any article
 */
export function safeHtml(html: string, resolve: Resolve, sizeOf: SizeOf = unknown): string {
  let { safe, isFinal } = cleanOnce(html, resolve, sizeOf)
  for (let pass = 0; pass < mostPasses; pass++) {
    if (isFinal) return belowTitle(safe)
    const again = cleanOnce(safe, (url) => url, unknown)
    isFinal = again.safe === safe
    safe = again.safe
  }
  return `<p>${sanitizeHtml(safe, { allowedTags: [] })}</p>`
}

const unknown = () => undefined

/** The title of the article is the only h1 of its page: where the text has any, all of its headings go a level down. */
const belowTitle = (html: string): string =>
  html.includes('<h1') ? changeHtml(html, oneDown) : html

const oneDown: Change = (next) => ({
  open: (name, attributes) => next.open(levelBelow(name), attributes),
  close: (name) => next.close(levelBelow(name)),
  text: (text) => next.text(text),
})

/** Of other elements, themselves. */
const levelBelow = (name: string) =>
  /^h[1-6]$/.test(name) ? `h${Math.min(Number(name.slice(1)) + 1, 6)}` : name

/**
 * One run of sanitize-html. It is final when every tag stayed or went with its content. But
 * without an element whose content stays, the neighbours may parse in another way: `<p><font><p>`
 * is a paragraph in a paragraph, and `<p><p>` is two. Only what parses the same again is safe
 * in every browser, so such HTML is cleaned until nothing changes.
 */
function cleanOnce(
  html: string,
  resolve: Resolve,
  sizeOf: SizeOf,
): { safe: string; isFinal: boolean } {
  let hasUnwrapped = false
  const ids = new Set<string>()
  const watching = watchTags((name) => {
    if (!staysInPlace.has(name)) hasUnwrapped = true
  })
  const clean = sanitizeHtml(html, {
    ...watching,
    allowedTags: Object.keys(elements),
    allowedAttributes: { ...elements, '*': ['id', 'lang', 'dir'] },
    nonTextTags: droppedWithContent,
    nestingLimit: deepestInStory,
    selfClosing: [...voidElements],
    allowedSchemes: schemes.media,
    allowedSchemesByTag: { a: schemes.link },
    transformTags: {
      ...renamed,
      a: (tagName, attribs) => ({ tagName, attribs: withAddress(attribs, 'href', resolve) }),
      img: (tagName, attribs) => ({
        tagName,
        attribs: withSize(pictureAttributes(attribs, resolve), sizeOf),
      }),
      source: (tagName, attribs) => ({ tagName, attribs: mediaAttributes(attribs, resolve) }),
      th: (tagName, attribs) => ({ tagName, attribs: cellAttributes(attribs) }),
      td: (tagName, attribs) => ({ tagName, attribs: cellAttributes(attribs) }),
      audio: (tagName, attribs) => ({ tagName, attribs: playerAttributes(attribs, resolve) }),
      video: (tagName, attribs) => ({ tagName, attribs: playerAttributes(attribs, resolve) }),
      '*': (tagName, attribs) => ({
        tagName,
        attribs: withAnchor(
          tagName,
          isOfFormula(tagName) ? soundInFormulas(attribs) : attribs,
          ids,
        ),
      }),
    },
  })
  const clear = cleanText(clean)
  const sound = withSoundNesting(clear)
  const { html: safe, hasUnwrapped: hasUnwrappedLinks } = withoutEmptied(sound)
  return { safe, isFinal: !hasUnwrapped && !hasUnwrappedLinks && sound === clear }
}
