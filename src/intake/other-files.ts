/** Which articles have to be read again, since other files than theirs came, went or changed. */
import { existsSync, lstatSync, statSync } from 'node:fs'
import { join, posix } from 'node:path'
import { attempt } from '../attempt.ts'
import { isServedName } from '../media-kinds.ts'
import { folderOf, look } from './folder.ts'
import {
  authorsFilesAbove,
  authorsFilesOf,
  isAuthorsFile,
} from './formats/front-matter/author-files.ts'
import { type Found, isBelow, type KnownFiles } from './look-through.ts'
import { isMedia, mediaOfName } from './media-names.ts'
import { plainName, stateOf } from './needs.ts'

/** Whether a file of this name is one that articles may need. */
export const mayBeNeeded = (name: string): boolean => isServedName(name) || isAuthorsFile(name)

/** Whether there is such a file, or was one. A folder may have such a name. @param path relative to the root */
export function isOtherFile(root: string, path: string): boolean {
  if (!mayBeNeeded(posix.basename(path))) return false
  return look(root, path) !== undefined || !existsSync(join(root, path))
}

/** What a pass has looked at; `paths` where that was some of the folder. */
export interface Looked extends Found {
  readonly paths?: readonly string[]
  /** Those of the paths that are other files. */
  readonly media?: readonly string[]
}

/** What is known of the files now that no format reads. */
interface Seen {
  /** Whether a file that was found is perhaps gone, or another. */
  mayDiffer(path: string): boolean
  /** Whether that is sure. */
  differs(path: string): boolean
  /** Undefined where there is no news of it. */
  stateOfName(name: string): string | undefined
  /** @param folder of an article */
  stateOfAuthors(folder: string): string | undefined
}

export class OtherFiles {
  /** Needs by the paths of articles. */
  readonly #needs = new Map<string, string>()

  /** @param needs what reading the file has needed, by `withNeeds` */
  put(path: string, needs: string): void {
    if (needs === '') this.#needs.delete(path)
    else this.#needs.set(path, needs)
  }

  clear(): void {
    this.#needs.clear()
  }

  get isEmpty(): boolean {
    return this.#needs.size === 0
  }

  /**
   * Articles to be read again, since other files have changed.
   * @param root absolute, without symbolic links
   * @param known files, which are those of articles
   * @param waiting other files that may still be written
   */
  outdated(
    root: string,
    looked: Looked,
    known: KnownFiles,
    waiting: ReadonlySet<string>,
  ): ReadonlySet<string> {
    if (this.isEmpty) return new Set()
    const { others, paths, passedOver } = looked
    if (!paths && passedOver.size > 0) return this.#outdatedByFolders(root, looked)
    if (!paths) return this.#outdatedByAll(root, others)
    const settled = paths.filter((path) => !waiting.has(path))
    const articles = settled.filter((path) => known.has(path))
    // JSON that is read like an article may be what others need.
    const news = settled.filter((path) => !known.has(path) || mayBeNeeded(posix.basename(path)))
    return this.#outdatedBy(root, news, articles)
  }

  /**
   * By all that is in the folder. A file that is there as before in name only is not looked at,
   * which would take longer than all else: of that the watch tells.
   * @param paths of all files in it that no format reads
   */
  #outdatedByAll(root: string, paths: readonly string[]): ReadonlySet<string> {
    const there = new Set(paths)
    const named = this.#byName(paths)
    const authors = paths.filter(
      (path) => isAuthorsFile(posix.basename(path)) && isFileItself(root, path),
    )
    return this.#differing(root, {
      mayDiffer: (path) => !there.has(path),
      differs: () => false,
      stateOfName: (name) => stateOf(root, named.get(name) ?? []),
      stateOfAuthors: (folder) => stateOf(root, authorsFilesOf(folder, authors)),
    })
  }

  /** By what is in the folders that were listed. Of what lies in the others, and is written, the watch tells. */
  #outdatedByFolders(
    root: string,
    { others, passedOver, isAllPassedOver }: Looked,
  ): ReadonlySet<string> {
    const there = new Set(others)
    return this.#differing(root, {
      mayDiffer: (path) => !there.has(path) && !passedOver.has(folderOf(path)),
      differs: () => false,
      stateOfName: (name) => (isAllPassedOver ? undefined : stateOf(root, mediaOfName(root, name))),
      stateOfAuthors: (folder) =>
        isAllPassedOver ? undefined : stateOf(root, authorsFilesAbove(root, folder)),
    })
  }

  /**
   * By some of the folder.
   * @param paths of files and folders of which there is news; no files of articles
   * @param asked articles that are looked at in any case
   */
  #outdatedBy(
    root: string,
    paths: readonly string[],
    asked: readonly string[],
  ): ReadonlySet<string> {
    const some = new Set(paths)
    const areFiles = paths.every((path) => mayBeNeeded(posix.basename(path)))
    const names = new Set(paths.map(plainName))
    const hasAuthors = !areFiles || paths.some((path) => isAuthorsFile(posix.basename(path)))
    const stateOfName = (name: string) => stateOf(root, mediaOfName(root, name))
    const stateOfAuthors = (folder: string) => stateOf(root, authorsFilesAbove(root, folder))
    const found = this.#differing(root, {
      mayDiffer: (path) => some.has(path) || (!areFiles && isBelow(path, some)),
      differs: (path) => some.has(path),
      stateOfName: (name) => (areFiles && !names.has(name) ? undefined : stateOfName(name)),
      stateOfAuthors: (folder) => (hasAuthors ? stateOfAuthors(folder) : undefined),
    })
    const whole = { mayDiffer: () => true, differs: () => false, stateOfName, stateOfAuthors }
    return new Set([...found, ...this.#differing(root, whole, asked)])
  }

  /** @param articles those of which it is found out; all where it is left out */
  #differing(root: string, seen: Seen, articles?: readonly string[]): Set<string> {
    const outdated = new Set<string>()
    const name = remembered(seen.stateOfName)
    const authors = remembered(seen.stateOfAuthors)
    const text = remembered((path) => stateOf(root, [path]))
    const differs = (need: string, article: string): boolean => {
      const kind = need[0]
      const rest = need.slice(1)
      if (kind === '+') return seen.mayDiffer(rest) && (seen.differs(rest) || !isThere(root, rest))
      // A state has no blank in it, and a name may have some.
      const end = kind === '@' ? rest.length : rest.indexOf(' ')
      const what = rest.slice(end + 1)
      const now =
        kind === '@' ? authors(posix.dirname(article)) : kind === '=' ? text(what) : name(what)
      return now !== undefined && now !== rest.slice(0, end)
    }
    for (const article of articles ?? this.#needs.keys()) {
      const needs = this.#needs.get(article)
      if (needs?.split('\n').some((need) => differs(need, article))) outdated.add(article)
    }
    return outdated
  }

  /** Files of the names that articles need, by these names. */
  #byName(paths: readonly string[]): ReadonlyMap<string, readonly string[]> {
    const named = new Map<string, string[]>()
    for (const needs of this.#needs.values()) {
      if (!needs.includes('-')) continue
      for (const need of needs.split('\n')) {
        if (need.startsWith('-')) named.set(need.slice(need.indexOf(' ') + 1), [])
      }
    }
    if (named.size === 0) return named
    for (const path of paths) {
      const same = named.get(plainName(path))
      if (same && isMedia(path)) same.push(path)
    }
    return named
  }
}

/** A symbolic link is none: nothing is read of what it leads to. */
const isFileItself = (root: string, path: string) =>
  attempt(() => lstatSync(join(root, path), { throwIfNoEntry: false })?.isFile()) ?? false

const isThere = (root: string, path: string) =>
  attempt(() => statSync(join(root, path), { throwIfNoEntry: false })?.isFile()) ?? false

/** Each asked for once. */
function remembered<T>(find: (key: string) => T): (key: string) => T {
  const known = new Map<string, T>()
  return (key) => {
    if (!known.has(key)) known.set(key, find(key))
    return known.get(key) as T
  }
}
