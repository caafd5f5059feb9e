/** Looks through the articles folder, or at parts of it: what is there, and what of the known files is not. */
import { type FolderNotes, type FoundFile, folderOf, look, unreadable, walk } from './folder.ts'
import { isArticleName } from './formats/input-formats.ts'
import { mayBeRenamed, sizeAndTime } from './moved.ts'

/** What a pass looks at: some files and folders, or `changes`: all, but for folders of which it is known that nothing has changed. */
export type Scope = readonly string[] | 'changes'

/** Signatures that files had when they were last read, by path. */
export type KnownFiles = ReadonlyMap<string, string>

export interface Found {
  readonly found: readonly FoundFile[]
  /** Known files that are not there. */
  readonly vanished: readonly string[]
  /** Paths of files that no format reads, and of JSON, in the folders that were looked through. */
  readonly others: readonly string[]
  /** Folders that were not looked through, as nothing in them has changed. */
  readonly passedOver: ReadonlySet<string>
  /** Whether these were all. */
  readonly isAllPassedOver?: boolean
}

/** Whether a known file that is none of these is there; true where there is no other. */
export function hasOthers(root: string, known: KnownFiles, paths: readonly string[]): boolean {
  const these = new Set(paths)
  const other = known.keys().find((path) => !these.has(path))
  return other === undefined || look(root, other) !== undefined
}

/**
 * @param root the articles folder: absolute, without symbolic links
 * @param paths files and folders to look at, relative to the root; '' for the whole folder
 * @param wantsOthers whether to tell of others
 * @param notes says what may be passed over of the whole folder
 * @throws the system's error when the whole folder cannot be read
 */
export function lookAt(
  root: string,
  known: KnownFiles,
  paths: ReadonlySet<string>,
  wantsOthers = false,
  notes?: FolderNotes & Pick<Found, 'passedOver' | 'isAllPassedOver'>,
): Found {
  const found = new Map<string, FoundFile>()
  const vanished = new Set<string>()
  /** Folders that came, changed or went. */
  const folders = new Set<string>()
  for (const path of paths) {
    const file = isArticleName(path.slice(path.lastIndexOf('/') + 1)) && look(root, path)
    if (file) found.set(path, file)
    else if (known.has(path)) {
      vanished.add(path)
      // A folder that may be read now was known as one that may not.
      if (known.get(path) === unreadable) folders.add(path)
    } else if (!isBelow(path, paths)) folders.add(path)
  }
  const others: string[] = []
  const noteOther = wantsOthers ? (path: string) => others.push(path) : undefined
  for (const folder of folders) {
    for (const file of walk(root, folder, noteOther, notes)) found.set(file.path, file)
  }
  const passedOver = notes?.passedOver ?? new Set<string>()
  if (folders.size > 0) {
    const missing = known
      .keys()
      .filter((path) => !passedOver.has(folderOf(path)) && !found.has(path))
      .filter((path) => isBelow(path, folders))
    for (const path of notHidden([...missing], [...found.values()])) vanished.add(path)
  }
  const gone = [...vanished].filter((path) => !found.has(path)).sort()
  const isAllPassedOver = notes?.isAllPassedOver ?? false
  return { found: [...found.values()], vanished: gone, others, passedOver, isAllPassedOver }
}

/**
 * Known files that lay where we did not look, or looked before: one that is like a changed file, and is
 * no longer where it was, was renamed to it.
 */
export function movedMeanwhile(
  root: string,
  known: KnownFiles,
  changed: readonly FoundFile[],
): string[] {
  // All that is known is gone through, which an edit in place need not pay for.
  const renamed = changed.filter(({ signature }) => mayBeRenamed(signature))
  if (renamed.length === 0) return []
  const alike = new Set(renamed.map(({ signature }) => sizeAndTime(signature)))
  return [...known]
    .filter(([path, signature]) => alike.has(sizeAndTime(signature)) && !look(root, path))
    .map(([path]) => path)
}

/** Whether one of the folders holds it, or holds a folder that does; '' is the articles folder. */
export function isBelow(path: string, folders: ReadonlySet<string>): boolean {
  if (path !== '' && folders.has('')) return true
  for (let at = path.lastIndexOf('/'); at > 0; at = path.lastIndexOf('/', at - 1)) {
    if (folders.has(path.slice(0, at))) return true
  }
  return false
}

/** Paths that are not below a folder that cannot be read. */
function notHidden(paths: readonly string[], found: readonly FoundFile[]): string[] {
  const hidden = found.filter(({ signature }) => signature === unreadable)
  const folders = new Set(hidden.map(({ path }) => path))
  return folders.size === 0 ? [...paths] : paths.filter((path) => !isBelow(path, folders))
}
