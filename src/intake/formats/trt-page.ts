/**
 * The text of a TRT World page, as a crawler leaves it. Nothing marks what a line is, so this
 * reader goes by place and shape. The layout and its variations: docs/formats.md.
 */
import { RejectionError } from '../rejection.ts'
import { readDateLine } from './date-line.ts'
import type { TextFormat } from './input-format.ts'
import { bodyBlocks } from './page-body.ts'
import { type Line, longestTitle, type PageHead, readHead } from './page-head.ts'
import * as words from './page-words.ts'

/** A crawler sticks ` date 2017-04-13 ` on the first line; the day may be missing. */
const crawlPrefix = /^\s*date (\d{4})-(\d{2})(?:-(\d{2}))?(?:\s+|$)/

export const trtPage: TextFormat = {
  name: 'TRT World page text',
  extensions: ['.txt', '.text'],
  takes: 'text',

  /** The layout has no mark of its own: it is what plain text is taken for. */
  recognises: (_text, extension) => trtPage.extensions.includes(extension),

  read(text) {
    const prefix = crawlPrefix.exec(text)
    const page = readLines(text, prefix?.[0].length ?? 0)
    const { story, sources, sourceLanguage } = cutFoot(page.lines)
    const [first, ...others] = story
    if (!first) {
      throw new RejectionError('the file has no story', 'Write an article into it, or delete it.')
    }
    const head = readHead([first, ...others], page.belowTime)
    checkTitle(head.title)
    const published = head.date?.date ?? publishedByCrawler(prefix, first)
    const body = bodyBlocks(story.slice(head.length), head.title.text)
    const language = languageOf(head, page.time?.language ?? sourceLanguage, text)
    const hasBody = body.length > 0
    const { dek, caption, credit } = hasBody ? head : videoHead(head)
    return {
      title: head.title.text,
      summary: dek,
      section: head.section,
      tags: head.labels,
      authors: head.authors,
      image: caption || credit ? { caption, credit } : undefined,
      language,
      readingTime: page.time?.minutes,
      published,
      body: hasBody ? body : [{ kind: 'paragraph', text: dek ?? '' }],
      sources,
      isPageText: true,
    }
  },
}

/** The reading time and a video's length are above so many lines. */
const timeLines = 6

function readLines(text: string, from: number) {
  /** Those that say something and belong to the story or to the page's foot. */
  const lines: Line[] = []
  let time: words.ReadingTime | undefined
  /** Where the line below the reading time is. */
  let belowTime: number | undefined
  let afterBlank = false
  let number = text.slice(0, from).split('\n').length
  for (const whole of text.slice(from).split('\n')) {
    const line = whole.trim()
    const minutes = lines.length < timeLines && !time ? words.readingTime(line) : undefined
    if (minutes) {
      time = minutes
      belowTime = lines.length
    }
    if (line === '') {
      afterBlank = true
    } else if (!minutes && !isFurniture(line, lines.length)) {
      lines.push({ text: line, number, afterBlank })
      afterBlank = false
    }
    number += 1
  }
  return { lines, time, belowTime }
}

const isFurniture = (line: string, at: number) =>
  words.isPageFrame(line) || (at < timeLines && words.isDuration(line))

/**
 * The last SOURCE line ends the story: one before it stands below a chart or a table.
 * Explore does where there is none; what follows are other stories, with SOURCE lines of their own.
 */
function cutFoot(lines: readonly Line[]) {
  const story: Line[] = []
  const sources = new Set<string>()
  let sourceLanguage: string | undefined
  let end: number | undefined
  let explore: number | undefined
  for (const line of lines) {
    const source = words.afterSource(line.text)
    if (source) {
      for (const name of sourcesOf(source.rest)) sources.add(name)
      sourceLanguage ??= source.language
      end = story.length
    } else {
      if (words.isExplore(line.text)) {
        if (end !== undefined) break
        explore ??= story.length
      }
      story.push(line)
    }
  }
  return { story: story.slice(0, end ?? explore), sources: [...sources], sourceLanguage }
}

/** Arabic glues its "and" to the next word; وكالة and وكالات are agencies, without an "and". */
const betweenSources = /[,،;؛/]|\s(?:and|et|ve|und|и|y|&)\s|\sو(?!كال)\s?/u

/** "TRTWorld and agencies" → TRT World, agencies; "TRT World, Reuters and AP" → three. */
const sourcesOf = (line: string) =>
  words
    .splitNames(line, betweenSources)
    .map((name) => name.replace(/^TRT(?=\p{Lu}\p{Ll})/u, 'TRT '))

function checkTitle({ text, number }: Line): void {
  if (text.length <= longestTitle && !readDateLine(text)) return
  const reason =
    text.length > longestTitle ? `this line is too long for one` : 'this line is a date'
  throw new RejectionError(
    `no title found: ${reason}`,
    'Write the title on a line of its own above the story.',
    number,
  )
}

/** Video pages have no body: the dek is the content, even where it stands in a caption's place. */
function videoHead(head: PageHead): PageHead & { dek: string } {
  if (head.dek) return { ...head, dek: head.dek }
  if (head.caption && !head.credit) return { ...head, dek: head.caption, caption: undefined }
  throw new RejectionError(
    'no text found below the title',
    'Write the story below the date, with a blank line between paragraphs.',
    head.title.number,
  )
}

function publishedByCrawler(prefix: RegExpExecArray | null, first: Line): string {
  const date = prefix && readDateLine(`${prefix[1]}-${prefix[2]}-${prefix[3] ?? '01'}`)
  if (date) return date.date
  throw new RejectionError(
    'no date found',
    'Write the date on a line of its own below the title, such as "April 13, 2017".',
    first.number,
  )
}

/**
 * The month tells the language unless several share its name; then other words of the page may.
 * English is left to the FEED_LANGUAGE setting, which may say which English.
 */
function languageOf(head: PageHead, hint = head.authorsLanguage, text = ''): string | undefined {
  const months = head.date?.languages ?? []
  const known = hint && (months.length === 0 || months.includes(hint))
  const language = known ? hint : months.includes('en') ? 'en' : months[0]
  return language === 'en' ? undefined : (language ?? languageOfScript(text.slice(0, 400)))
}

/** A page in Arabic or Cyrillic letters whose date does not tell its language. */
function languageOfScript(text: string): string | undefined {
  if (!/[\u0400-\u06ff]/.test(text)) return undefined
  const letters = text.match(/\p{L}/gu)?.length ?? 0
  const isMost = (script: RegExp) => (text.match(script)?.length ?? 0) > letters / 2
  if (isMost(/\p{Script=Arabic}/gu)) return 'ar'
  return isMost(/\p{Script=Cyrillic}/gu) ? 'ru' : undefined
}
