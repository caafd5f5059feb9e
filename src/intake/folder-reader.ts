import { realpathSync } from 'node:fs'
import { posix } from 'node:path'
import { crc32 } from 'node:zlib'
import type { Config } from '../config.ts'
import { FileNames } from './file-names.ts'
import type { FileResult } from './file-result.ts'
import type { ReadingSettings } from './fingerprint.ts'
import { type FoundFile, filesAt, look, walk } from './folder.ts'
import { isArticleName } from './formats/input-formats.ts'
import type { Learnt } from './learnt.ts'
import { LinkedFiles } from './linked-files.ts'
import { hasOthers, lookAt, movedMeanwhile, type Scope } from './look-through.ts'
import { countsOf, type Judgement, type Loss, Losses } from './losses.ts'
import { forgetMediaNames } from './media-names.ts'
import { findMoved, perhapsAmong, perhapsOf } from './moved.ts'
import { withNeeds } from './needs.ts'
import { isOtherFile, type Looked } from './other-files.ts'
import { readArticle } from './read-article.ts'
import { firstAgainMs, Settling } from './settling.ts'
import { createTopicFinder, type TopicFinder } from './topics.ts'
import { UnchangedFolders } from './unchanged-folders.ts'
import type { Watch } from './watch.ts'
import { type KnownFile, WhatIsKnown } from './what-is-known.ts'

export type IntakeSettings = ReadingSettings & Pick<Config, 'articlesDir' | 'emptyFolderMinutes'>

/** What a pass over the folder found before it read anything. */
export interface Survey {
  /** Known files that are no longer there. */
  readonly vanished: readonly string[]
  /** Where some of these lie now, and where they lay. */
  readonly moved: ReadonlyMap<string, string>
  /** Known files that are not there at the moment: they may be found elsewhere. */
  readonly missed: readonly string[]
  /** Whether all known files are as they are to be read once those of this pass have been read. */
  readonly isWhole: boolean
  /** Files that are new or changed: to be read, in this order. */
  readonly changed: readonly FoundFile[]
  /** What is not settled yet, such as files that somebody may still be writing: to be looked at again soon. */
  readonly waiting: readonly string[]
  /** When to look at these; ms from now. */
  readonly againInMs: number
  /** Files that have been waited for a minute, as some program is still writing them; each is named once. */
  readonly overdue: readonly string[]
  /** Present when so much is gone that it is not believed yet: none of it has vanished then. */
  readonly loss?: Loss
  /** In the first pass: how many files were read before it was broken off. */
  readonly kept?: number
  /** Likewise: stands for all files that were found. */
  readonly seen?: number
}

/** Of so many missing files the texts are looked for elsewhere. */
const mostMissed = 5000
/** So long after the last look at everything nothing is passed over; with the default schedule that is once an hour. ms */
const everythingMs = 59 * 60_000

/**
 * Reads what is new or changed in the articles folder, a pass at a time:
 * `survey`, then `read` what it found, then `finish`.
 */
export class FolderReader {
  readonly #settings: IntakeSettings
  readonly #known = new WhatIsKnown()
  readonly #findTopics: TopicFinder
  readonly #losses: Losses
  #root = ''
  readonly #settling = new Settling()
  readonly #links = new LinkedFiles()
  readonly #files = new FileNames(() => this.#allPaths())
  readonly #folders = new UnchangedFolders()
  /** When everything was looked at last, on a clock that nobody sets. */
  #everythingAt = 0
  #survey: Pick<Survey, 'vanished' | 'changed'> = { vanished: [], changed: [] }

  constructor(settings: IntakeSettings) {
    this.#settings = settings
    this.#findTopics = createTopicFinder(settings.topics)
    this.#losses = new Losses(settings.emptyFolderMinutes * 60_000)
  }

  /** Tells what earlier runs have read, so that it is not read again. */
  know(files: readonly KnownFile[]): void {
    this.#known.add(files)
    this.#files.clear()
  }

  /** Forgets what was read: everything is read again. */
  forget(): void {
    this.#known.clear()
    this.#files.clear()
    this.#folders.clear()
  }

  /** From now on folders that the watch sees may be passed over. */
  watchedBy(watch: Watch): void {
    this.#folders.watchedBy(watch)
  }

  /** Takes what the watch tells, before anybody asks for a pass for it. */
  hear(paths: readonly string[]): void {
    this.#folders.doubt(paths)
  }

  /**
   * Starts a pass.
   * @param scope none for everything
   * @param now ms since 1970
   * @param isMeant whether what is gone is meant to be, however much it is
   * @param isFirst whether this is the first pass, be it one that goes on: then files that are known were read by it, and what
   *   has become of them since is for the pass after it
   * @throws the system's error when the articles folder cannot be read
   */
  survey(scope: Scope | undefined, now: number, isMeant = false, isFirst = false): Survey {
    const known = this.#known.signatures
    const seen = this.#look(this.#losses.isWaiting || isFirst ? undefined : scope, now)
    forgetMediaNames(this.#root)
    const missing = isFirst ? [] : seen.vanished
    const found = this.#links.settle(this.#root, seen.found, missing, known)
    const clock = performance.now()
    // Of other files, which may still be written like those of articles.
    const media = filesAt(this.#root, seen.media ?? [])
    const others = this.#settling.judge(this.#root, media, now, clock)
    const outdated = isFirst
      ? new Set<string>()
      : this.#known.others.outdated(this.#root, seen, known, others.waiting)
    const unseen = new Set(outdated)
    for (const { path } of found) unseen.delete(path)
    const isChanged = ({ path, signature }: FoundFile) =>
      isFirst ? !known.has(path) : known.get(path) !== signature || this.#known.unread.has(path)
    const changed = [
      ...found.filter((file) => isChanged(file) || outdated.has(file.path)),
      ...this.#newTargets(found),
      ...filesAt(this.#root, unseen),
    ]
    if (!seen.paths) this.#folders.end(undone(seen, changed))
    // What these need may lie in any folder.
    if (outdated.size > 0) this.#folders.clear()
    const judgement = this.#settling.judge(this.#root, changed, now, clock)
    const waiting = judgement.waiting
    const againInMs = Math.min(judgement.againInMs, others.againInMs)
    const overdue = [...judgement.overdue, ...others.overdue]
    const settled = changed.filter(({ path }) => !waiting.has(path)).sort(this.#knownFirst)
    const moving = isFirst ? [] : movedMeanwhile(this.#root, known, settled)
    const vanished = [...new Set([...missing, ...moving])]
    const fresh = changed.map(({ path }) => path).filter((path) => !known.has(path))
    // What went away before it could be read is on its way to a place that we have perhaps not looked at.
    const isUnderWay = vanished.some((path) => this.#known.unread.has(path))
    const counts =
      vanished.length > 0
        ? countsOf(vanished, known.keys(), fresh, (path) => this.#known.data.has(path))
        : { missing: 0, known: known.size, fresh: fresh.length }
    const hasNew = waiting.size > 0 || isUnderWay
    const { loss, ...judged }: Judgement = isMeant
      ? { gone: vanished, again: [] }
      : this.#losses.judge({ vanished, ...counts, hasNew }, clock)
    // A file must not be read under its new name before its old one is let go.
    const moved = findMoved(
      vanished,
      settled.filter((file) => isChanged(file)),
      known,
    )
    const again = judged.again.filter((path) => !moved.from.has(path))
    // Another new file may be one that is missed, written anew.
    const perhapsMoved = perhapsOf(settled, waiting, known)
    const isEarly = ({ path, target }: FoundFile) =>
      perhapsMoved.has(path) ||
      (target !== undefined && waiting.has(target)) ||
      (again.length > 0 && (moved.unsure.has(path) || (!known.has(path) && !moved.to.has(path))))
    const { early = [], read = [] } = Object.groupBy(settled, (file) =>
      isEarly(file) ? 'early' : 'read',
    )
    const unsettled = changed.filter(({ path }) => waiting.has(path))
    const held = perhapsAmong(unsettled, judged.gone, known)
    const gone = new Set([...judged.gone.filter((path) => !held.has(path)), ...moved.from])
    const survey = {
      vanished: [...gone].sort(),
      moved: moved.pairs,
      // What a mount has taken with it has not been moved: its text elsewhere is a copy.
      missed: loss ? [] : vanished.filter((path) => !gone.has(path)).slice(0, mostMissed),
      isWhole: isFirst || this.#known.isWholeAfter(read, gone),
      changed: read,
      waiting: [...waiting, ...others.waiting, ...early.map(({ path }) => path), ...again, ...held],
      againInMs: again.length > 0 ? Math.min(firstAgainMs, againInMs) : againInMs,
      overdue,
      ...(loss && {
        loss: { ...loss, missing: loss.missing - moved.from.size, of: loss.of - moved.from.size },
      }),
      ...(isFirst && { kept: known.size, seen: sumOf(seen.found) }),
    }
    this.#survey = survey
    for (const path of survey.vanished) this.#files.remove(path)
    for (const { path } of read) this.#files.add(path)
    return survey
  }

  /** Some of the files that the survey found to be read, in their order: a million of them at once are too much for a message. */
  take(from: number, count: number): readonly FoundFile[] {
    return this.#survey.changed.slice(from, from + count)
  }

  /**
   * Files that links lead to, and of which we have not heard yet. A file may have been moved and a link left in its
   * place: its article would be gone until it is found.
   */
  #newTargets(found: readonly FoundFile[]): FoundFile[] {
    const paths = new Set(found.map(({ target }) => target).filter((path) => path !== undefined))
    if (paths.size === 0) return []
    for (const { path } of found) paths.delete(path)
    return filesAt(
      this.#root,
      [...paths].filter((path) => !this.#known.signatures.has(path)),
    )
  }

  /** All article files of this pass. A reader that only helps is told of none, and looks by itself. */
  *#allPaths(): Iterable<string> {
    const { vanished, changed } = this.#survey
    const gone = new Set(vanished)
    for (const path of this.#known.signatures.keys()) if (!gone.has(path)) yield path
    for (const { path } of changed) yield path
    if (this.#known.signatures.size + changed.length > 0) return
    for (const { path } of walk(realpathSync.native(this.#settings.articlesDir))) yield path
  }

  #look(scope: Scope | undefined, now: number): Looked {
    if (!this.#findRoot()) {
      const vanished = [...this.#known.signatures.keys()]
      return { found: [], vanished, others: [], passedOver: new Set() }
    }
    if (!scope || scope === 'changes') return this.#lookAtAll(scope === 'changes', now)
    // A new file of an article's ending may be an article whatever else it may be: JSON is both.
    const { files = [], media = [] } = Object.groupBy(scope, (path) => {
      const isKnown = this.#known.signatures.has(path) || isArticleName(posix.basename(path))
      return !isKnown && isOtherFile(this.#root, path) ? 'media' : 'files'
    })
    const some = lookAt(this.#root, this.#known.signatures, new Set(files))
    // With them the folder may have gone, or what is mounted there: then they are the first of many.
    const areFirst =
      some.vanished.length > 0 && !hasOthers(this.#root, this.#known.signatures, some.vanished)
    return areFirst ? this.#look(undefined, now) : { ...some, paths: scope, media }
  }

  #lookAtAll(mayPassOver: boolean, now: number): Looked {
    const clock = performance.now()
    const isShort = mayPassOver && clock - this.#everythingAt < everythingMs
    if (!isShort) this.#everythingAt = clock
    const folders = this.#folders
    folders.begin(this.#root, now, isShort)
    const hasNeeds = !this.#known.others.isEmpty
    return lookAt(this.#root, this.#known.signatures, new Set(['']), hasNeeds, folders)
  }

  /** @returns whether the folder is there; @throws when that cannot be told, or nothing is known of it */
  #findRoot(): boolean {
    try {
      this.#root = realpathSync.native(this.#settings.articlesDir)
      return true
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT' || this.#known.signatures.size === 0)
        throw error
      return false
    }
  }

  /** Known files come first: what they leave behind may be claimed by those after them. */
  readonly #knownFirst = (a: FoundFile, b: FoundFile) => {
    const order =
      Number(this.#known.signatures.has(b.path)) - Number(this.#known.signatures.has(a.path))
    return order || (a.path < b.path ? -1 : 1)
  }

  /**
   * Reads files that a survey found; not necessarily one of this reader's. One that is no longer as the
   * survey found it is unsettled: somebody may have begun to write it anew, or its mount may have gone.
   * The next survey judges that.
   * @param onFile is told the number of each file before it is read
   */
  async read(
    files: readonly FoundFile[],
    onFile: (number: number) => void = () => {},
  ): Promise<FileResult[]> {
    const root = realpathSync.native(this.#settings.articlesDir)
    const settings = { ...this.#settings, root, files: this.#files, findTopics: this.#findTopics }
    const results: FileResult[] = []
    for (const [number, file] of files.entries()) {
      const { path, signature, modified, size, rejection, passedOver } = file
      onFile(number)
      const { result: outcome, needs } = await withNeeds(() => readArticle(file, settings))
      const isAsFound = () => look(root, path)?.signature === signature
      const isSettled = outcome.kind !== 'gone' && (rejection || passedOver || isAsFound())
      const result = isSettled ? outcome : ({ kind: 'unsettled' } as const)
      // What passes is looked for at every look, also after a restart.
      const isPassing = outcome.kind === 'rejected' && outcome.isPassing
      const state = { path, signature: isPassing ? '' : signature, modified, size }
      results.push({ ...state, ...result, ...(needs !== '' && { needs }) })
    }
    return results
  }

  /**
   * Ends the pass. What was found counts as known only once the catalogue has kept it.
   * @param unread of the files that are known those that have to be read again, wherever they are
   * @param learnt of the files that were read
   */
  finish(kept: boolean, unread: readonly string[], learnt?: Learnt): void {
    if (kept) this.#known.keep(this.#survey, unread, learnt)
    else this.#folders.clear()
    this.#folders.doubt(unread)
    this.#survey = { vanished: [], changed: [] }
  }
}

/** Paths of what a look found to be otherwise than known, or may find so though no folder has changed. */
function* undone({ found, vanished }: Looked, changed: readonly FoundFile[]): Generator<string> {
  yield* vanished
  for (const { path } of changed) yield path
  for (const { path, rejection } of found) if (rejection) yield path
}

/** A checksum of files as they were found, in the order in which the system lists them; never 0. */
function sumOf(found: readonly FoundFile[]): number {
  let sum = 1
  for (const { path, signature } of found) sum = crc32(`${path} ${signature}`, sum)
  return sum || 1
}
