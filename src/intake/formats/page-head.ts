/** The head of a TRT World page: everything above the story. Read line by line, by place and shape. */
import { type DateLine, readDateLine } from './date-line.ts'
import { hasCredit, splitCredit } from './page-credit.ts'
import { type AfterWord, afterBy, isSentence, splitNames } from './page-words.ts'

/** A line that is not blank. */
export interface Line {
  readonly text: string
  /** 1-based, in the file. */
  readonly number: number
  readonly afterBlank: boolean
}

export interface PageHead {
  readonly section: string | undefined
  /** Further words beside the section, such as OPINION. */
  readonly labels: readonly string[]
  readonly title: Line
  readonly dek: string | undefined
  readonly caption: string | undefined
  readonly credit: string | undefined
  readonly authors: readonly string[]
  /** Of the word before the authors. */
  readonly authorsLanguage: string | undefined
  readonly date: DateLine | undefined
  /** How many lines the head takes. */
  readonly length: number
}

/** A longer line is no title but a paragraph. */
export const longestTitle = 250

/** The head is looked for in so many lines, most of them for authors on lines of their own. */
const headLines = 24

/** A line, and what it can be told to be. */
interface HeadLine extends Line {
  readonly date: DateLine | undefined
  readonly by: AfterWord | undefined
}

/**
 * @param lines all lines of the story, without those on reading time and length of a video
 * @param belowTime where the line below the reading time is; undefined on a page without one
 */
export function readHead(
  lines: readonly [Line, ...Line[]],
  belowTime: number | undefined,
): PageHead {
  const top = topLines(lines)
  const { first, again } = findTitles(top, belowTime, lines.length > top.length)
  const texts = (from: number, to: number) => top.slice(from, to).map((line) => line.text)
  const above = texts(0, first)
  const between = again === undefined ? [] : texts(first + 1, again)
  // A video's page has its section between the titles.
  if (above.length === 0 && isFewWords(between[0])) above.push(...between.splice(0, 1))
  const below = readBelow(top, (again ?? first) + 1, again !== undefined)
  // With the dek above it, what stands below the second title is the caption.
  const captionAt = between.length > 0 ? 0 : findCaption(below.words, again !== undefined)
  return {
    section: above[0],
    labels: above.slice(1),
    title: top[first] ?? lines[0],
    dek: [...between, ...below.words.slice(0, captionAt)].join(' ') || undefined,
    ...splitCredit(below.words.slice(captionAt).join(' ')),
    authors: below.authors,
    authorsLanguage: below.authorsLanguage,
    date: below.date,
    length: below.end,
  }
}

/** Where a caption with its credit begins; without one, all below a repeated title is caption, and else dek. */
function findCaption(words: readonly string[], isRepeated: boolean): number {
  const credited = words.findIndex(hasCredit)
  if (credited !== -1) return credited
  return isRepeated ? 0 : words.length
}

/** The lines down to the first date; nothing of the head stands below it. */
function topLines(lines: readonly Line[]): HeadLine[] {
  const top: HeadLine[] = []
  for (const line of lines.slice(0, headLines)) {
    const date = readDateLine(line.text)
    top.push({ ...line, date, by: date ? undefined : byline(line.text) })
    if (date) break
  }
  return top
}

/**
 * The title is the line that the page repeats; else the one below the reading time or the section.
 * @returns where it is first, and where it is again if it is
 */
function findTitles(top: readonly HeadLine[], belowTime: number | undefined, hasStory: boolean) {
  for (const [first, line] of top.slice(0, (belowTime ?? 2) + 1).entries()) {
    if (isByOrDate(line)) break
    const again = findAgain(top, first)
    if (again !== undefined) return { first, again }
  }
  if (belowTime !== undefined && belowTime < top.length) {
    return { first: belowTime, again: undefined }
  }
  let first = 0
  while (first < 2 && isSection(top, first, hasStory)) first += 1
  return { first, again: undefined }
}

/** The page repeats its title soon, and above the authors and the date. */
function findAgain(top: readonly HeadLine[], first: number): number | undefined {
  const title = top[first]?.text ?? ''
  const soon = leading(top.slice(first + 1, first + 5), (line) => !isByOrDate(line))
  const at = soon.findIndex((line) => isSameTitle(line.text, title))
  return at === -1 ? undefined : first + 1 + at
}

/** The lines before the first that is not such a line. */
function leading(lines: readonly HeadLine[], isSuch: (line: HeadLine) => boolean) {
  const end = lines.findIndex((line) => !isSuch(line))
  return end === -1 ? lines : lines.slice(0, end)
}

const isByOrDate = (line: HeadLine) => line.date !== undefined || line.by !== undefined

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
  if (next.text.length > longestTitle || /[^.]\.$/.test(next.text)) return false
  const { text } = line
  if (text === text.toUpperCase() && text !== text.toLowerCase()) return true
  // Where nothing stands below the date, the two lines above it are a title and a dek.
  if (!isFewWords(text) || !third || (third.date && !hasStory)) return false
  return next.text.split(' ').length >= 4 || isSection(top, at + 1, hasStory)
}

const isFewWords = (text = '', most = 3) =>
  text !== '' && text.length <= 40 && text.split(' ').length <= most && !isSentence(text)

/** A page has so many lines of dek and caption at most. */
const mostWords = 4

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
  const head = hasEnd ? words : surelyHead(words, isRepeated && at === top.length)
  const end = from + head.length + length + (date ? 1 : 0)
  return { words: head, authors, authorsLanguage: language, date, end }
}

/**
 * Without authors and date below them, only a caption with its credit and a lone line are no story;
 * below a repeated title the page's last line is its story.
 */
function surelyHead(words: readonly string[], isStory: boolean): readonly string[] {
  if (words.length === 1 && !isStory) return words
  const creditAt = words.slice(0, 2).findIndex(hasCredit)
  return words.slice(0, creditAt + 1)
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
  ).map((line) => line.text)
  const endsInDate = lines[1 + names.length]?.date !== undefined
  const goesOn = by.rest === '' || by.rest.endsWith(',') || endsInDate
  const rows = goesOn ? [by.rest, ...names] : [by.rest]
  return { authors: splitNames(rows.join(', ')), language: by.language, length: rows.length }
}

function byline(line: string): AfterWord | undefined {
  const names = afterBy(line)
  return names && (names.rest === '' || isName(names.rest)) ? names : undefined
}

/** Names are capitalised for the most part, and have no digit and no slash of a caption. */
function isName(text: string): boolean {
  if (text.length > 160 || text.includes(' / ') || /\d/.test(text)) return false
  const words = text.split(/[\s,]+/)
  if (words.length <= 2) return true
  if (/^\p{Ll}/u.test(text) || (words.length > 4 && isSentence(text))) return false
  const small = words.filter((word) => /^\p{Ll}/u.test(word)).length
  return words.length <= 24 && small * 2 <= words.length
}
