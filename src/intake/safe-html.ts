import sanitizeHtml from 'sanitize-html'
import { voidElements } from '../html.ts'
import { cleanText } from '../text.ts'
import { anchorOf } from './anchors.ts'
import { withoutEmptied } from './emptied.ts'
import {
  droppedInFormulas,
  formulaElements,
  isOfFormula,
  renamedInFormulas,
  soundInFormulas,
} from './formulas.ts'
import { deepestInPage, deepestInStory, mostElementsInAll } from './nesting.ts'
import { RejectionError } from './rejection.ts'
import { withSoundNesting } from './sound-nesting.ts'
import { isUnseen } from './unseen.ts'

/**
 * What an address in HTML becomes: another address, or undefined when it has to go.
 * A link may lead anywhere; media is what a reader loads by itself.
 */
export type Resolve = (url: string, kind: 'link' | 'media') => string | undefined

/** linkedom looks through all attributes of an element for each of them. */
const mostAttributes = 500

/** Attributes of all elements together: each takes 20 µs of Readability's time. */
const mostAttributesInAll = 100_000

/** RFC 9110 asks software to handle 8,000; looking at more would cost more than it brings. */
const longestUrl = 8000

const schemes = { media: ['http', 'https'], link: ['http', 'https', 'mailto', 'tel'] }

/** So often may cleaning change its own result. A million random documents needed three at most. */
const mostPasses = 10

/** Elements an article is made of, and what each may carry besides `id`, `lang` and `dir`. */
const elements: Readonly<Record<string, string[]>> = {
  ...withoutAttributes('p div h2 h3 h4 ul li dl dt dd blockquote pre hr br wbr figure figcaption'),
  ...withoutAttributes('em strong b i u s sub sup small mark cite q code kbd samp var dfn ins del'),
  ...withoutAttributes('bdi bdo ruby rt rp table caption colgroup thead tbody tfoot tr'),
  a: ['href', 'title'],
  abbr: ['title'],
  time: ['datetime'],
  ol: ['start', 'reversed', 'type'],
  col: ['span'],
  th: ['colspan', 'rowspan', 'scope'],
  td: ['colspan', 'rowspan'],
  img: ['src', 'alt', 'title', 'width', 'height'],
  audio: ['src', 'controls'],
  video: ['src', 'poster', 'controls', 'width', 'height'],
  source: ['src', 'type'],
  ...formulaElements,
}

function withoutAttributes(names: string): Record<string, string[]> {
  return Object.fromEntries(names.split(' ').map((name) => [name, []]))
}

/** What is inside these is not the story, or is markup that browsers read in other ways than we do. */
const droppedWithContent = [
  ...(
    'script style textarea noscript iframe object embed applet svg template title xmp plaintext ' +
    'noembed noframes select option optgroup datalist button canvas frameset'
  ).split(' '),
  ...droppedInFormulas,
]

/** Blocks that only lay out a page; as `div` their words do not run into their neighbours'. */
const layoutBlocks =
  'section article main header footer aside nav address hgroup center details dialog form fieldset search'.split(
    ' ',
  )

const renamed: Readonly<Record<string, string>> = {
  ...Object.fromEntries(layoutBlocks.map((name) => [name, 'div'])),
  // The title of the article is the only h1 of its page.
  h1: 'h2',
  h5: 'h4',
  h6: 'h4',
  summary: 'p',
  legend: 'p',
  strike: 's',
  tt: 'code',
  menu: 'ul',
  dir: 'ul',
  listing: 'pre',
  ...renamedInFormulas,
}

/** Headings become headings, which parse alike. */
const staysInPlace = new Set([...Object.keys(elements), ...droppedWithContent, 'h1', 'h5', 'h6'])

/**
 * HTML that may stand in a feed and in a page of ours: only an article's elements, no styles,
 * no scripts, no forms, no tracking pixels, only http, https, mailto and tel addresses, and no
 * character that XML forbids. Cleaning its own result changes nothing.
 * @param resolve is asked once for every address that is left
 * @throws RejectionError when elements are nested deeper, or there are more, than in any article
 */
export function safeHtml(html: string, resolve: Resolve): string {
  let { safe, isFinal } = cleanOnce(html, resolve)
  for (let pass = 0; pass < mostPasses; pass++) {
    if (isFinal) return safe
    const again = cleanOnce(safe, (url) => url)
    isFinal = again.safe === safe
    safe = again.safe
  }
  return `<p>${sanitizeHtml(safe, { allowedTags: [] })}</p>`
}

/**
 * Refuses HTML that is nested deeper than `deepestInPage`, or has more elements or attributes than anybody
 * writes, on one element or in all, by the parser that linkedom uses too.
 * @throws RejectionError
 */
export function refuseExcess(html: string): void {
  sanitizeHtml(html, { ...watchTags(), allowedTags: [], textFilter: () => '' })
}

/**
 * Hears what one run of sanitize-html meets on its way, and stops it where the depth gets costly.
 * @param onTag is told the name of each element
 */
function watchTags(onTag: (name: string) => void = () => {}) {
  let depth = 0
  let elementsInAll = 0
  let attributesInAll = 0
  return {
    onOpenTag(name: string, attributes: Attributes) {
      const count = Object.keys(attributes).length
      depth++
      elementsInAll++
      attributesInAll += count
      if (elementsInAll > mostElementsInAll || attributesInAll > mostAttributesInAll) {
        throw new RejectionError(
          `the HTML has more than ${mostElementsInAll} elements or ${mostAttributesInAll} attributes`,
          'Save the article alone, without the page around it, or split it into several.',
        )
      }
      if (count > mostAttributes) {
        throw new RejectionError(
          `the HTML has an element with more than ${mostAttributes} attributes`,
          'Write a tag without them, or close the quotation mark of the attribute before them.',
        )
      }
      if (depth > deepestInPage) {
        throw new RejectionError(
          `the HTML has elements nested more than ${deepestInPage} deep`,
          'Close every element, or take the wrappers around the text away.',
        )
      }
      onTag(name)
    },
    onCloseTag() {
      depth--
    },
  }
}

/**
 * One run of sanitize-html. It is final when every tag stayed or went with its content. But
 * without an element whose content stays, the neighbours may parse in another way: `<p><font><p>`
 * is a paragraph in a paragraph, and `<p><p>` is two. Only what parses the same again is safe
 * in every browser, so such HTML is cleaned until nothing changes.
 */
function cleanOnce(html: string, resolve: Resolve): { safe: string; isFinal: boolean } {
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
      img: (tagName, attribs) => ({ tagName, attribs: pictureAttributes(attribs, resolve) }),
      source: (tagName, attribs) => ({ tagName, attribs: mediaAttributes(attribs, resolve) }),
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

type Attributes = sanitizeHtml.Attributes

/**
 * The attributes with an id that may stand on a page of ours, and that no element before had. What old
 * pages lead to is the name of a link.
 */
function withAnchor(tagName: string, attribs: Attributes, ids: Set<string>): Attributes {
  const written = attribs.id ?? (tagName === 'a' ? attribs.name : undefined)
  if (written === undefined) return attribs
  const { id: _, ...others } = attribs
  const id = anchorOf(written)
  // A picture without an address has to go, and goes when it has no attribute at all.
  if (
    id === '' ||
    ids.has(id) ||
    !Object.hasOwn(elements, tagName) ||
    needsAddress(tagName, others)
  )
    return others
  ids.add(id)
  return { ...others, id }
}

const needsAddress = (tagName: string, { src }: Attributes) =>
  (tagName === 'img' || tagName === 'source') && !src

/** @returns what the picture shows and nothing else when it is not where it should be, and nothing when it has to go */
function pictureAttributes(attribs: Attributes, resolve: Resolve): Attributes {
  if (isUnseen(attribs)) return {}
  const resolved = withAddress(attribs, 'src', resolve)
  if (resolved.src) return resolved
  const { src, alt } = attribs
  return alt && addressIn(src, 'media') ? { alt } : {}
}

/** @returns no attributes at all when the address has to go */
function mediaAttributes(attribs: Attributes, resolve: Resolve): Attributes {
  const resolved = withAddress(attribs, 'src', resolve)
  return resolved.src ? resolved : {}
}

/** A player that nobody can start is of no use, so it always shows its controls. */
function playerAttributes(attribs: Attributes, resolve: Resolve): Attributes {
  const resolved = withAddress(withAddress(attribs, 'src', resolve), 'poster', resolve)
  return { ...resolved, controls: '' }
}

/** The attributes with one address resolved, or without it. */
function withAddress(
  attribs: Attributes,
  name: 'href' | 'src' | 'poster',
  resolve: Resolve,
): Attributes {
  const { [name]: written, ...others } = attribs
  const kind = name === 'href' ? 'link' : 'media'
  const url = addressIn(written, kind)
  const resolved = url && resolve(url, kind)
  return resolved ? { ...attribs, [name]: resolved } : others
}

/** An address that may be shown, if what is written is one. */
function addressIn(written: string | undefined, kind: keyof typeof schemes): string | undefined {
  // Browsers overlook line ends and control characters in addresses, as in `java\nscript:`.
  const url = (written ?? '').replace(/\p{Cc}/gu, '').trim()
  const isOne = url !== '' && url.length <= longestUrl && hasAllowedScheme(url, kind)
  return isOne ? url : undefined
}

/** An address without a scheme is relative, which is `resolve`'s to judge. */
function hasAllowedScheme(url: string, kind: keyof typeof schemes): boolean {
  const scheme = /^([a-z][a-z0-9+.-]*)\s*:/i.exec(url)?.[1]?.toLowerCase()
  return scheme === undefined || schemes[kind].includes(scheme)
}
