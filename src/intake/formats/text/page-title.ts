/** The title of a TRT World page: which line it is, and what serves where a crawl has lost it. */
import { isAgencies } from '../lines/page-names.ts'
import {
  type HeadLine,
  isParagraph,
  type Line,
  leading,
  longestTitle,
} from '../lines/page-shapes.ts'
import { hasMoreWords, isSentence } from '../lines/page-words.ts'
import { hasCredit } from './page-credit.ts'
import { isSectionWithButton } from './page-frame.ts'

/**
 * The title is the line that the page repeats; else the one above a section below a video's length, or
 * the one below the reading time or the section.
 * @param belowTime where the line below the reading time is; undefined on a page without one
 * @param belowLength the same of a video's length
 */
export function findTitles(
  top: readonly HeadLine[],
  { belowTime, belowLength, hasStory }: Marks,
): Titles {
  for (const [first, line] of top.slice(0, (belowTime ?? 2) + 1).entries()) {
    if (isByOrDate(line)) break
    const again = isRepeatedCaption(top, first) ? undefined : findAgain(top, first)
    if (again !== undefined) return { first, again }
  }
  if (belowTime !== undefined && belowTime < top.length) {
    // The title may stand above the section.
    const isBelow = belowTime === 2 && isFewWords(top[1]?.text) && !isFewWords(top[0]?.text, 5)
    return { first: isBelow && isSentenceLike(top[2]?.text) ? 0 : belowTime }
  }
  const section = belowLength ? top[belowLength] : undefined
  if (belowLength && section && !isByOrDate(section) && isFewWords(section.text)) {
    return { first: belowLength - 1 }
  }
  let first = 0
  while (first < 2 && isSection(top, first, hasStory)) first += 1
  return isDekAboveTitle(top, first) ? { first: first + 1, dekAt: first } : { first }
}

/** Where the title is first, where it is again, and where a dek stands above it. */
export interface Titles {
  readonly first: number
  readonly again?: number
  readonly dekAt?: number
}

/** What is known of a page besides its lines. */
export interface Marks {
  readonly belowTime: number | undefined
  readonly belowLength: number | undefined
  /** Whether anything stands below the date. */
  readonly hasStory: boolean
}

/** Captions are repeated as well: below the title, and as sentences, or with a credit below them. */
function isRepeatedCaption(top: readonly HeadLine[], at: number): boolean {
  if (at === 0) return false
  const [line, next] = top.slice(at, at + 2)
  return isSentenceLike(line?.text) || (next !== undefined && isAgencies(next.text))
}

/** The page repeats its title soon, and above the authors and the date. */
function findAgain(top: readonly HeadLine[], first: number): number | undefined {
  const title = top[first]?.text ?? ''
  const soon = leading(top.slice(first + 1, first + 5), (line) => !isByOrDate(line))
  const at = soon.findIndex((line) => isSameTitle(line.text, title))
  return at === -1 ? undefined : first + 1 + at
}

export const isByOrDate = (line: HeadLine) => line.date !== undefined || line.by !== undefined

/** The two titles of a page may differ in their quotation marks and spaces. */
export function isSameTitle(a: string, b: string): boolean {
  if (a === b) return true
  const bare = (text: string) => text.toLowerCase().replace(/[‘’“”„«»"'`´\s]+/g, '')
  return Math.abs(a.length - b.length) <= 8 && a.length <= longestTitle + 8 && bare(a) === bare(b)
}

/** Without a repeated title or a reading time only its shape tells a section from a title. */
function isSection(top: readonly HeadLine[], at: number, hasStory: boolean): boolean {
  const [line, next, third] = top.slice(at, at + 3)
  if (!line || !next || isByOrDate(next) || !isFewWords(line.text, 5)) return false
  if (isSectionWithButton(line.text)) return true
  if (next.text.length > longestTitle) return false
  if (isSentenceLike(next.text)) return isCapitals(line.text) && isDekAboveTitle(top, at + 1)
  if (isCapitals(line.text)) return true
  // Where nothing stands below the date, the two lines above it are a title and a dek.
  if (!isFewWords(line.text) || !third || (third.date && !hasStory)) return false
  return hasMoreWords(next.text, 3) || isSection(top, at + 1, hasStory)
}

/** A sentence above a line that is none, and below that what stands below titles only. */
function isDekAboveTitle(top: readonly HeadLine[], at: number): boolean {
  const [dek, title, below] = top.slice(at, at + 3)
  if (!dek || !title || !below || isByOrDate(title) || title.afterBlank) return false
  if (!isSentenceLike(dek.text) || isParagraph(title.text) || isFewWords(title.text)) return false
  return isByOrDate(below) || hasCredit(below.text)
}

const isSentenceLike = (text = '') => /[^.]\.$/.test(text.slice(-2))

const isCapitals = (text: string) => text === text.toUpperCase() && text !== text.toLowerCase()

export const isFewWords = (text = '', most = 3) =>
  text !== '' && text.length <= 40 && !hasMoreWords(text, most) && !isSentence(text)

const quoteMarks: Readonly<Record<string, string>> = { '“': '”', '"': '"', '«': '»', '„': '“' }

/** A line that is one quotation from its first character to its last. */
export function isQuote(text: string): boolean {
  const close = quoteMarks[text[0] ?? '']
  return close !== undefined && text.length > 2 && text.indexOf(close, 1) === text.length - 1
}

/** A title made of it is cut at a sentence, or else at a word, below so many characters. */
const longestMade = 160

/** Before what a live blog says of a time: "14:10 GMT – ", "1410 GMT - ". */
const timeOfUpdate = /^\d{1,2}[:.]?\d{2} ?(?:GMT|UTC|TSİ|TRT)\s*[-–—:]\s*/u

/** Whether a line heads a part of a live blog. */
export const isUpdate = (text: string) => timeOfUpdate.test(text)

/** The title that the first line of the text makes where there is none. */
export function titleOf(line: string): string {
  const paragraph = line.replace(timeOfUpdate, '')
  const start = paragraph.slice(0, longestMade + 1)
  const end = /^.{40,}?[\p{L}\p{M}\p{N}%)\]]{2}[.!?؟…]["'”’»)]*(?=\s|$)/su.exec(start)?.[0]
  if (end !== undefined && end.length <= longestMade) return end
  if (paragraph.length <= longestMade) return paragraph
  const word = start.slice(0, longestMade).replace(/\s+\S*$/, '')
  return `${word.replace(/[\s,;:،–—-]+$/, '')}…`
}

/**
 * A crawler may glue the title to the dek below it: where the page has the title alone as well, the line is
 * two. Only the first lines are looked at.
 */
export function parted(lines: readonly Line[]): readonly Line[] {
  const top = lines.slice(0, 8)
  if (!top.some((line) => titleGluedTo(line.text, top))) return lines
  const parts = top.flatMap((line) => {
    const title = titleGluedTo(line.text, top)
    if (title === undefined) return [line]
    const rest = { ...line, text: line.text.slice(title.length).trim(), afterBlank: false }
    return [{ ...line, text: title }, rest]
  })
  return [...parts, ...lines.slice(top.length)]
}

/** The title in "A title A sentence of the dek", or without a blank between the two. */
function titleGluedTo(line: string, lines: readonly Line[]): string | undefined {
  for (const { text: title } of lines) {
    const mayBeTitle = title.length >= 15 && title.length <= longestTitle
    if (!mayBeTitle || title.length >= line.length || !line.startsWith(title)) continue
    const rest = line.slice(title.length, title.length + 40)
    const isText = /^ ?(?:\p{Lu}|\p{Lo}|["“‘«„¿¡]).{20}/su.test(rest)
    if (isText && !isParagraph(title)) return title
  }
  return undefined
}
