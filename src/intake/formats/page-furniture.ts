/** What stands in a page and is no part of its story, known by the names that publishing systems give it. */
import { cleanLine } from '../../text.ts'
import type { Element } from './page-facts.ts'
import { type Size, sizesIn } from './page-sizes.ts'

/** Names are compared as words with hyphens between them: `relatedStories` and `related_stories` are `related-stories`. */
interface Kind {
  readonly names: RegExp
  /** Whether an element of that name with so much text, in a page with so much, is none of the story. */
  readonly isSmall: (size: Size, page: Size) => boolean
}

const word = (names: string) => new RegExp(`(?:^|[- ])(?:${names})(?=$|[- ])`)

/** A quarter of the page's text is more than a box beside the story has. */
const isPart = ({ text }: Size, page: Size) => text * 4 < page.text

/** Of its text, most is links. */
const isLinks = (size: Size, page: Size) => size.linked * 2 >= size.text && size.text < page.text

const isLine = ({ text }: Size) => text <= 200

const kinds: readonly Kind[] = [
  {
    names: word(
      'cookie-?(?:banner|bar|consent|law|layer|message|notice|notification|overlay|policy|popup)|[a-z-]*cookie-(?:law|consent|notice)[a-z-]*|cookies?|consent|gdpr|onetrust[a-z-]*|notification-bar',
    ),
    // A post may be shorter than the notice.
    isSmall: (size, page) => size.text <= 1000 || isPart(size, page),
  },
  {
    names: word(
      'newsletters?(?:-[a-z-]+)?|(?:email|mail)-?signup|sign-?up(?:-[a-z]+)?|subscribe(?:-[a-z]+)?|subscription-[a-z]+|mailchimp|mc-embed-signup|[a-z]+-cta|cta-(?:box|wrap|block)|call-to-action',
    ),
    isSmall: isPart,
  },
  {
    names: word(
      'author-?(?:bio|box|info|card|flyout|profile|description|about)(?:-[a-z-]+)?|about-(?:the-)?author|bio-(?:box|container)',
    ),
    isSmall: isPart,
  },
  {
    names: word(
      'ad-(?:container|wrapper|slot|unit|label|text)|adverts?|advertisement|advertising|sponsored(?:-[a-z]+)?|(?:affiliate-)?disclosure|disclaimer-box|d-print-block|print-only|printonly|visible-print|copyright|legal-notice',
    ),
    isSmall: isPart,
  },
  {
    names: word(
      'share|sharing|share-?(?:bar|box|buttons?|icons?|links?|list|tools?|this)|social-?(?:bar|buttons?|icons?|links?|media|share|sharing|tools?)|sharedaddy|addtoany[a-z-]*|addthis[a-z-]*|sr-only|screen-reader-text|visually-hidden|visuallyhidden|off-screen|offscreen',
    ),
    isSmall: (size, page) => isLine(size) && isPart(size, page),
  },
  {
    names: word(
      '(?:[a-z]+-)*related(?:-?(?:articles?|content|entries|items?|links?|news|posts?|reading|stor(?:y|ies)|topics?|videos?))?(?:-[a-z]+)*|jp-relatedposts|more-(?:from|news|on|posts|stories|articles)(?:-[a-z]+)*|read-?(?:more|also|next)(?:-[a-z]+)*|also-?read|see-also|recommend(?:ed|ations?)?(?:-[a-z]+)*|most-?(?:popular|read|viewed|recent)(?:-[a-z]+)*|popular-(?:posts|stories|articles)|recent-(?:posts|stories|articles)|trending(?:-[a-z]+)*|you-may-(?:also-)?like|up-next|outbrain[a-z-]*|taboola[a-z-]*|rollover-block|bread-?crumbs?(?:-[a-z]+)*|post-?nav(?:igation)?|tags?-?(?:list|links)|tagcloud',
    ),
    isSmall: isLinks,
  },
  {
    names: word(
      'timestamp|time-stamp|byline(?:-[a-z]+)?|date-?line|pub-?date|publish(?:ed)?-?(?:date|time|on)|post-?(?:date|time)|entry-?(?:date|meta)|post-?meta(?:data)?|article-?(?:date|meta|timestamp|time)|posted-on|submitted(?:-[a-z]+)?|stor(?:y|ies)-?(?:date|timestamp)|reading-time|read-time|meta-date|date-(?:published|posted|header)|updated',
    ),
    isSmall: (size, page) => isLine(size) && isPart(size, page),
  },
]

/** Of longer ones only the beginning is compared. */
const longestNames = 200

/**
 * Takes out what is named as furniture and is small beside the page.
 * @param root of what is read
 * @param headings that may be the story's, which no furniture has in it
 * @returns the first line taken out that names who wrote
 */
export function removeFurniture(root: Element, headings: readonly Element[]): string | undefined {
  const sizeOf = sizesIn(root)
  const page = sizeOf(root)
  const above = new Set<Element | null>()
  for (const heading of headings) {
    for (let one: Element | null = heading; one && !above.has(one); one = one.parentElement) {
      above.add(one)
    }
  }
  let byline: string | undefined
  for (const element of root.querySelectorAll('[class], [id]')) {
    if (above.has(element) || storyElements.has(element.localName)) continue
    const names = namesOf(element)
    const kind = kinds.find((one) => one.names.test(names))
    if (!kind?.isSmall(sizeOf(element), page)) continue
    if (isWithin(element)) {
      // Readability goes by names as well.
      element.removeAttribute('class')
      continue
    }
    if (byline === undefined && namedByline.test(names)) byline = bylineIn(element)
    element.remove()
  }
  return byline
}

const namedByline = word('byline(?:-[a-z]+)?|submitted(?:-by)?')

const bylineIn = (element: Element) => cleanLine(element.textContent) || undefined

/** In a paragraph it is a word of that: the place, or when it is said. */
function isWithin(element: Element): boolean {
  const paragraph = element.parentElement?.closest('p')
  return paragraph ? paragraph.textContent.length > 2 * element.textContent.length + 50 : false
}

const storyElements = new Set(['html', 'body', 'article', 'main', 'figcaption', 'blockquote'])

const namedSide = word('(?:left-|right-)?side-?(?:bar|rail)')
const namedOthers = word(
  '(?:[a-z]+-)*(?:related|recent|popular|trending|recommended|comments?|tweets?)(?:-(?:articles?|content|entries|items?|list|news|posts?|stor(?:y|ies)|widget|wrapper|wrap))*',
)

/** Whether an element stands in a list of other stories, of posts of networks or of comments, or has one in it. */
export const isOfOthers = (element: Element) =>
  isNamed(element, [namedOthers]) ||
  [...element.querySelectorAll('[class]')].some((inner) => namedOthers.test(namesOf(inner)))

/** Whether it stands in whatever is beside a story. */
export const isBeside = (element: Element) =>
  element.closest('aside, nav') !== null || isNamed(element, [namedSide, namedOthers])

function isNamed(element: Element, names: readonly RegExp[]): boolean {
  for (let one: Element | null = element; one; one = one.parentElement) {
    if (storyElements.has(one.localName)) continue
    const itsNames = namesOf(one)
    if (names.some((name) => name.test(itsNames))) return true
  }
  return false
}

const namedDek = word(
  '(?:[a-z]+-)*(?:dek|standfirst|sub-?title|sub-?head(?:ing|line)?|summary|lead-in|excerpt|description|abstract|intro(?:duction)?|teaser)',
)

/** Takes out what is named as the dek and says it, which is shown above the text. */
export function removeDek(root: Element, dek: string): void {
  const sizeOf = sizesIn(root)
  const page = sizeOf(root)
  const size = dek.replace(/\s+/g, '').length
  for (const element of root.querySelectorAll('[class], [id]')) {
    if (sizeOf(element).text !== size || !namedDek.test(namesOf(element))) continue
    if (cleanLine(element.textContent) === dek && isPart(sizeOf(element), page)) element.remove()
  }
}

/** Its class and id, in words with hyphens. */
export function namesOf(element: Element): string {
  const names = `${element.getAttribute('class') ?? ''} ${element.getAttribute('id') ?? ''}`
  return cleanLine(names.slice(0, longestNames))
    .replaceAll(/(?<=[a-z])(?=[A-Z])/g, '-')
    .toLowerCase()
    .replaceAll(/[^a-z0-9 ]+/g, '-')
}
