/** The command `check`: reads files and says what was understood. Publishes nothing. */
import { realpathSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { attempt } from './attempt.ts'
import { peek } from './catalogue/peek.ts'
import { faultsAmong, notesAmong, type Stated } from './check/among-files.ts'
import { jsonOf } from './check/check-json.ts'
import { textOf } from './check/check-text.ts'
import { type Check, type CheckedFile, checkedFile } from './check/checked-file.ts'
import { type ChosenFile, chooseFiles } from './check/chosen-files.ts'
import type { Config } from './config.ts'
import { type FileNames, namesIn } from './intake/file-names.ts'
import type { Outcome } from './intake/file-result.ts'
import { mediaPathsIn } from './intake/links.ts'
import type { Note } from './intake/note.ts'
import { readArticle } from './intake/read-article.ts'
import type { Rejection } from './intake/rejection.ts'
import { createTopicFinder } from './intake/topics.ts'
import { isUndatedNote } from './intake/undated-note.ts'
import { createProgress } from './progress.ts'

/** For people, of more files only what is wrong or noteworthy is told. */
const mostWithFacts = 50
/** So many lines are written at once. */
const portion = 1000

/**
 * Reads files as the server would.
 * @param paths files and folders; none for the articles folder
 * @param asJson whether a program reads it, and wants all of it
 * @throws ConfigError when a path is not there
 */
export async function check(
  config: Config,
  paths: readonly string[],
  asJson: boolean,
): Promise<Check> {
  const findTopics = createTopicFinder(config.topics)
  const filesOf = namesByFolder()
  const chosen = chooseFiles(paths, config.articlesDir)
  const hasFacts = asJson || chosen.length <= mostWithFacts
  const progress = createProgress('Checking')
  // Only of what is read: what is passed over by its name may be no file of its own.
  const toRead = chosen.filter(({ unread }) => unread === undefined).length
  let done = 0
  const now = Date.now()
  const read: { file: CheckedFile; place: string }[] = []
  /** Those that may have faults among each other. */
  const articles: Stated[] = []
  const home = attempt(() => realpathSync.native(config.articlesDir))
  const places = new Set(chosen.filter(({ root }) => root === home).map(({ path }) => path))
  const shownByArticles = new Set<string>()
  const named = new Set(paths.map((path) => resolve(path)))
  for (const one of chosen) {
    const { root } = one
    const reading = { ...config, root, files: filesOf(root), findTopics }
    const outcome = await outcomeOf(one, reading)
    const place = root === home ? one.path : undefined
    if (outcome.kind === 'article') {
      const media = mediaPathsIn(outcome.content.content)
      for (const path of media) shownByArticles.add(join(root, path))
      const { guid, canonicalUrl, edition, isUndated = false } = outcome.content
      if (guid !== undefined || canonicalUrl !== undefined || edition || isUndated) {
        articles.push({ path: one.shown, place, guid, canonicalUrl, edition, isUndated })
      }
    } else if (outcome.kind === 'draft' && outcome.withdrawn) {
      const withdrawn = { edition: outcome.withdrawn, isWithdrawn: true, isUndated: false }
      articles.push({ path: one.shown, place, ...withdrawn })
    }
    const isUsual = outcome.kind === 'passed-over' && outcome.isUsual
    if (outcome.kind !== 'gone' && !(isUsual && !named.has(resolve(one.shown)))) {
      const file = checkedFile(one.shown, outcome, now, hasFacts)
      read.push({ file, place: join(root, one.path) })
    }
    if (one.unread === undefined) progress(++done, toRead)
  }
  // What an article leads to is served, and was not meant to be one.
  const files = read.filter(
    ({ file, place }) => file.kind !== 'passed-over' || !shownByArticles.has(place),
  )
  const faults = faultsAmong(
    articles,
    () => peek(config.dataDir),
    (place) => places.has(place),
  )
  const notes = notesAmong(articles.filter(({ path }) => !faults.has(path)))
  const all = files.map(({ file }) =>
    withNote(withFault(file, faults.get(file.path)), notes.get(file.path)),
  )
  return { files: all, hasFacts }
}

const withNote = (file: CheckedFile, note: Note | undefined): CheckedFile =>
  note ? { ...file, notes: [...file.notes, note] } : file

function withFault(file: CheckedFile, fault: Rejection | undefined): CheckedFile {
  if (!fault) return file
  const notes = file.notes.filter((note) => !isUndatedNote(note))
  return { path: file.path, kind: 'rejected', rejections: [fault], notes }
}

/** Each folder is looked through once, when the first link asks for a file in it. */
function namesByFolder(): (root: string) => FileNames {
  const known = new Map<string, FileNames>()
  return (root) => {
    const names = known.get(root) ?? namesIn(root)
    known.set(root, names)
    return names
  }
}

async function outcomeOf(
  { found, unread }: ChosenFile,
  settings: Parameters<typeof readArticle>[1],
): Promise<Outcome> {
  if (unread) return { kind: 'passed-over', note: { text: unread } }
  return found ? readArticle(found, settings) : { kind: 'gone' }
}

/** Prints what was found. @param asJson as one JSON document, else for people */
export function print(found: Check, asJson: boolean, config: Config): void {
  let lines: string[] = []
  const flush = () => process.stdout.write(lines.map((line) => `${line}\n`).join(''))
  for (const line of asJson ? jsonOf(found.files) : textOf(found, config)) {
    lines.push(line)
    if (lines.length < portion) continue
    flush()
    lines = []
  }
  flush()
}
