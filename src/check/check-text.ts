/** What `check` found, for people: problems as `path:line: …`, which editors and CI can jump to. */
import { styleText } from 'node:util'
import { checkCommand } from '../command-text.ts'
import { commonText, othersText, summedUp, type Told } from '../intake/alike.ts'
import type { Note } from '../intake/note.ts'
import { keysOfNote, noteOfKeys } from '../intake/unknown-keys.ts'
import { inARow } from '../names.ts'
import { Temporal } from '../temporal.ts'
import { printable } from '../text.ts'
import { type Check, type CheckedFile, type Counts, countsOf, type Facts } from './checked-file.ts'

/** The configured language and time zone of dates. */
interface TextSettings {
  readonly language: string
  readonly timeZone: string
}

/** A line about a file. */
interface Line extends Told {
  readonly shown: string
}

/**
 * Lines, of which those that matter most come last: there a terminal stands.
 * Without facts only what is wrong or noteworthy is told.
 */
export function* textOf({ files, hasFacts }: Check, settings: TextSettings): Generator<string> {
  const [seen, unseen] = hasFacts ? shownAndNot(files) : [[], []]
  const sections = [
    seen.flatMap((file) => factLines(file, settings)),
    unseen.flatMap((file) => factLines(file, settings)),
    shownLines(files.flatMap((file) => stateLines(file, hasFacts, settings))),
    shownLines(files.flatMap(passedOverLines)),
    keyLines(files),
    pictureLines(files),
    shownLines(files.flatMap(noteLines)),
    shownLines(files.flatMap(rejectionLines)),
  ].filter((lines) => lines.length > 0)
  for (const lines of sections) {
    yield* lines
    yield ''
  }
  if (!hasFacts && sections.length > 0) {
    const [ofFile, all] = ['FILE', '--json'].map(checkCommand)
    yield `"${ofFile}" says what was understood of a file, "${all}" all of this.`
  }
  yield summaryOf(files, countsOf(files))
}

/** Articles that everybody is shown, and others. */
function shownAndNot(files: readonly CheckedFile[]): [CheckedFile[], CheckedFile[]] {
  const isSeen = ({ article }: CheckedFile) => article?.state === 'out' && !article.isUnlisted
  return [files.filter(isSeen), files.filter((file) => !isSeen(file))]
}

/** Whatever a file and its name hold, each line of ours is one on a terminal. */
function shownLines(lines: readonly Line[]): string[] {
  const kinds = summedUp(lines).toSorted((a, b) => a.others.length - b.others.length)
  return kinds.flatMap((alike) => {
    const { first, others } = alike
    if (others.length === 0) return [first.shown]
    return [commonText(alike, first.shown), `    ${othersText(alike)}`]
  })
}

function passedOverLines({ path, kind, notes }: CheckedFile): Line[] {
  if (kind !== 'passed-over') return []
  return notes.map((note) => {
    return { path, ...note, shown: `${printable(path)}: passed over: ${printable(note.text)}` }
  })
}

/** Those of keys that mean nothing stand apart: nobody can do anything about most of them. */
function noteLines({ path, kind, notes }: CheckedFile): Line[] {
  if (kind === 'passed-over') return []
  return notes.filter((note) => !keysOfNote(note)).map((note) => noteLine(path, note))
}

function noteLine(path: string, note: Note): Line {
  const mark = styleText('yellow', 'note:')
  return { path, ...note, shown: `${at(path, note.line)} ${mark} ${printable(note.text)}` }
}

/** In more files than these a key is told once for all. */
const fewFiles = 2

/** Keys that mean nothing here: those of many files once each, the others by file. */
function keyLines(files: readonly CheckedFile[]): string[] {
  const found = files.flatMap(({ path, kind, notes }) =>
    kind === 'passed-over'
      ? []
      : notes.flatMap((note) => keysOfNote(note) ?? []).map((one) => ({ path, ...one })),
  )
  const ofKey = Map.groupBy(found, ({ key }) => key)
  const isCommon = ({ key }: { key: string }) => (ofKey.get(key)?.length ?? 0) > fewFiles
  const rare = Map.groupBy(
    found.filter((one) => !isCommon(one)),
    ({ path }) => path,
  )
  const common = [...ofKey.values()].filter((those) => those.length > fewFiles)
  return [
    ...[...rare].flatMap(([path, [first, ...others]]) =>
      first ? noteLine(path, noteOfKeys([first, ...others])).shown : [],
    ),
    ...common
      .sort((a, b) => a.length - b.length)
      .flatMap((those) => {
        const [first, ...others] = those.map((one) => noteLine(one.path, noteOfKeys([one])))
        return first ? [first.shown, `    ${othersText({ first, others })}`] : []
      }),
  ]
}

/** So many hosts are named. */
const mostHosts = 3

/** Said once for all: whoever has pictures elsewhere has most of them there. */
function pictureLines(files: readonly CheckedFile[]): string[] {
  const those = files.filter(({ foreignPictures }) => foreignPictures)
  const [first] = those
  if (!first) return []
  const hosts = [...new Set(those.flatMap(({ foreignPictures = [] }) => foreignPictures))]
  const named = hosts.slice(0, mostHosts).join(', ') + (hosts.length > mostHosts ? ' …' : '')
  const count = countText(those.length, 'file', 'files')
  const mark = styleText('yellow', 'note:')
  return [
    `${at(first.path)} ${mark} ${printable(`pages show pictures of other hosts as links, in ${count}: ${named}; they show what lies in the folder`)}`,
  ]
}

function rejectionLines({ path, rejections }: CheckedFile): Line[] {
  return rejections.map(({ line, reason, remedy }) => ({
    path,
    line,
    text: `${reason}. ${remedy}`,
    shown: `${at(path, line)} ${styleText('red', printable(reason))}. ${printable(remedy)}`,
  }))
}

const at = (path: string, line = 1) => styleText('bold', `${printable(path)}:${line}:`)

/** Of what is not to be seen. */
function stateLines(file: CheckedFile, hasFacts: boolean, settings: TextSettings): Line[] {
  const { path, kind, article } = file
  if (kind === 'draft') {
    const text = 'draft, not published'
    return [{ path, text, shown: `${printable(path)}: ${text}` }]
  }
  if (!article || hasFacts) return []
  const text = stateText(article, settings)
  return [{ path, text, kind: article.state, shown: `${printable(path)}: ${text}` }]
}

function factLines({ path, article: facts }: CheckedFile, settings: TextSettings): string[] {
  if (!facts) return []
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
    `${printable(path)}: ${styleText('bold', printable(title))}`,
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
    countText(counts.notes, 'note', 'notes'),
  ].filter(Boolean)
  // They are none of the files that are counted: a README was never meant.
  const others =
    counts.passedOver > 0 ? `; ${countText(counts.passedOver, 'other')} passed over` : ''
  const read = counts.files - counts.passedOver
  if (read === 0) return `There are no article files${others}.`
  if (counts.rejected + counts.notes === 0) return `All is well: ${parts.join(', ')}${others}.`
  return `${countText(read, 'file', 'files')}: ${parts.join(', ')}${others}.`
}

/** '' for none. */
function countText(count: number, one: string, more = one): string {
  return count === 0 ? '' : `${count.toLocaleString('en')} ${count === 1 ? one : more}`
}
