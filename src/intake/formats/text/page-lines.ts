/** The lines of a TRT World page's text, without the page's furniture: those of its story, and what the others say. */
import { RejectionError } from '../../rejection.ts'
import { readDateLine } from '../lines/date-line.ts'
import { betweenSources, isAgencies, splitNames } from '../lines/page-names.ts'
import { isParagraph, type Line, leading } from '../lines/page-shapes.ts'
import * as words from '../lines/page-words.ts'
import * as frame from './page-frame.ts'

/** The reading time and a video's length are above so many lines. */
const timeLines = 6
/** And the line below dek and caption above so many. */
const agoLines = 9

/** What a page says besides its story, and where: above the line of that number. */
interface PageMarks {
  readonly time?: words.ReadingTime
  readonly belowTime?: number
  readonly belowLength?: number
  readonly isFastNews?: boolean
}

/**
 * @param from where the text begins behind the crawler's prefix
 * @throws RejectionError when the page is none of a story
 */
export function readLines(text: string, from: number) {
  /** Those that say something and belong to the story or to the page's foot. */
  const lines: Line[] = []
  let marks: PageMarks = {}
  let hasFrame = false
  let hasSource = false
  let afterBlank = false
  let number = text.slice(0, from).split('\n').length - 1
  for (const line of trimmedLines(text, from)) {
    number += 1
    if (line === '') {
      afterBlank = true
      continue
    }
    const mark = readMark(line, lines.length, marks)
    if (mark || frame.isPageFrame(line)) {
      marks = { ...marks, ...mark }
      hasFrame ||= mark !== undefined || !frame.isTypedToo(line)
      continue
    }
    // Other stories, with SOURCE lines of their own.
    if (hasSource && frame.isExplore(line)) break
    hasFrame ||= lines.length === 0 && frame.isSectionWithButton(line)
    hasSource ||= words.afterSource(line) !== undefined
    lines.push({ text: line, number, afterBlank })
    afterBlank = false
  }
  refuseList(lines)
  return { lines: withoutOtherVideos(lines), ...marks, hasFrame }
}

/** Cut out one by one: who reads them stops where the page goes on with other stories. */
function* trimmedLines(text: string, from: number): Generator<string> {
  let start = from
  for (let end = text.indexOf('\n', from); end !== -1; end = text.indexOf('\n', start)) {
    yield text.slice(start, end).trim()
    start = end + 1
  }
  yield text.slice(start).trim()
}

/** What a line says of its page; undefined for a line of the story. @param at so many of those are above it */
function readMark(line: string, at: number, before: PageMarks): PageMarks | undefined {
  if (at >= agoLines) return undefined
  if (at < timeLines) {
    const time = before.time ? undefined : words.readingTime(line)
    if (time) return { time, belowTime: at }
    if (words.isDuration(line)) return { belowLength: at }
  }
  if (at === 0 && frame.isFastNews(line)) return { isFastNews: true }
  return words.isAgo(line) || (at === 0 && words.isEdition(line)) ? {} : undefined
}

/** So many titles that are repeated make a front page. */
const manyTitles = 3

/** An edition's front page repeats the title of each story, as a page does its own. */
function refuseList(lines: readonly Line[]): void {
  const [first] = lines
  if (!first) return
  const repeated = new Set<string>()
  for (let at = 0; at < 24 && at + 1 < lines.length; at += 1) {
    const { text } = lines[at] ?? first
    const isAgain = text === lines[at + 1]?.text || text === lines[at + 2]?.text
    if (isAgain && text.length > 20) repeated.add(text)
  }
  if (repeated.size < manyTitles) return
  throw new RejectionError(
    'the page is a list of stories',
    'Save the pages of the stories themselves, or delete this one.',
    first.number,
  )
}

const mostVideos = 60

/** A video's page may have the titles of other videos above its own. */
function withoutOtherVideos(lines: readonly Line[]): readonly Line[] {
  const dates = leading(lines.slice(0, 2), (line) => readDateLine(line.text) !== undefined)
  const others = lines.slice(dates.length, dates.length + mostVideos)
  if (!frame.isExplore(others[0]?.text ?? '')) return lines
  const text = others.findIndex((line) => isParagraph(line.text))
  return text > 1 ? [...dates, ...lines.slice(dates.length + text - 1)] : lines
}

/**
 * The last SOURCE line ends the story: one before it stands below a chart or a table.
 * Explore does where there is none, and "... Read More" behind a text, which stands below each of a
 * show's episodes; what follows are other stories, with SOURCE lines of their own. A last line that is
 * nothing but agencies is a source as well.
 */
export function cutFoot(lines: readonly Line[]) {
  const story: Line[] = []
  const sources = new Set<string>()
  let sourceLanguage: string | undefined
  let end: number | undefined
  let explore: number | undefined
  for (const [at, line] of lines.entries()) {
    const source = words.afterSource(line.text)
    const cut = explore === undefined ? frame.beforeMore(line.text) : undefined
    if (source) {
      for (const name of sourcesOf(source.rest)) sources.add(name)
      sourceLanguage ??= source.language
      end = story.length
    } else {
      if (frame.isExplore(line.text)) explore ??= story.length
      if (cut !== '') story.push(cut ? { ...line, text: cut } : line)
      // A dek may have been cut as well.
      const isDek = cut !== undefined && readDateLine(lines[at + 1]?.text ?? '') !== undefined
      if (cut !== undefined && !isDek) explore = story.length
    }
  }
  story.length = end ?? explore ?? story.length
  const last = story.at(-1)
  if (sources.size === 0 && story.length > 3 && last && isAgencies(last.text)) {
    for (const name of sourcesOf(last.text)) sources.add(name)
    story.pop()
  }
  const hasFoot = end !== undefined || explore !== undefined
  return { story, sources: [...sources], sourceLanguage, hasFoot }
}

/** "TRTWorld and agencies" → TRT World, agencies; "TRT World, Reuters and AP" → three. */
const sourcesOf = (line: string) =>
  splitNames(line, betweenSources).map((name) => name.replace(/^TRT(?=\p{Lu}\p{Ll})/u, 'TRT '))
