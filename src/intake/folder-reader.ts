import { realpathSync } from 'node:fs'
import type { FileResult } from './file-result.ts'
import { type Entry, look, unreadable, unsettled, walk } from './folder.ts'
import { isArticleName } from './formats/formats.ts'
import { type Judgement, Losses } from './losses.ts'
import type { NormaliseSettings } from './normalise.ts'
import { readArticle } from './read-article.ts'
import { createTopicFinder, type TopicRule } from './topics.ts'

export interface IntakeSettings {
  readonly articlesDir: string
  readonly language: string
  readonly timeZone: string
  readonly publisher: { readonly name: string; readonly url: string }
  readonly topics: readonly TopicRule[]
  readonly emptyFolderMinutes: number
}

/** What a pass over the folder found before it read anything. */
export interface Survey {
  /** Known files that are no longer there. */
  readonly vanished: readonly string[]
  /** Files that are new or changed: to be read, in this order. */
  readonly changed: readonly Entry[]
  /** What is not settled yet, such as files that somebody may still be writing: to be looked at again soon. */
  readonly waiting: readonly string[]
  /**
   * How long the folder may stay empty or missing until that is believed, in ms. Absent unless it has
   * become so: then nothing has vanished yet.
   */
  readonly emptyForMs?: number
}

/** A known file: its path and the signature it had when it was last read. */
export type KnownFile = readonly [path: string, signature: string]

/**
 * Reads what is new or changed in the articles folder, a pass at a time:
 * `survey`, then `read` what it found, then `finish`.
 */
export class FolderReader {
  readonly #settings: IntakeSettings
  readonly #known = new Map<string, string>()
  readonly #findTopics: NormaliseSettings['findTopics']
  readonly #losses: Losses
  #root = ''
  #survey: Survey = { vanished: [], changed: [], waiting: [] }

  constructor(settings: IntakeSettings) {
    this.#settings = settings
    this.#findTopics = createTopicFinder(settings.topics)
    this.#losses = new Losses(settings.emptyFolderMinutes * 60_000)
  }

  /** Tells what earlier runs have read, so that it is not read again. */
  know(files: readonly KnownFile[]): void {
    for (const [path, signature] of files) this.#known.set(path, signature)
  }

  /** Forgets what was read: everything is read again. */
  forget(): void {
    this.#known.clear()
  }

  /**
   * Starts a pass.
   * @param paths files and folders to look at, relative to the articles folder; none for all
   * @param now ms since 1970
   * @param isMeant whether what is gone is meant to be, however much it is
   * @throws the system's error when the articles folder cannot be read
   */
  survey(paths: readonly string[] | undefined, now: number, isMeant = false): Survey {
    const isThere = this.#findRoot()
    const look = !isThere ? this.#lookAtNothing() : paths ? this.#lookAt(paths) : this.#lookAtAll()
    const { found, vanished } = look
    const changed = found.filter((entry) => this.#known.get(entry.path) !== entry.signature)
    const waiting = unsettled(this.#root, changed, now)
    const settled = changed.filter((entry) => !waiting.has(entry.path)).sort(this.#knownFirst)
    const counts = { known: this.#known.size, found: found.length, hasNew: waiting.size > 0 }
    const judged: Judgement = isMeant
      ? { gone: vanished, again: [] }
      : this.#losses.judge({ vanished, ...counts }, performance.now())
    const { emptyForMs } = judged
    // A file must not be read under its new name before its old one is let go.
    const moved = this.#moved(vanished, settled)
    const again = judged.again.filter((path) => !moved.has(path))
    const targets = new Set(moved.values())
    // Another new file may be one that is missed, written anew.
    const isEarly = ({ path }: Entry) =>
      again.length > 0 && !this.#known.has(path) && !targets.has(path)
    this.#survey = {
      vanished: [...new Set([...judged.gone, ...moved.keys()])].sort(),
      changed: settled.filter((entry) => !isEarly(entry)),
      waiting: [...waiting, ...settled.filter(isEarly).map(({ path }) => path), ...again],
      ...(emptyForMs !== undefined && { emptyForMs }),
    }
    return this.#survey
  }

  /** @returns whether the folder is there; @throws when that cannot be told, or nothing is known of it */
  #findRoot(): boolean {
    try {
      this.#root = realpathSync(this.#settings.articlesDir)
      return true
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT' || this.#known.size === 0) throw error
      return false
    }
  }

  #lookAtNothing() {
    return { found: [], vanished: [...this.#known.keys()] }
  }

  /** Missing files that lie elsewhere, perhaps over another one: moving keeps a file's size and time. */
  #moved(missing: readonly string[], settled: readonly Entry[]): Map<string, string> {
    if (missing.length === 0) return new Map()
    const there = new Map(settled.map(({ path, signature }) => [sizeAndTime(signature), path]))
    const moved = new Map<string, string>()
    for (const path of missing) {
      const target = there.get(sizeAndTime(this.#known.get(path) ?? ''))
      if (target !== undefined) moved.set(path, target)
    }
    return moved
  }

  /** Known files come first: what they leave behind may be claimed by those after them. */
  readonly #knownFirst = (a: Entry, b: Entry) => {
    const order = Number(this.#known.has(b.path)) - Number(this.#known.has(a.path))
    return order || (a.path < b.path ? -1 : 1)
  }

  #lookAtAll() {
    const missing = new Set(this.#known.keys())
    const found: Entry[] = []
    for (const entry of walk(this.#root)) {
      missing.delete(entry.path)
      found.push(entry)
    }
    return { found, vanished: notHidden([...missing], found).sort() }
  }

  #lookAt(paths: readonly string[]) {
    const found = new Map<string, Entry>()
    const vanished = new Set<string>()
    for (const path of paths) {
      const entry = isArticleName(path.slice(path.lastIndexOf('/') + 1)) && look(this.#root, path)
      if (entry) found.set(path, entry)
      else if (this.#known.has(path)) vanished.add(path)
      else {
        const inside = this.#lookInside(path)
        for (const file of inside.found) found.set(file.path, file)
        for (const file of inside.vanished) vanished.add(file)
      }
    }
    return { found: [...found.values()], vanished: [...vanished].sort() }
  }

  /** A folder that came, changed or went. */
  #lookInside(folder: string) {
    const found = [...walk(this.#root, folder)]
    const there = new Set(found.map((entry) => entry.path))
    const within = folder === '' ? '' : `${folder}/`
    const vanished = [...this.#known.keys()].filter(
      (path) => path.startsWith(within) && !there.has(path),
    )
    return { found, vanished: notHidden(vanished, found) }
  }

  /**
   * Reads files that a survey found; not necessarily one of this reader's. One that is no longer as the
   * survey found it is left out: somebody may have begun to write it anew, and the next pass reads it.
   */
  async read(entries: readonly Entry[]): Promise<FileResult[]> {
    const root = realpathSync(this.#settings.articlesDir)
    const settings = { ...this.#settings, root, findTopics: this.#findTopics }
    const results: FileResult[] = []
    for (const { path, signature, modified, size, rejection } of entries) {
      const outcome = rejection
        ? ({ kind: 'rejected', rejection } as const)
        : await readArticle({ path }, settings)
      const isAsFound = outcome.kind === 'gone' || look(root, path)?.signature === signature
      if (isAsFound) results.push({ path, signature, modified, size, ...outcome })
    }
    return results
  }

  /** Ends the pass. What was found counts as known only once the catalogue has kept it. */
  finish(kept: boolean): void {
    if (!kept) return
    const { vanished, changed } = this.#survey
    for (const { path, signature } of changed) this.#known.set(path, signature)
    for (const path of vanished) this.#known.delete(path)
  }
}

/** Of a signature: what a file keeps when it is moved. */
const sizeAndTime = (signature: string) => signature.slice(0, signature.lastIndexOf(' '))

/** Paths that are not below a folder that cannot be read. */
function notHidden(paths: readonly string[], found: readonly Entry[]): string[] {
  const hidden = found.filter(({ signature }) => signature === unreadable)
  return paths.filter((path) => !hidden.some((entry) => path.startsWith(`${entry.path}/`)))
}
