/**
 * Which folders need not be listed again. A folder's own state tells that no name in it has come or gone, and the watch
 * that no file in it was written: where both hold since it was listed, and nothing was to be done then, all in it is as
 * it is known.
 */
import { lstatSync } from 'node:fs'
import { join } from 'node:path'
import { attempt } from '../attempt.ts'
import { type FolderNotes, folderOf } from './folder.ts'
import { isOnLocalFileSystem } from './local-file-system.ts'
import { mountsBelow } from './mounts.ts'
import { identityOf, type Watch } from './watch.ts'

/**
 * A folder that changed so short a time before it was listed may have changed again afterwards and bear the same time:
 * clocks of file systems have steps, of ext4 with small inodes of a second. ms
 */
const settledMs = 3000

interface Folder {
  readonly state: string
  /** Paths of the folders in it. */
  readonly inner: readonly string[]
}

/** What it keeps grows by folders, not by files. */
export class UnchangedFolders implements FolderNotes {
  #watch: Watch | undefined
  /** Those in which nothing was to be done when they were listed. */
  #known = new Map<string, Folder>()
  /** What will be known after the look that is under way. */
  #next = new Map<string, Folder>()
  #look = { root: '', now: 0, mayPassOver: false }
  /** Of the folder that was asked for last. */
  #state: string | undefined
  #passedOver = new Set<string>()
  #isAllPassedOver = true
  /** Of this look: whether they are on a local file system, by numbers of devices. */
  readonly #devices = new Map<number, boolean>()
  /** Folders in which something is mounted, which need not be a folder. */
  #holdMounts: ReadonlySet<string> = new Set()

  watchedBy(watch: Watch): void {
    this.#watch = watch
  }

  clear(): void {
    this.#known.clear()
  }

  /** @param paths of files and folders that have perhaps changed */
  doubt(paths: Iterable<string>): void {
    for (const path of paths) {
      this.#forget(path)
      this.#known.delete(folderOf(path))
    }
  }

  #forget(folder: string): void {
    const known = this.#known.get(folder)
    this.#known.delete(folder)
    for (const inner of known?.inner ?? []) this.#forget(inner)
  }

  /**
   * Begins a look at the whole folder.
   * @param root absolute, without symbolic links
   * @param now ms since 1970
   * @param mayPassOver whether folders that have not changed need not be listed
   */
  begin(root: string, now: number, mayPassOver: boolean): void {
    this.#look = { root, now, mayPassOver }
    this.#next = new Map()
    this.#passedOver = new Set()
    this.#isAllPassedOver = true
    this.#devices.clear()
    this.#holdMounts = new Set(mountsBelow(root).keys().map(folderOf))
  }

  unchanged(folder: string): readonly string[] | undefined {
    this.#state = this.#stateOf(folder)
    const known = this.#look.mayPassOver ? this.#known.get(folder) : undefined
    if (!known || known.state !== this.#state) {
      this.#isAllPassedOver = false
      return undefined
    }
    this.#next.set(folder, known)
    this.#passedOver.add(folder)
    return known.inner
  }

  listed(folder: string, inner: readonly string[], hasLinks: boolean): void {
    // What a link leads to may change anywhere.
    if (this.#state !== undefined && !hasLinks)
      this.#next.set(folder, { state: this.#state, inner })
  }

  /** Folders of this look that are as they were, and so is what lies in them. */
  get passedOver(): ReadonlySet<string> {
    return this.#passedOver
  }

  get isAllPassedOver(): boolean {
    return this.#isAllPassedOver
  }

  /** Ends the look. @param undone paths of what is not as it is known, or is not known to be: their folders are listed again */
  end(undone: Iterable<string>): void {
    for (const path of undone) this.#next.delete(folderOf(path))
    this.#known = this.#next
    this.#next = new Map()
  }

  /** Undefined where a folder's state does not tell whether what lies in it is as it was. */
  #stateOf(folder: string): string | undefined {
    const stat = attempt(() => lstatSync(join(this.#look.root, folder)))
    if (!stat || this.#holdMounts.has(folder) || this.#look.now - stat.ctimeMs < settledMs)
      return undefined
    const identity = identityOf(stat)
    if (!this.#watch?.sees(folder, identity) || !this.#isLocal(folder, stat.dev)) return undefined
    // Nobody can set the time of change back, as programs that copy do with that of modification.
    return `${identity} ${stat.mtimeMs} ${stat.ctimeMs}`
  }

  #isLocal(folder: string, device: number): boolean {
    const isLocal = this.#devices.get(device) ?? isOnLocalFileSystem(join(this.#look.root, folder))
    this.#devices.set(device, isLocal)
    return isLocal
  }
}
