/** Tells the lines that TRT's page layout puts around any story: buttons, the menu, links to other stories. */
import {
  folded,
  isWord,
  languages,
  listed,
  longestWord,
  spellings,
  startOf,
  startsOf,
} from '../lines/page-word-lists.ts'

/** Lines that TRT's page frame puts around any story start like this. */
const pageSentences = [
  'Sneak a peek at TRT',
  'Here’s a sneak peek at',
  'TRT vous raconte tout ce qui',
  'Video Player is loading',
  'Pata habari zaidi kupitia',
]

/** TRT's menu, whose words a crawler glues together. */
const menu = /^[\p{Lu} &-]*(?:\p{Lu}TÜRKİYE|TÜRKİYE\p{Lu})[\p{Lu} &-]*$/u

const explore = folded('explore')
/** Before the headline of another story, or alone. */
const more = folded('more')
const link = new Set([...folded('related'), ...more])
const button = folded('buttons')
/** The longest headline of another story. */
const longestLink = 400

/** No shorter word of the frame has anything behind it on its line. */
const lettersOfFrame = 4
const startsOfFrame = startsOf(
  [
    ...pageSentences,
    ...languages.flatMap(([language, { related, more: continued, explore: ends, buttons }]) =>
      spellings(language, [related, continued, ends, buttons].join(', ').split(', ')),
    ),
  ],
  lettersOfFrame,
)
const mayBeFrame = (line: string) => startsOfFrame.has(startOf(line, lettersOfFrame))

/** What TRT World once had above the dek of each story. */
export const isFastNews = (line: string) => line === 'Fast News'

/** A line that belongs to the page and not to its story. */
export function isPageFrame(line: string): boolean {
  if (line.length > longestLink) return false
  if (isCapital(line.charCodeAt(1)) && menu.test(line)) return true
  if (!mayBeFrame(line)) return false
  return isWord(link, line) || isWord(button, line) || isSentenceOfPage(line) || isLinkToStory(line)
}

/** A series of TRT's; the other buttons are words that anybody uses. */
const series = 'Route 6'

/** A line of the frame that people write below texts of their own too: "Subscribe", "Read more: A headline". */
export const isTypedToo = (line: string) =>
  (isWord(button, line) && line !== series) ||
  isWord(more, line.split(':', 1)[0] ?? '') ||
  readMoreOn.test(line)

/** Of the menu, which is in capitals. */
const isCapital = (code: number) => code >= 0x41 && code <= 0x5a

/** The section in "World Share", with the button that a crawler put beside it; undefined where there is none. */
export function withoutButton(line: string): string | undefined {
  const end = line.length <= longestWord && line.endsWith(' Share') ? line.lastIndexOf(' ') : -1
  return end > 0 ? line.slice(0, end) : undefined
}

/** "World Share"; of more words it may be a title. */
export const isSectionWithButton = (line: string) => withoutButton(line)?.includes(' ') === false

const isSentenceOfPage = (line: string) => pageSentences.some((start) => line.startsWith(start))

/** "Related TRT World - A headline", "RelatedA headline", "READ MORE: A headline", also without the blank. */
function isLinkToStory(line: string): boolean {
  const start = line.slice(0, longestWord)
  // The headline may have a colon of its own.
  const ofTrt = start.includes(' TRT ') ? line.search(linkToTrt) : -1
  const end = ofTrt === -1 ? start.indexOf(':') : ofTrt
  if (end >= 4 && isWord(link, line.slice(0, end))) return true
  return gluedLink.test(line) || gluedToTrt.test(line) || readMoreOn.test(line)
}

/** "TRT World - " before a headline, and "TRT Français | ". */
const linkToTrt = / TRT (?=[\p{L}\p{M} ]{2,20} [-–—|] )/u
const gluedLink = new RegExp(`^(?:${listed('related').join('|')})[\\p{Lu}“‘"']`, 'u')

/** "RELATEDTRT Global - A headline", where only the name of a site tells the two apart. */
const gluedToTrt = new RegExp(
  `^(?:${listed('related')
    .map((word) => word.toUpperCase())
    .join('|')})TRT [\\p{L}\\p{M} ]{2,20} [-–—|] `,
  'u',
)
/** "Read more on Medium" */
const readMoreOn = /^Read more (?:on|at) \p{Lu}[\p{L}\d.]{1,20}$/u

const moreAtEnd = new RegExp(`(?:\\.{3}|…)\\s{0,3}(?:${listed('more').join('|')})$`, 'iu')

/** The last letters of these words: most paragraphs end in a full stop. */
const endsOfMore = new Set(
  listed('more').flatMap((words) =>
    [words, words.toUpperCase()].map((word) => word.charCodeAt(word.length - 1)),
  ),
)

/** The text that "... Read More" cuts off at its end; undefined for another line. */
export function beforeMore(line: string): string | undefined {
  if (!endsOfMore.has(line.charCodeAt(line.length - 1))) return undefined
  const end = line.slice(-longestWord)
  const found = /\.{3}|…/.test(end) ? moreAtEnd.exec(end) : null
  return found ? line.slice(0, line.length - found[0].length).trimEnd() : undefined
}

export const isExplore = (line: string) =>
  line.length <= longestWord && mayBeFrame(line) && isWord(explore, line)
