/** What the words of TRT's page layout say of its story: authors, agencies, dates, the time it takes to read. */
import {
  folded,
  foldWord,
  isWord,
  languages,
  listed,
  longestWord,
  spellings,
  startOf,
  startsOf,
} from './page-word-lists.ts'

/** What every line about minutes has: min, minutes, мин, dk, dakika, دقائق, dakika, minti. */
const minuteWord = /^(min|мин|dk|dak|дак|دق)/

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

/** "By" and "Na" have no more. */
const lettersOfBy = 2
const startsOfBy = startsOf([...by, ...source], lettersOfBy)
const mayBeBy = (line: string) => startsOfBy.has(startOf(line, lettersOfBy))

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

/** Of the letters a to z. */
const isSmall = (code: number) => code >= 0x61 && code <= 0x7a

/** The agencies' part of a `SOURCE:…` line. */
export function afterSource(line: string): AfterWord | undefined {
  // The word is in capitals, as few are that begin a line.
  if (isSmall(line.charCodeAt(1)) || line.length > longestCredit || !mayBeBy(line)) return undefined
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
  if (line.length > 40 || !/\p{Nd}/u.test(line)) return undefined
  const tokens = foldWord(asciiDigits(line)).match(/\d+|[\p{L}\p{M}]+/gu) ?? []
  const [number, ...others] = tokens.filter((token) => /^\d/.test(token))
  const [first, second, ...rest] = tokens.filter((token) => !/^\d/.test(token))
  const minutes = Number(number)
  if (!minutes || minutes > 600 || others.length > 0 || rest.length > 2) return undefined
  if (!first || !second || !minuteWord.test(first)) return undefined
  const known = [second, ...rest].find((word) => languageOfWord.has(word))
  return known ? { minutes, language: languageOfWord.get(known) } : undefined
}

/** `15 hours ago`: when it was copied that said when it was published, and no longer does. */
export const timesAgo =
  /(?<![\p{L}\d])(?:(?:\d{1,3}|an?|one) ?(?:s|secs?|seconds?|m|mins?|minutes?|h|hrs?|hours?|d|days?|weeks?|months?|years?) ago|(?:vor|il y a|hace|há|för|for|około) \d{1,3} ?\p{L}{1,9}(?: (?:sedan|siden))?|\d{1,3} ?\p{L}{1,9} (?:fa|geleden|önce|назад|тому|temu|sitten|yang lalu|trước|पहले))(?!\p{L})|\d{1,3} ?(?:分钟|小時|小时|時間|日|天|分|주|일|시간|분) ?[前전]/giu

/** Whether a text has more words than that, with blanks between them: to cut it into all of them takes longer. */
export function hasMoreWords(text: string, count: number): boolean {
  let at = -1
  for (let words = 0; words < count; words += 1) {
    at = text.indexOf(' ', at + 1)
    if (at === -1) return false
  }
  return true
}

/** Whether a line ends as a sentence does. */
export const isSentence = (text: string) => /\p{Ll}[.!?…]$/u.test(text.slice(-3))

/** How long ago, where the date stands on other pages: "11 hours ago", "il y a 11 heures". */
const ago =
  /^(?:il y a|hace|há|vor|prije|пред|преди|para|tokea|منذ) | (?:ago|önce|назад|geleden|[iz]\S{1,3}pita)$/iu

export const isAgo = (line: string) => line.length <= 30 && /\d/.test(line) && ago.test(line)

/** The language of an edition, which a visitor can change: "| Swahili". */
export const isEdition = (line: string) => line.length <= 20 && /^\|(?: ?\p{L}+)?$/u.test(line)

/** A line such as 26:00, the length of a video, or 00:0000:00, as players of sound say it. */
export const isDuration = (line: string) =>
  line.length <= 16 && /^(?:\d{1,2}(?::\d{2}){1,2}){1,2}$/.test(line)

/** Those of Arabic, Persian, the scripts of India, and wide ones. */
const foreignDigits = /[٠-٩۰-۹०-९০-৯੦-੯૦-૯୦-୯௦-௯౦-౯೦-೯൦-൯０-９]/g

/** Digits of other scripts as 0 to 9. */
export function asciiDigits(text: string): string {
  return text.replace(foreignDigits, (digit) => {
    const code = digit.charCodeAt(0)
    // Those of India begin at a number that ends in 6.
    return String((code >= 0x900 && code < 0xe00 ? code - 6 : code) & 0xf)
  })
}
