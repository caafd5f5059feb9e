/** What `check` found, for people: problems as `path:line: …`, which editors and CI can jump to. */
import { styleText } from 'node:util'
import '../temporal.ts'
import { inARow } from '../names.ts'
import { printable } from '../text.ts'
import { type Check, type CheckedFile, type Counts, countsOf, type Facts } from './checked-file.ts'

/** With more notes those that many files have are summed up. */
const mostNotes = 20
/** So many of these. */
const mostFrequent = 5

/** The configured language and time zone of dates. */
interface TextSettings {
  readonly language: string
  readonly timeZone: string
}

/**
 * Lines, of which those that matter most come last: there a terminal stands.
 * Without facts only what is wrong or noteworthy is told.
 */
export function* textOf({ files, hasFacts }: Check, settings: TextSettings): Generator<string> {
  let rank = 0
  for (const file of files.toSorted((a, b) => rankOf(a) - rankOf(b))) {
    const lines = linesOf(file, hasFacts, settings)
    if (lines.length > 0 && rank > 0 && rankOf(file) !== rank) yield ''
    if (lines.length > 0) rank = rankOf(file)
    yield* lines
  }
  const counts = countsOf(files)
  if (rank > 0) yield ''
  if (counts.notes > mostNotes) yield* frequentNotes(files)
  if (!hasFacts && rank > 0) yield '"newsstand check FILE" says what was understood of a file.'
  yield summaryOf(files, counts)
}

function rankOf({ kind, notes, article }: CheckedFile): number {
  if (kind === 'rejected') return 5
  if (kind === 'passed-over') return 3
  if (notes.length > 0) return 4
  const isSeen = article?.state === 'out' && !article.isUnlisted
  return kind === 'draft' || (article && !isSeen) ? 2 : 1
}

/** Whatever a file and its name hold, each line of ours is one on a terminal. */
function linesOf(file: CheckedFile, hasFacts: boolean, settings: TextSettings): string[] {
  const path = printable(file.path)
  const at = (line = 1) => styleText('bold', `${path}:${line}:`)
  const rejections = file.rejections.map(
    ({ line, reason, remedy }) =>
      `${at(line)} ${styleText('red', printable(reason))}. ${printable(remedy)}`,
  )
  if (file.kind === 'rejected') return rejections
  if (file.kind === 'passed-over') {
    return file.notes.map(({ text }) => `${path}: passed over: ${printable(text)}`)
  }
  const notes = file.notes.map(
    ({ line, text }) => `${at(line)} ${styleText('yellow', 'note:')} ${printable(text)}`,
  )
  if (file.kind === 'draft') return [`${path}: draft, not published`, ...notes]
  if (!file.article) return notes
  if (hasFacts) return [...factLines(path, file.article, settings), ...notes]
  return [`${path}: ${stateText(file.article, settings)}`, ...notes]
}

function factLines(path: string, facts: Facts, settings: TextSettings): string[] {
  const { title, section, authors, tags, sources, language } = facts
  const time = (instant: string) => timeText(instant, settings.timeZone)
  const isLater = facts.state === 'not-out-yet' ? notOutYet : ''
  const isOver = facts.state === 'expired' ? shownNoLonger : ''
  const known = [
    ['published', time(facts.published) + origins[facts.datedBy] + isLater],
    ['updated', facts.updated && time(facts.updated)],
    ['expires', facts.expires && time(facts.expires) + isOver],
    ['unlisted', facts.isUnlisted && hasPageOnly],
    ['section', section],
    ['authors', inARow(authors)],
    ['tags', inARow(tags)],
    ['sources', inARow(sources)],
    ['language', language === settings.language ? '' : language],
  ].filter(([, value]) => value)
  return [
    `${path}: ${styleText('bold', printable(title))}`,
    ...known.map(([name, value]) => `    ${name}: ${printable(String(value))}`),
  ]
}

const origins: Readonly<Record<Facts['datedBy'], string>> = {
  file: '',
  path: " (by the file's name or folder)",
  modified: ' (when the file was last changed, since it states no date)',
}

const notOutYet = ', not out yet'
const shownNoLonger = ', shown no longer'
const hasPageOnly = 'it has a page, and is in no feed'

/** Of an article that is not out, or unlisted. */
function stateText(facts: Facts, { timeZone }: TextSettings): string {
  const { state, published, expires = '' } = facts
  if (state === 'expired') return `expired ${timeText(expires, timeZone)}${shownNoLonger}`
  if (state === 'out') return `unlisted, ${hasPageOnly}`
  return `published ${timeText(published, timeZone)}${notOutYet}`
}

/** A day, with the time where that is not midnight. */
function timeText(instant: string, timeZone: string): string {
  const local = Temporal.Instant.from(instant).toZonedDateTimeISO(timeZone)
  const time = local.toPlainTime().toString({ smallestUnit: 'minute' })
  const day = local.toPlainDate().toString()
  return time === '00:00' ? day : `${day} ${time} ${timeZone}`
}

function* frequentNotes(files: readonly CheckedFile[]): Generator<string> {
  const counts = new Map<string, number>()
  for (const { text } of files.flatMap(({ notes }) => notes)) {
    counts.set(text, (counts.get(text) ?? 0) + 1)
  }
  const shared = [...counts].filter(([, count]) => count > 1).sort(([, a], [, b]) => b - a)
  if (shared.length === 0) return
  yield 'Notes of several files:'
  for (const [text, count] of shared.slice(0, mostFrequent)) {
    yield `    ${count.toLocaleString('en')} × ${printable(text)}`
  }
  yield ''
}

function summaryOf(files: readonly CheckedFile[], counts: Counts): string {
  if (counts.files === 0) return 'There are no article files.'
  const state = (wanted: Facts['state'], words: string) =>
    countText(files.filter(({ article }) => article?.state === wanted).length, words)
  const later = [state('not-out-yet', 'not out yet'), state('expired', 'expired')].filter(Boolean)
  const articles = countText(counts.articles, 'article', 'articles')
  const parts = [
    articles && later.length > 0 ? `${articles} (${later.join(', ')})` : articles,
    countText(counts.drafts, 'draft', 'drafts'),
    countText(counts.rejected, 'rejected'),
    countText(counts.passedOver, 'passed over'),
    countText(counts.notes, 'note', 'notes'),
  ].filter(Boolean)
  if (counts.rejected + counts.notes === 0) return `All is well: ${parts.join(', ')}.`
  return `${countText(counts.files, 'file', 'files')}: ${parts.join(', ')}.`
}

/** '' for none. */
function countText(count: number, one: string, more = one): string {
  return count === 0 ? '' : `${count.toLocaleString('en')} ${count === 1 ? one : more}`
}
