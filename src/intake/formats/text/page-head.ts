/** The head of a TRT World page: everything above the story. Read line by line, by place and shape. */
import { type DateLine, readDateLine } from '../lines/date-line.ts'
import { byline, isName, splitNames, undoubled } from '../lines/page-names.ts'
import {
  type HeadLine,
  isParagraph,
  type Line,
  leading,
  longestTitle,
} from '../lines/page-shapes.ts'
import { isSentence } from '../lines/page-words.ts'
import { endOfCaption, findCaption, hasCredit, readCaption } from './page-credit.ts'
import { withoutButton } from './page-frame.ts'
import {
  findTitles,
  isByOrDate,
  isFewWords,
  isQuote,
  isUpdate,
  type Marks,
  type Titles,
  titleOf,
} from './page-title.ts'

export interface PageHead {
  readonly section: string | undefined
  /** Further words beside the section, such as OPINION. */
  readonly labels: readonly string[]
  readonly title: string
  /** Whether the page has it twice, as only pages have. */
  readonly isTwice: boolean
  /** Where in the file the title is, 1-based. */
  readonly line: number
  /** Text of the story: the paragraph that the title was made of, where a crawl has lost it. */
  readonly opening: readonly string[]
  /** Its lines. */
  readonly dek: readonly string[]
  readonly caption: string | undefined
  readonly credit: string | undefined
  readonly authors: readonly string[]
  /** Of the word before the authors. */
  readonly authorsLanguage: string | undefined
  readonly date: DateLine | undefined
  /** How many lines the head takes. */
  readonly length: number
}

/** The head is looked for in so many lines, most of them for authors on lines of their own. */
const headLines = 24

/** @param lines all lines of the story, without those on reading time and length of a video */
export function readHead(
  lines: readonly Line[],
  firstLine: Line,
  marks: Omit<Marks, 'hasStory'> & { readonly isFastNews: boolean | undefined },
): PageHead {
  const top = topLines(lines)
  const found = findTitles(top, { ...marks, hasStory: lines.length > top.length })
  const titles = found.again === undefined && isSectionOnly(top) ? { ...found, first: 1 } : found
  const title = top[titles.first] ?? firstLine
  const isTwice = titles.again !== undefined
  const { above, between, from } = aroundTitle(top, titles, marks)
  // A crawl may have lost the title.
  const isOnce = !isTwice && titles.first !== marks.belowTime
  const isLost =
    title.text.length > longestTitle || (isOnce && isOfStory(title.text, lines[titles.first + 1]))
  const below = readBelow(top, from, isTwice)
  const { dek, caption, end } = dekAndCaption(lines, between, below, isTwice)
  // Below "Fast News" stands the dek, and of the title nothing.
  if (isLost && marks.isFastNews) dek.unshift(title.text)
  const isOpening = isLost && !marks.isFastNews
  return {
    section: withoutButton(above[0] ?? '') ?? above[0],
    labels: above.slice(1),
    title: isLost ? titleOf(title.text) : title.text,
    isTwice,
    line: title.number,
    opening: isOpening ? [title.text, ...dek] : [],
    dek: isOpening ? [] : dek,
    ...readCaption(caption),
    authors: below.authors,
    authorsLanguage: below.authorsLanguage,
    date: below.date,
    length: end,
  }
}

/** What is dek and what is caption of the words around a title, and where both and all the head end. */
function dekAndCaption(
  lines: readonly Line[],
  between: readonly string[],
  below: ReturnType<typeof readBelow>,
  isTwice: boolean,
) {
  const words = below.words.filter((text) => !between.includes(text))
  // With the dek above it, what stands below the second title is the caption.
  const hasStory = lines.length > below.end
  const at = between.length > 0 ? 0 : captionStart(words, isTwice, hasStory)
  const dek = [...between, ...words.slice(0, at)]
  const caption = words.slice(at)
  // Below the date only a credit tells a caption from the story.
  const next = lines[below.end]
  const isNext = caption.length === 0 && below.date && next && hasCredit(next.text)
  if (isNext) return { dek, caption: [next.text], end: below.end + 1 }
  return { dek, caption, end: below.end }
}

/** A word in capitals above a sentence: the section, and the dek of a page whose title a crawl has lost. */
function isSectionOnly([first, second, third]: readonly HeadLine[]): boolean {
  if (!first || !second || !isSectionInCapitals(first.text)) return false
  if (third?.date) return isSentence(second.text)
  return !second.afterBlank && [second, third].every((line) => line && isParagraph(line.text))
}

export const isSectionInCapitals = (text: string) => /^\p{Lu}{4,}$/u.test(text)

/** What stands above the title and between the title and where it stands again, and where that ends. */
function aroundTitle(
  top: readonly HeadLine[],
  { first, again, dekAt }: Titles,
  marks: Omit<Marks, 'hasStory'>,
) {
  const textsAt = (start: number, end: number) => top.slice(start, end).map((line) => line.text)
  const above = textsAt(0, dekAt ?? first)
  const between = again === undefined ? textsAt(dekAt ?? first, first) : textsAt(first + 1, again)
  let from = (again ?? first) + 1
  if (above.length > 0) return { above, between, from }
  // A video's page has its section between the titles, or below the video's length.
  const section = between.findIndex((text) => isFewWords(text))
  if (section !== -1) above.push(...between.splice(section, 1))
  else if (
    again === undefined &&
    (from === marks.belowLength || from + 1 === marks.belowTime || isSectionBelow(top, from))
  ) {
    const next = top[from]
    if (next && isFewWords(next.text)) {
      above.push(next.text)
      from += 1
    }
  }
  return { above, between, from }
}

/** A word between the title and the text of a video, which is right above the date. */
function isSectionBelow(top: readonly HeadLine[], at: number): boolean {
  const [word, text, date] = top.slice(at, at + 3)
  return isFewWords(word?.text, 1) && text !== undefined && isParagraph(text.text) && !!date?.date
}

/** Whether what stands in the title's place is text. A quotation may be the title of a text right below it. */
function isOfStory(text: string, next: Line | undefined): boolean {
  const isAbove = next && !next.afterBlank && isParagraph(next.text)
  return isUpdate(text) || (isParagraph(text) && !(isAbove && isQuote(text)))
}

/**
 * Without a caption that shows itself, all below a repeated title is caption, and else dek; of two sentences
 * above a story the second is the caption.
 */
function captionStart(words: readonly string[], isRepeated: boolean, hasStory: boolean): number {
  const start = findCaption(words)
  if (start !== -1) return start
  if (isRepeated) return 0
  return hasStory && words.length === 2 && words.every(isSentence) ? 1 : words.length
}

/** The lines down to the first date; nothing of the head stands below it. */
function topLines(lines: readonly Line[]): HeadLine[] {
  const top: HeadLine[] = []
  for (const { text, number, afterBlank } of lines.slice(0, headLines)) {
    const date = readDateLine(text)
    top.push({ text, number, afterBlank, date, by: date ? undefined : byline(text) })
    if (date) break
  }
  return top
}

/** A page has so many lines of dek and caption at most. */
const mostWords = 6

/**
 * What stands between the (last) title and the story.
 * @returns the lines of dek and caption, the authors, the date, and where the story starts
 */
function readBelow(top: readonly HeadLine[], from: number, isRepeated: boolean) {
  const isSpread = top.slice(1, from + 1).every((line) => line.afterBlank)
  const isNear = (line: HeadLine) => !line.afterBlank || isSpread
  const lines = leading(
    top.slice(from, from + mostWords),
    (line) => !isByOrDate(line) && (isNear(line) || hasCredit(line.text)),
  )
  const words = lines.map((line) => line.text)
  const at = from + words.length
  const { authors, language, length } = readNames(top.slice(at), isNear)
  const date = top[at + length]?.date
  const hasEnd = length > 0 || date !== undefined
  const head = hasEnd ? words : surelyHead(words, top.slice(at), isRepeated)
  const end = from + head.length + length + (date ? 1 : 0)
  return { words: head, authors, authorsLanguage: language, date, end }
}

/**
 * Without authors and date below them, only a caption with its credit and a lone line are no story, nor
 * the first of two lines above paragraphs between blank lines; below a repeated title the page's last line is its story.
 */
function surelyHead(
  words: readonly string[],
  below: readonly Line[],
  isRepeated: boolean,
): readonly string[] {
  if (words.length === 1 && !(isRepeated && below.length === 0)) return words
  if (words.length === 2 && below[0]?.afterBlank && !words.some(hasCredit)) return words.slice(0, 1)
  const creditAt = findCaption(words)
  return creditAt === -1 || creditAt > 1 ? [] : words.slice(0, endOfCaption(words, creditAt))
}

/**
 * `By A, B`, or `By` and the names on the following lines; each name once.
 * @param lines the lines below dek and caption
 * @returns with the language of the word before them, and how many lines they take
 */
function readNames(lines: readonly HeadLine[], isNear: (line: HeadLine) => boolean) {
  const by = lines[0]?.by
  if (!by) return { authors: [], language: undefined, length: 0 }
  const names = leading(
    lines.slice(1),
    (line) => isNear(line) && !line.date && isName(line.text),
  ).map((line) => undoubled(line.text) ?? line.text)
  const endsInDate = lines[1 + names.length]?.date !== undefined
  const goesOn = by.rest === '' || by.rest.endsWith(',') || endsInDate
  const rows = goesOn ? [by.rest, ...names] : [by.rest]
  return { authors: splitNames(rows.join(', ')), language: by.language, length: rows.length }
}
