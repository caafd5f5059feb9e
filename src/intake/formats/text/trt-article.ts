/**
 * What the text of a TRT World page says. Nothing marks what a line of it is, so this reader goes by place and
 * shape.
 */
import { readableName } from '../../../names.ts'
import { dateOfPath } from '../../file-path.ts'
import type { RawArticle } from '../../raw-article.ts'
import { RejectionError } from '../../rejection.ts'
import { contactsBelow, notesOfContacts } from '../lines/contacts-below.ts'
import { type DateLine, readDateLine } from '../lines/date-line.ts'
import { notesOfDay } from '../lines/day-to-come.ts'
import { heldBy, withoutEmbargoLines } from '../lines/embargo-text.ts'
import { languageOf } from '../lines/page-language.ts'
import { byline, splitNames } from '../lines/page-names.ts'
import { isParagraph, type Line } from '../lines/page-shapes.ts'
import { afterBy } from '../lines/page-words.ts'
import { paragraphsIn } from './broken-lines.ts'
import { bodyBlocks } from './page-body.ts'
import { cutClosing } from './page-closing.ts'
import { hasCredit, isCaption, readCaption } from './page-credit.ts'
import { isSectionInCapitals, type PageHead, readHead } from './page-head.ts'
import { cutFoot, readLines } from './page-lines.ts'
import { isUpdate, parted } from './page-title.ts'
import { type PlainHeader, plainHeaderOf } from './plain-header.ts'
import { readPlainText } from './plain-text.ts'

/** A crawler sticks ` date 2017-04-13 ` on the first line; the day may be missing. */
const crawlPrefix = /^\s*date (\d{4})-(\d{2})(?:-(\d{2}))?(?:\s+|$)/

/**
 * @param path of the file, relative to the articles folder
 * @throws RejectionError when it is no article
 */
export async function readPageText(written: string, path: string): Promise<RawArticle> {
  if (crawlPrefix.test(written)) return readText(written, path)
  const { text, embargo } = withoutEmbargoLines(written, 'line')
  const header = plainHeaderOf(text)
  const article = header ? await readBelow(header, path) : await readText(text, path)
  return embargo ? { ...article, ...heldBy(embargo, article, path) } : article
}

/** What lines above the story state counts. */
async function readBelow(header: PlainHeader, path: string): Promise<RawArticle> {
  const { date, authors, tags, section, summary } = header
  const article = await (date ? readPlainText(header.text) : readText(header.text, path))
  return {
    ...article,
    published: date ?? article.published,
    authors: authors.length > 0 ? authors : article.authors,
    tags: [...tags, ...article.tags],
    section: section ?? article.section,
    summary: summary ?? article.summary,
  }
}

async function readText(text: string, path: string): Promise<RawArticle> {
  const prefix = crawlPrefix.exec(text)
  const page = readParts(text, prefix?.[0].length ?? 0)
  const stated = datesOf(page.dates, prefix)
  if (!stated.published && !page.isPage) return readPlainText(text)
  const published = stated.published ?? dateOfPath(path)
  if (!published) throw noDate(page.first)
  const { head, top, by, time } = page
  // The layout has a line for each paragraph; who types a text may have broken these, with blank lines between.
  const isTyped = !page.isPage && !prefix && page.rest.slice(1).some((line) => line.afterBlank)
  const typed = isTyped ? paragraphsIn(page.rest.flatMap(withBlank)) : page.rest.map(textOf)
  const contacts = contactsBelow(isTyped ? typed : [])
  const rest = typed.filter((_paragraph, at) => !contacts.has(at))
  const { body, dek, tags, caption, credit } = storyOf(head, rest)
  const language = await languageOf(
    page.dates[0]?.languages ?? [],
    time?.language ?? page.sourceLanguage ?? by?.language ?? head.authorsLanguage,
    body.map((block) => block.text),
  )
  return {
    title: head.title,
    summary: dek.join(' ') || undefined,
    section: top.section ?? head.section,
    // Labels are in the layout's capitals, hashtags in their writer's.
    tags: [...head.labels.map((label) => readableName(label, language ?? 'en')), ...tags],
    authors: by ? splitNames(by.rest) : head.authors,
    image: top.image ?? (caption || credit ? { caption, credit } : undefined),
    language,
    readingTime: time?.minutes,
    published,
    updated: stated.updated,
    body,
    sources: page.sources,
    isPageText: true,
    notes: [...notesOfDay(stated.published), ...notesOfContacts(typed, contacts)],
  }
}

const textOf = ({ text }: Line) => text

const withBlank = ({ text, afterBlank }: Line) => (afterBlank ? ['', text] : [text])

/**
 * What the page's lines are, from its top to its foot.
 * @param from where the text begins behind the crawler's prefix
 * @throws RejectionError when there is none of a story
 */
function readParts(text: string, from: number) {
  const page = readLines(text, from)
  const { story: found, sources, sourceLanguage, hasFoot } = cutFoot(page.lines)
  const ordered = withHeadOnTop(found)
  const top = takeTop(ordered)
  const lines = parted(top.length > 0 ? ordered.slice(top.length) : ordered)
  const [first] = lines
  if (!first) {
    throw new RejectionError('the file has no story', 'Write an article into it, or delete it.')
  }
  const head = readHead(lines, first, {
    belowTime: above(page.belowTime, top.length),
    belowLength: above(page.belowLength, top.length),
    isFastNews: page.isFastNews,
  })
  const rest = lines.slice(head.length)
  // The date may be the page's last line.
  const end = readDateLine(rest.at(-1)?.text ?? '')
  const last = !head.date || end?.isUpdate ? end : undefined
  if (last) rest.pop()
  const signed = top.by || head.authors.length > 0 ? undefined : signature(rest)
  if (signed) rest.pop()
  const by = top.by ?? signed
  const dates = [head.date, ...top.dates, last].filter((date) => date !== undefined)
  const isPage = page.hasFrame || hasFoot || head.isTwice || head.credit || top.image
  return { first, top, head, rest, by, dates, time: page.time, sources, sourceLanguage, isPage }
}

/** The text below the head, with what closes it; a video's page has no other than its dek. */
function storyOf(head: PageHead, rest: readonly string[]) {
  const story = cutClosing(rest)
  const body = bodyBlocks(head.opening, story.lines, head.title)
  const hasBody = body.length > 0
  const { dek: whole, caption, credit } = hasBody ? head : videoHead(head)
  const { lines: dek, tags } = cutClosing(whole)
  const blocks = hasBody ? body : bodyBlocks([], dek, '')
  return { body: blocks, dek, tags: [...story.tags, ...tags], caption, credit }
}

/** A crawler may have left date, title and dek below a story that says the dek as well. */
function withHeadOnTop(lines: readonly Line[]): readonly Line[] {
  const [date, title, dek] = lines.slice(-3)
  if (!date || !title || !dek || !readDateLine(date.text)) return lines
  const story = lines.slice(0, -3)
  const isRepeated = story.some(({ text }) => text === dek.text)
  if (!isRepeated || isParagraph(title.text) || story.some(({ text }) => text === title.text)) {
    return lines
  }
  return [...[title, dek, date].map((line) => ({ ...line, afterBlank: false })), ...story]
}

/**
 * The date may stand above all; so may caption and authors where a crawl has lost the rest of the head, with
 * the section above them.
 */
function takeTop(story: readonly Line[]) {
  let length = 0
  const take = <T>(found: T | undefined) => {
    if (found !== undefined) length += 1
    return found
  }
  const takeDate = () => take(readDateLine(story[length]?.text ?? ''))
  const dates = [takeDate(), takeDate()]
  const [one, two] = story.slice(length, length + 2)
  const hasSection = one && two && isSectionInCapitals(one.text) && isCaption(two.text)
  const section = take(hasSection ? one.text : undefined)
  const caption = story[length]?.text ?? ''
  const isAlone = isCaption(caption) && isTextOrDate(story[length + 1])
  const isAboveNames = hasCredit(caption) && namesAt(story, length + 1)
  const image = take(isAlone || isAboveNames ? readCaption([caption]) : undefined)
  const by = take(namesAt(story, length))
  if (image) dates.push(takeDate())
  return { dates, by, image, section, length }
}

const isTextOrDate = (line: Line | undefined) =>
  line !== undefined &&
  (isParagraph(line.text) || isUpdate(line.text) || readDateLine(line.text) !== undefined)

/** "By Mira Onal" below the story: every word of it is a name's. */
function signature(rest: readonly Line[]) {
  const names = rest.length > 1 ? afterBy(rest.at(-1)?.text ?? '') : undefined
  const isNames = /^\p{Lu}[\p{L}'’.-]*(?: \p{Lu}[\p{L}'’.-]*){1,3}$/u.test(names?.rest ?? '')
  return isNames ? names : undefined
}

/** A byline above a paragraph. */
function namesAt(story: readonly Line[], at: number) {
  const [first, next] = story.slice(at, at + 2)
  const names = first && byline(first.text)
  return names?.rest && next && isParagraph(next.text) ? names : undefined
}

/** A place among the lines of a story whose first were taken off. */
const above = (place: number | undefined, taken: number) =>
  place === undefined ? undefined : place - taken

/** When the page was published, and last changed: as its dates say, or else the crawler's. */
function datesOf(dates: readonly DateLine[], prefix: RegExpExecArray | null) {
  const published = dates.find((date) => !date.isUpdate)?.date
  const updated = dates.find((date) => date.isUpdate)?.date
  return { published: published ?? updated ?? dateOfCrawl(prefix), updated: published && updated }
}

const noDate = ({ number }: Line) =>
  new RejectionError(
    'no date found',
    'Write the date on a line of its own below the title, such as "April 13, 2017".',
    number,
  )

const dateOfCrawl = (prefix: RegExpExecArray | null) =>
  prefix ? readDateLine(`${prefix[1]}-${prefix[2]}-${prefix[3] ?? '01'}`)?.date : undefined

/** Video pages have no body: the dek is the content, even where it stands in a caption's place. */
function videoHead(head: PageHead): PageHead {
  if (head.dek.length > 0) return head
  if (head.caption && !head.credit) return { ...head, dek: [head.caption], caption: undefined }
  throw new RejectionError(
    'no text found below the title',
    'Write the story below the date, with a blank line between paragraphs.',
    head.line,
  )
}
