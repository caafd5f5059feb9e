/** Tells the words of TRT's page layout from those of its stories. The words: page-word-table.ts. */
import { type PageWords, pageWords } from './page-word-table.ts'

/** What every line about minutes has: min, minutes, мин, dk, dakika, دقائق, dakika, minti. */
const minuteWord = /^(min|мин|dk|dak|дак|دق)/

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

/** Turkish İ lower-cases to i and a dot, I to a dotted i: NİSAN and Nisan, KASIM and Kasım are one. */
export const foldWord = (text: string) =>
  text.toLowerCase().replaceAll('\u0307', '').replaceAll('ı', 'i')

/** A word as it is listed, in small letters and in capitals; Turkish has capitals of its own. */
const spellings = (language: string, known: readonly string[]) =>
  known.flatMap((word) => [
    word,
    word.toLowerCase(),
    word.toUpperCase(),
    word.toLocaleUpperCase(language),
  ])

const languages = Object.entries(pageWords)
const listed = (kind: keyof PageWords) => languages.flatMap(([, kinds]) => kinds[kind].split(', '))
/** For looking up what was folded. */
const folded = (kind: keyof PageWords) => new Set(listed(kind).map(foldWord))

const explore = folded('explore')
/** Before the headline of another story, or alone. */
const link = new Set([...folded('related'), ...folded('more')])
const button = folded('buttons')
const photo = folded('photo')
const by = new Set(
  languages.flatMap(([language, kinds]) => spellings(language, kinds.by.split(', '))),
)
/** In capitals only: "Source: the ministry says …" is a sentence. */
const source = new Set(listed('source'))

/** Words that only one language's pages have, and that language. */
const languageOfWord = new Map<string, string | undefined>()
for (const [language, kinds] of languages) {
  const words = [kinds.by, kinds.source, kinds.reading].flatMap((list) => list.split(', '))
  for (const word of new Set(spellings(language, words))) {
    languageOfWord.set(word, languageOfWord.has(word) ? undefined : language)
  }
}

/** The longest of the words, and of the headlines of other stories; a longer line is neither. */
const longestWord = 40
const longestLink = 400

function isWord(known: ReadonlySet<string>, line: string): boolean {
  if (line.length > longestWord) return false
  return known.has(foldWord(line.endsWith(':') ? line.slice(0, -1).trimEnd() : line))
}

/**
 * A number made of the first letters of a line. By it most lines can be told to begin with none of some
 * words, before anything is cut out of them.
 */
function startOf(line: string, letters: number): number {
  let start = 0
  for (let at = 0; at < letters; at += 1) start = (start * 131 + line.charCodeAt(at)) | 0
  return start
}

const startsOf = (texts: readonly string[], letters: number) =>
  new Set(texts.map((text) => startOf(text, letters)))

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

/** "By" and "Na" have no more. */
const lettersOfBy = 2
const startsOfBy = startsOf([...by, ...source], lettersOfBy)
const mayBeBy = (line: string) => startsOfBy.has(startOf(line, lettersOfBy))

/** What TRT World once had above the dek of each story. */
export const isFastNews = (line: string) => line === 'Fast News'

/** A line that belongs to the page and not to its story. */
export function isPageFrame(line: string): boolean {
  if (line.length > longestLink) return false
  if (isCapital(line.charCodeAt(1)) && menu.test(line)) return true
  if (!mayBeFrame(line)) return false
  return isWord(link, line) || isWord(button, line) || isSentenceOfPage(line) || isLinkToStory(line)
}

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

export const isExplore = (line: string) => mayBeFrame(line) && isWord(explore, line)

/** What stands behind a word of the layout, and the language which that word gives away. */
export interface AfterWord {
  readonly rest: string
  readonly language: string | undefined
}

function afterWord(line: string, end: number, known: ReadonlySet<string>): AfterWord | undefined {
  const word = end === -1 ? line : line.slice(0, end).trimEnd()
  if (word.length > longestWord || !known.has(word)) return undefined
  const rest = line.slice(word.length).replace(/^[\s:]+/, '')
  return { rest, language: languageOfWord.get(word) }
}

/** The authors' part of a `By …` line; empty when the names are on the following lines. */
export const afterBy = (line: string) =>
  mayBeBy(line) ? afterWord(line, line.search(/[\s:]/), by) : undefined

const longestCredit = 200

/** The agencies' part of a `SOURCE:…` line. */
export function afterSource(line: string): AfterWord | undefined {
  if (line.length > longestCredit || !mayBeBy(line)) return undefined
  const colon = line.indexOf(':')
  return colon > 0 && colon <= longestWord ? afterWord(line, colon, source) : undefined
}

/** The name in `Photo: AA`, `PHOTO BY: AA`. */
export function afterPhoto(line: string): string | undefined {
  if (line.length > longestCredit) return undefined
  const colon = line.indexOf(':')
  return colon > 0 && isWord(photo, line.slice(0, colon)) ? line.slice(colon + 1).trim() : undefined
}

const beforeDate = (kind: 'published' | 'updated') =>
  new RegExp(
    `^(?:${listed(kind)
      .sort((a, b) => b.length - a.length)
      .join('|')})\\s{0,3}:?\\s`,
    'iu',
  )
const wordPublished = beforeDate('published')
const wordUpdated = beforeDate('updated')

/** Their first words: most lines begin with another. */
const firstOfDate = new Set(
  [...folded('published'), ...folded('updated')].map((words) => words.split(' ')[0] ?? ''),
)

/** The date in `Updated Feb 20, 2017` and `Published: 20 Feb 2017`, and whether it is that of a change. */
export function afterDateWord(line: string): { rest: string; isUpdate: boolean } {
  const first = foldWord(line.slice(0, Math.max(0, line.search(/[\s:]/))))
  if (!firstOfDate.has(first)) return { rest: line, isUpdate: false }
  const update = wordUpdated.exec(line)
  const found = update ?? wordPublished.exec(line)
  return { rest: line.slice(found?.[0].length ?? 0), isUpdate: update !== null }
}

export interface ReadingTime {
  readonly minutes: number
  /** The language of the page, which the word for "read" tells. */
  readonly language: string | undefined
}

/** Reads `3 MIN READ`, `4 min de lecture`, `Dakika 5 kusoma`; undefined when the line is something else. */
export function readingTime(line: string): ReadingTime | undefined {
  if (line.length > 40 || !/[\d٠-٩۰-۹]/.test(line)) return undefined
  const tokens = foldWord(asciiDigits(line)).match(/\d+|[\p{L}\p{M}]+/gu) ?? []
  const [number, ...others] = tokens.filter((token) => /^\d/.test(token))
  const [first, second, ...rest] = tokens.filter((token) => !/^\d/.test(token))
  const minutes = Number(number)
  if (!minutes || minutes > 600 || others.length > 0 || rest.length > 2) return undefined
  if (!first || !second || !minuteWord.test(first)) return undefined
  const known = [second, ...rest].find((word) => languageOfWord.has(word))
  return known ? { minutes, language: languageOfWord.get(known) } : undefined
}

/** Whether a line ends as a sentence does. */
export const isSentence = (text: string) => /\p{Ll}[.!?…]$/u.test(text)

/** How long ago, where the date stands on other pages: "11 hours ago", "il y a 11 heures". */
const ago =
  /^(?:(?:il y a|hace|há|vor|prije|пред|преди|para|tokea|منذ) .*\d.*|.*\d.* (?:ago|önce|назад|geleden|[iz]\S{1,3}pita))$/iu

export const isAgo = (line: string) => line.length <= 30 && /\d/.test(line) && ago.test(line)

/** The language of an edition, which a visitor can change: "| Swahili". */
export const isEdition = (line: string) => line.length <= 20 && /^\|(?: ?\p{L}+)?$/u.test(line)

/** A line such as 26:00, the length of a video, or 00:0000:00, as players of sound say it. */
export const isDuration = (line: string) =>
  line.length <= 16 && /^(?:\d{1,2}(?::\d{2}){1,2}){1,2}$/.test(line)

/** Arabic-Indic and Persian digits as 0 to 9. */
export function asciiDigits(text: string): string {
  return text.replace(/[٠-٩۰-۹]/g, (digit) => String(digit.charCodeAt(0) & 0xf))
}
